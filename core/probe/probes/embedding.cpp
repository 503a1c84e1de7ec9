// How a network lays out what it is given: its last hidden features, and its words, in the plane.
#include "probe/projection.hpp"
#include "probe/sample_torch.hpp"
#include "probe/slope_torch.hpp"

#include "blocks/lengths_torch.hpp"
#include "data/tokenizer.hpp"

#include <ATen/ops/cat.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace ostrich::probe::embedding {

namespace {

constexpr std::int64_t kPoints = 500;
constexpr std::int64_t kBatch = 64;
/// Before t-SNE, as its authors do: most of what is left out is noise.
constexpr std::int64_t kComponents = 50;

/// Parameters by all their names: of their owner, and of the blocks that use its weights.
std::vector<blocks::NamedTensor> namedParameters(const engine::Model &model)
{
    auto all = model.parameters();
    const std::size_t own = all.size();
    for (const engine::Tie &tie : model.ties())
        for (std::size_t i = 0; i < own; ++i)
            if (all[i].name == tie.owner) all.push_back({tie.user, all[i].tensor});
    return all;
}

/// The blocks that have parameters.
std::set<std::string> learners(const engine::Model &model)
{
    std::set<std::string> blocks;
    const auto parameters = namedParameters(model);
    for (const engine::Model::Node &node : model.nodes())
        if (std::ranges::any_of(parameters, [&](const blocks::NamedTensor &parameter) {
                return parameter.name.starts_with(node.block + ".");
            }))
            blocks.insert(node.block);
    return blocks;
}

/// The last block before the first output that has learned anything: what it reads is what the
/// network knows of a sample. Empty: there is none.
std::string lastLearner(const engine::Model &model)
{
    const auto nodes = model.nodes();
    const std::set<std::string> learned = learners(model);
    const auto output = std::ranges::find_if(nodes, [&](const engine::Model::Node &node) {
        return node.field.empty() && std::ranges::none_of(nodes, [&](const auto &other) {
                   return std::ranges::find(other.sources, node.block) != other.sources.end();
               });
    });
    if (output == nodes.end()) return {};
    std::string block = output->block;
    while (!learned.contains(block)) {
        const auto node = std::ranges::find(nodes, block, &engine::Model::Node::block);
        if (node->sources.empty()) return {};
        block = node->sources.front();
    }
    return block;
}

/// One row for each sample (N, F): maps and steps averaged, or the step at which the answer stands.
at::Tensor rowsOf(const blocks::Signal &signal, const std::vector<std::int64_t> &steps)
{
    const at::Tensor &x = signal.tensor;
    if (x.dim() == 4) return x.mean(at::IntArrayRef{2, 3});
    if (x.dim() != 3) return x.reshape({x.size(0), -1});
    if (!steps.empty()) return atSteps(x, steps);
    if (!signal.lengths.defined()) return x.mean(1);
    const at::Tensor sum = blocks::withoutPadding(signal).sum(1);
    return sum.div(signal.lengths.clamp_min(1).unsqueeze(1));
}

/// What a sample is coloured by: its class, or the first number asked for.
float labelOf(const data::Batch &batch, std::size_t sample, const std::vector<std::int64_t> &steps)
{
    const std::size_t count = batch.indices.size();
    if (!batch.answers.empty()) return batch.answers[sample * (batch.answers.size() / count)];
    const std::size_t perSample = batch.y.size() / count;
    const std::size_t step = steps.empty() ? 0 : static_cast<std::size_t>(steps[sample]);
    return perSample == 0 ? 0.0F : static_cast<float>(batch.y[sample * perSample + step]);
}

/// Features (N, F) and labels (N) of the split's first samples.
struct Layout {
    std::vector<at::Tensor> features;
    Array labels{{0}, {}};
};

void addBatch(const engine::Model &model, const std::string &block, const data::Batch &batch,
              Layout &layout)
{
    std::vector<std::int64_t> steps = answerSteps(model, batch);
    layout.features.push_back(rowsOf(model.arriving(model.feeds(batch), block).front(), steps));
    for (std::size_t i = 0; i < batch.indices.size(); ++i)
        layout.labels.values.push_back(labelOf(batch, i, steps));
}

Result<Layout> layoutOf(const ProbeSubject &subject, const ProbeOptions &options,
                        const std::string &block, const std::stop_token &stop)
{
    const data::Samples &samples = subject.dataset->split(options.split);
    std::vector<std::int64_t> indices(static_cast<std::size_t>(std::min(kPoints, samples.count())));
    std::iota(indices.begin(), indices.end(), std::int64_t{0});
    const auto size = static_cast<std::size_t>(engine::boundedBatch(*subject.model, kBatch, false));
    Layout layout;
    for (std::size_t done = 0; done < indices.size(); done += size) {
        if (stop.stop_requested()) return cancelled();
        const auto part = std::span(indices).subspan(done, std::min(size, indices.size() - done));
        const auto added = engine::guarded("embedding", [&] {
            const c10::NoGradGuard noGrad;
            addBatch(*subject.model, block, data::batchOf(samples, part), layout);
        });
        if (!added) return added.error();
    }
    layout.labels.shape = {std::ssize(layout.labels.values)};
    return layout;
}

/// The table (V, F) in which the input's tokens are looked up; undefined: there is none.
at::Tensor wordTable(const engine::Model &model)
{
    const graph::Shape &input = model.facts().input;
    if (!input.isTokens()) return {};
    std::set<std::string> inputs; // and the ports of groups that pass it on
    std::set<std::string> readers;
    const std::set<std::string> learned = learners(model);
    for (const engine::Model::Node &node : model.nodes()) {
        if (node.field == "x") inputs.insert(node.block);
        if (node.sources.empty() || !inputs.contains(node.sources.front())) continue;
        if (learned.contains(node.block))
            readers.insert(node.block + ".");
        else
            inputs.insert(node.block);
    }
    for (const auto &[name, tensor] : namedParameters(model)) {
        const bool read = std::ranges::any_of(
            readers, [&](const std::string &reader) { return name.starts_with(reader); });
        if (read && tensor.dim() == 2 && tensor.size(0) == input.vocabulary) return tensor;
    }
    return {};
}

class Embedding final : public Probe {
public:
    const ProbeDescription &description() const override
    {
        static const ProbeDescription description{
            .name = "embedding",
            .label = {"Embedding", "Plongement"},
            .help = {"Samples in the plane: close together where the network sees them alike.",
                     "Les exemples dans le plan : proches là où le réseau les voit semblables."}};
        return description;
    }

