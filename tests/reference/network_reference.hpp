// Whole networks: exported as `ostrich-cli export` does, on random data of their own kind, and what
// ours computes of them.
#pragma once

#include "case_files.hpp"

#include "base/random.hpp"
#include "blocks/block_kind.hpp"
#include "data/tokenizer.hpp"
#include "export/exporter.hpp"
#include "train/optimizer_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros_like.h>
#include <torch/csrc/autograd/autograd.h>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

inline constexpr std::int64_t kReferenceBatch = 4;

struct NetworkCase {
    std::string title;
    ostrich::project::Project project;
    ostrich::graph::DataFacts facts;
};

/// Samples that fit `facts`, of unequal length where T is variable. Only their shape means
/// something.
class RandomData {
public:
    RandomData(const ostrich::graph::DataFacts &facts, std::uint64_t seed)
        : m_facts(facts), m_random(seed)
    {
    }

    std::shared_ptr<const ostrich::data::Dataset> dataset()
    {
        auto set = std::make_shared<ostrich::data::Dataset>();
        set->source = "random";
        set->facts = m_facts;
        set->splits = {samples(kReferenceBatch * kReferenceSteps), samples(3), samples(3)};
        set->statistics = ostrich::data::fitStatistics(set->splits[0]);
        return set;
    }

private:
    using Task = ostrich::graph::Task;

    ostrich::data::Samples samples(std::int64_t count)
    {
        ostrich::data::Samples made;
        const ostrich::graph::Shape &input = m_facts.input;
        const bool walks = input.isSequence() || input.isTokens();
        if (walks) made.starts.push_back(0);
        for (const ostrich::graph::Dimension &dimension : input.dimensions)
            if (dimension.axis != ostrich::graph::Axis::N
                && dimension.axis != ostrich::graph::Axis::T)
                made.sampleShape.push_back(*dimension.size);
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t steps = walks ? length(input, m_facts.longest) : 1;
            if (walks) made.starts.push_back(made.starts.back() + steps);
            addInput(made, steps);
            addQuestion(made, steps);
        }
        return made;
    }

    std::int64_t length(const ostrich::graph::Shape &shape, std::int64_t longest)
    {
        if (const auto fixed = shape.size(ostrich::graph::Axis::T)) return *fixed;
        constexpr std::int64_t kMost = 14;
        return 1 + m_random.integer(std::min(longest, kMost));
    }

    void addInput(ostrich::data::Samples &made, std::int64_t steps)
    {
        for (std::int64_t i = 0; i < steps * made.valuesPerSample(); ++i) {
            if (m_facts.input.isMaps())
                made.bytes.push_back(static_cast<std::uint8_t>(m_random.integer(256)));
            else if (m_facts.input.isTokens())
                made.tokens.push_back(
                    static_cast<std::int32_t>(m_random.integer(m_facts.input.vocabulary)));
            else
                made.values.push_back(static_cast<float>(m_random.normal(3.0, 2.0)));
        }
    }

    std::int32_t someClass()
    {
        return static_cast<std::int32_t>(m_random.integer(m_facts.classes));
    }

    void addQuestion(ostrich::data::Samples &made, std::int64_t steps)
    {
        using ostrich::data::Tokenizer;
        switch (m_facts.task) {
        case Task::Classify:
            made.labels.push_back(someClass());
            break;
        case Task::LabelSteps:
            for (std::int64_t i = 0; i < steps; ++i)
                made.stepLabels.push_back(i > 0 && m_random.chance(0.3) ? ostrich::data::kNoLabel
                                                                        : someClass());
            break;
        case Task::Regress:
            for (std::int64_t i = 0; i < m_facts.values; ++i)
                made.answers.push_back(static_cast<float>(m_random.normal(-5.0, 3.0)));
            break;
        case Task::Translate: {
            std::vector<std::int32_t> row{Tokenizer::kBegin};
            const std::int64_t words = length(m_facts.target.shape, m_facts.target.longest);
            for (std::int64_t i = 1; i < words; ++i) row.push_back(someClass());
            row.push_back(Tokenizer::kEnd);
            made.targets.add(row);
            break;
        }
        }
    }

    ostrich::graph::DataFacts m_facts;
    ostrich::RandomStream m_random;
};

/// The first two batches and little else: enough to see that train.py runs.
inline std::shared_ptr<const ostrich::data::Dataset> beginningOf(const ostrich::data::Dataset &set)
{
    auto part = std::make_shared<ostrich::data::Dataset>(set);
    std::vector<std::int64_t> first(2 * kReferenceBatch);
    std::iota(first.begin(), first.end(), 0);
    part->splits[0] = set.splits[0].select(first);
    return part;
}

inline ostrich::data::Batch referenceBatch(const ostrich::data::Dataset &set, int number)
{
    std::vector<std::int64_t> indices(kReferenceBatch);
    std::iota(indices.begin(), indices.end(), number * kReferenceBatch);
    return ostrich::data::batchOf(set.split(ostrich::data::Split::Train), indices);
}

