// Kinds that join two signals of one shape, value by value: Add, Multiply.
#include "blocks/pairwise_torch.hpp"

#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

namespace {

using graph::Axis;
using graph::Shape;
using Function = at::Tensor (*)(const at::Tensor &, const at::Tensor &);

class PairwiseModule final : public Module {
public:
    explicit PairwiseModule(Function function) : m_function(function) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        const Signal &a = inputs[0], &b = inputs[1];
        return {{m_function(a.tensor, b.tensor), a.lengths.defined() ? a.lengths : b.lengths}};
    }

private:
    Function m_function;
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

/// Both are rows of features, one a sample or one a step of as many steps.
bool differInFeaturesAlone(const Shape &a, const Shape &b)
{
    return (a.isVector() && b.isVector())
           || (a.isSequence() && b.isSequence() && a.size(Axis::T) == b.size(Axis::T));
}

/// What brings the input at `port` from `from` to `to`.
graph::Repair adapt(const std::string &port, const Shape &from, const Shape &to)
{
    if (differInFeaturesAlone(from, to))
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
        return shape.size(shape.isMaps() ? Axis::C : Axis::F).value_or(0);
    };
    const bool adaptA = pixels(a) != pixels(b) ? pixels(a) > pixels(b) : depth(a) < depth(b);
    return adaptA ? adapt("a", a, b) : adapt("b", b, a);
}

class PairwiseKind final : public BlockKind {
public:
    PairwiseKind(graph::Description description, Function function, std::string pytorch)
        : m_description(std::move(description)), m_function(function), m_pytorch(std::move(pytorch))
    {
    }

    const graph::Description &description() const override { return m_description; }

    std::vector<std::string> inputs(const graph::Parameters &) const override { return {"a", "b"}; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        const Shape &a = inputs[0], &b = inputs[1];
        const std::string &name = m_description.name;
        if (a.isTokens()) return expectsSequence(name, a, "a");
        if (b.isTokens()) return expectsSequence(name, b, "b");
        if (a == b) return std::vector{a};
        graph::Repair repair = repairFor(a, b);
        const auto *insert = std::get_if<graph::InsertBefore>(&repair);
        const bool atA = insert && insert->port == "a";
        return misfit(
            {"blocks.pair_shapes", {name, graph::toString(a, false), graph::toString(b, false)}},
            {"blocks.pair_reason", {}}, graph::toString(atA ? b : a), atA ? "a" : "b",
            std::move(repair));
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<PairwiseModule>(m_function);
    }

    PytorchText pytorch(const TextRequest &) const override
    {
        PytorchText text;
        text.call = m_pytorch;
        return text;
    }

private:
    graph::Description m_description;
    Function m_function;
    std::string m_pytorch;
};

} // namespace

std::unique_ptr<BlockKind> pairwiseKind(graph::Description description, Function function,
                                        std::string pytorch)
{
    return std::make_unique<PairwiseKind>(std::move(description), function, std::move(pytorch));
}

} // namespace ostrich::blocks
