// A misfit's repair as an edit: a block put before, with room made for it, or a parameter set.
#include "graph/edit.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace ostrich::graph {

namespace {

constexpr double kGap = 24.0; // between blocks of a row, as in tidy()

struct Box {
    Position at;
    Size size;

    double right() const { return at.x + size.width; }
    double bottom() const { return at.y + size.height; }
    double middle() const { return at.y + size.height / 2.0; }
    bool sharesRowWith(const Box &other) const
    {
        return at.y < other.bottom() && other.at.y < bottom();
    }
    bool overlaps(const Box &other) const
    {
        return sharesRowWith(other) && at.x < other.right() && other.at.x < right();
    }
};

std::vector<Box> boxesOf(const Network &network, const KindSet &kinds)
{
    std::vector<Box> boxes;
    boxes.reserve(network.blocks.size());
    for (const Block &block : network.blocks)
        boxes.push_back({block.position, blockSize(block, kinds)});
    return boxes;
}

/// The blocks to push right by `distance`: `first`, all that stand right of it in its row, and
/// whatever these would hit.
std::vector<bool> pushed(const std::vector<Box> &boxes, std::size_t first, double distance)
{
    std::vector<bool> moves(boxes.size(), false);
    std::vector<std::size_t> open, rest;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        moves[i] = i == first
                   || (boxes[i].sharesRowWith(boxes[first]) && boxes[i].at.x >= boxes[first].at.x);
        (moves[i] ? open : rest).push_back(i);
    }
    while (!open.empty()) {
        Box moved = boxes[open.back()];
        open.pop_back();
        moved.at.x += distance;
        std::erase_if(rest, [&](std::size_t i) {
            if (!boxes[i].overlaps(moved)) return false;
            moves[i] = true;
            open.push_back(i);
            return true;
        });
    }
    return moves;
}

/// Where a block of `size` goes on the wire between two blocks, and how far the target's row gives
/// way.
struct Room {
    Position at;
    double shift = 0.0;
};

Room roomOnWire(const Box &source, const Box &target, Size size)
{
    const double gap = target.at.x - source.right();
    const double need = size.width + 2.0 * kGap;
    if (gap < 0.0) // the wire returns to another row: the block takes its target's place
        return {{target.at.x, target.middle() - size.height / 2.0}, size.width + kGap};
    const double middle = (source.middle() + target.middle()) / 2.0;
    const double x = source.right() + std::max(kGap, (gap - size.width) / 2.0);
    return {{std::round(x), middle - size.height / 2.0}, std::max(0.0, std::ceil(need - gap))};
}

/// The place of `box`, or the first below it where it stands on nothing.
Position freeBelow(Box box, std::vector<Box> others)
{
    std::erase_if(others, [&](const Box &other) {
        return other.at.x >= box.right() || box.at.x >= other.right();
    });
    std::ranges::sort(others, {}, [](const Box &other) { return other.at.y; });
    for (const Box &other : others) {
        if (other.sharesRowWith(box)) box.at.y = other.bottom() + kGap;
    }
    return box.at;
}

void insertMoves(const Network &network, const std::vector<Box> &boxes,
                 const std::vector<bool> &moves, double shift, Edit &edit)
{
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (!moves[i]) continue;
        const Position &before = boxes[i].at;
        edit.changes.emplace_back(
            MoveBlock{network.blocks[i].id, before, {before.x + shift, before.y}});
    }
}

Edit insertBefore(const Network &network, const std::string &blockId, const InsertBefore &repair,
                  const KindSet &kinds)
{
    const Kind *kind = kinds.find(repair.kind);
    const Wire *wire = network.wireInto({blockId, repair.port});
    if (kind == nullptr || wire == nullptr) return {};
    const Flow flow = flowOf(network);
    const auto source = flow.index.find(wire->from.block);
    const auto target = flow.index.find(blockId);
    if (source == flow.index.end() || target == flow.index.end()) return {};
    Edit edit = splice(network, *wire, *kind, {});
    if (edit.empty()) return {};
    Block &block = std::get<AddBlock>(edit.changes.front()).block;
    block.parameters = repair.parameters;

    const std::vector<Box> boxes = boxesOf(network, kinds);
    const Size size = blockSize(block, kinds);
    const Room room = roomOnWire(boxes[source->second], boxes[target->second], size);
    std::vector<bool> moves(boxes.size(), false);
    if (room.shift > 0.0) moves = pushed(boxes, target->second, room.shift);

    std::vector<Box> others = boxes;
    for (std::size_t i = 0; i < others.size(); ++i) others[i].at.x += moves[i] ? room.shift : 0.0;
    block.position = freeBelow({room.at, size}, std::move(others));
    insertMoves(network, boxes, moves, room.shift, edit);
    return edit;
}

