// The estimate of memory, and the refusal of what does not fit.
#include "train/memory.hpp"

#include "base/saturating.hpp"
#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ostrich::train {

namespace {

std::int64_t freeBytes(const std::string &device)
{
    if (device == "cpu") return engine::availableBytes();
    for (const engine::Device &candidate : engine::devices()) {
        if (candidate.name == device) return candidate.freeBytes;
    }
    return 0;
}

} // namespace

std::string readableBytes(std::int64_t bytes)
{
    constexpr double kMega = 1e6;
    constexpr double kGiga = 1e9;
    const auto value = static_cast<double>(bytes);
    if (value < kGiga) return fmt::format("{:.0f} MB", value / kMega);
    return fmt::format("{:.{}f} GB", value / kGiga, value < 10.0 * kGiga ? 1 : 0);
}

Footprint footprintOf(const TrainerSetup &setup, const graph::Analysis &analysis)
{
    constexpr std::int64_t kFloat = sizeof(float);
    constexpr std::int64_t kBatchesInFlight = 6;  // the loader's four, the one at hand, its tensor
    constexpr std::int64_t kBatchesEvaluated = 2; // the one at hand, its tensor
    Footprint footprint;
    for (const data::Samples &samples : setup.dataset->splits) {
        footprint.dataset += samples.byteCount();
    }
    const std::int64_t batch = setup.project.recipe.batch_size;
    const std::int64_t evaluated =
        graph::boundedBatch(analysis.activationsPerSample, graph::kEvaluationBatch, 1);
    const std::int64_t samples =
        std::max(saturatedProduct(batch, kBatchesInFlight), evaluated * kBatchesEvaluated);
    const std::int64_t steps = std::max<std::int64_t>(setup.dataset->facts.longest, 1);
    const std::int64_t values =
        saturatedProduct(setup.dataset->split(data::Split::Train).valuesPerSample(), steps);
    footprint.training = saturatedSum(graph::trainingBytes(analysis, batch),
                                      saturatedProduct(samples, saturatedProduct(values, kFloat)));
    footprint.copies = saturatedProduct(analysis.parameters, graph::kWeightCopies * kFloat);
    return footprint;
}

Result<void> checkMemory(std::int64_t needed, const std::string &device)
{
    const std::int64_t available = freeBytes(device);
    // A machine that does not tell is taken at the network's word.
    if (available <= 0 || needed <= available) return {};
    return Error{device,
                 {"train.too_large", {readableBytes(needed), readableBytes(available)}},
                 {"train.too_large_hint", {}}};
}

Result<void> checkMemory(const Footprint &footprint, const std::string &device)
{
    if (device == "cpu") return checkMemory(footprint.training, device);
    if (auto fits = checkMemory(footprint.training - footprint.copies, device); !fits) return fits;
    return checkMemory(footprint.copies, "cpu");
}

Result<std::int64_t> Trainer::estimateBytes(const TrainerSetup &setup)
{
    if (!setup.dataset)
        return Error{setup.project.data, {"train.no_samples", {}}, {"train.no_samples_hint", {}}};
    const auto analysis =
        graph::analyse(setup.project.network, blocks::Registry::instance(), setup.dataset->facts);
    if (!analysis.ok()) {
        const graph::Problem &problem = analysis.problems.front();
        return Error{problem.block, problem.message, problem.hint};
    }
    const Footprint footprint = footprintOf(setup, analysis);
    return saturatedSum(footprint.training, footprint.dataset);
}

} // namespace ostrich::train
