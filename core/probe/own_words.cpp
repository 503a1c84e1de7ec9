// Attention as its maps, an embedding as its nearest words.
#include "probe/own_words_torch.hpp"

#include "data/tokenizer.hpp"
#include "probe/thumbnail_torch.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace ostrich::probe {

namespace {

constexpr std::int64_t kNeighbours = 2;

/// The field of the Input from which the block's tokens come.
std::string fieldOf(const engine::Model &model, const std::string &block)
{
    const auto nodes = model.nodes();
    std::string at = block;
    for (std::size_t i = 0; i <= nodes.size(); ++i) {
        const auto node = std::ranges::find(nodes, at, &engine::Model::Node::block);
        if (node == nodes.end()) return {};
        if (!node->field.empty()) return node->field;
        if (node->sources.empty()) return {};
        at = node->sources.front();
    }
    return {};
}

/// Its parameter "weight", or that of the block whose weights it uses.
at::Tensor weightOf(const engine::Model &model, const std::string &block)
{
    std::string name = block + ".weight";
    for (const engine::Tie &tie : model.ties())
        if (tie.user == name) name = tie.owner;
    for (const auto &[known, tensor] : model.parameters())
        if (known == name) return tensor;
    return {};
}

} // namespace

std::optional<Thumbnail> attentionThumbnail(const engine::Model &model,
                                            const engine::Model::Feeds &feeds,
                                            const std::string &block)
{
    for (const auto &[name, tensor] : model.inside(feeds, block)) {
        if (name != "attention") continue;
        const std::int64_t heads = std::min<std::int64_t>(tensor.size(1), kThumbnailMaps);
        auto thumbnail = thumbnailOf(tensor.narrow(1, 0, heads), /*allChannels=*/true);
        if (thumbnail) thumbnail->attention = true;
        return thumbnail;
    }
    return {};
}

void addNearest(const engine::Model &model, const engine::Model::Feeds &feeds,
                const std::string &block, Thumbnail &thumbnail)
{
    const std::vector<blocks::Signal> arriving = model.arriving(feeds, block);
    const at::Tensor table = weightOf(model, block);
    if (arriving.size() != 1 || arriving[0].tensor.dim() != 2 || !table.defined()
        || table.dim() != 2)
        return;
    constexpr std::int64_t kFirst = data::Tokenizer::kSpecials;
    const Array tokens = engine::toArray(arriving[0].tensor.select(0, 0));
    std::set<std::int64_t> ids;
    for (const float token : tokens.values)
        if (token >= static_cast<float>(kFirst)) ids.insert(static_cast<std::int64_t>(token));
    if (ids.empty() || *ids.rbegin() >= table.size(0) || table.size(0) < kFirst + 2 * kNeighbours)
        return;
    const at::Tensor unit = table.div(table.square().sum(1, true).sqrt().clamp_min(1e-12));
    float best = -std::numeric_limits<float>::infinity();
    for (const std::int64_t id : ids) {
        at::Tensor near = unit.matmul(unit.select(0, id));
        near.narrow(0, 0, kFirst).fill_(-2.0);
        near.select(0, id).fill_(-2.0);
        const auto [values, indices] = near.topk(kNeighbours);
        const float nearest = values.select(0, 0).item().toFloat();
        if (nearest <= best) continue;
        best = nearest;
        thumbnail.nearest = {id};
        for (std::int64_t i = 0; i < kNeighbours; ++i)
            thumbnail.nearest.push_back(indices.select(0, i).item().toLong());
    }
    thumbnail.ofTarget = fieldOf(model, block) == "target";
}

} // namespace ostrich::probe
