// Running a compiled network: forward, loss, trace, and numbers in and out.
#include "engine/model_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace ostrich::engine {

namespace {

using Signals = std::vector<blocks::Signal>;

at::Tensor wholeNumbers(const std::vector<std::int64_t> &numbers, at::IntArrayRef sizes,
                        const at::Device &device)
{
    at::Tensor plain = at::empty(sizes, at::TensorOptions().dtype(at::kLong));
    TORCH_CHECK(plain.numel() == std::ssize(numbers), numbers.size(), " numbers with a shape for ",
                plain.numel());
    if (!numbers.empty())
        std::memcpy(plain.data_ptr(), numbers.data(), numbers.size() * sizeof(std::int64_t));
    return plain.to(device);
}

} // namespace

std::vector<blocks::Signal> Model::inputsOf(const Step &step, const Feeds &feeds,
                                            const Values &values) const
{
    std::vector<blocks::Signal> inputs;
    inputs.reserve(step.inputs.size());
    for (const auto &[source, port] : step.inputs) {
        if (source >= 0) {
            inputs.push_back(
                values[static_cast<std::size_t>(source)][static_cast<std::size_t>(port)]);
            continue;
        }
        const auto fed = feeds.find(step.field);
        TORCH_CHECK(fed != feeds.end(), "nothing feeds the field ", step.field);
        inputs.push_back(fed->second);
    }
    return inputs;
}

template <typename Compute>
Model::Values Model::walk(const Feeds &feeds, const Compute &compute) const
{
    Values values(m_steps.size());
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        std::optional<std::vector<blocks::Signal>> computed =
            compute(m_steps[i], inputsOf(m_steps[i], feeds, values));
        if (!computed) break;
        values[i] = *std::move(computed);
        // Without gradients this keeps two or three activations alive instead of all.
        for (const int done : m_steps[i].lastUses) values[static_cast<std::size_t>(done)].clear();
    }
    return values;
}

const blocks::OutputModule &Model::output(int step) const
{
    return static_cast<const blocks::OutputModule &>(
        *m_steps[static_cast<std::size_t>(step)].module);
}

std::vector<Model::Output> Model::forward(const Feeds &feeds, const blocks::Pass &pass) const
{
    return outputsOf(walk(feeds, [&](const Step &step, Signals inputs) {
        if (step.waits) return std::optional(std::move(inputs));
        Signals signals = step.module->forward(inputs, pass);
        if (step.waiting >= 0) {
            const Step &waiting = m_steps[static_cast<std::size_t>(step.waiting)];
            signals = waiting.module->forward(signals, pass);
        }
        return std::optional(std::move(signals));
    }));
}

std::vector<Model::Output> Model::outputsOf(const Values &values) const
{
    std::vector<Output> outputs;
    for (const int step : m_outputs) {
        const auto index = static_cast<std::size_t>(step);
        const blocks::Signal &signal = values[index][0];
        outputs.push_back({m_steps[index].block, signal.tensor, signal.lengths});
    }
    return outputs;
}

