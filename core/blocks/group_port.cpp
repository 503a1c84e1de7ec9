// The ways into a group and out of it: blocks that pass on what they get.
#include "blocks/group_port.hpp"

#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

namespace {

using graph::Shape;

class GroupPortModule final : public Module {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {inputs[0]};
    }
};

class GroupPortKind final : public BlockKind {
public:
    explicit GroupPortKind(graph::Description description) : m_description(std::move(description))
    {
    }

    const graph::Description &description() const override { return m_description; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &,
                                                          const graph::DataFacts &) const override
    {
        return inputs;
    }

    std::unique_ptr<Module> build(const BuildRequest &) const override
    {
        return std::make_unique<GroupPortModule>();
    }

    PytorchText pytorch(const TextRequest &) const override
    {
        PytorchText text;
        text.call = "{x0}";
        return text;
    }

private:
    graph::Description m_description;
};

} // namespace

std::unique_ptr<BlockKind> groupPortKind(graph::Description description)
{
    return std::make_unique<GroupPortKind>(std::move(description));
}

} // namespace ostrich::blocks
