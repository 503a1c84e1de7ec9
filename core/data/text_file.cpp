// The checks behind text_file.hpp, line by line so that each complaint has its line.
#include "data/text_file.hpp"

#include "base/file.hpp"
#include "data/unicode.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace ostrich::data {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isUtf8(std::string_view text)
{
    std::size_t position = 0;
    while (position < text.size()) {
        if (!unicode::next(text, position)) return false;
    }
    return true;
}

/// "\r\n" and a lone "\r" become "\n", in place.
void uniteLineEnds(std::string &text)
{
    if (text.find('\r') == std::string::npos) return;
    std::size_t to = 0;
    for (std::size_t from = 0; from < text.size(); ++from) {
        if (text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n') continue;
        text[to++] = text[from] == '\r' ? '\n' : text[from];
    }
    text.resize(to);
}

Result<void> checkLines(const std::string &text, const std::filesystem::path &path)
{
    const Message encodingHint{"data.text_encoding_hint", {}};
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return lineError(path, 1, "data.text_encoding", {}, encodingHint);
    std::int64_t number = 0;
    for (const std::string_view line : linesOf(text)) {
        ++number;
        if (line.size() > kLongestLine)
            return lineError(
                path, number, "data.text_long_line",
                {std::to_string(line.size() >> 20), std::to_string(kLongestLine >> 20)},
                {"data.text_long_line_hint", {}});
        if (line.find('\0') != std::string_view::npos)
            return lineError(path, number, "data.text_binary", {}, {"data.text_binary_hint", {}});
        if (!isUtf8(line)) return lineError(path, number, "data.text_encoding", {}, encodingHint);
    }
    return {};
}

} // namespace

Error lineError(const std::filesystem::path &path, std::int64_t line, std::string id,
                std::vector<std::string> arguments, Message hint)
{
    arguments.insert(arguments.begin(), std::to_string(line));
    return {path.string(), {std::move(id), std::move(arguments)}, std::move(hint)};
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kAscii = " \t\n\v\f\r";
    const auto drop = [](std::string_view &from, std::string_view blank) {
        const bool first = from.starts_with(blank), last = from.ends_with(blank);
        if (first) from.remove_prefix(blank.size());
        if (last && from.size() >= blank.size()) from.remove_suffix(blank.size());
        return first || last;
    };
    do {
        const std::size_t first = std::min(text.find_first_not_of(kAscii), text.size());
        text.remove_prefix(first);
        const std::size_t last = text.find_last_not_of(kAscii);
        text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    } while (!text.empty() && (drop(text, "\u00A0") || drop(text, "\u202F")));
    return text;
}

Result<std::string> readText(const std::filesystem::path &path, std::uintmax_t maxBytes)
{
    Result<std::string> read = readFile(path, maxBytes);
    if (!read) return read.error();
    std::string text = *std::move(read);
    if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
    uniteLineEnds(text);
    if (trimmed(text).empty())
        return Error{path.string(), {"data.text_empty", {}}, {"data.text_empty_hint", {}}};
    if (auto checked = checkLines(text, path); !checked) return checked.error();
    return text;
}

} // namespace ostrich::data
