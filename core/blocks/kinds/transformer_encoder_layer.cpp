// TransformerEncoderLayer: attention of a sequence at itself, then a small network at each step;
// causal, it is the layer of a language model that writes on (Radford et al. 2018).
#include "blocks/attention_fit.hpp"
#include "blocks/attention_python.hpp"
#include "blocks/transformer_fit.hpp"
#include "blocks/transformer_torch.hpp"
#include "blocks/transformer_unfolded.hpp"

#include <fmt/format.h>

namespace ostrich::blocks::transformer_encoder_layer {

namespace {

using graph::Shape;

std::vector<graph::ParameterSpec> specs()
{
    std::vector<graph::ParameterSpec> all = transformerSpecs();
    all.push_back(causalSpec());
    return all;
}

class TransformerEncoderLayerKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "TransformerEncoderLayer",
            .category = graph::Category::Attention,
            .role = graph::Role::Hidden,
            .label = {"Encoder layer", "Encodeur"},
            .help = {"One layer of a transformer: each step looks at all others, then thinks for "
                     "itself. Causal: at earlier ones only.",
                     "Une couche de transformeur : chaque pas regarde tous les autres, puis "
                     "réfléchit seul. Causale : les précédents seulement."},
            .formula = "h = x + MHA(LN(x)),  y = h + W<sub>2</sub> f(W<sub>1</sub> LN(h))",
            .icon = "att",
            .searchWords = {"transformer", "transformeur", "encoder", "encodeur", "self-attention",
                            "auto-attention", "BERT", "GPT"},
            .pill = false,
            .idStem = "encoder_layer",
            .parameters = specs(),
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferTransformer("TransformerEncoderLayer", inputs, parameters);
    }

    /// T² is counted, a variable T counts one step.
    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        return transformerCost(inputs, parameters);
    }

    std::optional<graph::Network> unfolded(const std::vector<Shape> &shapes,
                                           const graph::Parameters &parameters) const override
    {
        return unfoldedTransformer(shapes, parameters, graph::boolean(parameters, "causal"));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        std::vector<Words> words = transformerSummary(parameters);
        if (graph::boolean(parameters, "causal"))
            words.insert(words.begin() + 1, {"causal", "causale"});
        return words;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return transformerLayer(request, /*decoder=*/false);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.module =
            fmt::format("SequenceEncoderLayer({}, causal={})", transformerArguments(request),
                        pythonBoolean(graph::boolean(request.parameters, "causal")));
        text.call = "{m}({x0}, {l0})";
        text.support = attentionPython();
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<TransformerEncoderLayerKind>();
}

} // namespace ostrich::blocks::transformer_encoder_layer
