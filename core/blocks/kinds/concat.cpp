// Concat: several signals side by side, along C for maps and along F for vectors and sequences.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/cat.h>
#include <fmt/format.h>

#include <algorithm>

namespace ostrich::blocks::concat {

namespace {

using graph::Axis;
using graph::Shape;

/// Where the axis that grows stands: C in N×C×H×W, F in N×F and N×T×F.
std::int64_t growingAxis(const Shape &shape)
{
    return shape.isSequence() ? 2 : 1;
}

/// Sequences with a variable T are taken to have the same lengths, as those of Add are.
class ConcatModule final : public Module {
public:
    explicit ConcatModule(std::int64_t axis) : m_axis(axis) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        std::vector<at::Tensor> parts;
        for (const Signal &input : inputs) parts.push_back(input.tensor);
        return {{at::cat(parts, m_axis), inputs[0].lengths}};
    }

private:
    std::int64_t m_axis;
};

std::string portName(std::size_t index)
{
    return std::string(1, static_cast<char>('a' + index));
}

/// All but the axis that grows is the same.
bool alike(Shape one, Shape other)
{
    for (Shape *shape : {&one, &other})
        for (graph::Dimension &dimension : shape->dimensions)
            if (dimension.axis == Axis::C || dimension.axis == Axis::F) dimension.size = {};
    return one == other;
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
        Shape joined = inputs[0];
        std::int64_t total = 0;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].isTokens()) return expectsSequence("Concat", inputs[i], portName(i));
            if (!alike(inputs[0], inputs[i])) return sizesDiffer(inputs, i);
            total += *inputs[i].size(inputs[i].isMaps() ? Axis::C : Axis::F);
        }
        joined.dimensions[static_cast<std::size_t>(growingAxis(joined))].size = total;
        if (auto refused =
                tooLarge("Concat",
                         {.values = static_cast<double>(joined.valuesPerSample().value_or(total))}))
            return *refused;
        return std::vector{joined};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<ConcatModule>(growingAxis(request.inputs[0]));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        std::string parts;
        for (std::size_t i = 0; i < request.inputs.size(); ++i)
            parts += fmt::format("{}{{x{}}}", i == 0 ? "" : ", ", i);
        PytorchText text;
        text.call = fmt::format("torch.cat([{}], {})", parts, growingAxis(request.inputs[0]));
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<ConcatKind>();
}

} // namespace ostrich::blocks::concat
