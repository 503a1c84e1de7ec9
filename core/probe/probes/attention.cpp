// Who looks at whom: the attention maps of all layers that look at the same steps, of a decoder
// also those at its own steps, and what they amount to together (rollout, Abnar and Zuidema 2020).
#include "probe/sample_torch.hpp"

#include <ATen/ops/eye.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/stack.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <set>

namespace ostrich::probe::attention {

namespace {

// As Module::inside() names them.
constexpr const char *kMap = "attention";
constexpr const char *kOwn = "self_attention"; // a decoder's at itself, its map being at the source

/// How the blocks of a network hang together, as far as attention asks.
class Wiring {
public:
    explicit Wiring(const engine::Model &model)
    {
        for (const engine::Model::Node &node : model.nodes()) {
            std::set<std::string> &fields = m_fields[node.block];
            if (!node.field.empty()) fields.insert(node.field);
            for (const std::string &source : node.sources) {
                fields.insert(m_fields[source].begin(), m_fields[source].end());
            }
            m_sources[node.block] = node.sources;
        }
    }

    /// Whether the block looks at other steps than its own.
    bool looksElsewhere(const std::string &block) const
    {
        const auto &sources = m_sources.at(block);
        return sources.size() > 1 && sources[1] != sources[0];
    }

    /// Whether the steps at that port are those of a translation that is being written.
    bool isWritten(const std::string &block, std::size_t port) const
    {
        const auto &sources = m_sources.at(block);
        const std::string &source = sources[std::min(port, sources.size() - 1)];
        return m_fields.at(source).contains("target");
    }

    /// Whether one of them feeds the other.
    bool inOneStack(const std::string &one, const std::string &other) const
    {
        return feeds(one, other) || feeds(other, one);
    }

private:
    /// Whether a way leads from `source` to `block`; also from a block to itself.
    bool feeds(const std::string &source, const std::string &block) const
    {
        std::set<std::string> seen{block};
        std::vector<std::string> open{block};
        while (!open.empty()) {
            const std::string at = open.back();
            open.pop_back();
            if (at == source) return true;
            for (const std::string &above : m_sources.at(at))
                if (seen.insert(above).second) open.push_back(above);
        }
        return false;
    }

