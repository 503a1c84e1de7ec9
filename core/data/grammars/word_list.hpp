// Phrases of the grammars as lists: drawing from them, and all the words they hold.
#pragma once

#include "base/random.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace ostrich::data::grammar {

template <typename T>
const T &pick(std::span<const T> items, RandomStream &random)
{
    return items[static_cast<std::size_t>(random.integer(static_cast<std::int64_t>(items.size())))];
}

template <typename T, std::size_t Count>
const T &pick(const T (&items)[Count], RandomStream &random)
{
    return pick(std::span<const T>(items), random);
}

/// The words of `phrase`, which blanks separate.
inline void addWords(std::string_view phrase, std::set<std::string> &words)
{
    while (!phrase.empty()) {
        const std::size_t end = std::min(phrase.find(' '), phrase.size());
        if (end > 0) words.emplace(phrase.substr(0, end));
        phrase.remove_prefix(std::min(end + 1, phrase.size()));
    }
}

} // namespace ostrich::data::grammar
