// Who looks at whom: the attention maps of all layers that look at the same steps, and what they
// amount to together (rollout, Abnar and Zuidema 2020).
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

constexpr const char *kMap = "attention"; // as Module::inside() names it

/// How the blocks of a network hang together, as far as attention asks.
class Wiring {
public:
    explicit Wiring(const engine::Model &model)
    {
        for (const engine::Model::Node &node : model.nodes()) {
            std::set<std::string> &fields = m_fields[node.block];
            if (!node.field.empty()) fields.insert(node.field);
            for (const std::string &source : node.sources)
                fields.insert(m_fields[source].begin(), m_fields[source].end());
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

private:
    std::map<std::string, std::vector<std::string>> m_sources;
    std::map<std::string, std::set<std::string>> m_fields; // that a block depends on
};

/// By block, in running order: (heads, T, S).
using Maps = std::vector<std::pair<std::string, at::Tensor>>;

Maps mapsOf(const engine::Model &model, const Sample &sample)
{
    Maps maps;
    for (const auto &[block, told] : model.insides(sample.feeds))
        for (const auto &[name, tensor] : told)
            if (name == kMap) maps.emplace_back(block, tensor.select(0, 0));
    return maps;
}

/// The block asked for alone; else all that look elsewhere, where there are any; else all. Of
/// these, those with the first one's shape.
Maps chosen(const Maps &all, const std::string &asked, const Wiring &wiring)
{
    Maps maps;
    const auto keep = [&](const auto &wanted) {
        std::ranges::copy_if(all, std::back_inserter(maps),
                             [&](const auto &map) { return wanted(map.first); });
    };
    if (!asked.empty()) {
        keep([&](const std::string &block) { return block == asked; });
        return maps;
    }
    keep([&](const std::string &block) { return wiring.looksElsewhere(block); });
    if (maps.empty()) maps = all;
    std::erase_if(maps, [sizes = maps.front().second.sizes().vec()](const auto &map) {
        return map.second.sizes().vec() != sizes;
    });
    return maps;
}

/// How much of each step's input is left in each step behind the last layer: heads averaged, half
/// of each layer's output being its own input: (T, T).
at::Tensor rollout(const Maps &maps)
{
    const at::Tensor &first = maps.front().second;
    at::Tensor through = at::eye(first.size(1), first.options());
    for (const auto &[block, map] : maps) {
        const at::Tensor own = at::eye(map.size(1), map.options());
        through = at::matmul(map.mean(0).add(own).mul(0.5), through);
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
                     "translator, the words of the sentence to translate.",
                     "Quels pas chaque pas regarde, couche par couche et tête par tête ; pour un "
                     "traducteur, les mots de la phrase à traduire."}};
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
            fill(chosen(mapsOf(*subject.model, *sample), options.block, wiring), wiring, *sample,
                 result);
        });
        if (!looked) return looked.error();
        return result;
    }

private:
    static void fill(const Maps &maps, const Wiring &wiring, const Sample &sample,
                     ProbeResult &result)
    {
        std::vector<at::Tensor> layers;
        for (const auto &[block, map] : maps) layers.push_back(map);
        const at::Tensor all = at::stack(layers);
        const std::string &first = maps.front().first;
        result.block = maps.size() == 1 ? first : std::string();
        result.arrays[kMap] = engine::toArray(all);
        result.steps = wordsFor(sample, wiring.isWritten(first, 0), all.size(2));
        const bool elsewhere = wiring.looksElsewhere(first);
        result.keys =
            elsewhere ? wordsFor(sample, wiring.isWritten(first, 1), all.size(3)) : result.steps;
        if (!elsewhere) result.arrays["rollout"] = engine::toArray(rollout(maps));
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Attention>();
}

} // namespace ostrich::probe::attention