    std::map<std::string, std::vector<std::string>> m_sources;
    std::map<std::string, std::set<std::string>> m_fields; // that a block depends on
};

struct Map {
    std::string block;
    at::Tensor seen; // (heads, T, S)
    at::Tensor own;  // (heads, T, T) of a decoder at itself; undefined: it has none
};
using Maps = std::vector<Map>; // in running order

Maps mapsOf(const engine::Model &model, const Sample &sample)
{
    Maps maps;
    for (const auto &[block, told] : model.insides(sample.feeds)) {
        Map map{block, {}, {}};
        for (const auto &[name, tensor] : told) {
            if (name == kMap) map.seen = tensor.select(0, 0);
            if (name == kOwn) map.own = tensor.select(0, 0);
        }
        if (map.seen.defined()) maps.push_back(std::move(map));
    }
    return maps;
}

/// The block asked for alone; else all that look elsewhere, where there are any; else all. Of
/// these, those with the first one's shape.
Maps chosen(const Maps &all, const std::string &asked, const Wiring &wiring)
{
    Maps maps;
    const auto keep = [&](const auto &wanted) {
        std::ranges::copy_if(all, std::back_inserter(maps),
                             [&](const Map &map) { return wanted(map.block); });
    };
    if (!asked.empty()) {
        keep([&](const std::string &block) { return block == asked; });
        return maps;
    }
    keep([&](const std::string &block) { return wiring.looksElsewhere(block); });
    if (maps.empty()) maps = all;
    std::erase_if(maps, [sizes = maps.front().seen.sizes().vec()](const Map &map) {
        return map.seen.sizes().vec() != sizes;
    });
    return maps;
}

/// Where the block looks at its own steps; undefined: nowhere.
at::Tensor atItself(const Map &map, const Wiring &wiring)
{
    return wiring.looksElsewhere(map.block) ? map.own : map.seen;
}

/// How much of each step's input is left in each step behind the last of all layers of the stack
/// that `part` stands in: heads averaged, half of each layer's output being its own input: (T, T).
/// Undefined: it does not look at itself.
at::Tensor rollout(const Maps &all, const Map &part, const Wiring &wiring)
{
    const at::Tensor like = atItself(part, wiring);
    if (!like.defined()) return {};
    const bool written = wiring.isWritten(part.block, 0);
    const at::Tensor same = at::eye(like.size(1), like.options());
    at::Tensor through = same;
    for (const Map &map : all) {
        const at::Tensor own = atItself(map, wiring);
        if (!own.defined() || own.size(1) != like.size(1)
            || wiring.isWritten(map.block, 0) != written
            || !wiring.inOneStack(map.block, part.block))
            continue;
        through = at::matmul(own.mean(0).add(same).mul(0.5), through);
    }
    return through;
}

std::vector<std::string> wordsFor(const Sample &sample, bool written, std::int64_t count)
{
    const auto &words = written ? sample.targetSteps : sample.steps;
    return std::ssize(words) == count ? words : numbered(count);
}

class Attention final : public Probe {
public:
    const ProbeDescription &description() const override
    {
        static const ProbeDescription description{
            .name = "attention",
            .label = {"Attention maps", "Cartes d'attention"},
            .help = {"Which steps each step looks at, layer by layer and head by head; of a "
                     "translator, the words of the sentence to translate, and those written so "
                     "far (self_attention). Rollout: all layers together.",
                     "Quels pas chaque pas regarde, couche par couche et tête par tête ; pour un "
                     "traducteur, les mots de la phrase à traduire, et ceux déjà écrits "
                     "(self_attention). Rollout : toutes les couches ensemble."}};
        return description;
    }

    std::vector<std::string> blocks(const ProbeSubject &subject) const override
    {
        return tellingBlocks(subject, [](const std::string &name) { return name == kMap; });
    }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        const auto block = chosenBlock(blocks(subject), options.block);
        if (!block) return block.error();
        const auto sample = sampleOf(subject, options);
        if (!sample) return sample.error();
        if (stop.stop_requested()) return cancelled();
        ProbeResult result;
        const auto looked = engine::guarded("attention", [&] {
            const c10::NoGradGuard noGrad;
            const Wiring wiring(*subject.model);
            const Maps all = mapsOf(*subject.model, *sample);
            fill(all, chosen(all, options.block, wiring), wiring, *sample, result);
        });
        if (!looked) return looked.error();
        return result;
    }

private:
    static void fill(const Maps &all, const Maps &maps, const Wiring &wiring, const Sample &sample,
                     ProbeResult &result)
    {
        std::vector<at::Tensor> layers, own;
        for (const Map &map : maps) {
            layers.push_back(map.seen);
            if (map.own.defined()) own.push_back(map.own);
        }
        const at::Tensor seen = at::stack(layers);
        const std::string &first = maps.front().block;
        const bool elsewhere = wiring.looksElsewhere(first);
        result.block = maps.size() == 1 ? first : std::string();
        result.arrays[kMap] = engine::toArray(seen);
        result.steps = wordsFor(sample, wiring.isWritten(first, 0), seen.size(2));
        result.keys =
            elsewhere ? wordsFor(sample, wiring.isWritten(first, 1), seen.size(3)) : result.steps;
        if (!own.empty()) result.arrays[kOwn] = engine::toArray(at::stack(own));
        const at::Tensor through = rollout(all, maps.front(), wiring);
        if (through.defined())
            result.arrays[elsewhere ? "self_rollout" : "rollout"] = engine::toArray(through);
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Attention>();
}

} // namespace ostrich::probe::attention