inline void addBatch(const ostrich::engine::Model &model, const ostrich::data::Batch &batch,
                     int number, CaseFile &file)
{
    const auto name = [&](const std::string &field) { return fmt::format("{}:{}", number, field); };
    for (const auto &[field, signal] : model.feeds(batch)) {
        file.add(name(field), signal.tensor);
        const std::string lengths = field == "x" ? "lengths" : field + "_lengths";
        if (signal.lengths.defined()) file.add(name(lengths), signal.lengths);
    }
    file.add(name("y"), model.target(batch));
}

/// Drop-out draws at random, and both sides must train alike.
inline ostrich::graph::Network withoutDropout(ostrich::graph::Network network)
{
    for (auto &block : network.blocks) {
        if (block.inside) {
            block.inside =
                std::make_shared<const ostrich::graph::Network>(withoutDropout(*block.inside));
            continue;
        }
        const auto *kind = ostrich::blocks::Registry::instance().find(block.kind);
        for (const auto &spec : kind->description().parameters)
            if (spec.name == "p" || spec.name == "dropout") block.parameters[spec.name] = 0.0;
    }
    return network;
}

inline ostrich::engine::ModelHandle referenceModel(const ostrich::graph::Network &network,
                                                   const ostrich::data::Dataset &set,
                                                   const ostrich::project::Project &project,
                                                   bool doublePrecision = false)
{
    return checked(ostrich::engine::compile(network, {.facts = set.facts,
                                                      .statistics = set.statistics,
                                                      .seed = project.recipe.seed,
                                                      .doublePrecision = doublePrecision}));
}

/// Answers to the first batch in evaluation mode.
inline void addAnswers(const ostrich::engine::Model &model, const ostrich::data::Batch &batch,
                       CaseFile &file)
{
    const at::NoGradGuard noGradient;
    const auto outputs = model.forward(model.feeds(batch), {});
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        at::Tensor y = outputs[i].logits;
        if (model.facts().task == ostrich::graph::Task::Regress) {
            std::map<std::string, at::Tensor> buffers;
            for (const auto &[name, tensor] : model.buffers()) buffers[name] = tensor;
            const at::Tensor mean = buffers.at(outputs[i].block + ".answer_mean"),
                             deviation = buffers.at(outputs[i].block + ".answer_deviation");
            y = y.reshape({y.size(0), -1, mean.size(0)}).mul(deviation).add(mean).flatten(1);
        }
        file.add(fmt::format("answers{}", i), y);
        if (outputs[i].lengths.defined())
            file.add(fmt::format("lengths_of_answers{}", i), outputs[i].lengths);
    }
}

/// Gradients of the first batch's loss by weights and numbers that come in, in evaluation mode.
inline void addGradients(const ostrich::engine::Model &model, const ostrich::data::Batch &batch,
                         const std::string &prefix, CaseFile &file)
{
    auto feeds = model.feeds(batch);
    std::vector<ostrich::blocks::NamedTensor> leaves = model.parameters();
    if (!model.facts().input.isTokens())
        leaves.push_back({"x", feeds["x"].tensor.requires_grad_(true)});
    std::vector<at::Tensor> tensors;
    for (const auto &leaf : leaves) tensors.push_back(leaf.tensor);
    const auto slopes =
        torch::autograd::grad({model.loss(model.forward(feeds, {}), model.target(batch), 0.1)},
                              tensors, {}, std::nullopt, false, true);
    for (std::size_t i = 0; i < leaves.size(); ++i)
        file.add(prefix + leaves[i].name,
                 slopes[i].defined() ? slopes[i] : at::zeros_like(tensors[i]));
}

inline void addTraining(const ostrich::engine::Model &model, const ostrich::data::Dataset &set,
                        CaseFile &file)
{
    const auto optimizer = ostrich::train::makeOptimizer(referenceRecipe(), model.parameters());
    const ostrich::blocks::Pass pass{true, at::detail::createCPUGenerator(1)};
    std::vector<float> losses;
    for (int step = 0; step < kReferenceSteps; ++step) {
        const ostrich::data::Batch batch = referenceBatch(set, step);
        addBatch(model, batch, step, file);
        optimizer->clearGradients();
        const at::Tensor loss =
            model.loss(model.forward(model.feeds(batch), pass), model.target(batch), 0.1);
        losses.push_back(loss.item().toFloat());
        torch::autograd::backward({loss});
        optimizer->step(referenceRecipe().learning_rate);
    }
    file.add("losses", losses);
}

/// Writes the export of `one` and case.npz into `folder`.
inline void writeNetwork(const NetworkCase &one, const std::filesystem::path &folder)
{
    const auto set = RandomData(one.facts, 7).dataset();
    auto subject = checked(ostrich::exporting::subjectOf(one.project, *set, one.title));
    subject.dataset = beginningOf(*set);
    std::filesystem::create_directories(folder);
    static_cast<void>(checked(ostrich::exporting::findExporter("pytorch")->write(subject, folder)));
    CaseFile file;
    const auto model = referenceModel(one.project.network, *set, one.project),
               exact = referenceModel(one.project.network, *set, one.project, true);
    const ostrich::data::Batch first = referenceBatch(*set, 0);
    addAnswers(*model, first, file);
    addGradients(*model, first, "gradient:", file);
    addGradients(*exact, first, "exact gradient:", file);
    addTraining(*referenceModel(withoutDropout(one.project.network), *set, one.project), *set,
                file);
    file.save(folder / "case.npz");
}
