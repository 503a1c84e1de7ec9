// Words of English and French text (others by the same rules, as far as they write blanks): how
// text falls into them, and how they stand together again.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ostrich::data {

/// The words of `text`, case folded (unicode::folded), without blanks. By these rules:
/// - Letters, digits and their marks in a row are a word: "été", "3.14", "10,000" (the sign between
///   digits belongs to the number). Each sign of Han or Kana is a word by itself.
/// - French elisions end with their apostrophe: "l'avocat" is "l'" "avocat"; so with c d j l m n s
/// t,
///   qu, jusqu, lorsqu, puisqu, quoiqu. Other apostrophes within a word stay: "aujourd'hui".
/// - English endings stand alone: "don't" is "do" "n't", "it's" is "it" "'s"; so 're 've 'll 'd 'm.
/// - A hyphen within a word begins the next: "a-t-il" is "a" "-t" "-il", "well-made" "well"
/// "-made".
/// - Any other visible sign is a word, together with marks on it; so is a run of dots, hyphens or
///   quotes ("...", "--", "``").
/// Typographic apostrophes inside words become "'".
std::vector<std::string> splitWords(std::string_view text);

/// Words as text: blanks between them except where the rules above took none away, and where
/// punctuation wants none (before . , ; : ! ? and closing brackets, after opening ones). Splitting
/// the result gives the same words again, if they came from text.
std::string joinWords(std::span<const std::string> words);

} // namespace ostrich::data
