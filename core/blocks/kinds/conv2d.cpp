// Conv2d: small patterns looked for everywhere in the maps.
#include "blocks/block_kind.hpp"
#include "blocks/convolution.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"
#include "blocks/window.hpp"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/conv2d.h>
#include <fmt/format.h>

#include <cmath>

namespace ostrich::blocks::conv2d {

namespace {

using graph::Axis;
using graph::Shape;

Window windowOf(const graph::Parameters &parameters)
{
    Window window;
    window.kernel = graph::integer(parameters, "kernel_size");
    window.stride = graph::integer(parameters, "stride");
    window.dilation = graph::integer(parameters, "dilation");
    window.padding = parameters.at("padding");
    return window;
}

class Conv2dModule final : public Module {
public:
    explicit Conv2dModule(const BuildRequest &request)
        : m_window(windowOf(request.parameters)),
          m_sweeps(*sweeps(request.inputs[0], m_window)),
          m_groups(graph::integer(request.parameters, "groups"))
    {
        const std::int64_t inputs = *request.inputs[0].size(Axis::C) / m_groups;
        const std::int64_t filters = *request.outputs[0].size(Axis::C);
        const std::int64_t side = m_window.kernel;
        // torch.nn.Conv2d: kaiming_uniform(a=√5) is U(-1/√fan_in, 1/√fan_in), the bias alike.
        const double bound = 1.0 / std::sqrt(static_cast<double>(inputs * side * side));
        parameters.push_back(
            {"weight", uniformTensor({filters, inputs, side, side}, bound, request)});
        if (graph::boolean(request.parameters, "bias"))
            parameters.push_back({"bias", uniformTensor({filters}, bound, request)});
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        at::Tensor x = inputs[0].tensor;
        const auto &[down, across] = m_sweeps;
        const bool symmetric = m_sweeps.symmetric();
        if (!symmetric)
            x = at::constant_pad_nd(x, {across.before, across.after, down.before, down.after}, 0);
        const std::int64_t above = symmetric ? down.before : 0,
                           left = symmetric ? across.before : 0;
        const at::Tensor bias = parameters.size() > 1 ? parameters[1].tensor : at::Tensor();
        return {{at::conv2d(x, parameters[0].tensor, bias, {m_window.stride, m_window.stride},
                            {above, left}, {m_window.dilation, m_window.dilation}, m_groups),
                 {}}};
    }

private:
    Window m_window;
    Sweeps m_sweeps;
    std::int64_t m_groups;
};

std::vector<graph::ParameterSpec> specs()
{
    return {
        integerSpec({"out_channels",
                     {"Filters", "Filtres"},
                     {"How many patterns it learns: one map comes out for each.",
                      "Combien de motifs il apprend : une carte sort pour chacun."}},
                    16, 1, kMaxChannels),
        integerSpec({"kernel_size",
                     {"Kernel", "Noyau"},
                     {"Side of the square of pixels that a filter sees.",
                      "Côté du carré de pixels que voit un filtre."}},
                    3, 1, kMaxKernel, "pixels"),
        integerSpec({"stride",
                     {"Stride", "Pas"},
                     {"How far a filter moves each time; 2 halves the maps.",
                      "Déplacement d'un filtre à chaque fois ; 2 divise les cartes par deux."}},
                    1, 1, kMaxKernel, "pixels"),
        paddingSpec(
            {"padding",
             {"Padding", "Marge"},
             {"Zeros around the maps; same: output = input / stride, rounded up.",
              "Zéros autour des cartes ; same : sortie = entrée / pas, arrondi au-dessus."}},
            std::string("same")),
        integerSpec({"dilation",
                     {"Dilation", "Dilatation"},
                     {"Distance between the pixels that a filter reads.",
                      "Distance entre les pixels que lit un filtre."}},
                    1, 1, kMaxKernel, "pixels"),
        integerSpec({"groups",
                     {"Groups", "Groupes"},
                     {"Channels are split into this many groups that do not mix.",
                      "Les canaux sont répartis en autant de groupes qui ne se mélangent pas."}},
                    1, 1, kMaxChannels),
        booleanSpec({"bias",
                     {"Bias", "Biais"},
                     {"A learned constant added to each map.",
                      "Une constante apprise, ajoutée à chaque carte."}},
                    true),
    };
}

class Conv2dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Conv2d",
            .category = graph::Category::Convolution,
            .role = graph::Role::Hidden,
            .label = {"Conv2d", "Conv2d"},
            .help = {"Looks for small patterns everywhere in the picture.",
                     "Cherche de petits motifs partout dans l'image."},
            .formula =
                "y<sub>k</sub> = b<sub>k</sub> + Σ<sub>c</sub> w<sub>k,c</sub> ∗ x<sub>c</sub>",
            .icon = "conv",
            .searchWords = {"convolution", "filter", "filtre", "kernel", "noyau", "depthwise"},
            .pill = false,
            .idStem = "conv",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (!x.isMaps()) return expectsMaps("Conv2d", x);

        const std::int64_t channels = *x.size(Axis::C);
        const std::int64_t filters = graph::integer(parameters, "out_channels");
        const std::int64_t groups = graph::integer(parameters, "groups");
        if (channels % groups != 0 || filters % groups != 0)
            return groupsDoNotFit("Conv2d", channels, filters, groups);

        const Window window = windowOf(parameters);
        const auto fitted = sweeps(x, window);
        if (!fitted)
            return kernelTooLarge("Conv2d", x, window,
                                  graph::ChangeParameter{"padding", std::string("same")});

        const double weights = static_cast<double>(filters) * static_cast<double>(channels / groups)
                               * static_cast<double>(window.kernel * window.kernel);
        const double places = static_cast<double>(fitted->vertical.output)
                              * static_cast<double>(fitted->horizontal.output);
        if (auto refused = tooLarge(
                "Conv2d", {weights, places * static_cast<double>(filters), weights * places}))
            return *refused;
        return std::vector{
            Shape::maps(filters, fitted->vertical.output, fitted->horizontal.output)};
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &outputs,
                     const graph::Parameters &parameters) const override
    {
        const std::int64_t filters = *outputs[0].size(Axis::C);
        const std::int64_t side = graph::integer(parameters, "kernel_size");
        const std::int64_t weights =
            filters * (*inputs[0].size(Axis::C) / graph::integer(parameters, "groups")) * side
            * side;
        const std::int64_t places = *outputs[0].size(Axis::H) * *outputs[0].size(Axis::W);
        return {weights + (graph::boolean(parameters, "bias") ? filters : 0), weights * places};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return convolutionSummary(parameters,
                                  same(square(graph::integer(parameters, "kernel_size"))));
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<Conv2dModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const graph::Parameters &parameters = request.parameters;
        const Window window = windowOf(parameters);
        std::string module = fmt::format("nn.Conv2d({}, {}, {}", *request.inputs[0].size(Axis::C),
                                         *request.outputs[0].size(Axis::C), window.kernel);
        const auto unusual = [&](const char *name) {
            if (const std::int64_t value = graph::integer(parameters, name); value != 1)
                module += fmt::format(", {}={}", name, value);
        };
        const PythonPadding padding = pythonPadding(request.inputs[0], window);
        unusual("stride");
        module += padding.argument;
        unusual("dilation");
        unusual("groups");
        if (!graph::boolean(parameters, "bias")) module += ", bias=False";
        return {.module = module + ")", .call = "{m}(" + padding.padded("0.0") + ")"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<Conv2dKind>();
}

} // namespace ostrich::blocks::conv2d
