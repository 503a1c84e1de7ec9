// From texts to samples of token ids: which split each belongs to, encoding with its accounts,
// windows over running text.
#pragma once

#include "data/dataset.hpp"
#include "data/tokenizer.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace ostrich::data {

using SplitIndices = std::array<std::vector<std::int64_t>, 3>;

/// Texts 80/10/10, stratified by label. The split of a text does not follow the recipe's seed: the
/// vocabulary is fitted on the training texts, and its size is part of the network.
SplitIndices splitTexts(std::span<const std::int32_t> labels);
/// The same where items of one group (0, 1 ...) stay together.
SplitIndices splitGroups(std::span<const std::int64_t> groups);

/// How much of what was encoded the vocabulary holds.
struct Coverage {
    std::int64_t tokens = 0;
    std::int64_t unknown = 0;
    std::int64_t cut = 0; // texts that were too long

    void count(std::span<const std::int32_t> ids);
};

/// `texts[i]` for each index as rows of at most `longest` ids; a text without tokens is one
/// kUnknown. Labels go along.
Samples encodeTexts(const Tokenizer &tokenizer, std::span<const std::string> texts,
                    std::span<const std::int32_t> labels, std::span<const std::int64_t> indices,
                    std::int64_t longest, Coverage &coverage);

/// `texts` of these indices.
std::vector<std::string> chosen(std::span<const std::string> texts,
                                std::span<const std::int64_t> indices);

/// Windows of `window` ids side by side, each step labelled with the id that follows it; kNoLabel
/// where that is kUnknown. What is left at the end is dropped.
Samples windowsOver(std::span<const std::int32_t> ids, std::int64_t window);

/// "2.3 % of the tokens ... are unknown"; nothing where all are known.
std::vector<Message> unknownWarning(const Coverage &coverage);

/// The most steps that a sample of any split has.
std::int64_t longestOf(const std::array<Samples, 3> &splits);

} // namespace ostrich::data
