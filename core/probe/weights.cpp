// Copies one parameter out of LibTorch.
#include "probe/weights.hpp"

#include "engine/model_torch.hpp"

namespace ostrich::probe {

Array weightsOf(const engine::ModelHandle &model, const std::string &name)
{
    Array found;
    const auto copied = engine::guarded("weights", [&] {
        for (const blocks::NamedTensor &parameter : model->parameters())
            if (parameter.name == name) found = engine::toArray(parameter.tensor.detach());
    });
    return copied ? found : Array{};
}

} // namespace ostrich::probe
