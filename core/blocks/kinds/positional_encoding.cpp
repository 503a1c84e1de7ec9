// PositionalEncoding: adds to each step what tells its place: sines and cosines of many wavelengths
// (Vaswani et al. 2017, section 3.5) or a learned row.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/stack.h>
#include <fmt/format.h>

#include <cmath>

namespace ostrich::blocks::positional_encoding {

namespace {

using graph::Axis;
using graph::Shape;

bool isLearned(const graph::Parameters &parameters)
{
    return graph::text(parameters, "encoding") == "learned";
}

/// (T, F): sin(t / 10000^(2i/F)) at feature 2i, the cosine at 2i + 1. In float64: a float32 phase
/// is wrong by 1e-5 after some hundred steps.
at::Tensor sinusoids(std::int64_t steps, std::int64_t features, const at::Device &device)
{
    const auto options = at::TensorOptions().dtype(at::kDouble).device(device);
    const double slope = -std::log(10000.0) / static_cast<double>(features);
    const at::Tensor frequencies = at::exp(at::arange(0, features, 2, options).mul(slope));
    const at::Tensor phases = at::arange(steps, options).unsqueeze(1).mul(frequencies);
    return at::stack({at::sin(phases), at::cos(phases)}, 2).flatten(1).slice(1, 0, features);
}

class PositionalEncodingModule final : public Module {
public:
    explicit PositionalEncodingModule(const BuildRequest &request)
    {
        if (!isLearned(request.parameters)) return;
        const at::NoGradGuard noGradient;
        const std::int64_t features = *request.inputs[0].size(Axis::F);
        const std::int64_t longest = graph::integer(request.parameters, "max_length");
        at::Tensor drawn = at::empty({longest, features}, at::TensorOptions().dtype(at::kFloat));
        drawn.normal_(0.0, 0.02, request.generator);
        parameters = {{"weight", drawn.to(request.dtype).requires_grad_(true)}};
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor &x = inputs[0].tensor;
        if (parameters.empty())
            return {{x.add(sinusoids(x.size(1), x.size(2), x.device()).to(x.scalar_type())),
                     inputs[0].lengths}};
        const at::Tensor &rows = parameters[0].tensor;
        const auto options = at::TensorOptions().dtype(at::kLong).device(x.device());
        const at::Tensor places = at::clamp(at::arange(x.size(1), options), 0, rows.size(0) - 1);
        return {{x.add(at::embedding(rows, places)), inputs[0].lengths}};
    }
};

constexpr std::string_view kSinusoidalPython = R"(class SinusoidalEncoding(nn.Module):
    """Adds sines and cosines of the place of each step (Vaswani et al. 2017, section 3.5)."""

    def forward(self, x):
        steps, features = x.shape[1:]
        even = torch.arange(0, features, 2, dtype=torch.float64, device=x.device)
        places = torch.arange(steps, dtype=torch.float64, device=x.device)
        phases = places[:, None] / 10000 ** (even / features)
        waves = torch.stack((phases.sin(), phases.cos()), 2).flatten(1)[:, :features]
        return x + waves.to(x.dtype)
)";

constexpr std::string_view kLearnedPython = R"(class LearnedEncoding(nn.Module):
    """Adds a learned row for the place of each step; beyond the last row, that row."""

    def __init__(self, max_length, features):
        super().__init__()
        self.weight = nn.Parameter(0.02 * torch.randn(max_length, features))

    def forward(self, x):
        places = torch.arange(x.shape[1], device=x.device)
        return x + self.weight[places.clamp(max=self.weight.shape[0] - 1)]
)";

std::vector<graph::ParameterSpec> specs()
{
    return {
        choiceSpec(
            {"encoding",
             {"Encoding", "Codage"},
             {"Sines and cosines of many wavelengths, or a row learned for each place.",
              "Des sinus et cosinus de nombreuses longueurs d'onde, ou une ligne apprise "
              "pour chaque place."}},
            {{"sinusoidal", {"sinusoidal", "sinusoïdal"}}, {"learned", {"learned", "appris"}}}),
        integerSpec({"max_length",
                     {"Longest", "Plus longue"},
                     {"Learned only: how many places have a row; later steps take the last one.",
                      "Appris seulement : combien de places ont une ligne ; les pas suivants "
                      "prennent la dernière."}},
                    512, 1, kMaxChannels, "steps"),
    };
}

class PositionalEncodingKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "PositionalEncoding",
            .category = graph::Category::Attention,
            .role = graph::Role::Hidden,
            .label = {"Position", "Position"},
            .help = {"Adds to each step what tells its place: attention alone does not know the "
                     "order of its steps.",
                     "Ajoute à chaque pas de quoi connaître sa place : l'attention seule ignore "
                     "l'ordre des pas."},
            .formula = "y<sub>t,2i</sub> = x<sub>t,2i</sub> + sin(t / 10000<sup>2i/F</sup>),  "
                       "y<sub>t,2i+1</sub> = x<sub>t,2i+1</sub> + cos(t / 10000<sup>2i/F</sup>)",
            .icon = "position",
            .searchWords = {"positional encoding", "positional embedding", "codage positionnel",
                            "encodage de position", "order", "ordre", "sinusoidal", "transformer",
                            "transformeur"},
            .pill = false,
            .idStem = "position",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (!x.isSequence()) return expectsSequence("PositionalEncoding", x);
        if (!isLearned(parameters)) return inputs;
        const std::int64_t longest = graph::integer(parameters, "max_length");
        const std::int64_t steps = x.size(Axis::T).value_or(0);
        if (steps > longest)
            return misfit({"blocks.position_length",
                           {"PositionalEncoding", std::to_string(longest), std::to_string(steps)}},
                          {"blocks.position_length_reason", {}}, "", "x",
                          graph::ChangeParameter{"max_length", steps});
        if (auto refused = tooLarge(
                "PositionalEncoding",
                {.weights = static_cast<double>(longest) * static_cast<double>(*x.size(Axis::F))}))
            return *refused;
        return inputs;
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        if (!isLearned(parameters)) return {};
        return {graph::integer(parameters, "max_length") * *inputs[0].size(Axis::F), 0};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        if (!isLearned(parameters)) return {{"sinusoidal", "sinusoïdal"}};
        return {{"learned", "appris"},
                counted(graph::integer(parameters, "max_length"), {"place", "place"},
                        {"places", "places"})};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<PositionalEncodingModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.call = "{m}({x0})";
        text.module = "SinusoidalEncoding()";
        text.support = kSinusoidalPython;
        if (isLearned(request.parameters)) {
            text.module = fmt::format("LearnedEncoding({}, {})",
                                      graph::integer(request.parameters, "max_length"),
                                      *request.inputs[0].size(Axis::F));
            text.support = kLearnedPython;
        }
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<PositionalEncodingKind>();
}

} // namespace ostrich::blocks::positional_encoding
