// Does every block kind compute what it should on this machine?
#include "engine/selfcheck.hpp"

#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ostrich::engine {

namespace {

using blocks::Module;
using blocks::Pass;
using blocks::Signal;
using graph::Shape;

constexpr std::int64_t kBatch = 3;
constexpr std::uint64_t kSeed = 5;

/// A kind's block with everything it runs on.
struct Example {
    graph::Parameters parameters;
    graph::DataFacts facts;
    std::vector<Shape> inputs, outputs;
    bool takesData = false;
};

/// Maps are tried first, then vectors, sequences, tokens: no kind is known by name here.
std::optional<Example> exampleFor(const blocks::BlockKind &kind)
{
    const graph::Description &description = kind.description();
    for (const Shape &shape : {Shape::maps(4, 7, 6), Shape::vector(6), Shape::sequence(5, 8),
                               Shape::tokens(5, 6), Shape::vector(784)}) { // Reshape's 28×28
        Example example;
        example.parameters = graph::withDefaults({}, description.parameters);
        example.takesData = description.role == graph::Role::Input;
        example.facts.input = shape;
        example.facts.classes = shape.isVector() ? *shape.size(graph::Axis::F) : 4;
        example.facts.longest = shape.size(graph::Axis::T).value_or(0);
        example.inputs.assign(kind.inputs(example.parameters).size(), shape);
        auto inferred = kind.infer(example.inputs, example.parameters, example.facts);
        if (const auto *outputs = std::get_if<std::vector<Shape>>(&inferred)) {
            example.outputs = *outputs;
            return example;
        }
    }
    return std::nullopt;
}

std::string exampleText(const Example &example)
{
    if (example.inputs.empty()) return graph::toString(example.facts.input);
    std::string text;
    for (const Shape &shape : example.inputs)
        text += (text.empty() ? "" : ", ") + graph::toString(shape);
    return text;
}

at::Tensor randomTensor(const Shape &shape, at::Generator generator, at::ScalarType dtype)
{
    std::vector<std::int64_t> sizes{kBatch};
    for (std::size_t i = 1; i < shape.dimensions.size(); ++i)
        sizes.push_back(shape.dimensions[i].size.value_or(5));
    at::Tensor drawn = at::empty(sizes, at::TensorOptions().dtype(at::kDouble));
    if (shape.isTokens()) return drawn.random_(0, shape.vocabulary, generator).to(dtype);
    return drawn.normal_(0.0, 1.0, generator).to(dtype);
}

/// A built block and its inputs on one device, and the scalar whose slope is compared.
class Bench {
public:
    Bench(const blocks::BlockKind &kind, const Example &example, at::Device device,
          at::ScalarType dtype)
    {
        at::Generator generator = at::detail::createCPUGenerator(kSeed);
        const blocks::Normalisation normalisation = normalisationFor(example.facts.input);
        m_module = kind.build({example.parameters, example.inputs, example.outputs, example.facts,
                               normalisation, generator, dtype});
        const at::NoGradGuard noGradient;
        for (auto &[name, tensor] : m_module->parameters)
            leaves.push_back(tensor = tensor.detach().to(device).requires_grad_(true));
        for (auto &[name, tensor] : m_module->buffers) tensor = tensor.to(device);
        const std::vector<Shape> shapes =
            example.takesData ? std::vector{example.facts.input} : example.inputs;
        for (const Shape &shape : shapes) {
            m_inputs.push_back({randomTensor(shape, generator, dtype).to(device), {}});
            // Ids are no amounts: nothing to differentiate by.
            if (!shape.isTokens()) leaves.push_back(m_inputs.back().tensor.requires_grad_(true));
        }
        m_target = at::empty({kBatch}, at::TensorOptions().dtype(at::kLong))
                       .random_(0, example.facts.classes, generator)
                       .to(device);
        m_generator = generator;
    }

    at::Tensor output(bool training)
    {
        // The same seed each time: a mask of drop-out must not change between two differences.
        const Pass pass{training,
                        training ? at::detail::createCPUGenerator(kSeed) : at::Generator()};
        const std::vector<Signal> signals = m_module->forward(m_inputs, pass);
        if (signals.size() == 1) return signals[0].tensor;
        std::vector<at::Tensor> all; // of every port, in a row
        for (const Signal &signal : signals) all.push_back(signal.tensor.flatten());
        return at::cat(all);
    }

    /// The loss of an Output, else a fixed random weighting of the outputs.
    at::Tensor scalar(bool training)
    {
        const at::Tensor y = output(training);
        if (const auto *loss = dynamic_cast<const blocks::OutputModule *>(m_module.get()))
            return loss->loss(y, m_target, 0.1);
        if (!m_weights.defined()) {
            at::Tensor drawn = at::empty(y.sizes(), at::TensorOptions().dtype(at::kDouble));
            m_weights = drawn.normal_(0.0, 1.0, m_generator).to(y.device(), y.scalar_type());
        }
        return y.mul(m_weights).sum();
    }

