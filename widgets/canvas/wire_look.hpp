// What a wire says: its shape, whether it fits, and when its label is shown. Read from the
// analysis.
#pragma once

#include "graph/network.hpp"

#include <QString>

namespace ostrich::ui {

class ProjectModel;

enum class WireKind { Plain, Wrong, Unknown };

struct WireLook {
    WireKind kind = WireKind::Plain;
    QString label;
    QString spoken;        // the shape in words: the tooltip
    bool always = false;   // the shape changes here: shown without hovering
    bool shortCut = false; // passes by blocks that another wire of the same port goes through

    bool operator==(const WireLook &) const = default;
};

WireLook lookOf(const graph::Wire &wire, const ProjectModel &project);

} // namespace ostrich::ui
