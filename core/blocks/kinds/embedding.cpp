// Embedding: each token's own learned row of numbers.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <fmt/format.h>

#include <algorithm>

namespace ostrich::blocks::embedding {

namespace {

using graph::Axis;
using graph::Shape;

std::int64_t rowsFor(const Shape &tokens)
{
    return std::max<std::int64_t>(tokens.vocabulary, 1);
}

class EmbeddingModule final : public Module {
public:
    explicit EmbeddingModule(const BuildRequest &request)
    {
        const at::NoGradGuard noGradient;
        const std::int64_t features = *request.outputs[0].size(Axis::F);
        // torch.nn.Embedding: N(0, 1). In float32 first, as uniformTensor() draws.
        at::Tensor drawn = at::empty({rowsFor(request.inputs[0]), features},
                                     at::TensorOptions().dtype(at::kFloat));
        drawn.normal_(0.0, 1.0, request.generator);
        parameters.push_back({"weight", drawn.to(request.dtype).requires_grad_(true)});
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const at::Tensor &weight = parameters[0].tensor;
        // Padding may hold anything, and a text typed for another vocabulary must not crash.
        const at::Tensor ids =
            at::clamp(inputs[0].tensor.detach().to(at::kLong), 0, weight.size(0) - 1);
        return {{at::embedding(weight, ids), inputs[0].lengths}};
    }
};

class EmbeddingKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Embedding",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Embedding", "Embedding"},
            .help = {"Looks up a learned row of numbers for each word or sign: what is used alike "
                     "ends up close together.",
                     "Donne à chaque mot ou signe une ligne de nombres apprise : ceux qui "
                     "s'emploient de même finissent voisins."},
            .formula = "y<sub>t</sub> = W[x<sub>t</sub>]",
            .icon = "embed",
            .searchWords = {"word vectors", "plongement", "lookup", "table", "token", "jeton",
                            "vocabulary", "vocabulaire", "word2vec"},
            .pill = false,
            .idStem = "embedding",
            .parameters = {integerSpec({"embedding_dim",
                                        {"Features", "Valeurs"},
                                        {"How many numbers stand for each token.",
                                         "Combien de nombres représentent chaque jeton."}},
                                       64, 1, kMaxChannels)},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        const std::int64_t features = graph::integer(parameters, "embedding_dim");
        if (!x.isTokens()) return numbersCome(x, features);
        const auto width = static_cast<double>(features);
        if (auto refused = tooLarge(
                "Embedding", {.weights = width * static_cast<double>(rowsFor(x)),
                              .values = width * static_cast<double>(x.size(Axis::T).value_or(1))}))
            return *refused;
        return std::vector{Shape::sequence(x.size(Axis::T), features)};
    }

    /// A look-up multiplies nothing.
    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &outputs,
                     const graph::Parameters &) const override
    {
        return {rowsFor(inputs[0]) * *outputs[0].size(Axis::F), 0};
    }

    std::vector<std::int64_t> sharedWeight(const std::vector<Shape> &inputs,
                                           const std::vector<Shape> &outputs,
                                           const graph::Parameters &) const override
    {
        return {rowsFor(inputs[0]), *outputs[0].size(Axis::F)};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return {counted(graph::integer(parameters, "embedding_dim"), {"feature", "valeur"},
                        {"features", "valeurs"})};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<EmbeddingModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        return {.module = fmt::format("nn.Embedding({}, {})", rowsFor(request.inputs[0]),
                                      *request.outputs[0].size(Axis::F)),
                .call = "{m}({x0}.long().clamp(0, {m}.num_embeddings - 1))",
                .support = ""};
    }

private:
    static graph::Misfit numbersCome(const Shape &got, std::int64_t features)
    {
        graph::Repair repair;
        if (got.isSequence()) repair = graph::ReplaceSelf{"Linear", {{"out_features", features}}};
        return misfit({"blocks.numbers_come", {"Embedding", graph::toString(got, false)}},
                      {"blocks.numbers_come_reason", {"Embedding", std::to_string(features)}},
                      "N×T", "x", std::move(repair));
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<EmbeddingKind>();
}

} // namespace ostrich::blocks::embedding
