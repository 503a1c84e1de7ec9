// Text files as they come: checked to be UTF-8, without byte order mark, line ends made alike.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

inline constexpr std::uintmax_t kLargestText = std::uintmax_t{64} << 20; // bytes of one file
inline constexpr std::size_t kLongestLine = std::size_t{1} << 20;        // bytes

/// The text of `path` with "\n" at its line ends, however they were written. Errors name the file,
/// and the line where there is one: nothing in it, more than `maxBytes`, a byte 0 (a binary file),
/// bytes that are no UTF-8, a line longer than kLongestLine.
Result<std::string> readText(const std::filesystem::path &path,
                             std::uintmax_t maxBytes = kLargestText);

/// The lines of `text` without their ends, blank ones too; no last line behind a final line end.
/// They point into `text`.
std::vector<std::string_view> linesOf(std::string_view text);

/// `text` without blanks (ASCII's, and the no-break ones) at both ends.
std::string_view trimmed(std::string_view text);

/// What is wrong with `line` (counted from 1) of `path`, the line being the message's first
/// argument.
Error lineError(const std::filesystem::path &path, std::int64_t line, std::string id,
                std::vector<std::string> arguments = {}, Message hint = {});

} // namespace ostrich::data
