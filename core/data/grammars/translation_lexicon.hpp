// The words of the French-English grammar: nouns with gender, adjectives that stand before or
// behind, verbs with their forms; and what goes with what, by kinds. A word with two senses has an
// entry for each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ostrich::data::grammar {

/// What a noun names, as bits: verbs and adjectives say which of them they go with.
enum Kind : std::uint32_t {
    Person = 1U << 0,
    Animal = 1U << 1,
    Bird = 1U << 2,
    Food = 1U << 3,
    Fruit = 1U << 4, // it ripens
    Thing = 1U << 5,
    Fragile = 1U << 6,
    Vehicle = 1U << 7,
    Readable = 1U << 8,
    Film = 1U << 9,
    Clothes = 1U << 10,
    Lens = 1U << 11,
    Flight = 1U << 12,
    Theft = 1U << 13,
    Coin = 1U << 14,
    Room = 1U << 15
};
inline constexpr std::uint32_t kAnimals = Animal | Bird;
inline constexpr std::uint32_t kFoods = Food | Fruit;
inline constexpr std::uint32_t kGoods = kFoods | Thing | Fragile | Vehicle | Readable | Clothes;
inline constexpr std::uint32_t kAllKinds = ~0U;

struct Noun {
    std::string_view singular, plural;
    bool feminine;
    std::string_view english, englishPlural;
    std::uint32_t kinds;
};

struct Adjective {
    std::string_view masculine;
    std::string_view beforeVowel; // masculine singular: "bel"
    std::string_view feminine, masculinePlural, femininePlural;
    std::string_view english;
    bool before; // the noun
    std::uint32_t kinds;
};

struct Verb {
    std::string_view infinitive;
    std::string_view present[4]; // je, il, nous, ils
    std::string_view participle; // with avoir; empty, like englishPast: not used in the past
    std::string_view english, englishThird, englishPast;
    std::uint32_t subjects;
    std::uint32_t objects; // 0: none
};

/// What may stand at the end of a sentence.
struct Adjunct {
    std::string_view french, english;
    bool pastOnly;
};

/// Subjects without a noun. `person` counts as Verb::present.
struct Pronoun {
    std::string_view french, english;
    int person;
    bool feminine;
};

std::span<const Noun> nouns();
std::span<const Adjective> adjectives();
std::span<const Verb> verbs();
std::span<const Adjunct> adjuncts();
std::span<const Pronoun> pronouns();

} // namespace ostrich::data::grammar
