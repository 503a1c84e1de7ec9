// Output: what the network says, and the loss it is trained by. Passes its logits through
// unchanged.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/output_losses_torch.hpp"
#include "blocks/specs.hpp"

namespace ostrich::blocks::output {

namespace {

using graph::Axis;
using graph::DataFacts;
using graph::Shape;
using graph::Task;

constexpr const char *kCrossEntropy = "cross_entropy";
constexpr const char *kSquaredError = "mean_squared_error";
constexpr const char *kAbsoluteError = "mean_absolute_error";
constexpr const char *kQuantiles = "quantiles";

bool answersEachStep(const DataFacts &facts)
{
    return facts.task == Task::LabelSteps || facts.task == Task::Translate;
}

/// How many numbers must arrive: the classes, the numbers asked for, or three quantiles of each.
std::int64_t wantedFeatures(const std::string &loss, const DataFacts &facts)
{
    return facts.answers() * (loss == kQuantiles ? kQuantileCount : 1);
}

/// A loss for classes where numbers are asked for, or the other way round.
std::optional<graph::Misfit> lossMisfit(const std::string &loss, const DataFacts &facts)
{
    if (facts.task == Task::Regress && loss == kCrossEntropy)
        return misfit({"blocks.output_loss", {"Output"}}, {"blocks.output_loss_reason", {}}, "", "",
                      graph::ChangeParameter{"loss", std::string(kSquaredError)});
    const bool onlyNumbers = loss == kAbsoluteError || loss == kQuantiles;
    const bool steps = answersEachStep(facts) && loss != kCrossEntropy;
    if (facts.task != Task::Regress && facts.classes > 0 && (onlyNumbers || steps))
        return misfit({"blocks.output_classes_loss", {"Output"}}, {"blocks.output_loss_reason", {}},
                      "", "", graph::ChangeParameter{"loss", std::string(kCrossEntropy)});
    return std::nullopt;
}

graph::Misfit featuresMisfit(std::int64_t features, const std::string &loss, const DataFacts &facts)
{
    const std::int64_t wanted = wantedFeatures(loss, facts);
    const std::string wantedText = std::to_string(wanted);
    const bool classes = facts.classes > 0;
    graph::ParameterValue value = std::string("classes");
    if (wanted != facts.answers()) value = wanted;
    return misfit({classes ? "blocks.output_classes" : "blocks.output_values",
                   {"Output", std::to_string(features), wantedText}},
                  {classes ? "blocks.output_reason" : "blocks.output_values_reason", {wantedText}},
                  (answersEachStep(facts) ? "N×T×" : "N×") + wantedText, "x",
                  graph::ChangeUpstream{"x", "out_features", value});
}

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
                {"What the network answers: a probability for each class, or numbers; and the loss "
                 "it learns from.",
                 "La réponse du réseau : une probabilité par classe, ou des nombres ; et l'erreur "
                 "dont il apprend."},
            .formula = "p<sub>k</sub> = e<sup>x<sub>k</sub></sup> / Σ<sub>j</sub> "
                       "e<sup>x<sub>j</sub></sup>,  L = −log p<sub>class</sub>",
            .icon = "out",
            .searchWords = {"loss", "perte", "cross entropy", "entropie croisée", "softmax",
                            "prediction", "prédiction", "forecast", "prévision", "regression"},
            .pill = false,
            .idStem = "output",
            .parameters = {choiceSpec(
                {"loss",
                 {"Loss", "Perte"},
                 {"What training makes small.", "Ce que l'apprentissage fait diminuer."}},
                {{kCrossEntropy, {"cross-entropy", "entropie croisée"}},
                 {kSquaredError, {"mean squared error", "erreur quadratique moyenne"}},
                 {kAbsoluteError, {"mean absolute error", "erreur absolue moyenne"}},
                 {kQuantiles, {"quantiles 10, 50, 90 %", "quantiles 10, 50, 90 %"}}})},
        };
        return description;
    }

    std::vector<std::string> outputs(const graph::Parameters &) const override { return {}; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const DataFacts &facts) const override
    {
        const Shape &x = inputs[0];
        const std::string &loss = graph::text(parameters, "loss");
        if (answersEachStep(facts)) {
            if (x.isVector())
                return misfit({"blocks.output_steps", {"Output"}},
                              {"blocks.output_steps_reason", {}}, "N×T×F", "x",
                              graph::ChangeUpstream{"x", "mode", std::string("auto")});
            if (!x.isSequence()) return expectsSequence("Output", x);
        } else if (!x.isVector() || !x.size(Axis::F)) {
            return expectsVector("Output", x);
        }
        if (auto wrong = lossMisfit(loss, facts)) return *wrong;
        const std::int64_t features = *x.size(Axis::F);
        const bool asked = facts.classes > 0 || facts.task == Task::Regress;
        if (asked && features != wantedFeatures(loss, facts))
            return featuresMisfit(features, loss, facts);
        return std::vector<Shape>{};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const DataFacts &) const override
    {
        const std::string &loss = graph::text(parameters, "loss");
        if (loss == kCrossEntropy) return {same("softmax")};
        if (loss == kAbsoluteError) return {{"absolute error", "erreur absolue"}};
        if (loss == kQuantiles) return {same("quantiles")};
        return {{"squared error", "erreur quadratique"}};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        const std::string &loss = graph::text(request.parameters, "loss");
        if (loss == kCrossEntropy) return crossEntropyOutput();
        if (request.facts.classes > 0) return classErrorOutput();
        if (loss == kAbsoluteError) return numbersOutput(NumbersLoss::AbsoluteError, request);
        if (loss == kQuantiles) return numbersOutput(NumbersLoss::Quantiles, request);
        return numbersOutput(NumbersLoss::SquaredError, request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        if (request.facts.task != Task::Regress) return {.call = "{x0}"};
        return {.module = "DataUnits(" + std::to_string(request.facts.answers()) + ")",
                .call = "{m}({x0})",
                .support = R"(class DataUnits(nn.Module):
    """From what the network learns, mean 0 and deviation 1, back to the units of the data."""

    def __init__(self, count):
        super().__init__()
        self.register_buffer("answer_mean", torch.zeros(count))
        self.register_buffer("answer_deviation", torch.ones(count))

    def forward(self, x):
        parts = x.view(x.shape[0], -1, self.answer_mean.shape[0])
        return (parts * self.answer_deviation + self.answer_mean).flatten(1)
)"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<OutputKind>();
}

} // namespace ostrich::blocks::output
