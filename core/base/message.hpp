// A sentence for the user as data: an id and its arguments. The catalogue
// (resources/messages/*.json) holds the words.
#pragma once

#include <string>
#include <vector>

namespace ostrich {

enum class Language { English, French };

struct Message {
    std::string id;                     // "graph.flat_expected"; empty: nothing to say
    std::vector<std::string> arguments; // fill {0}, {1} ... of the catalogue's sentence

    bool operator==(const Message &) const = default;
    bool empty() const { return id.empty(); }
};

/// A word in both languages, for what a registry entry says of itself (labels, help).
struct Words {
    std::string en;
    std::string fr;

    bool operator==(const Words &) const = default;
    const std::string &in(Language language) const
    {
        return language == Language::French ? fr : en;
    }
};

/// The sentence of `message` in `language`. An id that the catalogue lacks is shown as it is,
/// with its arguments, so that nothing is ever silent. Any thread.
std::string sentence(const Message &message, Language language);

} // namespace ostrich
