// Reads a wire's label and state from the network and its analysis.
#include "canvas/wire_look.hpp"

#include "blocks/block_kind.hpp"
#include "model/project_model.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

/// Whether the block at `from` puts out what it takes in.
bool keepsShape(const graph::BlockFacts *facts, const graph::Shape &out)
{
    return facts
           && std::find(facts->inputs.begin(), facts->inputs.end(), out) != facts->inputs.end();
}

bool isShortCut(const graph::Wire &wire, const graph::Network &network)
{
    const auto merges =
        std::count_if(network.wires.begin(), network.wires.end(),
                      [&](const graph::Wire &other) { return other.to.block == wire.to.block; });
    if (merges < 2) return false;
    return std::any_of(network.wires.begin(), network.wires.end(), [&](const graph::Wire &other) {
        return other.from == wire.from && other.to.block != wire.to.block
               && network.reaches(other.to.block, wire.to.block);
    });
}

} // namespace

WireLook lookOf(const graph::Wire &wire, const ProjectModel &project)
{
    const graph::Network &network = project.network();
    const graph::Analysis &analysis = project.analysis();
    WireLook look;
    look.shortCut = isShortCut(wire, network);
    const auto shape = analysis.shapeOf(wire.from, network, blocks::Registry::instance());
    const bool wrong = std::any_of(
        analysis.problems.begin(), analysis.problems.end(), [&](const graph::Problem &problem) {
            return problem.block == wire.to.block && problem.port == wire.to.port;
        });
    if (!shape) {
        look.kind = WireKind::Unknown;
        look.label = QStringLiteral("?");
        look.always = true;
        return look;
    }
    look.kind = wrong ? WireKind::Wrong : WireKind::Plain;
    look.label = QString::fromStdString(graph::toString(*shape));
    look.always = wrong || !keepsShape(analysis.find(wire.from.block), *shape);
    return look;
}

} // namespace ostrich::ui
