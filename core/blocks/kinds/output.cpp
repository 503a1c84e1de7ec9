// Output: what the network says, and the loss it is trained by. Passes its logits through
// unchanged.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/clamp.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/softmax.h>

namespace ostrich::blocks::output {

namespace {

using graph::Axis;
using graph::Shape;

constexpr const char *kCrossEntropy = "cross_entropy";
constexpr const char *kSquaredError = "mean_squared_error";

class CrossEntropyOutput final : public OutputModule {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {inputs[0]};
    }

    at::Tensor loss(const at::Tensor &logits, const at::Tensor &target,
                    double labelSmoothing) const override
    {
        constexpr std::int64_t kIgnoreNothing = -100;
        return at::cross_entropy_loss(logits, target, {}, at::Reduction::Mean, kIgnoreNothing,
                                      labelSmoothing);
    }

    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return at::softmax(logits, 1);
    }
};

/// Against one-hot targets, mean over samples and classes; without classes, against the target
/// itself.
class SquaredErrorOutput final : public OutputModule {
public:
    explicit SquaredErrorOutput(bool hasClasses) : m_hasClasses(hasClasses) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {inputs[0]};
    }

    at::Tensor loss(const at::Tensor &logits, const at::Tensor &target, double) const override
    {
        if (m_hasClasses)
            return at::mse_loss(logits,
                                at::one_hot(target, logits.size(1)).to(logits.scalar_type()));
        const at::Tensor wanted = target.to(logits.scalar_type());
        return at::mse_loss(logits,
                            wanted.dim() == 1 ? wanted.unsqueeze(1).expand_as(logits) : wanted);
    }

    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return m_hasClasses ? at::clamp(logits, 0.0, 1.0) : logits;
    }

private:
    bool m_hasClasses;
};

class OutputKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Output",
            .category = graph::Category::Output,
            .role = graph::Role::Output,
            .label = {"Output", "Sortie"},
            .help =
                {"What the network answers: a probability for each class, and the loss it learns "
                 "from.",
                 "La réponse du réseau : une probabilité par classe, et l'erreur dont il apprend."},
            .formula = "p<sub>k</sub> = e<sup>x<sub>k</sub></sup> / Σ<sub>j</sub> "
                       "e<sup>x<sub>j</sub></sup>,  L = −log p<sub>class</sub>",
            .icon = "out",
            .searchWords = {"loss", "perte", "cross entropy", "entropie croisée", "softmax",
                            "prediction", "prédiction"},
            .pill = false,
            .idStem = "output",
            .parameters = {choiceSpec(
                {"loss",
                 {"Loss", "Perte"},
                 {"What training makes small.", "Ce que l'apprentissage fait diminuer."}},
                {{kCrossEntropy, {"cross-entropy", "entropie croisée"}},
                 {kSquaredError, {"mean squared error", "erreur quadratique moyenne"}}})},
        };
        return description;
    }

    std::vector<std::string> outputs(const graph::Parameters &) const override { return {}; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(
        const std::vector<Shape> &inputs, const graph::Parameters &,
        const graph::DataFacts &facts) const override
    {
        const Shape &x = inputs[0];
        if (!x.isVector() || !x.size(Axis::F)) return expectsVector("Output", x);

        const std::int64_t features = *x.size(Axis::F);
        if (facts.classes > 0 && features != facts.classes) {
            const std::string classes = std::to_string(facts.classes);
            return misfit({"blocks.output_classes", {"Output", std::to_string(features), classes}},
                          {"blocks.output_reason", {classes}}, "N×" + classes, "x",
                          graph::ChangeUpstream{"x", "out_features", std::string("classes")});
        }
        return std::vector<Shape>{};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        if (graph::text(parameters, "loss") == kCrossEntropy) return {same("softmax")};
        return {{"squared error", "erreur quadratique"}};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        if (graph::text(request.parameters, "loss") == kCrossEntropy)
            return std::make_unique<CrossEntropyOutput>();
        return std::make_unique<SquaredErrorOutput>(request.facts.classes > 0);
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<OutputKind>();
}

} // namespace ostrich::blocks::output
