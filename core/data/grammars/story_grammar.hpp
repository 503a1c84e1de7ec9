// Little stories in simple English: somebody looks for something and finds it with a friend. What a
// story begins with it keeps: names, "he" or "she", the thing and the places come again.
#pragma once

#include "base/random.hpp"

#include <string>

namespace ostrich::data::grammar {

/// One story of some 400 to 700 characters, with a line end behind each paragraph and a blank line
/// at its end.
std::string drawStory(RandomStream &random);

/// All characters that stories are written with, in the order of their code points; all are ASCII.
std::string storyCharacters();

} // namespace ostrich::data::grammar
