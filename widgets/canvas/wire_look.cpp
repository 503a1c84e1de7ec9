// Reads a wire's label and state from the network and its analysis.
#include "canvas/wire_look.hpp"

#include "blocks/block_kind.hpp"
#include "model/project_model.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::WireLook)
};

QString spokenAxis(const graph::Dimension &dimension)
{
    const int size = static_cast<int>(dimension.size.value_or(0));
    switch (dimension.axis) {
    case graph::Axis::N:
        return Texts::tr("N samples at a time");
    case graph::Axis::C:
        return Texts::tr("%n map(s)", nullptr, size);
    case graph::Axis::H:
        return Texts::tr("%n pixel(s) high", nullptr, size);
    case graph::Axis::W:
        return Texts::tr("%n pixel(s) wide", nullptr, size);
    case graph::Axis::T:
        return dimension.size ? Texts::tr("%n step(s)", nullptr, size)
                              : Texts::tr("T steps: as many as each sample has");
    case graph::Axis::F:
        return Texts::tr("%n number(s)", nullptr, size);
    }
    return {};
}

/// "N samples at a time, T steps: as many as each sample has, 64 numbers."
QString spokenShape(const graph::Shape &shape)
{
    QStringList parts;
    for (const graph::Dimension &dimension : shape.dimensions) parts << spokenAxis(dimension);
    if (shape.isTokens())
        parts << Texts::tr("one of %n word(s) each", nullptr, static_cast<int>(shape.vocabulary));
    return parts.join(QStringLiteral(" · "));
}

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
    look.spoken = spokenShape(*shape);
    look.always = wrong || !keepsShape(analysis.find(wire.from.block), *shape);
    return look;
}

} // namespace ostrich::ui
