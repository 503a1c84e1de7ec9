// Conv1d: short patterns looked for everywhere along T.
#include "blocks/block_kind.hpp"
#include "blocks/convolution.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"
#include "blocks/time_window_torch.hpp"

#include <ATen/ops/conv1d.h>
#include <fmt/format.h>

#include <cmath>

namespace ostrich::blocks::conv1d {

namespace {

using graph::Axis;
using graph::Shape;

class Conv1dModule final : public Module {
public:
    explicit Conv1dModule(const BuildRequest &request)
        : m_window(timeWindow(request.parameters)),
          m_groups(graph::integer(request.parameters, "groups"))
    {
        const std::int64_t inputs = *request.inputs[0].size(Axis::F) / m_groups;
        const std::int64_t filters = *request.outputs[0].size(Axis::F);
        // torch.nn.Conv1d: kaiming_uniform(a=√5) is U(-1/√fan_in, 1/√fan_in), the bias alike.
        const double bound = 1.0 / std::sqrt(static_cast<double>(inputs * m_window.kernel));
        parameters.push_back(
            {"weight", uniformTensor({filters, inputs, m_window.kernel}, bound, request)});
        if (graph::boolean(request.parameters, "bias"))
            parameters.push_back({"bias", uniformTensor({filters}, bound, request)});
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor bias = parameters.size() > 1 ? parameters[1].tensor : at::Tensor();
        constexpr std::int64_t kUnpadded = 0; // stretched() did it
        const at::Tensor y =
            at::conv1d(stretched(inputs[0], m_window, 0.0), parameters[0].tensor, bias,
                       at::IntArrayRef(m_window.stride), at::IntArrayRef(kUnpadded),
                       at::IntArrayRef(m_window.dilation), m_groups);
        return {{y.transpose(1, 2), slidBy(inputs[0], m_window)}};
    }

private:
    TimeWindow m_window;
    std::int64_t m_groups;
};

std::vector<graph::ParameterSpec> specs()
{
    graph::ParameterSpec padding =
        paddingSpec({"padding",
                     {"Padding", "Marge"},
                     {"Zeros at both ends; same: output = input / stride, rounded up.",
                      "Zéros aux deux bouts ; same : sortie = entrée / pas, arrondi au-dessus."}},
                    std::string("same"));
    padding.unit = "steps";
    return {
        integerSpec({"out_channels",
                     {"Filters", "Filtres"},
                     {"How many patterns it learns: one feature comes out for each.",
                      "Combien de motifs il apprend : une valeur sort pour chacun."}},
                    64, 1, kMaxChannels),
        integerSpec({"kernel_size",
                     {"Kernel", "Noyau"},
                     {"How many steps a filter sees.", "Combien de pas voit un filtre."}},
                    3, 1, kMaxKernel, "steps"),
        integerSpec({"stride",
                     {"Stride", "Pas"},
                     {"How far a filter moves each time; 2 halves the sequence.",
                      "Déplacement d'un filtre à chaque fois ; 2 divise la séquence par deux."}},
                    1, 1, kMaxKernel, "steps"),
        std::move(padding),
        booleanSpec({"causal",
                     {"Causal", "Causal"},
                     {"Zeros before the start alone, whatever the padding: no step sees what comes "
                      "after it.",
                      "Zéros avant le début seulement, quelle que soit la marge : aucun pas ne "
                      "voit ce qui le suit."}},
                    false),
        integerSpec({"dilation",
                     {"Dilation", "Dilatation"},
                     {"Distance between the steps that a filter reads.",
                      "Distance entre les pas que lit un filtre."}},
                    1, 1, kMaxKernel, "steps"),
        integerSpec({"groups",
                     {"Groups", "Groupes"},
                     {"Features are split into this many groups that do not mix.",
                      "Les valeurs sont réparties en autant de groupes qui ne se mélangent pas."}},
                    1, 1, kMaxChannels),
        booleanSpec({"bias",
                     {"Bias", "Biais"},
                     {"A learned constant added to each filter's output.",
                      "Une constante apprise, ajoutée à la sortie de chaque filtre."}},
                    true),
    };
}

class Conv1dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Conv1d",
            .category = graph::Category::Convolution,
            .role = graph::Role::Hidden,
            .label = {"Conv1d", "Conv1d"},
            .help = {"Looks for short patterns everywhere in the sequence.",
                     "Cherche de courts motifs partout dans la séquence."},
            .formula = "y<sub>t,k</sub> = b<sub>k</sub> + Σ<sub>c,u</sub> w<sub>k,c,u</sub> "
                       "x<sub>s·t+d·u,c</sub>",
            .icon = "conv",
            .searchWords = {"convolution", "temporal", "temporelle", "causal", "tcn", "filter",
                            "filtre", "kernel", "noyau", "n-gram", "sequence", "séquence"},
            .pill = false,
            .idStem = "conv1d",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (!x.isSequence() || !x.size(Axis::F)) return expectsSequence("Conv1d", x);

        const std::int64_t channels = *x.size(Axis::F);
        const std::int64_t filters = graph::integer(parameters, "out_channels");
        const std::int64_t groups = graph::integer(parameters, "groups");
        if (channels % groups != 0 || filters % groups != 0)
            return groupsDoNotFit("Conv1d", channels, filters, groups);

        const TimeWindow window = timeWindow(parameters);
        const auto slid =
            slidSteps("Conv1d", x, window, graph::ChangeParameter{"padding", std::string("same")});
        if (const auto *misfit = std::get_if<graph::Misfit>(&slid)) return *misfit;
        const std::optional<std::int64_t> steps = std::get<0>(slid);

        const double weights = static_cast<double>(filters) * static_cast<double>(channels / groups)
                               * static_cast<double>(window.kernel);
        const auto places = static_cast<double>(steps.value_or(1));
        if (auto refused = tooLarge(
                "Conv1d", {weights, places * static_cast<double>(filters), weights * places}))
            return *refused;
        return std::vector{Shape::sequence(steps, filters)};
    }

    /// Where T is variable, the multiply-adds of one step that comes out.
    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &outputs,
                     const graph::Parameters &parameters) const override
    {
        const std::int64_t filters = *outputs[0].size(Axis::F);
        const std::int64_t weights =
            filters * (*inputs[0].size(Axis::F) / graph::integer(parameters, "groups"))
            * graph::integer(parameters, "kernel_size");
        return {weights + (graph::boolean(parameters, "bias") ? filters : 0),
                weights * outputs[0].size(Axis::T).value_or(1)};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return convolutionSummary(parameters, counted(graph::integer(parameters, "kernel_size"),
                                                      {"step", "pas"}, {"steps", "pas"}));
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<Conv1dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const TimeWindow window = timeWindow(request.parameters);
        std::string module = fmt::format("nn.Conv1d({}, {}, {}", *request.inputs[0].size(Axis::F),
                                         *request.outputs[0].size(Axis::F), window.kernel);
        const auto unusual = [&](const char *name) {
            const std::int64_t value = graph::integer(request.parameters, name);
            if (value != 1) module += fmt::format(", {}={}", name, value);
        };
        for (const char *name : {"stride", "dilation", "groups"}) unusual(name);
        if (!graph::boolean(request.parameters, "bias")) module += ", bias=False";
        return {.module = module + ")",
                .call = fmt::format("{{m}}(stretched({{x0}}, {{l0}}, {}, {}, {})).transpose(1, 2)",
                                    window.before, window.after, window.reach()),
                .lengths = slidLengthsPython(window),
                .support = timeWindowPython()};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<Conv1dKind>();
}

} // namespace ostrich::blocks::conv1d
