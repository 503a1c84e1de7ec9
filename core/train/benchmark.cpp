// The measurement of a network's speed: training steps, inference, the floor of matrix products,
// peak memory.
#include "train/benchmark.hpp"

#include "base/random.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "engine/machine.hpp"
#include "train/precision_torch.hpp"
#include "train/training_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/rand.h>
#include <c10/core/Device.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <numeric>

namespace ostrich::train {

namespace {

constexpr int kWarmUp = 10;
constexpr int kSteps = 40;
constexpr int kFewestSteps = 5; // of a network so slow that the time runs out
constexpr double kSeconds = 6.0;

/// Median seconds of `step`, after a warm-up. A step returns false to end early.
double medianSeconds(const std::function<bool()> &step)
{
    const auto begin = std::chrono::steady_clock::now();
    std::vector<double> times;
    for (int i = 0; i < kWarmUp + kSteps; ++i) {
        const auto before = std::chrono::steady_clock::now();
        if (!step()) break;
        const auto after = std::chrono::steady_clock::now();
        const bool outOfTime = std::chrono::duration<double>(after - begin).count() > kSeconds;
        if (i >= kWarmUp || outOfTime)
            times.push_back(std::chrono::duration<double>(after - before).count());
        if (outOfTime && static_cast<int>(times.size()) >= kFewestSteps) break;
    }
    if (times.empty()) return 0.0;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
}

std::int64_t freeBytesOf(const std::string &device)
{
    for (const engine::Device &here : engine::devices()) {
        if (here.name == device) return here.freeBytes;
    }
    return 0;
}

/// Peak memory between its construction and bytes().
class PeakMemory {
public:
    explicit PeakMemory(std::string device) : m_device(std::move(device))
    {
        if (onCpu())
            std::ofstream("/proc/self/clear_refs") << "5"; // Linux: resets VmHWM
        else
            m_freeBefore = freeBytesOf(m_device);
    }

    std::int64_t bytes() const
    {
        // LibTorch's allocator keeps what it took from the device, so that what is gone now is the
        // peak.
        if (!onCpu()) return std::max<std::int64_t>(m_freeBefore - freeBytesOf(m_device), 0);
        std::ifstream status("/proc/self/status");
        for (std::string word; status >> word;) {
            std::int64_t kilobytes = 0;
            if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
        }
        return 0;
    }

private:
    bool onCpu() const { return m_device == "cpu"; }

