// What a user types, or a file, made into a sample that a network can read.
#pragma once

#include "base/array.hpp"
#include "base/result.hpp"
#include "train/run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::train {

struct TypedInput {
    Array x;                        // with N = 1 in front, units of data::Samples::sample
    std::vector<std::int32_t> ids;  // tokens
    std::vector<std::string> steps; // a word for each step; none for pictures and points
    /// Forecasts of relative series: each feature's last value, which was taken off.
    std::vector<float> level;
};

/// `input` as the network of `manifest` reads it. Pictures: a file. Tokens: a line of text, or the
/// text in a file; a translation's gets its kEnd. Series: a table with a column for each feature,
/// or numbers, steps parted by ',', the features of a step by ':'; where the network sees a fixed
/// number of steps, the last ones (of a next token, fewer will do). Points: their numbers, parted
/// by either. Errors name the input and what does not fit.
Result<TypedInput> typedInput(const Manifest &manifest, const std::string &input);

} // namespace ostrich::train
