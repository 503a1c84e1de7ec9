// What every probe begins with: the sample as the network takes it, its words, the block that is
// meant.
#pragma once

#include "engine/model_torch.hpp"
#include "probe/probe.hpp"

#include <functional>

namespace ostrich::probe {

/// One sample of the data set, alone in its batch.
struct Sample {
    data::Batch batch;
    engine::Model::Feeds feeds;
    std::vector<std::string> steps;       // of the input: words, or "0", "1" ...; none for pictures
    std::vector<std::string> targetSteps; // of what a translation's decoder reads
};

/// Errors: the split has no such sample; LibTorch's.
Result<Sample> sampleOf(const ProbeSubject &subject, const ProbeOptions &options);

/// "0", "1" ... "`count` - 1".
std::vector<std::string> numbered(std::int64_t count);

/// Whether a tensor that Module::inside() tells under this name is wanted.
using Wanted = std::function<bool(const std::string &name)>;
/// The blocks that tell something wanted of the split's first sample.
std::vector<std::string> tellingBlocks(const ProbeSubject &subject, const Wanted &wanted);

/// `asked` if it is among `known`, the first of them when it is empty. Errors: nothing to look
/// into; no such block, with those that there are.
Result<std::string> chosenBlock(const std::vector<std::string> &known, const std::string &asked);

Error cancelled();

} // namespace ostrich::probe