/// The nearest block at or above `starts` that has the parameter; of equally near ones the first
/// wired. A group is looked into from its outputs.
Edit changeNearest(const Network &network, const std::vector<std::string> &starts,
                   const ChangeUpstream &repair, const KindSet &kinds)
{
    const Flow flow = flowOf(network);
    std::vector<bool> seen(network.blocks.size(), false);
    std::deque<std::size_t> open;
    const auto put = [&](std::size_t index) {
        if (!seen[index]) open.push_back(index);
        seen[index] = true;
    };
    for (const std::string &start : starts)
        if (const auto found = flow.index.find(start); found != flow.index.end())
            put(found->second);
    while (!open.empty()) {
        const std::size_t index = open.front();
        open.pop_front();
        const Block &block = network.blocks[index];
        const auto kind = kindOf(block, kinds);
        const auto has = [&repair](const ParameterSpec &spec) {
            return spec.name == repair.parameter;
        };
        if (kind != nullptr && std::ranges::any_of(kind->description().parameters, has))
            return setParameter(network, block.id, repair.parameter, repair.value);
        if (block.inside) {
            const auto ends = portsOf(*block.inside, Role::GroupOutput, kinds);
            const Edit within = changeNearest(*block.inside, ends, repair, kinds);
            auto edit = inGroup(network, {block.id}, within);
            if (edit && !edit->empty()) return *std::move(edit);
        }
        for (const Link &link : flow.in[index]) put(link.block);
    }
    return {};
}

Edit changeUpstream(const Network &network, const std::string &blockId,
                    const ChangeUpstream &repair, const KindSet &kinds)
{
    const Wire *wire = network.wireInto({blockId, repair.port});
    if (wire == nullptr) return {};
    return changeNearest(network, {wire->from.block}, repair, kinds);
}

Edit replaceSelf(const Network &network, const std::string &blockId, const ReplaceSelf &repair)
{
    const Block *block = network.find(blockId);
    if (block == nullptr) return {};
    return withKind(network, *block, repair.kind, repair.parameters);
}

} // namespace

Edit withKind(const Network &network, const Block &block, const std::string &kind,
              Parameters parameters)
{
    Edit edit{{"graph.edit_use_kind", {kind}}, {}};
    const auto index = static_cast<std::size_t>(&block - network.blocks.data());
    const std::vector<Wire> wires = network.wiresOf(block.id);
    for (const Wire &wire : wires) edit.changes.emplace_back(RemoveWire{wire});
    edit.changes.emplace_back(RemoveBlock{block, index});
    Block renamed = block;
    renamed.kind = kind;
    renamed.parameters = std::move(parameters);
    edit.changes.emplace_back(AddBlock{std::move(renamed), index});
    for (const Wire &wire : wires) edit.changes.emplace_back(AddWire{wire});
    return edit;
}

Edit repairEdit(const Network &network, const std::string &blockId, const Repair &repair,
                const KindSet &kinds)
{
    if (const auto *insert = std::get_if<InsertBefore>(&repair))
        return insertBefore(network, blockId, *insert, kinds);
    if (const auto *change = std::get_if<ChangeParameter>(&repair))
        return setParameter(network, blockId, change->parameter, change->value);
    if (const auto *change = std::get_if<ChangeUpstream>(&repair))
        return changeUpstream(network, blockId, *change, kinds);
    if (const auto *replace = std::get_if<ReplaceSelf>(&repair))
        return replaceSelf(network, blockId, *replace);
    return {};
}

} // namespace ostrich::graph
