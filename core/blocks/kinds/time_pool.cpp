// TimePool: one row of features for a whole sequence: its last step, its mean, its largest values.
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/amax.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/div.h>
#include <ATen/ops/where.h>
#include <fmt/format.h>

#include <limits>

namespace ostrich::blocks::time_pool {

namespace {

using graph::Axis;
using graph::Shape;

enum class Mode { Every, Last, Mean, Max };

/// What the data ask for decides where the student does not.
Mode modeOf(const graph::Parameters &parameters, const graph::DataFacts &facts)
{
    const std::string &mode = graph::text(parameters, "mode");
    if (mode == "mean") return Mode::Mean;
    if (mode == "max") return Mode::Max;
    const bool asksEveryStep =
        facts.task == graph::Task::LabelSteps || facts.task == graph::Task::Translate;
    return mode == "auto" && asksEveryStep ? Mode::Every : Mode::Last;
}

class TimePoolModule final : public Module {
public:
    explicit TimePoolModule(Mode mode) : m_mode(mode) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const Signal &x = inputs[0];
        switch (m_mode) {
        case Mode::Every:
            return {x};
        case Mode::Last:
            return {{emptyAsZero(lastStep(x), x.lengths), {}}};
        case Mode::Mean:
            return {{mean(x), {}}};
        case Mode::Max:
            break;
        }
        const at::Tensor real = realSteps(x);
        const double least = -std::numeric_limits<double>::infinity();
        const at::Tensor known =
            real.defined() ? at::where(real.unsqueeze(2), x.tensor, least) : x.tensor;
        return {{emptyAsZero(at::amax(known, 1), x.lengths), {}}};
    }

private:
    static at::Tensor mean(const Signal &x)
    {
        const at::Tensor sum = withoutPadding(x).sum(1);
        if (!x.lengths.defined()) return sum.div(x.tensor.size(1));
        return at::div(sum, at::clamp(x.lengths, 1).unsqueeze(1));
    }

    /// A sequence that a window left without a step gives 0.
    static at::Tensor emptyAsZero(const at::Tensor &pooled, const at::Tensor &lengths)
    {
        return lengths.defined() ? at::where(lengths.gt(0).unsqueeze(1), pooled, 0.0) : pooled;
    }

    Mode m_mode;
};

constexpr const char *kSupport = R"py(def over_time(x, lengths, mode):
    """x (N, T, F) to (N, F): the last real step, or the mean or the largest of the real steps."""
    if lengths is None:
        return x[:, -1] if mode == "last" else x.mean(1) if mode == "mean" else x.amax(1)
    empty = (lengths == 0)[:, None]
    if mode == "last":
        last = (lengths - 1).clamp(min=0)[:, None, None].expand(-1, 1, x.shape[2])
        return x.gather(1, last)[:, 0].masked_fill(empty, 0.0)
    real = (torch.arange(x.shape[1], device=x.device) < lengths[:, None])[:, :, None]
    if mode == "mean":
        return torch.where(real, x, 0.0).sum(1) / lengths.clamp(min=1)[:, None]
    return torch.where(real, x, float("-inf")).amax(1).masked_fill(empty, 0.0)
)py";

class TimePoolKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "TimePool",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"TimePool", "TimePool"},
            .help = {"Makes one row of features of a whole sequence: its last step, the mean, or "
                     "the largest values.",
                     "Fait une seule ligne de valeurs de toute une séquence : son dernier pas, la "
                     "moyenne ou les plus grandes valeurs."},
            .formula = "y = x<sub>T</sub>,  1/T Σ<sub>t</sub> x<sub>t</sub>,  or max<sub>t</sub> "
                       "x<sub>t</sub>",
            .icon = "pool",
            .searchWords = {"last step", "dernier pas", "mean over time", "moyenne",
                            "max over time", "global pooling", "sequence", "séquence", "pool"},
            .pill = false,
            .idStem = "time_pool",
            .parameters = {choiceSpec(
                {"mode",
                 {"Keeps", "Garde"},
                 {"What stands for the sequence; auto: the last step, or every step where the data "
                  "ask for an answer at each.",
                  "Ce qui représente la séquence ; auto : le dernier pas, ou tous les pas si les "
                  "données demandent une réponse à chacun."}},
                {{"auto", {"what the data ask for", "ce que demandent les données"}},
                 {"last", {"the last step", "le dernier pas"}},
                 {"mean", {"the mean", "la moyenne"}},
                 {"max", {"the largest values", "les plus grandes valeurs"}}})},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(
        const std::vector<Shape> &inputs, const graph::Parameters &parameters,
        const graph::DataFacts &facts) const override
    {
        const Shape &x = inputs[0];
        if (!x.isSequence() || !x.size(Axis::F)) return expectsSequence("TimePool", x);
        if (modeOf(parameters, facts) == Mode::Every) return std::vector{x};
        return std::vector{Shape::vector(*x.size(Axis::F))};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &facts) const override
    {
        switch (modeOf(parameters, facts)) {
        case Mode::Every:
            return {{"every step", "tous les pas"}};
        case Mode::Last:
            return {{"last step", "dernier pas"}};
        case Mode::Mean:
            return {{"mean", "moyenne"}};
        case Mode::Max:
            break;
        }
        return {{"maximum", "maximum"}};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<TimePoolModule>(modeOf(request.parameters, request.facts));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Mode mode = modeOf(request.parameters, request.facts);
        if (mode == Mode::Every) return {.module = "", .call = "{x0}", .support = ""};
        const char *name = mode == Mode::Last ? "last" : mode == Mode::Mean ? "mean" : "max";
        return {.module = "",
                .call = fmt::format("over_time({{x0}}, {{l0}}, \"{}\")", name),
                .lengths = "None",
                .support = kSupport};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<TimePoolKind>();
}

} // namespace ostrich::blocks::time_pool
