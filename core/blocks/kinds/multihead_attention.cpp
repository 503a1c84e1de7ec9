// MultiheadAttention: each step reads a weighted mean of all steps, the weights made from how well
// its query matches their keys (Vaswani et al. 2017, section 3.2).
#include "blocks/attention_fit.hpp"
#include "blocks/attention_python.hpp"
#include "blocks/attention_torch.hpp"
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <fmt/format.h>

namespace ostrich::blocks::multihead_attention {

namespace {

using graph::Axis;
using graph::Shape;

AttentionRule ruleOf(const graph::Parameters &parameters)
{
    return {graph::integer(parameters, "num_heads"), graph::boolean(parameters, "causal"),
            graph::real(parameters, "dropout")};
}

class MultiheadAttentionModule final : public Module {
public:
    explicit MultiheadAttentionModule(const BuildRequest &request)
        : m_rule(ruleOf(request.parameters)), m_bias(graph::boolean(request.parameters, "bias"))
    {
        parameters = attentionWeights("", *request.inputs[0].size(Axis::F), m_bias, request);
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) override
    {
        const at::Tensor y = attend(attended(inputs), weights(), m_rule, pass);
        const at::Tensor &lengths = inputs[0].lengths;
        return {{withoutPadding({y, lengths}), lengths}};
    }

    std::vector<NamedTensor> inside(std::span<const Signal> inputs) const override
    {
        const Attended read = attended(inputs);
        return {{"attention", attentionMap(read.query, read.key, weights(), m_rule)}};
    }

private:
    AttentionWeights weights() const { return AttentionWeights::from(parameters, 0, m_bias); }

    /// One input is query, key and value at once.
    static Attended attended(std::span<const Signal> inputs)
    {
        const Signal query{withoutPadding(inputs[0]), inputs[0].lengths};
        if (inputs.size() == 1) return {query, query, query.tensor};
        const Signal key{withoutPadding(inputs[1]), inputs[1].lengths};
        if (inputs[2].tensor.is_same(inputs[1].tensor)) return {query, key, key.tensor};
        return {query, key, withoutPadding({inputs[2].tensor, inputs[1].lengths})};
    }

    AttentionRule m_rule;
    bool m_bias;
};

std::vector<graph::ParameterSpec> specs()
{
    return {
        choiceSpec({"attend",
                    {"Attends to", "Regarde"},
                    {"self: a sequence looks at itself; cross: at another one, such as the "
                     "sentence to translate.",
                     "self : une séquence se regarde elle-même ; cross : une autre, comme la "
                     "phrase à traduire."}},
                   {{"self", {"itself", "elle-même"}}, {"cross", {"another", "une autre"}}}),
        headsSpec(),
        causalSpec(),
        dropoutSpec(0.0, {"Share of the attention weights silenced while training.",
                          "Part des poids d'attention éteints pendant l'apprentissage."}),
        booleanSpec({"bias",
                     {"Bias", "Biais"},
                     {"A learned constant in each of the four projections.",
                      "Une constante apprise dans chacune des quatre projections."}},
                    true),
    };
}

class MultiheadAttentionKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "MultiheadAttention",
            .category = graph::Category::Attention,
            .role = graph::Role::Hidden,
            .label = {"Attention", "Attention"},
            .help = {"Each step asks a question, every step offers an answer; what comes out is "
                     "the mean of the answers, weighted by how well they match.",
                     "Chaque pas pose une question, tous offrent une réponse ; il en sort la "
                     "moyenne des réponses, pondérée par leur accord."},
            .formula = "y = softmax(Q K<sup>T</sup> / √d) V,  Q = x W<sub>Q</sub>, K = x "
                       "W<sub>K</sub>, V = x W<sub>V</sub>",
            .icon = "att",
            .searchWords = {"multi-head attention", "self-attention", "cross-attention",
                            "auto-attention", "attention croisée", "transformer", "transformeur",
                            "query", "requête", "key", "clé"},
            .pill = false,
            .idStem = "attention",
            .parameters = specs(),
        };
        return description;
    }

    std::vector<std::string> inputs(const graph::Parameters &parameters) const override
    {
        // A view asks with whatever the file holds, checked or not.
        const auto found = parameters.find("attend");
        if (found != parameters.end()
            && found->second == graph::ParameterValue(std::string("cross")))
            return {"query", "key", "value"};
        return {"x"};
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &shapes,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const std::vector<std::string> ports = inputs(parameters);
        const Shape &query = shapes[0], &key = shapes.size() > 1 ? shapes[1] : shapes[0];
        for (std::size_t i = 0; i < shapes.size(); ++i) {
            if (auto wrong = sequenceMissing("MultiheadAttention", shapes[i], ports[i]))
                return *wrong;
            if (auto wrong = featuresDiffer("MultiheadAttention", query, shapes[i], ports[i]))
                return *wrong;
        }
        if (shapes.size() > 1 && shapes[1].size(Axis::T) != shapes[2].size(Axis::T))
            return misfit({"blocks.attention_steps",
                           {"MultiheadAttention", graph::toString(shapes[1], false),
                            graph::toString(shapes[2], false)}},
                          {"blocks.attention_steps_reason", {}}, graph::toString(shapes[1]),
                          "value", {});
        if (auto wrong = headsUneven("MultiheadAttention", query, parameters)) return *wrong;

        const auto width = static_cast<double>(*query.size(Axis::F));
        if (auto refused =
                tooLarge("MultiheadAttention",
                         {.weights = 4.0 * width * (width + 1.0),
                          .values = static_cast<double>(query.size(Axis::T).value_or(1)) * width,
                          .multiplyAdds = attentionWork(query, key)}))
            return *refused;
        return std::vector{query};
    }

    /// See attentionCost(): T² is counted, a variable T counts one step.
    graph::Cost cost(const std::vector<Shape> &shapes, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        return attentionCost(shapes[0], shapes.size() > 1 ? shapes[1] : shapes[0],
                             graph::boolean(parameters, "bias"));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        std::vector<Words> words{
            counted(graph::integer(parameters, "num_heads"), {"head", "tête"}, {"heads", "têtes"})};
        if (graph::text(parameters, "attend") == "cross") words.push_back({"cross", "croisée"});
        if (graph::boolean(parameters, "causal")) words.push_back({"causal", "causale"});
        return words;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<MultiheadAttentionModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const AttentionRule rule = ruleOf(request.parameters);
        PytorchText text;
        text.module = fmt::format("SequenceAttention({}, {}, dropout={}, bias={}, causal={})",
                                  *request.inputs[0].size(Axis::F), rule.heads, rule.dropout,
                                  pythonBoolean(graph::boolean(request.parameters, "bias")),
                                  pythonBoolean(rule.causal));
        text.call = request.inputs.size() == 1 ? "{m}({x0}, {x0}, {x0}, {l0}, {l0})"
                                               : "{m}({x0}, {x1}, {x2}, {l0}, {l1})";
        text.support = attentionPython();
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<MultiheadAttentionKind>();
}

} // namespace ostrich::blocks::multihead_attention
