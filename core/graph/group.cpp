// The kind that a group is, and the way into its network.
#include "graph/group.hpp"

#include <algorithm>

namespace ostrich::graph {

namespace {

std::vector<ParameterSpec> groupSpecs()
{
    ParameterSpec title;
    title.name = "title";
    title.type = ParameterType::Text;
    title.defaultValue = std::string();
    title.label = {"Name", "Nom"};
    title.help = {"What the group is called on the canvas.", "Le nom du groupe sur le plan."};
    ParameterSpec repeat;
    repeat.name = "repeat";
    repeat.defaultValue = std::int64_t{1};
    repeat.minimum = 1.0;
    repeat.maximum = static_cast<double>(kMostRepeats);
    repeat.label = {"Repeat", "Répétitions"};
    repeat.help = {"How often its network is gone through, each time with weights of its own.",
                   "Combien de fois son réseau est parcouru, chaque fois avec ses propres poids."};
    return {title, repeat};
}

class GroupKind final : public Kind {
public:
    GroupKind(const Block &block, const KindSet &kinds)
        : m_inputs(portsOf(*block.inside, Role::GroupInput, kinds)),
          m_outputs(portsOf(*block.inside, Role::GroupOutput, kinds)),
          m_blocks(block.inside->blocks.size() - m_inputs.size() - m_outputs.size())
    {
        const std::string title = titleOf(block);
        m_description = {
            .name = std::string(kGroupKind),
            .category = Category::Structure,
            .role = Role::Hidden,
            .label = {title, title},
            .help = {"A network in one block. Double-click it to see and edit what is inside.",
                     "Un réseau dans un bloc. Double-cliquez pour voir et modifier l'intérieur."},
            .formula = "",
            .icon = "struct",
            .searchWords = {},
            .pill = false,
            .idStem = "group",
            .parameters = groupSpecs(),
        };
    }

    const Description &description() const override { return m_description; }
    std::vector<std::string> inputs(const Parameters &) const override { return m_inputs; }
    std::vector<std::string> outputs(const Parameters &) const override { return m_outputs; }

    /// Its shapes come from the blocks within: analyse() never asks.
    std::variant<std::vector<Shape>, Misfit> infer(const std::vector<Shape> &, const Parameters &,
                                                   const DataFacts &) const override
    {
        return Misfit{};
    }

