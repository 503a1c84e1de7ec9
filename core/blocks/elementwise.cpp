// Kinds that apply one function to every value: the activations.
#include "blocks/elementwise_torch.hpp"

#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <functional>

namespace ostrich::blocks {

namespace {

using Function = std::function<at::Tensor(const at::Tensor &, const graph::Parameters &)>;

class ElementwiseModule final : public Module {
public:
    ElementwiseModule(Function function, graph::Parameters given, bool isMonotone)
        : m_function(std::move(function)), m_given(std::move(given)), m_isMonotone(isMonotone)
    {
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{m_function(inputs[0].tensor, m_given), inputs[0].lengths}};
    }

    bool isMonotone() const override { return m_isMonotone; }

private:
    Function m_function;
    graph::Parameters m_given;
    bool m_isMonotone;
};

class ElementwiseKind final : public BlockKind {
public:
    ElementwiseKind(graph::Description description, Function function, std::string pytorch,
                    bool isMonotone)
        : m_description(std::move(description)),
          m_function(std::move(function)),
          m_pytorch(std::move(pytorch)),
          m_isMonotone(isMonotone)
    {
    }

    const graph::Description &description() const override { return m_description; }

    std::variant<std::vector<graph::Shape>, graph::Misfit> infer(
        const std::vector<graph::Shape> &inputs, const graph::Parameters &,
        const graph::DataFacts &) const override
    {
        if (inputs[0].isTokens()) return expectsSequence(m_description.name, inputs[0]);
        return inputs;
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        std::vector<Words> words;
        for (const graph::ParameterSpec &spec : m_description.parameters)
            words.push_back(same(graph::toString(parameters.at(spec.name))));
        return words;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<ElementwiseModule>(m_function, request.parameters, m_isMonotone);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.call = m_pytorch;
        for (const auto &[name, value] : request.parameters) {
            const std::string place = "{" + name + "}";
            if (const auto at = text.call.find(place); at != std::string::npos)
                text.call.replace(at, place.size(), graph::toString(value));
        }
        return text;
    }

private:
    graph::Description m_description;
    Function m_function;
    std::string m_pytorch;
    bool m_isMonotone;
};

} // namespace

std::unique_ptr<BlockKind> elementwiseKind(graph::Description description,
                                           at::Tensor (*function)(const at::Tensor &),
                                           std::string pytorch, bool isMonotone)
{
    return std::make_unique<ElementwiseKind>(
        std::move(description),
        [function](const at::Tensor &x, const graph::Parameters &) { return function(x); },
        std::move(pytorch), isMonotone);
}

std::unique_ptr<BlockKind> elementwiseKind(graph::Description description,
                                           at::Tensor (*function)(const at::Tensor &,
                                                                  const graph::Parameters &),
                                           std::string pytorch)
{
    return std::make_unique<ElementwiseKind>(std::move(description), function, std::move(pytorch),
                                             false);
}

} // namespace ostrich::blocks
