// Compiling the part of a network that works, putting weights in, and tracing one sample.
#include "probe/looking_glass.hpp"

#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "graph/group.hpp"
#include "probe/own_words_torch.hpp"
#include "probe/thumbnail_torch.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <set>
#include <span>

namespace ostrich::probe {

namespace {

std::set<std::string> blocksOf(const engine::Model &model)
{
    std::set<std::string> ids;
    for (const engine::Model::Node &node : model.nodes()) ids.insert(node.block);
    return ids;
}

/// The block whose tensor it is: "group_1.0.conv_1" of "group_1.0.conv_1.weight".
std::string blockOf(const std::string &tensorName, const std::set<std::string> &ids)
{
    std::size_t dot = tensorName.find('.');
    while (dot != std::string::npos && !ids.contains(tensorName.substr(0, dot)))
        dot = tensorName.find('.', dot + 1);
    return tensorName.substr(0, dot);
}

std::vector<blocks::NamedTensor> allTensors(const engine::Model &model)
{
    auto tensors = model.parameters();
    const auto buffers = model.buffers();
    tensors.insert(tensors.end(), buffers.begin(), buffers.end());
    return tensors;
}

graph::Role roleOf(const graph::Block &block)
{
    const blocks::BlockKind *kind = blocks::Registry::instance().find(block.kind);
    return kind == nullptr ? graph::Role::Hidden : kind->description().role;
}

/// Whether a sample has the shape, any number of steps where T is variable.
bool fits(const Array &sample, const graph::Shape &shape)
{
    if (sample.shape.size() + 1 != shape.dimensions.size() || sample.empty()) return false;
    return std::ranges::equal(sample.shape, std::span(shape.dimensions).subspan(1),
                              [](std::int64_t size, const graph::Dimension &dimension) {
                                  return size == dimension.size.value_or(size);
                              });
}

/// Whether tokens come in and their vectors go out.
bool looksUp(const graph::BlockFacts &facts)
{
    return facts.inputs.size() == 1 && facts.inputs[0] && facts.inputs[0]->isTokens()
           && !facts.outputs.empty() && facts.outputs[0] && facts.outputs[0]->isSequence();
}

engine::Model::Feeds feedsOf(const engine::Model &model, const ThumbnailRequest &request)
{
    const auto one = [&model](Array sample) {
        sample.shape.insert(sample.shape.begin(), 1);
        return blocks::Signal{model.tensor(sample), {}};
    };
    engine::Model::Feeds feeds{{"x", one(request.sample)}};
    if (!request.target.empty()) feeds["target"] = one(request.target);
    return feeds;
}

} // namespace

bool worthDrawing(std::int64_t parameters, std::int64_t availableBytes)
{
    constexpr std::int64_t kBytes = 8; // of a parameter: the model's and the untrained copy
    constexpr std::int64_t kShare = 4;
    return availableBytes <= 0 || parameters <= availableBytes / kShare / kBytes;
}

Result<void> LookingGlass::compile(const ThumbnailRequest &request)
{
    Subject subject{withoutLooks(request.network), request.facts, request.statistics, request.seed};
    if (m_subject == subject) return {};
    // The old weights go first: two large networks must not lie in memory side by side.
    m_subject.reset();
    m_used = m_initial = nullptr;
    m_model = nullptr;
    const auto analysis =
        graph::analyse(request.network, blocks::Registry::instance(), request.facts);
    if (!worthDrawing(analysis.parameters, engine::availableBytes()))
        return Error{"thumbnails", {"probe.too_large", {}}, {}};
    auto model = engine::compile(request.network, {.facts = request.facts,
                                                   .statistics = request.statistics,
                                                   .seed = request.seed,
                                                   .device = "cpu",
                                                   .partial = true});
    if (!model) return model.error();
    m_model = std::move(*model);
    m_blocks = graph::expand(request.network, blocks::Registry::instance()).network.blocks;
    m_lookups.clear();
    for (const graph::Block &block : m_blocks)
        if (const auto *facts = analysis.find(block.id); facts && looksUp(*facts))
            m_lookups.insert(block.id);
    const auto copied =
        engine::guarded("thumbnails", [this] { m_initial = engine::snapshotOf(m_model); });
    if (!copied) {
        m_model = nullptr;
        return copied.error();
    }
    m_subject = std::move(subject);
    return {};
}

/// Block by block: a block that `snapshot` knows with other shapes, or not at all, keeps its
/// initial weights.
void LookingGlass::useWeights(const engine::SnapshotHandle &snapshot)
{
    const engine::SnapshotHandle wanted = snapshot ? snapshot : m_initial;
    if (m_used == wanted) return;
    const auto tensors = allTensors(*m_model);
    const auto ids = blocksOf(*m_model);
    std::set<std::string> foreign;
    for (const auto &[name, tensor] : tensors) {
        const auto found = wanted->tensors.find(name);
        if (found == wanted->tensors.end() || found->second.sizes() != tensor.sizes())
            foreign.insert(blockOf(name, ids));
    }
    for (const auto &[name, tensor] : tensors) {
        const engine::Snapshot &source =
            foreign.contains(blockOf(name, ids)) ? *m_initial : *wanted;
        tensor.copy_(source.tensors.at(name));
    }
    m_used = wanted;
}

Result<Thumbnails> LookingGlass::look(const ThumbnailRequest &request)
{
    const bool translates = request.facts.task == graph::Task::Translate;
    if (!fits(request.sample, request.facts.input)
        || (translates && !fits(request.target, request.facts.target.shape)))
        return Error{
            "sample", {"probe.sample_shape", {graph::toString(request.facts.input, false)}}, {}};
    if (auto compiled = compile(request); !compiled) return compiled.error();

    Thumbnails thumbnails{.serial = request.serial, .blocks = {}};
    const auto looked = engine::guarded("thumbnails", [&] {
        const c10::NoGradGuard noGrad;
        useWeights(request.snapshot);
        const auto feeds = feedsOf(*m_model, request);
        std::vector<std::string> ids;
        for (const graph::Block &block : m_blocks) ids.push_back(block.id);
        const auto traced = m_model->trace(feeds, ids);
        for (const graph::Block &block : m_blocks) {
            const auto output = traced.find(block.id);
            if (output == traced.end()) continue;
            // An input shows the sample as the eye knows it, not as the network normalises it.
            const bool isInput = roleOf(block) == graph::Role::Input;
            const bool isOutput = roleOf(block) == graph::Role::Output;
            const bool isPicture = isInput && request.facts.input.isMaps();
            auto thumbnail =
                thumbnailOf(isPicture ? feeds.at("x").tensor : output->second, isInput || isOutput);
            if (!thumbnail) continue;
            if (const auto *kind = blocks::Registry::instance().find(block.kind)) {
                const bool attends = kind->description().category == graph::Category::Attention;
                auto maps = attends ? attentionThumbnail(*m_model, feeds, block.id) : std::nullopt;
                if (maps) thumbnail = std::move(maps);
                if (m_lookups.contains(block.id)) addNearest(*m_model, feeds, block.id, *thumbnail);
            }
            thumbnail->probabilities = isOutput;
            thumbnails.blocks.emplace(block.id, std::move(*thumbnail));
        }
    });
    if (!looked) return looked.error();
    return thumbnails;
}

} // namespace ostrich::probe
