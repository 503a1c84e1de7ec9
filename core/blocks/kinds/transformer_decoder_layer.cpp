// TransformerDecoderLayer: a sequence that is being written looks at what it has so far, then at
// the memory of another sequence (Vaswani et al. 2017, section 3.1).
#include "blocks/attention_python.hpp"
#include "blocks/transformer_fit.hpp"
#include "blocks/transformer_torch.hpp"
#include "blocks/transformer_unfolded.hpp"

#include <fmt/format.h>

namespace ostrich::blocks::transformer_decoder_layer {

namespace {

using graph::Shape;

class TransformerDecoderLayerKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "TransformerDecoderLayer",
            .category = graph::Category::Attention,
            .role = graph::Role::Hidden,
            .label = {"Decoder layer", "Décodeur"},
            .help = {"One layer of a translator's decoder: each step looks at earlier ones, then "
                     "at the sentence to translate (memory).",
                     "Une couche du décodeur d'un traducteur : chaque pas regarde les précédents, "
                     "puis la phrase à traduire (memory)."},
            .formula = "h = x + MHA(LN(x)),  g = h + MHA(LN(h), m, m),  y = g + W<sub>2</sub> "
                       "f(W<sub>1</sub> LN(g))",
            .icon = "att",
            .searchWords = {"transformer", "transformeur", "decoder", "décodeur", "cross-attention",
                            "attention croisée", "translation", "traduction"},
            .pill = false,
            .idStem = "decoder_layer",
            .parameters = transformerSpecs(),
        };
        return description;
    }

    std::vector<std::string> inputs(const graph::Parameters &) const override
    {
        return {"x", "memory"};
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &shapes,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        return inferTransformer("TransformerDecoderLayer", shapes, parameters);
    }

    /// T² is counted, a variable T counts one step.
    graph::Cost cost(const std::vector<Shape> &shapes, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        return transformerCost(shapes, parameters);
    }

    std::optional<graph::Network> unfolded(const std::vector<Shape> &shapes,
                                           const graph::Parameters &parameters) const override
    {
        return unfoldedTransformer(shapes, parameters, /*causal=*/true);
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return transformerSummary(parameters);
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return transformerLayer(request, /*decoder=*/true);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.module = fmt::format("SequenceDecoderLayer({})", transformerArguments(request));
        text.call = "{m}({x0}, {x1}, {l0}, {l1})";
        text.support = attentionPython();
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<TransformerDecoderLayerKind>();
}

} // namespace ostrich::blocks::transformer_decoder_layer
