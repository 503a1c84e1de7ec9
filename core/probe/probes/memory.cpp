// How far back a network's answer still depends on its input, against the distance: the norm of the
// gradient, and what another value at that step would change.
#include "probe/sample_torch.hpp"
#include "probe/slope_torch.hpp"
#include "probe/swap_torch.hpp"

#include <ATen/ops/tensor.h>
#include <ATen/ops/topk.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>

namespace ostrich::probe::memory {

namespace {

constexpr std::int64_t kSamples = 64;
/// Logits whose gradients are counted: those of the likeliest classes.
constexpr std::int64_t kLogits = 8;
/// Steps that the network takes for the swaps, over all samples; the first sample is always asked.
constexpr std::int64_t kSwapSteps = 1 << 17;

/// Sums over samples, by distance k. A sample too short to reach back so far adds nothing: else the
/// longest few would speak for all, at their first step, where a fresh state yields most.
struct Depth {
    std::vector<double> sum;

    void add(std::int64_t distance, double norm)
    {
        const auto k = static_cast<std::size_t>(distance);
        if (sum.size() <= k) sum.resize(k + 1, 0.0);
        sum[k] += norm;
    }

    /// (`steps`), the largest 1: a mean over the samples but for a factor; 0 beyond their reach.
    Array scaled(std::size_t steps) const
    {
        Array depth{{static_cast<std::int64_t>(steps)}, std::vector<float>(steps, 0.0F)};
        const double largest = sum.empty() ? 0.0 : std::ranges::max(sum);
        for (std::size_t k = 0; k < sum.size() && largest > 0.0; ++k)
            depth.values[k] = static_cast<float>(sum[k] / largest);
        return depth;
    }
};

/// By how much each feature is multiplied so that all vary alike: numbers by the training split's
/// deviations. A mark that is hardly ever set would outweigh all else. Undefined: as they are.
at::Tensor featureScale(const engine::Model &model, const data::Statistics &fitted)
{
    if (model.facts().input.isTokens() || fitted.deviation.empty()) return {};
    return at::tensor(fitted.deviation, at::TensorOptions().dtype(model.dtype()))
        .to(model.device());
}

/// The norm of the gradient of the likeliest logits with respect to each step, in deviations of the
/// training split: (N, T).
at::Tensor norms(const engine::Model &model, const data::Statistics &fitted,
                 const data::Batch &batch)
{
    const at::Tensor scale = featureScale(model, fitted);
    const auto feeds = model.feeds(batch);
    const Leaves leaves = leavesAt(model, feeds);
    const at::Tensor logits =
        atSteps(answerAt(model, feeds, leaves).logits, answerSteps(model, batch));
    const std::int64_t rows = std::min(kLogits, logits.size(1));
    const at::Tensor likeliest = std::get<1>(at::topk(logits.detach(), rows, 1));
    const at::Tensor read = logits.gather(1, likeliest);
    at::Tensor squares;
    for (std::int64_t row = 0; row < rows; ++row) {
        for (const at::Tensor &slope : slopes(read.select(1, row).sum(), leaves, row + 1 < rows)) {
            const at::Tensor square = (scale.defined() ? slope.mul(scale) : slope).square().sum(2);
            squares = squares.defined() ? squares.add(square) : square;
        }
    }
    return squares.sqrt();
}

/// The step from which distances are counted: where the answer stands, else the last real one.
std::int64_t lastStep(const engine::Model &model, const data::Batch &batch, std::size_t sample)
{
    const bool labelled = model.facts().task == graph::Task::LabelSteps;
    if (labelled) return answerSteps(model, batch)[sample];
    return (batch.lengths.empty() ? batch.x.dim(1) : batch.lengths[sample]) - 1;
}

void addBatch(const engine::Model &model, const data::Statistics &fitted, const data::Batch &batch,
              Depth &depth)
{
    const Array all = engine::toArray(norms(model, fitted, batch));
    for (std::size_t i = 0; i < batch.indices.size(); ++i) {
        const std::int64_t last = lastStep(model, batch, i);
        const auto row = all.values.begin() + static_cast<std::int64_t>(i) * all.dim(1);
        for (std::int64_t k = 0; k <= last; ++k) depth.add(k, static_cast<double>(row[last - k]));
    }
}

/// The mean norm of the gradient. Errors: LibTorch's; cancelled.
Result<Depth> slopeDepth(const ProbeSubject &subject, const data::Samples &samples,
                         const std::vector<std::int64_t> &indices, const std::stop_token &stop)
{
    const auto size =
        static_cast<std::size_t>(engine::boundedBatch(*subject.model, kSamples, true));
    Depth depth;
    for (std::size_t done = 0; done < indices.size(); done += size) {
        if (stop.stop_requested()) return cancelled();
        const auto part = std::span(indices).subspan(done, std::min(size, indices.size() - done));
        const auto added = engine::guarded("memory", [&] {
            const c10::AutoGradMode withGradient(true);
            addBatch(*subject.model, subject.dataset->statistics, data::batchOf(samples, part),
                     depth);
        });
        if (!added) return added.error();
    }
    return depth;
}

/// The mean change of the answer over as many of the samples as there is time for.
Result<Depth> swapDepth(const ProbeSubject &subject, const data::Samples &samples,
                        const std::vector<std::int64_t> &indices, const std::stop_token &stop)
{
    Depth depth;
    std::int64_t taken = 0;
    for (const std::int64_t index : indices) {
        const std::int64_t steps = samples.steps(index);
        if (steps == 0) continue;
        taken += swapRows(*subject.model, steps) * steps;
        if (taken > kSwapSteps && !depth.sum.empty()) break;
        std::optional<std::vector<double>> changes;
        const auto added = engine::guarded("memory", [&] {
            const data::Batch batch = data::batchOf(samples, std::span(&index, 1));
            changes = swapChanges(*subject.model, subject.dataset->statistics, batch, stop);
            const std::int64_t last = lastStep(*subject.model, batch, 0);
            for (std::int64_t k = 0; changes && k <= last; ++k)
                depth.add(k, (*changes)[static_cast<std::size_t>(last - k)]);
        });
        if (!added) return added.error();
        if (!changes) return cancelled();
    }
    return depth;
}

/// The farthest step back at which at least half of the largest is left.
float halfMemory(const Array &depth)
{
    const auto half = std::find_if(depth.values.rbegin(), depth.values.rend(),
                                   [](float value) { return value >= 0.5F; });
    return std::max(static_cast<float>(depth.values.rend() - half - 1), 0.0F);
}

class Memory final : public Probe {
public:
    const ProbeDescription &description() const override
    {
        static const ProbeDescription description{
            .name = "memory",
            .label = {"Memory depth", "Profondeur de mémoire"},
            .help = {"How much the answer still depends on the input k steps back: the mean norm "
                     "of the gradient (depth), and how much it changes when that step is another "
                     "(swap).",
                     "Combien la réponse dépend encore de l'entrée k pas plus tôt : la norme "
                     "moyenne du gradient (depth), et combien elle change quand ce pas en est un "
                     "autre (swap)."}};
        return description;
    }

    std::vector<std::string> blocks(const ProbeSubject &) const override { return {}; }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        const data::Samples &samples = subject.dataset->split(options.split);
        if (!samples.sequences() || samples.count() == 0)
            return Error{"network", {"probe.no_steps", {}}, {"probe.no_steps_hint", {}}};
        std::vector<std::int64_t> indices(
            static_cast<std::size_t>(std::min(kSamples, samples.count())));
        std::iota(indices.begin(), indices.end(), std::int64_t{0});
        const auto slope = slopeDepth(subject, samples, indices, stop);
        if (!slope) return slope.error();
        const auto swap = swapDepth(subject, samples, indices, stop);
        if (!swap) return swap.error();
        const std::size_t steps = slope->sum.size();
        ProbeResult result{.block = {}, .arrays = {}, .steps = numbered(std::ssize(slope->sum))};
        const Array depth = slope->scaled(steps);
        result.arrays = {{"depth", depth},
                         {"half_memory", Array{{}, {halfMemory(depth)}}},
                         {"swap", swap->scaled(steps)}};
        return result;
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Memory>();
}

} // namespace ostrich::probe::memory