    std::vector<std::string> blocks(const ProbeSubject &subject) const override
    {
        std::vector<std::string> readable;
        const std::set<std::string> learned = learners(*subject.model);
        for (const engine::Model::Node &node : subject.model->nodes())
            if (learned.contains(node.block)) readable.push_back(node.block);
        return readable;
    }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        auto block = chosenBlock(blocks(subject), options.block);
        if (!block) return block.error();
        if (options.block.empty()) block = lastLearner(*subject.model);
        const auto layout = layoutOf(subject, options, *block, stop);
        if (!layout) return layout.error();
        if (layout->features.empty())
            return Error{std::string(data::name(options.split)),
                         {"probe.no_such_sample", {"0"}},
                         {"probe.empty_split_hint", {}}};
        ProbeResult result{.block = *block, .arrays = {{"labels", layout->labels}}};
        Array features, table;
        const auto read = engine::guarded("embedding", [&] {
            features = engine::toArray(at::cat(layout->features));
            if (const at::Tensor words = wordTable(*subject.model); words.defined())
                table = engine::toArray(words);
        });
        if (!read) return read.error();
        project(features, table, stop, result);
        if (stop.stop_requested()) return cancelled();
        if (!table.empty() && subject.dataset->tokenizer)
            result.words = subject.dataset->tokenizer->visiblePieces();
        return result;
    }

private:
    static void project(const Array &features, const Array &table, const std::stop_token &stop,
                        ProbeResult &result)
    {
        result.arrays["points"] = principalComponents(features, 2);
        result.arrays["tsne"] = tSne(principalComponents(features, kComponents), 1, stop);
        result.planes = {"points", "tsne"};
        if (table.empty()) return;
        result.arrays["words"] = principalComponents(table, 2);
        result.planes.push_back("words");
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Embedding>();
}

} // namespace ostrich::probe::embedding
