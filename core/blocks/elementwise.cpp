// Kinds that apply one function to every value: the activations.
#include "blocks/elementwise_torch.hpp"

#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

namespace {

using Function = at::Tensor (*)(const at::Tensor &);

class ElementwiseModule final : public Module {
public:
    explicit ElementwiseModule(Function function) : m_function(function) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{m_function(inputs[0].tensor), inputs[0].lengths}};
    }

private:
    Function m_function;
};

class ElementwiseKind final : public BlockKind {
public:
    ElementwiseKind(graph::Description description, Function function)
        : m_description(std::move(description)), m_function(function)
    {
    }

    const graph::Description &description() const override { return m_description; }

    std::variant<std::vector<graph::Shape>, graph::Misfit> infer(
        const std::vector<graph::Shape> &inputs, const graph::Parameters &,
        const graph::DataFacts &) const override
    {
        return inputs;
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<ElementwiseModule>(m_function);
    }

private:
    graph::Description m_description;
    Function m_function;
};

} // namespace

std::unique_ptr<BlockKind> elementwiseKind(graph::Description description, Function function)
{
    return std::make_unique<ElementwiseKind>(std::move(description), function);
}

} // namespace ostrich::blocks
