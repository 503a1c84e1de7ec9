// Byte pair encoding (Sennrich, Haddow and Birch 2016): parts of words, learned by joining the most
// frequent neighbours again and again. On code points, not bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ostrich::data {

/// What a part of a word ends with when the word goes on behind it: "ch@@" "ien".
inline constexpr std::string_view kGoesOn = "@@";

struct BytePairs {
    std::vector<std::string> alphabet; // single signs, those that end a word and those that do not
    std::vector<std::pair<std::string, std::string>> merges; // in the order learned
};

/// Learns from words and how often each occurs, until alphabet and merges together are `maximum`
/// parts or no pair comes twice. The more frequent pair goes first, among equals the one that is
/// first in the alphabet.
BytePairs learnBytePairs(const std::map<std::string, std::int64_t> &words, std::int64_t maximum);

/// The parts of `word` before any merge.
std::vector<std::string> signsOf(std::string_view word);
/// The part that a merge makes: "c@@" and "h@@" give "ch@@".
std::string joinedPart(std::string_view left, std::string_view right);

} // namespace ostrich::data
