// Which parts of the input the answer hangs on: plain gradients, integrated gradients (Sundararajan
// et al. 2017), and Grad-CAM (Selvaraju et al. 2017) where there are maps.
#include "probe/sample_torch.hpp"
#include "probe/slope_torch.hpp"

#include <ATen/ops/relu.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <array>
#include <functional>

namespace ostrich::probe::saliency {

namespace {

constexpr int kPathSteps = 32;

/// The number of one sample's answer that is explained, as a function of the leaves.
using Score = std::function<at::Tensor(const Leaves &)>;

/// The likeliest class's logit; of numbers, the first one, in data units.
Score scoreOf(const engine::Model &model, const Sample &sample, const Leaves &leaves)
{
    const std::vector<std::int64_t> steps = answerSteps(model, sample.batch);
    const bool numbers = model.facts().task == graph::Task::Regress;
    const auto answers = [&model, &sample, steps, numbers](const Leaves &at) {
        const at::Tensor logits = answerAt(model, sample.feeds, at).logits;
        return numbers ? model.probabilities(logits) : atSteps(logits, steps);
    };
    const std::int64_t explained = numbers ? 0 : answers(leaves).argmax(1).item<std::int64_t>();
    return [answers, explained](const Leaves &at) {
        return answers(at).select(1, explained).squeeze(0);
    };
}

/// One value for each pixel, feature or step of the first sample.
at::Tensor strength(const at::Tensor &slope)
{
    const at::Tensor one = slope.select(0, 0);
    if (one.dim() == 3) return one.abs().amax(0);
    return one.dim() == 2 ? one.square().sum(1) : one.abs();
}

at::Tensor gradientMap(const std::vector<at::Tensor> &gradients)
{
    at::Tensor sum;
    for (const at::Tensor &gradient : gradients) {
        const at::Tensor one = strength(gradient);
        sum = sum.defined() ? sum.add(one) : one;
    }
    return gradients.front().dim() == 3 ? sum.sqrt() : sum;
}

/// Where the path begins: no word at all, else the training split's mean.
Leaves baseline(const Leaves &leaves, const engine::Model &model, const data::Statistics &fitted)
{
    Leaves start{leaves.blocks, {}};
    for (const at::Tensor &leaf : leaves.tensors)
        start.tensors.push_back(at::zeros_like(leaf.detach()));
    if (!leaves.blocks.empty() || fitted.mean.empty()) return start;
    at::Tensor mean =
        at::tensor(fitted.mean, at::TensorOptions().dtype(model.dtype())).to(model.device());
    if (leaves.tensors.front().dim() == 4) mean = mean.view({1, -1, 1, 1});
    start.tensors.front() = start.tensors.front().add(mean);
    return start;
}

/// The point at `share` of the way, and what lies between the ends.
Leaves between(const Leaves &start, const Leaves &end, double share)
{
    Leaves point{end.blocks, {}};
    for (std::size_t i = 0; i < end.tensors.size(); ++i)
        point.tensors.push_back(
            start.tensors[i].lerp(end.tensors[i].detach(), share).requires_grad_(true));
    return point;
}

/// The part that each pixel, feature or step has in the difference of the scores, by the midpoint
/// rule. Undefined when stopped.
at::Tensor integrated(const Score &score, const Leaves &start, const Leaves &end,
                      const std::stop_token &stop)
{
    std::vector<at::Tensor> sums;
    for (int step = 0; step < kPathSteps; ++step) {
        if (stop.stop_requested()) return {};
        const Leaves point = between(start, end, (step + 0.5) / kPathSteps);
        const std::vector<at::Tensor> gradients = slopes(score(point), point);
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            if (sums.size() <= i)
                sums.push_back(gradients[i]);
            else
                sums[i] = sums[i].add(gradients[i]);
        }
    }
    at::Tensor parts;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        at::Tensor part =
            end.tensors[i].detach().sub(start.tensors[i]).mul(sums[i]).div(kPathSteps);
        part = part.select(0, 0);
        if (part.dim() == 3) part = part.sum(0);
        if (part.dim() == 2 && end.tensors[i].dim() == 3) part = part.sum(1);
        parts = parts.defined() ? parts.add(part) : part;
    }
    return parts;
}

