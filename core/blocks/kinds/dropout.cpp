// Dropout: while training, a random share of the values is silenced (Srivastava et al. 2014).
#include "blocks/block_kind.hpp"
#include "blocks/dropout_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <fmt/format.h>

namespace ostrich::blocks::dropout {

namespace {

using graph::Shape;

class DropoutModule final : public Module {
public:
    explicit DropoutModule(double share) : m_share(share) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) override
    {
        return {{dropped(inputs[0].tensor, m_share, pass), inputs[0].lengths}};
    }

private:
    double m_share;
};

class DropoutKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Dropout",
            .category = graph::Category::Normalisation,
            .role = graph::Role::Hidden,
            .label = {"Dropout", "Dropout"},
            .help =
                {"While training, silences a random share of the values: no part may rely on one "
                 "other alone.",
                 "Pendant l'apprentissage, éteint au hasard une part des valeurs : aucune partie "
                 "ne peut compter sur une seule autre."},
            .formula = "y = m ⊙ x / (1 − p),  m ~ Bernoulli(1 − p)",
            .icon = "dropout",
            .searchWords = {"regularisation", "régularisation", "drop-out", "overfitting"},
            .pill = true,
            .idStem = "dropout",
            .parameters = {realSpec({"p",
                                     {"Share", "Part"},
                                     {"Share of the values that is silenced, 0 to 1.",
                                      "Part des valeurs éteintes, de 0 à 1."}},
                                    0.5, 0.0, 1.0)},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        if (inputs[0].isTokens()) return expectsSequence("Dropout", inputs[0]);
        return inputs;
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        const std::string share = fmt::format("{:g} %", 100.0 * graph::real(parameters, "p"));
        return {same(share)};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<DropoutModule>(graph::real(request.parameters, "p"));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.module = fmt::format("nn.Dropout({})", graph::real(request.parameters, "p"));
        text.call = "{m}({x0})";
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<DropoutKind>();
}

} // namespace ostrich::blocks::dropout