    std::vector<Words> summary(const Parameters &parameters, const DataFacts &) const override
    {
        const std::string count = std::to_string(m_blocks);
        std::vector<Words> words{m_blocks == 1 ? Words{"1 block", "1 bloc"}
                                               : Words{count + " blocks", count + " blocs"}};
        const std::int64_t repeat = integer(parameters, "repeat");
        if (repeat > 1) {
            std::string times = "×";
            times += std::to_string(repeat);
            words.insert(words.begin(), Words{times, times});
        }
        return words;
    }

private:
    std::vector<std::string> m_inputs, m_outputs;
    std::size_t m_blocks;
    Description m_description;
};

/// `around`: the networks between the block and where renaming began; a name that one of them holds
/// means a block there.
void renameWithin(Block &block, const std::function<std::string(const std::string &)> &rename,
                  std::vector<const Network *> around)
{
    const auto held = [&](const Network *network) { return holds(*network, block.weightsOf); };
    if (!block.weightsOf.empty() && std::ranges::none_of(around, held))
        block.weightsOf = rename(block.weightsOf);
    if (!block.inside) return;
    around.push_back(block.inside.get());
    Network inside = *block.inside;
    for (Block &inner : inside.blocks) renameWithin(inner, rename, around);
    if (inside != *block.inside) block.inside = std::make_shared<const Network>(std::move(inside));
}

} // namespace

std::shared_ptr<const Kind> kindOf(const Block &block, const KindSet &kinds)
{
    if (block.inside) return std::make_shared<GroupKind>(block, kinds);
    // Of a set that outlives everyone who asks: nothing to own.
    return {std::shared_ptr<const Kind>(), kinds.find(block.kind)};
}

std::vector<std::string> portsOf(const Network &inside, Role role, const KindSet &kinds)
{
    std::vector<std::string> ports;
    for (const Block &block : inside.blocks) {
        const Kind *kind = block.inside ? nullptr : kinds.find(block.kind);
        if (kind != nullptr && kind->description().role == role) ports.push_back(block.id);
    }
    return ports;
}

bool isOutward(const Network &inside, const Wire &wire, const KindSet &kinds)
{
    const auto hasRole = [&](const std::string &id, Role role) {
        const Block *block = inside.find(id);
        const Kind *kind = block == nullptr || block->inside ? nullptr : kinds.find(block->kind);
        return kind != nullptr && kind->description().role == role;
    };
    return hasRole(wire.to.block, Role::GroupInput) || hasRole(wire.from.block, Role::GroupOutput);
}

std::string titleOf(const Block &block)
{
    if (!block.inside) return block.kind;
    const auto entry = block.parameters.find("title");
    const auto *title =
        entry == block.parameters.end() ? nullptr : std::get_if<std::string>(&entry->second);
    return title == nullptr || title->empty() ? block.id : *title;
}

bool holds(const Network &network, const std::string &path)
{
    const std::size_t dot = path.find('.');
    const Block *block = network.find(path.substr(0, dot));
    if (block == nullptr || (dot == std::string::npos) == (block->inside != nullptr)) return false;
    if (!block->inside) return true;
    const std::size_t next = path.find('.', dot + 1);
    return next != std::string::npos && holds(*block->inside, path.substr(next + 1));
}

void renameOwners(Block &block, const std::function<std::string(const std::string &)> &rename)
{
    renameWithin(block, rename, {});
}

std::string renamedPath(const std::string &path, const std::map<std::string, std::string> &names)
{
    const std::size_t dot = std::min(path.find('.'), path.size());
    const auto name = names.find(path.substr(0, dot));
    return name == names.end() ? path : name->second + path.substr(dot);
}

std::int64_t repeatOf(const Block &group)
{
    const auto entry = group.parameters.find("repeat");
    const auto *repeat =
        entry == group.parameters.end() ? nullptr : std::get_if<std::int64_t>(&entry->second);
    return repeat == nullptr ? 1 : std::clamp<std::int64_t>(*repeat, 1, kMostRepeats);
}

const Network *networkWithin(const Network &network, const std::vector<std::string> &path)
{
    const Network *within = &network;
    for (const std::string &id : path) {
        const Block *group = within->find(id);
        if (group == nullptr || !group->inside) return nullptr;
        within = group->inside.get();
    }
    return within;
}

int depthOf(const Network &network)
{
    int deepest = 0;
    for (const Block &block : network.blocks)
        if (block.inside) deepest = std::max(deepest, 1 + depthOf(*block.inside));
    return deepest;
}

Network withoutLooks(Network network)
{
    for (Block &block : network.blocks) {
        block.position = {};
        if (!block.inside) continue;
        block.parameters.erase("title");
        block.inside = std::make_shared<const Network>(withoutLooks(*block.inside));
    }
    return network;
}

bool sameNetwork(const Network &a, const Network &b)
{
    // Within a group the order of its ports has a meaning: only the outermost blocks are sorted.
    if (a.blocks.size() != b.blocks.size() || a.wires.size() != b.wires.size()) return false;
    if (a == b) return true;
    Network one = withoutLooks(a), other = withoutLooks(b);
    for (Network *network : {&one, &other}) {
        std::ranges::sort(network->blocks, {}, &Block::id);
        std::ranges::sort(network->wires);
    }
    return one == other;
}

std::string prefixOf(const std::vector<std::string> &path)
{
    std::string prefix;
    for (const std::string &id : path) prefix.append(id).append(".0.");
    return prefix;
}

} // namespace ostrich::graph
