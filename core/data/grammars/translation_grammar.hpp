// French sentences with their English translation from one plan: what is said, written out in both
// languages (a synchronous grammar; Aho and Ullman 1969 called it a syntax-directed translation).
// French makes determiners, adjectives and verbs agree, elides before vowels and puts most
// adjectives behind the noun; words with two senses are only used where the sentence decides
// between them, so that each French sentence has one translation.
#pragma once

#include "base/random.hpp"
#include "data/grammars/translation_lexicon.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ostrich::data::grammar {

/// No sentence has more words in either language, its full stop included.
inline constexpr std::int64_t kLongestPair = 14;

enum class Determiner { The, A, This, My, Two, Three }; // A with a plural: des, nothing in English

struct NounPhrase {
    Determiner determiner = Determiner::The;
    const Noun *noun = nullptr;
    bool plural = false; // true for Two and Three
    const Adjective *before = nullptr;
    const Adjective *behind = nullptr;
};

enum class Mood { Present, Past, Want, Can };

/// What a sentence says. Subject: `pronoun`, or `subject`. Predicate: `verb`, or `quality` ("is
/// black").
struct Plan {
    const Pronoun *pronoun = nullptr;
    NounPhrase subject = {};
    const Verb *verb = nullptr;
    const Adjective *quality = nullptr;
    Mood mood = Mood::Present;
    bool negated = false;
    std::optional<NounPhrase> object = {};
    const Adjunct *adjunct = nullptr;
};

/// Words separated by blanks, elided ones with their apostrophe ("l' avocat dort .").
struct SentencePair {
    std::string french, english;
};

SentencePair write(const Plan &plan);
/// Whether its words go together and French alone tells their senses.
bool isClear(const Plan &plan);

/// The pair of a clear plan, not too long.
SentencePair drawPair(RandomStream &random);

/// All words of each language, in alphabetical order.
std::vector<std::string> frenchWords();
std::vector<std::string> englishWords();

} // namespace ostrich::data::grammar