/// Of those blocks that put out maps of more than one pixel, in the order in which they run.
std::vector<std::string> mapBlocks(const engine::Model &model, const Sample &sample)
{
    std::vector<std::string> ids, maps;
    for (const engine::Model::Node &node : model.nodes())
        if (node.field.empty()) ids.push_back(node.block);
    const c10::NoGradGuard noGrad;
    const auto traced = model.trace(sample.feeds, ids);
    for (const std::string &id : ids) {
        const at::Tensor &output = traced.at(id);
        if (output.dim() == 4 && output.size(2) * output.size(3) > 1) maps.push_back(id);
    }
    return maps;
}

/// Scaled to a maximum of 1, as large as the input: (H, W).
at::Tensor gradCam(const engine::Model &model, const Sample &sample, const std::string &block)
{
    Leaves maps{{block}, {model.trace(sample.feeds, {block}).at(block).detach().clone()}};
    maps.tensors.front().requires_grad_(true);
    const at::Tensor slope = slopes(scoreOf(model, sample, maps)(maps), maps).front();
    const at::Tensor weights = slope.mean(at::IntArrayRef{2, 3}, /*keepdim=*/true);
    const at::Tensor cam = at::relu(weights.mul(maps.tensors.front().detach()).sum(1, true));
    const at::Tensor &x = sample.feeds.at("x").tensor;
    const std::array<std::int64_t, 2> size{x.size(2), x.size(3)};
    const at::Tensor large = at::upsample_bilinear2d(cam, size, /*align_corners=*/false);
    const double largest = large.max().item<double>();
    return (largest > 0.0 ? large.div(largest) : large).select(0, 0).select(0, 0);
}

class Saliency final : public Probe {
public:
    const ProbeDescription &description() const override
    {
        static const ProbeDescription description{
            .name = "saliency",
            .label = {"Saliency", "Saillance"},
            .help = {"Which pixels, steps or words the answer hangs on.",
                     "De quels pixels, pas ou mots dépend la réponse."}};
        return description;
    }

    std::vector<std::string> blocks(const ProbeSubject &subject) const override
    {
        const auto sample = sampleOf(subject, {});
        if (!sample) return {};
        std::vector<std::string> maps;
        const auto asked =
            engine::guarded("saliency", [&] { maps = mapBlocks(*subject.model, *sample); });
        return asked ? maps : std::vector<std::string>();
    }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        auto sample = sampleOf(subject, options);
        if (!sample) return sample.error();
        const std::vector<std::string> maps = blocks(subject);
        ProbeResult result{.block = maps.empty() ? std::string() : maps.back(), .arrays = {}};
        if (!options.block.empty()) {
            const auto block = chosenBlock(maps, options.block);
            if (!block) return block.error();
            result.block = *block;
        }
        const auto looked = engine::guarded("saliency", [&] {
            const c10::AutoGradMode withGradient(true);
            explain(subject, *sample, stop, result);
        });
        if (!looked) return looked.error();
        if (stop.stop_requested()) return cancelled();
        result.steps = std::move(sample->steps);
        return result;
    }

private:
    static void explain(const ProbeSubject &subject, const Sample &sample,
                        const std::stop_token &stop, ProbeResult &result)
    {
        const engine::Model &model = *subject.model;
        const Leaves leaves = leavesAt(model, sample.feeds);
        const Score score = scoreOf(model, sample, leaves);
        result.arrays["saliency"] = engine::toArray(gradientMap(slopes(score(leaves), leaves)));
        const Leaves start = baseline(leaves, model, subject.dataset->statistics);
        const at::Tensor parts = integrated(score, start, leaves, stop);
        if (!parts.defined()) return;
        result.arrays["integrated_gradients"] = engine::toArray(parts);
        if (!result.block.empty())
            result.arrays["grad_cam"] = engine::toArray(gradCam(model, sample, result.block));
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Saliency>();
}

} // namespace ostrich::probe::saliency
