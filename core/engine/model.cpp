// Running a compiled network: forward, loss, trace, and numbers in and out.
#include "engine/model_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cstring>

namespace ostrich::engine {

std::vector<blocks::Signal> Model::run(const Step &step, const blocks::Signal &x,
                                       const Values &values, const blocks::Pass &pass) const
{
    std::vector<blocks::Signal> inputs;
    inputs.reserve(step.inputs.size());
    for (const auto &[source, port] : step.inputs)
        inputs.push_back(
            source < 0 ? x
                       : values[static_cast<std::size_t>(source)][static_cast<std::size_t>(port)]);
    return step.module->forward(inputs, pass);
}

const blocks::OutputModule &Model::output(int step) const
{
    return static_cast<const blocks::OutputModule &>(
        *m_steps[static_cast<std::size_t>(step)].module);
}

std::vector<Model::Output> Model::forward(const at::Tensor &x, const blocks::Pass &pass) const
{
    const blocks::Signal input{x, {}};
    Values values(m_steps.size());
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        values[i] = run(m_steps[i], input, values, pass);
        // Without gradients this keeps two or three activations alive instead of all.
        for (const int done : m_steps[i].lastUses) values[static_cast<std::size_t>(done)].clear();
    }
    std::vector<Output> outputs;
    for (const int step : m_outputs) {
        const auto index = static_cast<std::size_t>(step);
        outputs.push_back({m_steps[index].block, values[index][0].tensor});
    }
    return outputs;
}

at::Tensor Model::logits(const at::Tensor &x) const
{
    TORCH_CHECK(!m_outputs.empty(), "a network without an Output");
    return forward(x, blocks::Pass{}).front().logits;
}

at::Tensor Model::probabilities(const at::Tensor &logits) const
{
    return output(m_outputs.front()).probabilities(logits);
}

at::Tensor Model::loss(const std::vector<Output> &outputs, const at::Tensor &target,
                       double labelSmoothing) const
{
    at::Tensor sum;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        const at::Tensor one = output(m_outputs[i]).loss(outputs[i].logits, target, labelSmoothing);
        sum = sum.defined() ? sum.add(one) : one;
    }
    return sum;
}

std::map<std::string, at::Tensor> Model::trace(const at::Tensor &x,
                                               const std::vector<std::string> &blockIds) const
{
    const blocks::Signal input{x, {}};
    Values values(m_steps.size());
    std::map<std::string, at::Tensor> traced;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        values[i] = run(step, input, values, blocks::Pass{});
        if (std::ranges::find(blockIds, step.block) == blockIds.end()) continue;
        const at::Tensor &first = values[i][0].tensor;
        const bool isOutput = std::ranges::find(m_outputs, static_cast<int>(i)) != m_outputs.end();
        traced[step.block] = isOutput ? output(static_cast<int>(i)).probabilities(first) : first;
    }
    return traced;
}

std::vector<blocks::NamedTensor> Model::parameters() const
{
    std::vector<blocks::NamedTensor> all;
    for (const Step &step : m_steps)
        for (const auto &[name, tensor] : step.module->parameters)
            all.push_back({step.block + "." + name, tensor});
    return all;
}

std::vector<blocks::NamedTensor> Model::buffers() const
{
    std::vector<blocks::NamedTensor> all;
    for (const Step &step : m_steps)
        for (const auto &[name, tensor] : step.module->buffers)
            all.push_back({step.block + "." + name, tensor});
    return all;
}

std::int64_t Model::parameterCount() const
{
    std::int64_t count = 0;
    for (const auto &[name, tensor] : parameters()) count += tensor.numel();
    return count;
}

at::Tensor Model::tensor(const Array &array) const
{
    at::Tensor plain = at::empty(array.shape, at::TensorOptions().dtype(at::kFloat));
    TORCH_CHECK(plain.numel() == std::ssize(array.values), "an array of ", array.values.size(),
                " values with a shape for ", plain.numel());
    if (!array.values.empty())
        std::memcpy(plain.data_ptr(), array.values.data(), array.values.size() * sizeof(float));
    return plain.to(m_device, m_dtype);
}

std::int64_t boundedBatch(const Model &model, std::int64_t wanted, bool withGradients)
{
    return graph::boundedBatch(model.activationsPerSample(), wanted, withGradients ? 2 : 1);
}

Array toArray(const at::Tensor &tensor)
{
    const at::Tensor plain =
        tensor.detach().to(at::kCPU, at::kFloat).contiguous(at::MemoryFormat::Contiguous);
    const float *const begin = plain.const_data_ptr<float>();
    return {plain.sizes().vec(), {begin, begin + plain.numel()}};
}

Result<Array> probabilities(const ModelHandle &model, const Array &x)
{
    Array answer;
    const Result<void> done = guarded("probabilities", [&] {
        const at::NoGradGuard noGradient;
        answer = toArray(model->probabilities(model->logits(model->tensor(x))));
    });
    if (!done) return done.error();
    return answer;
}

Result<std::map<std::string, Array>> trace(const ModelHandle &model, const Array &x,
                                           const std::vector<std::string> &blockIds)
{
    std::map<std::string, Array> answer;
    const Result<void> done = guarded("trace", [&] {
        const at::NoGradGuard noGradient;
        for (const auto &[block, tensor] : model->trace(model->tensor(x), blockIds))
            answer[block] = toArray(tensor);
    });
    if (!done) return done.error();
    return answer;
}

} // namespace ostrich::engine
