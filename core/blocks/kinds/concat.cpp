// Concat: several signals side by side, along C for maps and along F for vectors.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/cat.h>

#include <algorithm>

namespace ostrich::blocks::concat {

namespace {

using graph::Axis;
using graph::Shape;

class ConcatModule final : public Module {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        std::vector<at::Tensor> parts;
        for (const Signal &input : inputs) parts.push_back(input.tensor);
        return {{at::cat(parts, 1), {}}};
    }
};

std::string portName(std::size_t index)
{
    return std::string(1, static_cast<char>('a' + index));
}

bool sameSize(const Shape &one, const Shape &other)
{
    return one.size(Axis::H) == other.size(Axis::H) && one.size(Axis::W) == other.size(Axis::W);
}

/// `inputs[at]` differs from the first: maps are shrunk to the smaller of the two where that one is
/// square.
graph::Misfit sizesDiffer(const std::vector<Shape> &inputs, std::size_t at)
{
    const Shape &first = inputs[0], &other = inputs[at];
    graph::Repair repair;
    std::size_t wrong = at;
    if (first.isMaps() && other.isMaps()) {
        const bool firstIsLarger = *first.size(Axis::H) > *other.size(Axis::H);
        wrong = firstIsLarger ? 0 : at;
        const Shape &goal = firstIsLarger ? other : first;
        if (goal.size(Axis::H) == goal.size(Axis::W))
            repair = graph::InsertBefore{
                portName(wrong), "AdaptiveAvgPool2d", {{"output_size", *goal.size(Axis::H)}}};
    }
    return misfit({"blocks.concat_shapes",
                   {"Concat", graph::toString(first, false), graph::toString(other, false)}},
                  {"blocks.concat_reason", {}}, "", portName(wrong), std::move(repair));
}

class ConcatKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Concat",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Concat", "Concaténer"},
            .help = {"Lays several signals side by side: all channels, or all features, go on.",
                     "Met plusieurs signaux côte à côte : tous les canaux, ou toutes les valeurs, "
                     "continuent."},
            .formula = "y = [a, b, …]",
            .icon = "concat",
            .searchWords = {"concatenate", "concatenation", "join", "merge", "fusion"},
            .pill = true,
            .idStem = "concat",
            .parameters = {integerSpec(
                {"inputs",
                 {"Inputs", "Entrées"},
                 {"How many signals come in.", "Combien de signaux entrent."}},
                2, 2, 8)},
        };
        return description;
    }

    std::vector<std::string> inputs(const graph::Parameters &parameters) const override
    {
        // A view asks with whatever the file holds, checked or not.
        std::int64_t count = 2;
        if (const auto found = parameters.find("inputs"); found != parameters.end())
            if (const auto *given = std::get_if<std::int64_t>(&found->second))
                count = std::clamp<std::int64_t>(*given, 2, 8);
        std::vector<std::string> names;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            names.push_back(portName(i));
        return names;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        const bool maps = inputs[0].isMaps();
        const Axis axis = maps ? Axis::C : Axis::F;
        if (!maps && !inputs[0].isVector()) return expectsMaps("Concat", inputs[0], "a");

        std::int64_t total = 0;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].isMaps() != maps || inputs[i].isVector() == maps
                || !sameSize(inputs[0], inputs[i]))
                return sizesDiffer(inputs, i);
            total += *inputs[i].size(axis);
        }
        if (!maps) return std::vector{Shape::vector(total)};
        const std::int64_t height = *inputs[0].size(Axis::H), width = *inputs[0].size(Axis::W);
        if (auto refused = tooLarge("Concat", {.values = static_cast<double>(total)
                                                         * static_cast<double>(height * width)}))
            return *refused;
        return std::vector{Shape::maps(total, height, width)};
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<ConcatModule>();
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<ConcatKind>();
}

} // namespace ostrich::blocks::concat
