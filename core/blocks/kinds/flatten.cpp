// Flatten: maps become one row of features, channel by channel, row by row; a sequence one step
// after another.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"

namespace ostrich::blocks::flatten {

namespace {

using graph::Shape;

class FlattenModule final : public Module {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        // The order is (C, H, W) or (T, F) whatever the memory format: flatten copies where it
        // must.
        return {{inputs[0].tensor.flatten(1), {}}};
    }
};

class FlattenKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Flatten",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Flatten", "Aplatir"},
            .help = {"Lays all maps, or all steps, of a sample out as one row of features.",
                     "Met toutes les cartes, ou tous les pas, d'un exemple bout à bout, en une "
                     "ligne."},
            .formula = "y<sub>(c·H+i)·W+j</sub> = x<sub>c,i,j</sub>",
            .icon = "flat",
            .searchWords = {"reshape", "vector", "vecteur"},
            .pill = true,
            .idStem = "flatten",
            .parameters = {},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        if (inputs[0].isTokens()) return expectsSequence("Flatten", inputs[0]);
        if (const auto values = inputs[0].valuesPerSample())
            return std::vector{Shape::vector(*values)};
        return misfit({"blocks.steps_vary", {"Flatten"}}, {"blocks.steps_vary_pool", {"Flatten"}},
                      "N×F", "x", graph::InsertBefore{"x", "TimePool", {}});
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<FlattenModule>();
    }

    PytorchText pytorch(const TextRequest &) const override
    {
        PytorchText text;
        text.call = "{x0}.flatten(1)";
        text.lengths = "None";
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<FlattenKind>();
}

} // namespace ostrich::blocks::flatten
