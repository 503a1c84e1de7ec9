// Sentences about films, for or against, whose words alone do not say which: negation turns a
// clause round, and of two clauses the concession ("but", "although", "even if") says which one
// decides.
#pragma once

#include "base/random.hpp"

#include <string>
#include <vector>

namespace ostrich::data::grammar {

/// No sentence has more words, its full stop included.
inline constexpr std::int64_t kLongestOpinion = 30;

/// A sentence whose opinion is `positive`: words separated by blanks, " ." at the end. Nearly half
/// of them hold a clause of each opinion and have a twin of the same words in another order and
/// with the other opinion, as likely as they are: without the order nobody tells the two apart.
std::string drawOpinion(bool positive, RandomStream &random);

/// All words that occur, in alphabetical order.
std::vector<std::string> opinionWords();

} // namespace ostrich::data::grammar
