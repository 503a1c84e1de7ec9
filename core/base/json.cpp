// Reading JSON without exceptions: a scan for what nlohmann's parser lets through, then the parser
// itself.
#include "base/json.hpp"

#include <algorithm>
#include <cstdint>

namespace ostrich {

namespace {

/// Runs the parser a second time, only to learn where it stopped.
class FailureLocator : public nlohmann::json_sax<nlohmann::json> {
public:
    std::size_t offset = 0;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string &,
                     const nlohmann::detail::exception &) override
    {
        offset = position > 0 ? position - 1 : 0;
        return false;
    }
};

/// {line, column} of a byte, both from 1, as message arguments.
std::vector<std::string> place(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return {std::to_string(line), std::to_string(before.size() - lineStart + 1)};
}

/// What the parser itself would not mind: it takes a NUL for the end, and any depth.
std::optional<Message> objection(std::string_view text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') return Message{"base.json_binary", place(text, i)};
        if (inString) {
            if (c == '\\' && i + 1 < text.size() && text[i + 1] != '\0')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxJsonDepth)
                return Message{"base.json_too_deep", {std::to_string(kMaxJsonDepth)}};
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return {};
}

} // namespace

Result<nlohmann::json> parseJson(std::string_view text, std::string where)
{
    const Message hint{"base.json_hint", {}};
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return Error{std::move(where), {"base.json_empty", {}}, hint};
    if (auto objected = objection(text)) return Error{std::move(where), std::move(*objected), hint};

    auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_discarded()) return json;

    FailureLocator locator;
    nlohmann::json::sax_parse(text.begin(), text.end(), &locator);
    const std::size_t end = text.find_last_not_of(" \t\r\n") + 1;
    if (locator.offset >= end) return Error{std::move(where), {"base.json_cut_off", {}}, hint};
    return Error{std::move(where), {"base.json_broken", place(text, locator.offset)}, hint};
}

std::string jsonText(const nlohmann::json &json, int indent)
{
    return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace ostrich