std::vector<Model::Output> Model::forward(const at::Tensor &x, const blocks::Pass &pass) const
{
    return forward(Feeds{{"x", {x, {}}}}, pass);
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

std::map<std::string, at::Tensor> Model::trace(const Feeds &feeds,
                                               const std::vector<std::string> &blockIds) const
{
    const std::set<std::string_view> wanted(blockIds.begin(), blockIds.end());
    std::map<std::string, at::Tensor> traced;
    walk(feeds, [&](const Step &step, const Signals &inputs) {
        Signals signals = step.module->forward(inputs, blocks::Pass{});
        if (wanted.contains(step.block)) traced[step.block] = signals.front().tensor;
        return std::optional(std::move(signals));
    });
    for (const int step : m_outputs) {
        const auto found = traced.find(m_steps[static_cast<std::size_t>(step)].block);
        if (found != traced.end()) found->second = output(step).probabilities(found->second);
    }
    return traced;
}

std::vector<blocks::NamedTensor> Model::inside(const Feeds &feeds, const std::string &blockId) const
{
    std::vector<blocks::NamedTensor> told;
    walk(feeds, [&](const Step &step, const Signals &inputs) -> std::optional<Signals> {
        if (step.block != blockId) return step.module->forward(inputs, blocks::Pass{});
        told = step.module->inside(inputs);
        return {};
    });
    return told;
}

std::vector<std::pair<std::string, std::vector<blocks::NamedTensor>>> Model::insides(
    const Feeds &feeds) const
{
    std::vector<std::pair<std::string, std::vector<blocks::NamedTensor>>> told;
    walk(feeds, [&](const Step &step, const Signals &inputs) {
        auto inside = step.module->inside(inputs);
        if (!inside.empty()) told.emplace_back(step.block, std::move(inside));
        return std::optional(step.module->forward(inputs, blocks::Pass{}));
    });
    return told;
}

std::vector<blocks::Signal> Model::arriving(const Feeds &feeds, const std::string &blockId) const
{
    Signals arrived;
    walk(feeds, [&](const Step &step, Signals inputs) -> std::optional<Signals> {
        if (step.block != blockId) return step.module->forward(inputs, blocks::Pass{});
        arrived = std::move(inputs);
        return {};
    });
    return arrived;
}

std::vector<Model::Output> Model::forwardFrom(const Feeds &feeds,
                                              const std::map<std::string, at::Tensor> &given) const
{
    return outputsOf(walk(feeds, [&](const Step &step, const Signals &inputs) {
        Signals signals = step.module->forward(inputs, blocks::Pass{});
        const auto replaced = given.find(step.block);
        if (replaced != given.end()) signals.front().tensor = replaced->second;
        return std::optional(std::move(signals));
    }));
}

std::vector<Model::Node> Model::nodes() const
{
    std::vector<Node> all;
    for (const Step &step : m_steps) {
        Node node{step.block, step.field, {}, step.waits};
        for (const auto &[source, port] : step.inputs)
            if (source >= 0)
                node.sources.push_back(m_steps[static_cast<std::size_t>(source)].block);
        all.push_back(std::move(node));
    }
    return all;
}

Model::Feeds Model::feeds(const data::Batch &batch) const
{
    const auto signal = [this](const Array &values, const std::vector<std::int64_t> &lengths) {
        blocks::Signal made{tensor(values), {}};
        if (!lengths.empty()) made.lengths = wholeNumbers(lengths, {std::ssize(lengths)}, m_device);
        return made;
    };
    Feeds feeds{{"x", signal(batch.x, batch.lengths)}};
    if (!batch.target.shape.empty()) feeds["target"] = signal(batch.target, batch.targetLengths);
    return feeds;
}

at::Tensor Model::target(const data::Batch &batch) const
{
    const std::int64_t count = std::ssize(batch.indices);
    if (!batch.answers.empty())
        return tensor({{count, std::ssize(batch.answers) / count}, batch.answers});
    if (std::ssize(batch.y) == count && batch.target.shape.empty()
        && m_facts.task != graph::Task::LabelSteps)
        return wholeNumbers(batch.y, {count}, m_device);
    return wholeNumbers(batch.y, {count, std::ssize(batch.y) / count}, m_device);
}

std::vector<blocks::NamedTensor> Model::parameters() const
{
    std::set<std::string_view> taken; // from another block
    for (const Tie &tie : m_ties) taken.insert(tie.user);
    std::vector<blocks::NamedTensor> all;
    for (const Step &step : m_steps) {
        for (const auto &[name, tensor] : step.module->parameters) {
            std::string full = step.block + "." + name;
            if (!taken.contains(full)) all.push_back({std::move(full), tensor});
        }
    }
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

std::vector<Tie> tiesOf(const ModelHandle &model)
{
    return model->ties();
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
        for (const auto &[block, tensor] : model->trace({{"x", {model->tensor(x), {}}}}, blockIds))
            answer[block] = toArray(tensor);
    });
    if (!done) return done.error();
    return answer;
}

} // namespace ostrich::engine
