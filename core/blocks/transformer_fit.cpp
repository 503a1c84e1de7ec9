// When a transformer's layer fits, what it costs, and the parameters of encoder and decoder.
#include "blocks/transformer_fit.hpp"

#include "blocks/attention_fit.hpp"
#include "blocks/attention_python.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <fmt/format.h>

namespace ostrich::blocks {

using graph::Axis;
using graph::Shape;

namespace {

/// Multiply-adds per sample. As doubles, which no size overflows.
double work(const std::vector<Shape> &shapes, const graph::Parameters &parameters)
{
    const Shape &x = shapes[0];
    const auto wide = static_cast<double>(graph::integer(parameters, "dim_feedforward"));
    const auto steps = static_cast<double>(x.size(Axis::T).value_or(1));
    double sum = attentionWork(x, x) + 2.0 * steps * static_cast<double>(*x.size(Axis::F)) * wide;
    if (shapes.size() > 1) sum += attentionWork(x, shapes[1]);
    return sum;
}

} // namespace

std::vector<graph::ParameterSpec> transformerSpecs()
{
    return {
        headsSpec(),
        integerSpec({"dim_feedforward",
                     {"Inner features", "Valeurs internes"},
                     {"How wide the network of two Linears is inside.",
                      "Largeur intérieure du réseau de deux Linear."}},
                    256, 1, kMaxChannels),
        dropoutSpec(0.1, {"Share of the values silenced while training: in the attention weights "
                          "and behind each part.",
                          "Part des valeurs éteintes pendant l'apprentissage : dans les poids "
                          "d'attention et derrière chaque partie."}),
        choiceSpec(
            {"activation",
             {"Activation", "Activation"},
             {"The function between the two Linears.", "La fonction entre les deux Linear."}},
            {{"relu", {"ReLU", "ReLU"}}, {"gelu", {"GELU", "GELU"}}}),
        booleanSpec({"norm_first",
                     {"Normalise first", "Normaliser d'abord"},
                     {"LayerNorm before each part (trains steadily) or, as in 2017, behind its "
                      "short-cut.",
                      "LayerNorm avant chaque partie (apprentissage stable) ou, comme en 2017, "
                      "après son raccourci."}},
                    true),
    };
}

std::variant<std::vector<Shape>, graph::Misfit> inferTransformer(
    const std::string &kind, const std::vector<Shape> &shapes, const graph::Parameters &parameters)
{
    const Shape &x = shapes[0];
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const std::string port = i == 0 ? "x" : "memory";
        if (auto wrong = sequenceMissing(kind, shapes[i], port)) return *wrong;
        if (auto wrong = featuresDiffer(kind, x, shapes[i], port)) return *wrong;
    }
    if (auto wrong = headsUneven(kind, x, parameters)) return *wrong;

    const auto width = static_cast<double>(*x.size(Axis::F));
    const auto wide = static_cast<double>(graph::integer(parameters, "dim_feedforward"));
    const auto steps = static_cast<double>(x.size(Axis::T).value_or(1));
    const double attentions = shapes.size() > 1 ? 2.0 : 1.0;
    if (auto refused =
            tooLarge(kind, {.weights = 4.0 * attentions * width * width + 2.0 * width * wide,
                            .values = steps * width,
                            .multiplyAdds = work(shapes, parameters)}))
        return *refused;
    return std::vector{x};
}

graph::Cost transformerCost(const std::vector<Shape> &shapes, const graph::Parameters &parameters)
{
    const std::int64_t features = *shapes[0].size(Axis::F);
    const std::int64_t wide = graph::integer(parameters, "dim_feedforward");
    const auto attentions = static_cast<std::int64_t>(shapes.size());
    const std::int64_t norms = attentions + 1;
    return {attentions * 4 * features * (features + 1) + 2 * features * wide + wide + features
                + norms * 2 * features,
            static_cast<std::int64_t>(work(shapes, parameters))};
}

std::vector<Words> transformerSummary(const graph::Parameters &parameters)
{
    const std::string wide = std::to_string(graph::integer(parameters, "dim_feedforward"));
    return {counted(graph::integer(parameters, "num_heads"), {"head", "tête"}, {"heads", "têtes"}),
            {wide + " inside", wide + " à l'intérieur"},
            graph::boolean(parameters, "norm_first") ? Words{"pre-norm", "pré-norme"}
                                                     : Words{"post-norm", "post-norme"}};
}

std::string transformerArguments(const TextRequest &request)
{
    return fmt::format(
        "{}, {}, dim_feedforward={}, dropout={}, activation=\"{}\", norm_first={}",
        *request.inputs[0].size(Axis::F), graph::integer(request.parameters, "num_heads"),
        graph::integer(request.parameters, "dim_feedforward"),
        graph::real(request.parameters, "dropout"), graph::text(request.parameters, "activation"),
        pythonBoolean(graph::boolean(request.parameters, "norm_first")));
}

} // namespace ostrich::blocks
