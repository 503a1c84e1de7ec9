// A translator at work: one token after the other, the likeliest each time, or the likeliest
// sentence of several that are followed.
#pragma once

#include "base/progress.hpp"
#include "data/dataset.hpp"
#include "engine/model.hpp"

#include <span>
#include <stop_token>

namespace ostrich::train {

/// Greedy translations of the samples `indices`: for each the target's ids, without kBegin and
/// kEnd, at most a few more than the longest target of the data. On the calling thread. Errors: the
/// data are no translation; "train.cancelled"; LibTorch's.
Result<std::vector<std::vector<std::int32_t>>> translate(const engine::ModelHandle &model,
                                                         const data::Samples &samples,
                                                         std::span<const std::int64_t> indices,
                                                         const Progress &progress = {},
                                                         std::stop_token stop = {});

/// A sentence that a translator wrote.
struct Translation {
    std::vector<std::int32_t> ids; // without kBegin and kEnd
    double score = 0.0;            // mean log-probability of its tokens, kEnd among them
};

/// A beam's tree: each node a token that was followed, behind its parent.
struct BeamNode {
    std::int64_t parent = -1; // among the nodes; -1: the beginning
    std::int32_t token = 0;
    double logProbability = 0.0; // of the token after those before it
};

struct BeamSearch {
    std::vector<Translation> found; // best score first, at least one
    std::vector<BeamNode> nodes;    // step by step
};

/// Beam search with the score that is fair to long sentences (Wu et al. 2016 with alpha 1): `width`
/// sentences are followed at once, 1 being greedy. `source` ends with kEnd, as the data have it.
/// Errors: as translate().
Result<BeamSearch> beamSearch(const engine::ModelHandle &model,
                              std::span<const std::int32_t> source, std::int64_t width = 4,
                              std::stop_token stop = {});

/// Share of the split's sentences that are translated token for token, in [0, 1].
Result<double> exactShare(const engine::ModelHandle &model, const data::Dataset &dataset,
                          data::Split split, const Progress &progress = {},
                          std::stop_token stop = {});

} // namespace ostrich::train
