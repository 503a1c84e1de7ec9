// The catalogue of sentences: every embedded messages/*.json merged, and the filling of {0}, {1}
// ...; of {0:n} with a number that is only read: in French it has a comma; of {0:w} with words
// whose id the argument is.
#include "base/message.hpp"

#include "base/decimal_sign.hpp"
#include "base/embedded.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

#include <optional>
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

/// What stands between two braces: which argument, and whether it is a number that is only read, or
/// the id of words.
struct Slot {
    std::size_t index = 0;
    bool isNumber = false, areWords = false;
    std::size_t end = 0; // of the pattern, behind its closing brace
};

/// "{0}" ... "{99}", "{0:n}", "{0:w}"; nothing: no slot opens at `open`.
std::optional<Slot> slotAt(std::string_view pattern, std::size_t open)
{
    const std::size_t close = pattern[open] == '{' ? pattern.find('}', open) : pattern.npos;
    if (close == pattern.npos) return {};
    std::string_view inside = pattern.substr(open + 1, close - open - 1);
    Slot slot{
        .isNumber = inside.ends_with(":n"), .areWords = inside.ends_with(":w"), .end = close + 1};
    if (slot.isNumber || slot.areWords) inside.remove_suffix(2);
    if (inside.empty() || inside.size() > 2) return {};
    for (const char c : inside) {
        if (c < '0' || c > '9') return {};
        slot.index = slot.index * 10 + static_cast<std::size_t>(c - '0');
    }
    return slot;
}

/// Numbers, shares and levels ("2.6 %", "23.5/255") as the language writes them, and words.
std::string filling(const std::string &argument, const Slot &slot, Language language)
{
    if (slot.areWords) return sentence(Message{argument, {}}, language);
    const bool isRead = slot.isNumber || argument.ends_with(" %") || argument.ends_with("/255");
    return isRead ? withDecimalSign(argument, language) : argument;
}

/// A slot without an argument stays as it is, so that the slip shows.
std::string fill(const std::string &pattern, const std::vector<std::string> &arguments,
                 Language language)
{
    std::string result;
    std::size_t i = 0;
    while (i < pattern.size()) {
        const auto slot = slotAt(pattern, i);
        if (!slot || slot->index >= arguments.size()) {
            result += pattern[i++];
            continue;
        }
        result += filling(arguments[slot->index], *slot, language);
        i = slot->end;
    }
    return result;
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
        return fill(found->second.in(language), message.arguments, language);
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
