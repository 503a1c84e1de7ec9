// What training takes of the memory, from the sizes of a network.
#include "graph/analysis.hpp"
#include "graph/saturating.hpp"

#include <algorithm>

namespace ostrich::graph {

std::int64_t boundedBatch(std::int64_t activationsPerSample, std::int64_t wanted, int copies)
{
    constexpr std::int64_t kValues = 256'000'000 / 4;
    const std::int64_t perSample = std::max<std::int64_t>(times(activationsPerSample, copies), 1);
    return std::clamp<std::int64_t>(kValues / perSample, 1, std::max<std::int64_t>(wanted, 1));
}

std::int64_t trainingBytes(const Analysis &analysis, std::int64_t batch)
{
    constexpr std::int64_t kFloat32 = 4;
    constexpr std::int64_t kTrained = 4; // themselves, gradients, two moments
    const std::int64_t weights = times(analysis.parameters, kTrained + kWeightCopies);
    const std::int64_t perSample = analysis.activationsPerSample;
    const std::int64_t training = times(times(perSample, 2), batch);
    const std::int64_t evaluation = times(perSample, boundedBatch(perSample, kEvaluationBatch, 1));
    return times(plus(weights, std::max(training, evaluation)), kFloat32);
}

} // namespace ostrich::graph
