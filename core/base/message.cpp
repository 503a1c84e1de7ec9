// The catalogue of sentences: every embedded messages/*.json merged, and the filling of {0}, {1}
// ...
#include "base/message.hpp"

#include "base/embedded.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

#include <algorithm>
#include <unordered_map>

namespace ostrich {

namespace {

using Catalogue = std::unordered_map<std::string, Words>;

std::string textAt(const nlohmann::json &entry, const char *language)
{
    const auto found = entry.find(language);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void merge(std::string_view resource, Catalogue &catalogue)
{
    const auto text = embeddedResource(resource);
    if (!text) return;
    const auto json = parseJson(*text, std::string(resource));
    if (!json || !json->is_object())
        return; // a test reads each catalogue; a user still sees ids and arguments
    for (const auto &[id, entry] : json->items()) {
        if (!entry.is_object()) continue;
        Words words{textAt(entry, "en"), textAt(entry, "fr")};
        if (words.fr.empty()) words.fr = words.en;
        if (!words.en.empty()) catalogue.emplace(id, std::move(words));
    }
}

const Catalogue &catalogue()
{
    static const Catalogue merged = [] {
        Catalogue all;
        for (const std::string_view name : embeddedResourceNames()) {
            if (name.starts_with("messages/") && name.ends_with(".json")) merge(name, all);
        }
        return all;
    }();
    return merged;
}

/// Replaces {0} ... {99}; a number without an argument stays as it is, so that the slip shows.
std::string fill(const std::string &pattern, const std::vector<std::string> &arguments)
{
    std::string result;
    std::size_t i = 0;
    while (i < pattern.size()) {
        const std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string::npos;
        const bool isIndex = close != std::string::npos && close - i >= 2 && close - i <= 3
                             && std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                            pattern.begin() + static_cast<std::ptrdiff_t>(close),
                                            [](char c) { return c >= '0' && c <= '9'; });
        const std::size_t index = isIndex ? std::stoul(pattern.substr(i + 1, close - i - 1)) : 0;
        if (!isIndex || index >= arguments.size()) {
            result += pattern[i++];
            continue;
        }
        result += arguments[index];
        i = close + 1;
    }
    return result;
}

/// Shares and levels ("2.6 %", "23.5/255") as the language writes them. They are only read; what
/// one may type back keeps its point.
std::vector<std::string> shown(std::vector<std::string> arguments, Language language)
{
    if (language != Language::French) return arguments;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::string &text : arguments) {
        if (!text.ends_with(" %") && !text.ends_with("/255")) continue;
        for (std::size_t i = 1; i + 1 < text.size(); ++i)
            if (text[i] == '.' && isDigit(text[i - 1]) && isDigit(text[i + 1])) text[i] = ',';
    }
    return arguments;
}

std::string onOneLine(std::string text)
{
    for (char &c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7f) c = ' ';
    }
    return text;
}

} // namespace

std::string sentence(const Message &message, Language language)
{
    if (message.empty()) return {};
    const auto found = catalogue().find(message.id);
    if (found != catalogue().end())
        return fill(found->second.in(language), shown(message.arguments, language));
    std::string text = message.id;
    for (std::size_t i = 0; i < message.arguments.size(); ++i)
        text += (i == 0 ? ": " : ", ") + message.arguments[i];
    return text;
}

std::string sentence(const Error &error, Language language)
{
    std::string text;
    const auto append = [&text](const std::string &part, const char *separator) {
        if (part.empty()) return;
        if (!text.empty()) text += separator;
        text += part;
    };
    append(error.where, "");
    // French typography sets a no-break space before a colon.
    append(sentence(error.what, language), language == Language::French ? "\u00a0: " : ": ");
    append(sentence(error.hint, language), " ");
    return onOneLine(std::move(text));
}

} // namespace ostrich
