// JSON at the borders of the program: text in with limits and clear errors, text out that never
// throws.
#pragma once

#include "base/result.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace ostrich {

/// How deep arrays and objects may nest in what we read: far beyond any file of ours, far below any
/// stack's end.
inline constexpr int kMaxJsonDepth = 100;

/// Reads `text`; never throws. `where` names the source in errors ("net.ostrich").
/// Errors, with line and column: not JSON, cut off, NUL bytes, invalid UTF-8, nested deeper than
/// kMaxJsonDepth, a number beyond double's range.
Result<nlohmann::json> parseJson(std::string_view text, std::string where);

/// `json` as text; `indent` as nlohmann's dump (-1: one line). Invalid UTF-8 in strings becomes
/// U+FFFD instead of an exception.
std::string jsonText(const nlohmann::json &json, int indent = -1);

} // namespace ostrich