    std::vector<at::Tensor> gradients(bool training)
    {
        const at::AutoGradMode withGradient(true);
        auto found =
            torch::autograd::grad({scalar(training)}, leaves, {}, std::nullopt, false, true);
        for (std::size_t i = 0; i < found.size(); ++i)
            if (!found[i].defined()) found[i] = at::zeros_like(leaves[i]);
        return found;
    }

    std::vector<at::Tensor> leaves; // parameters, then inputs

private:
    static blocks::Normalisation normalisationFor(const Shape &shape)
    {
        const std::int64_t count =
            shape.size(shape.isMaps() ? graph::Axis::C : graph::Axis::F).value_or(1);
        return {std::vector<float>(static_cast<std::size_t>(count), 0.25F),
                std::vector<float>(static_cast<std::size_t>(count), 0.5F)};
    }

    std::unique_ptr<Module> m_module;
    std::vector<Signal> m_inputs;
    at::Tensor m_target, m_weights;
    at::Generator m_generator;
};

/// The largest difference, relative to the largest value (or to 1 where all are smaller).
double difference(const at::Tensor &one, const at::Tensor &other)
{
    const at::Tensor a = one.detach().to(at::kCPU, at::kDouble),
                     b = other.detach().to(at::kCPU, at::kDouble);
    if (a.numel() == 0) return 0.0;
    return a.sub(b).abs().max().item().toDouble() / std::max(1.0, b.abs().max().item().toDouble());
}

/// How far `gradient` is from central differences at up to kPlaces evenly spread values of `leaf`,
/// relative to the largest.
double gapToDifferences(Bench &bench, const at::Tensor &leaf, const at::Tensor &gradient,
                        bool training)
{
    constexpr double kStep = 1e-6;
    constexpr std::int64_t kPlaces = 60;
    const at::NoGradGuard noGradient;
    const at::Tensor plain = gradient.contiguous();
    const double *const slope = plain.const_data_ptr<double>();
    double *const value = leaf.mutable_data_ptr<double>();
    double gap = 0.0, largest = 1.0;
    for (std::int64_t i = 0; i < leaf.numel(); i += 1 + leaf.numel() / kPlaces) {
        const double before = value[i];
        value[i] = before + kStep;
        const double up = bench.scalar(training).item().toDouble();
        value[i] = before - kStep;
        const double down = bench.scalar(training).item().toDouble();
        value[i] = before;
        const double expected = (up - down) / (2.0 * kStep);
        gap = std::max(gap, std::abs(slope[i] - expected));
        largest = std::max(largest, std::abs(expected));
    }
    return gap / largest;
}

void checkOnCpu(const blocks::BlockKind &kind, const Example &example, KindCheck &check)
{
    constexpr double kTolerance = 1e-6;
    for (const bool training : {false, true}) {
        Bench bench(kind, example, at::kCPU, at::kDouble);
        const at::Tensor once = bench.output(training);
        check.max_output_difference =
            std::max(check.max_output_difference, difference(bench.output(training), once));
        const std::vector<at::Tensor> exact = bench.gradients(training);
        for (std::size_t i = 0; i < exact.size(); ++i)
            check.max_gradient_difference =
                std::max(check.max_gradient_difference,
                         gapToDifferences(bench, bench.leaves[i], exact[i], training));
    }
    check.ok =
        check.max_output_difference <= kTolerance && check.max_gradient_difference <= kTolerance;
}

void checkOnDevice(const blocks::BlockKind &kind, const Example &example, const std::string &device,
                   KindCheck &check)
{
    constexpr double kTolerance = 1e-4; // sums are added up in another order
    Bench here(kind, example, at::kCPU, at::kFloat),
        there(kind, example, at::Device(device), at::kFloat);
    check.max_output_difference = difference(there.output(false), here.output(false));
    const std::vector<at::Tensor> ours = here.gradients(false), theirs = there.gradients(false);
    for (std::size_t i = 0; i < ours.size(); ++i)
        check.max_gradient_difference =
            std::max(check.max_gradient_difference, difference(theirs[i], ours[i]));
    check.ok =
        check.max_output_difference <= kTolerance && check.max_gradient_difference <= kTolerance;
}

} // namespace

std::vector<KindCheck> selfcheck(const std::string &device, Language language)
{
    const Result<std::string> resolved = resolveDevice(device);
    std::vector<KindCheck> checks;
    for (const graph::Kind *one : blocks::Registry::instance().all()) {
        KindCheck check;
        check.kind = one->description().name;
        const blocks::BlockKind &kind = *blocks::Registry::instance().find(check.kind);
        const std::optional<Example> example = exampleFor(kind);
        if (!resolved) {
            check.note = sentence(resolved.error(), language);
        } else if (!example) {
            check.note = sentence(Message{"engine.selfcheck_no_example", {}}, language);
        } else {
            check.note = exampleText(*example);
            const Result<void> done = guarded(check.kind, [&] {
                if (*resolved == "cpu")
                    checkOnCpu(kind, *example, check);
                else
                    checkOnDevice(kind, *example, *resolved, check);
            });
            if (!done) check.note = sentence(done.error(), language);
        }
        checks.push_back(std::move(check));
    }
    return checks;
}

} // namespace ostrich::engine
