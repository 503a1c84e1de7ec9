// GroupNorm: the channels of each sample in groups, each group to mean 0 and deviation 1 (Wu and He
// 2018). In a sequence the features are the channels, and only real steps count.
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/nearest_divisor.hpp"
#include "blocks/row_norm_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/clamp.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

namespace ostrich::blocks::group_norm {

namespace {

using graph::Axis;
using graph::Shape;

std::int64_t channelsOf(const Shape &shape)
{
    return *shape.size(shape.isMaps() ? Axis::C : Axis::F);
}

/// The same over the real steps only; padded steps come out as 0. x (N, T, F).
at::Tensor overRealSteps(const Signal &x, std::int64_t groups, double epsilon)
{
    // As LibTorch's own kernel under autocast: sums over T want more than half precision.
    const bool half = at::isReducedFloatingType(x.tensor.scalar_type());
    const at::Tensor values = half ? x.tensor.to(at::kFloat) : x.tensor;
    const auto sizes = values.sizes();
    const at::Tensor grouped = values.reshape({sizes[0], sizes[1], groups, sizes[2] / groups});
    const at::Tensor real = realSteps(x).unsqueeze(2).unsqueeze(3);
    const at::Tensor count =
        at::clamp(x.lengths, 1).mul(sizes[2] / groups).view({sizes[0], 1, 1, 1});
    const auto meanOf = [&](const at::Tensor &some) {
        return some.sum(at::IntArrayRef{1, 3}, /*keepdim=*/true).div(count);
    };
    const at::Tensor mean = meanOf(at::where(real, grouped, 0.0));
    const at::Tensor centred = at::where(real, grouped.sub(mean), 0.0);
    const at::Tensor variance = meanOf(centred.square());
    return centred.mul(at::rsqrt(variance.add(epsilon))).view(sizes);
}

class GroupNormModule final : public Module {
public:
    explicit GroupNormModule(const BuildRequest &request)
        : m_groups(graph::integer(request.parameters, "num_groups")),
          m_epsilon(graph::real(request.parameters, "eps"))
    {
        if (!graph::boolean(request.parameters, "affine")) return;
        const std::int64_t channels = channelsOf(request.inputs[0]);
        const auto options = at::TensorOptions().dtype(request.dtype);
        parameters = {{"weight", at::ones({channels}, options).requires_grad_(true)},
                      {"bias", at::zeros({channels}, options).requires_grad_(true)}};
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const Signal &x = inputs[0];
        const at::Tensor weight = parameters.empty() ? at::Tensor() : parameters[0].tensor;
        const at::Tensor bias = parameters.empty() ? at::Tensor() : parameters[1].tensor;
        if (x.lengths.defined()) {
            at::Tensor y = overRealSteps(x, m_groups, m_epsilon);
            if (weight.defined()) y = y.mul(weight).add(bias);
            return {{y, x.lengths}};
        }
        const bool sequence = x.tensor.dim() == 3; // N×T×F, and the kernel wants F first
        const at::Tensor channelsFirst = sequence ? x.tensor.transpose(1, 2) : x.tensor;
        const at::Tensor y = at::group_norm(channelsFirst, m_groups, weight, bias, m_epsilon);
        return {{sequence ? y.transpose(1, 2) : y, {}}};
    }

private:
    std::int64_t m_groups;
    double m_epsilon;
};

constexpr std::string_view kSequenceGroupNorm = R"(class SequenceGroupNorm(nn.GroupNorm):
    """Group norm of (N, T, F): statistics over the real steps and the features of a group."""

    def forward(self, x, lengths=None):
        if lengths is None:
            return super().forward(x.transpose(1, 2)).transpose(1, 2)
        n, steps, features = x.shape
        real = torch.arange(steps, device=x.device) < lengths[:, None]
        real = real[:, :, None, None]
        grouped = x.reshape(n, steps, self.num_groups, -1)
        count = lengths.clamp(min=1)[:, None, None, None] * grouped.shape[3]
        mean = grouped.masked_fill(~real, 0).sum((1, 3), keepdim=True) / count
        centred = (grouped - mean).masked_fill(~real, 0)
        variance = centred.square().sum((1, 3), keepdim=True) / count
        y = (centred * torch.rsqrt(variance + self.eps)).reshape(n, steps, features)
        return y * self.weight + self.bias if self.affine else y
)";

std::vector<graph::ParameterSpec> specs()
{
    std::vector<graph::ParameterSpec> all =
        normSpecs({"A learned scale and shift for each channel.",
                   "Une échelle et un décalage appris pour chaque canal."});
    all.insert(all.begin(), integerSpec({"num_groups",
                                         {"Groups", "Groupes"},
                                         {"How many groups share the channels evenly.",
                                          "Combien de groupes se partagent également les canaux."}},
                                        4, 1, kMaxChannels));
    return all;
}

class GroupNormKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "GroupNorm",
            .category = graph::Category::Normalisation,
            .role = graph::Role::Hidden,
            .label = {"GroupNorm", "GroupNorm"},
            .help = {"Brings each group of channels of a sample to mean 0 and deviation 1, over "
                     "all its pixels or steps. Works with any batch size.",
                     "Ramène chaque groupe de canaux d'un exemple à moyenne 0 et écart type 1, sur "
                     "tous ses pixels ou pas. Marche avec tout lot."},
            .formula = "y = γ<sub>c</sub> (x − μ<sub>g</sub>) / √(σ<sub>g</sub><sup>2</sup> + ε) + "
                       "β<sub>c</sub>",
            .icon = "norm",
            .searchWords = {"group normalization", "group norm", "instance norm",
                            "normalisation par groupe"},
            .pill = false,
            .idStem = "group_norm",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (x.isTokens()) return expectsSequence("GroupNorm", x);
        const std::int64_t groups = graph::integer(parameters, "num_groups");
        const std::int64_t channels = channelsOf(x);
        if (channels % groups == 0) return inputs;
        return misfit(
            {"blocks.norm_groups", {"GroupNorm", std::to_string(groups), std::to_string(channels)}},
            {"blocks.norm_groups_reason", {std::to_string(groups)}}, "", "x",
            graph::ChangeParameter{"num_groups", nearestDivisor(channels, groups)});
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        return {graph::boolean(parameters, "affine") ? 2 * channelsOf(inputs[0]) : 0, 0};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return {counted(graph::integer(parameters, "num_groups"), {"group", "groupe"},
                        {"groups", "groupes"})};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<GroupNormModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Shape &x = request.inputs[0];
        const bool affine = graph::boolean(request.parameters, "affine");
        PytorchText text;
        text.module = fmt::format(
            "{}({}, {}, eps={}{})", x.isSequence() ? "SequenceGroupNorm" : "nn.GroupNorm",
            graph::integer(request.parameters, "num_groups"), channelsOf(x),
            graph::real(request.parameters, "eps"), affine ? "" : ", affine=False");
        text.call = x.isSequence() ? "{m}({x0}, {l0})" : "{m}({x0})";
        if (x.isSequence()) text.support = kSequenceGroupNorm;
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<GroupNormKind>();
}

} // namespace ostrich::blocks::group_norm