    std::string m_device;
    std::int64_t m_freeBefore = 0;
};

std::int32_t below(std::int64_t limit, RandomStream &random)
{
    return static_cast<std::int32_t>(random.integer(std::max<std::int64_t>(limit, 1)));
}

/// What is asked of sample after sample, at random.
void ask(data::Samples &samples, const graph::DataFacts &facts, std::int64_t count,
         std::int64_t steps, RandomStream &random)
{
    for (std::int64_t i = 0; i < count; ++i) {
        switch (facts.task) {
        case graph::Task::Classify:
            samples.labels.push_back(below(facts.classes, random));
            break;
        case graph::Task::LabelSteps:
            for (std::int64_t step = 0; step < steps; ++step)
                samples.stepLabels.push_back(below(facts.classes, random));
            break;
        case graph::Task::Regress:
            for (std::int64_t value = 0; value < facts.answers(); ++value)
                samples.answers.push_back(static_cast<float>(random.normal()));
            break;
        case graph::Task::Translate:
            std::vector<std::int32_t> row;
            for (std::int64_t step = 0; step <= std::max<std::int64_t>(facts.target.longest, 1);
                 ++step)
                row.push_back(below(facts.classes, random));
            samples.targets.add(row);
            break;
        }
    }
}

/// Sequences have the length of the longest, so that a step costs what it may cost.
void fill(data::Samples &samples, const graph::DataFacts &facts, std::int64_t count,
          RandomStream &random)
{
    const graph::Shape &shape = facts.input;
    const bool sequences = shape.isSequence() || shape.isTokens();
    const std::int64_t steps =
        sequences ? shape.size(graph::Axis::T).value_or(std::max<std::int64_t>(facts.longest, 1))
                  : 1;
    for (const graph::Dimension &dimension : shape.dimensions) {
        if (dimension.axis != graph::Axis::N && dimension.axis != graph::Axis::T)
            samples.sampleShape.push_back(dimension.size.value_or(1));
    }
    for (std::int64_t i = 0; sequences && i <= count; ++i) samples.starts.push_back(i * steps);
    const std::int64_t values = count * steps * samples.valuesPerSample();
    for (std::int64_t i = 0; i < values; ++i) {
        if (samples.pictures())
            samples.bytes.push_back(static_cast<std::uint8_t>(random.next() >> 56));
        else if (shape.isTokens())
            samples.tokens.push_back(below(shape.vocabulary, random));
        else
            samples.values.push_back(static_cast<float>(random.normal()));
    }
    ask(samples, facts, count, steps, random);
}

std::shared_ptr<const data::Dataset> randomData(const graph::DataFacts &facts, std::int64_t count)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = "random";
    dataset->facts = facts;
    RandomStream random(1, "benchmark");
    fill(dataset->splits[0], facts, count, random);
    constexpr std::int64_t kFew = 10; // what is not measured
    fill(dataset->splits[1], facts, kFew, random);
    fill(dataset->splits[2], facts, kFew, random);
    dataset->statistics = data::fitStatistics(dataset->splits[0]);
    return dataset;
}

/// Everything that the lines of one network share.
struct Subject {
    std::string name;
    project::Project project;
    graph::DataFacts facts;
    std::string device;
    std::int64_t multiplyAdds = 0;
};

BenchmarkLine line(const Subject &subject, const char *mode, std::int64_t batch,
                   const std::string &precision, double seconds, double flops)
{
    BenchmarkLine line{.model = subject.name, .mode = mode, .batch = batch, .precision = precision};
    if (seconds > 0.0) line.samples_per_second = static_cast<double>(batch) / seconds;
    const double passes = line.mode == "train" ? 3.0 : 1.0; // forward; and two products backward
    if (flops > 0.0)
        line.floor_ratio = line.samples_per_second * 2.0 * passes
                           * static_cast<double>(subject.multiplyAdds) / flops;
    return line;
}

Result<BenchmarkLine> measureTraining(const Subject &subject, const std::string &precision,
                                      double flops)
{
    const PeakMemory memory(subject.device);
    TrainerSetup setup{
        .project = subject.project, .dataset = nullptr, .device = subject.device, .runFolder = {}};
    project::Recipe &recipe = setup.project.recipe;
    recipe.precision = precision;
    recipe.epochs = 1;
    recipe.max_steps = 0;
    recipe.max_seconds = 0.0;
    setup.dataset = randomData(subject.facts, recipe.batch_size * (kWarmUp + kSteps));
    auto training = Training::create(setup);
    if (!training) return training.error();
    std::optional<Error> failure;
    const double seconds = medianSeconds([&] {
        // The loss is read each time: on a GPU that is when the step is over.
        auto trained = (*training)->trainBatch(true);
        if (!trained) failure = trained.error();
        return !failure;
    });
    if (failure) return *failure;
    auto result = line(subject, "train", recipe.batch_size, precision, seconds, flops);
    result.peak_memory_bytes = memory.bytes();
    return result;
}

Result<BenchmarkLine> measureInference(const Subject &subject, const std::string &precision,
                                       std::int64_t batch, double flops)
{
    const PeakMemory memory(subject.device);
    const auto dataset = randomData(subject.facts, std::max<std::int64_t>(batch, 2));
    const auto model = engine::compile(
        subject.project.network,
        {.facts = subject.facts, .statistics = dataset->statistics, .device = subject.device});
    if (!model) return model.error();
    std::vector<std::int64_t> indices(static_cast<std::size_t>(batch));
    std::iota(indices.begin(), indices.end(), std::int64_t{0});
    const data::Batch chosen = data::batchOf(dataset->split(data::Split::Train), indices);

    double seconds = 0.0;
    const auto ran = engine::guarded("bench", [&] {
        const at::NoGradGuard noGradient;
        const Autocast autocast((*model)->device().type(), precision == "bf16");
        const auto feeds = (*model)->feeds(chosen);
        seconds = medianSeconds([&] {
            (*model)->forward(feeds, {}).front().logits.to(at::kCPU); // waits for a GPU
            return true;
        });
    });
    if (!ran) return ran.error();
    auto result = line(subject, "infer", batch, precision, seconds, flops);
    result.peak_memory_bytes = memory.bytes();
    return result;
}

} // namespace

Result<double> matrixProductFlops(const std::string &device, const std::string &precision)
{
    constexpr std::int64_t kSize = 1024;
    double seconds = 0.0;
    const auto ran = engine::guarded("bench", [&] {
        const at::NoGradGuard noGradient;
        const auto type = precision == "bf16" ? at::kBFloat16 : at::kFloat;
        const at::Tensor a = at::rand({kSize, kSize}).to(c10::Device(device), type);
        const at::Tensor b = at::rand({kSize, kSize}).to(c10::Device(device), type);
        seconds = medianSeconds([&] {
            at::matmul(a, b).select(0, 0).select(0, 0).item<float>();
            return true;
        });
    });
    if (!ran) return ran.error();
    return 2.0 * kSize * kSize * kSize / seconds;
}

Result<void> benchmark(const std::string &name, const project::Project &project,
                       const std::string &device,
                       const std::function<void(const BenchmarkLine &)> &onLine)
{
    const auto facts = data::factsOf(project.data);
    if (!facts) return facts.error();
    const auto analysis = graph::analyse(project.network, blocks::Registry::instance(), *facts);
    const Subject subject{.name = name,
                          .project = project,
                          .facts = *facts,
                          .device = device,
                          .multiplyAdds = analysis.multiplyAdds};
    std::vector<std::string> precisions{"fp32"};
    for (const engine::Device &here : engine::devices()) {
        if (here.name == device && here.fastBfloat16) precisions.emplace_back("bf16");
    }
    for (const std::string &precision : precisions) {
        const auto flops = matrixProductFlops(device, precision);
        if (!flops) return flops.error();
        const auto trained = measureTraining(subject, precision, *flops);
        if (!trained) return trained.error();
        onLine(*trained);
        for (const std::int64_t batch : {project.recipe.batch_size, std::int64_t{1}}) {
            const auto inferred = measureInference(subject, precision, batch, *flops);
            if (!inferred) return inferred.error();
            onLine(*inferred);
        }
    }
    return {};
}

} // namespace ostrich::train
