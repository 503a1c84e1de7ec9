// Add: two signals of one shape, summed value by value; the end of every short-cut.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"

#include <ATen/ops/add.h>

#include <algorithm>

namespace ostrich::blocks::add {

namespace {

using graph::Axis;
using graph::Shape;

class AddModule final : public Module {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{at::add(inputs[0].tensor, inputs[1].tensor), inputs[0].lengths}};
    }
};

/// The stride at which a 1×1 "same" convolution brings `from` to the size of `to`; nothing where
/// none does.
std::optional<std::int64_t> strideBetween(const Shape &from, const Shape &to)
{
    constexpr std::int64_t kMaxStride = 32;
    for (std::int64_t stride = 1; stride <= kMaxStride; ++stride) {
        const auto shrunk = [&](Axis axis) { return (*from.size(axis) + stride - 1) / stride; };
        if (shrunk(Axis::H) == *to.size(Axis::H) && shrunk(Axis::W) == *to.size(Axis::W))
            return stride;
    }
    return std::nullopt;
}

/// What brings the input at `port` from `from` to `to`.
graph::Repair adapt(const std::string &port, const Shape &from, const Shape &to)
{
    if (from.isVector() && to.isVector())
        return graph::InsertBefore{port, "Linear", {{"out_features", *to.size(Axis::F)}}};
    if (!from.isMaps() || !to.isMaps()) return {};

    const auto stride = strideBetween(from, to);
    if (!stride) return {};
    graph::Parameters parameters{{"out_channels", *to.size(Axis::C)},
                                 {"kernel_size", std::int64_t{1}}};
    if (*stride != 1) parameters["stride"] = *stride;
    return graph::InsertBefore{port, "Conv2d", std::move(parameters)};
}

/// The earlier signal is the one to adapt: it has the larger maps, or as large ones and fewer
/// channels.
graph::Repair repairFor(const Shape &a, const Shape &b)
{
    const auto pixels = [](const Shape &shape) {
        return shape.size(Axis::H).value_or(1) * shape.size(Axis::W).value_or(1);
    };
    const auto depth = [](const Shape &shape) {
        return shape.isMaps() ? *shape.size(Axis::C) : shape.valuesPerSample().value_or(0);
    };
    const bool adaptA = pixels(a) != pixels(b) ? pixels(a) > pixels(b) : depth(a) < depth(b);
    return adaptA ? adapt("a", a, b) : adapt("b", b, a);
}

class AddKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Add",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Add", "Addition"},
            .help =
                {"Sums two signals value by value: a short-cut past some blocks ends here.",
                 "Additionne deux signaux valeur par valeur : c'est ici que finit un raccourci."},
            .formula = "y = a + b",
            .icon = "add",
            .searchWords = {"sum", "somme", "residual", "résiduel", "skip", "short-cut", "plus"},
            .pill = true,
            .idStem = "add",
            .parameters = {},
        };
        return description;
    }

    std::vector<std::string> inputs(const graph::Parameters &) const override { return {"a", "b"}; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        const Shape &a = inputs[0], &b = inputs[1];
        if (a == b) return std::vector{a};
        graph::Repair repair = repairFor(a, b);
        const auto *insert = std::get_if<graph::InsertBefore>(&repair);
        const bool atA = insert && insert->port == "a";
        return misfit(
            {"blocks.add_shapes", {"Add", graph::toString(a, false), graph::toString(b, false)}},
            {"blocks.add_reason", {}}, graph::toString(atA ? b : a), atA ? "a" : "b",
            std::move(repair));
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<AddModule>();
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<AddKind>();
}

} // namespace ostrich::blocks::add
