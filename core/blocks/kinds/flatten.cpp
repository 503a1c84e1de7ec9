// Flatten: maps become one row of features, channel by channel, row by row.
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
        // The order is (C, H, W) whatever the memory format: flatten copies where it must.
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
            .help = {"Lays all maps of a sample out as one row of features.",
                     "Met toutes les cartes d'un exemple bout à bout, en une ligne."},
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
        if (!inputs[0].isMaps() && !inputs[0].isVector()) return expectsMaps("Flatten", inputs[0]);
        return std::vector{Shape::vector(*inputs[0].valuesPerSample())};
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<FlattenModule>();
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<FlattenKind>();
}

} // namespace ostrich::blocks::flatten
