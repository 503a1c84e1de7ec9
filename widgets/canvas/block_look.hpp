// What a block's card or pill shows, gathered from the project into one value: painting needs no
// model.
#pragma once

#include "graph/analysis.hpp"
#include "graph/kind.hpp"

#include <QPointF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <set>
#include <string>
#include <vector>

namespace ostrich::ui {

class ProjectModel;

enum class Liveness { Shows /* its output is known */, Wrong, Waits /* for a block before it */ };

struct PortLook {
    std::string name;
    bool output = false;
    QPointF at; // from the block's top left corner
    bool wrong = false;

    bool operator==(const PortLook &) const = default;
};

struct BlockLook {
    std::string id;
    QString title;
    QString label;       // the kind's word for it, where the title has no room; may be empty
    QStringList summary; // most telling first; what does not fit is left out from the end
    QString icon;
    graph::Category category = graph::Category::Structure;
    graph::Role role = graph::Role::Hidden;
    bool pill = false;
    bool bothWays = false;    // reads a sequence forwards and backwards
    bool causal = false;      // a step sees only those before it
    int layers = 1;           // stacked in one block; a group's card lies on one or two more
    bool readsTarget = false; // an Input of what a decoder is fed with
    bool group = false;       // opens into a network
    bool tied = false;        // uses another block's weights
    QSizeF size;
    std::vector<PortLook> ports;
    Liveness liveness = Liveness::Shows;
    QString spoken; // for screen readers and the tooltip

    bool operator==(const BlockLook &) const = default;
    const PortLook *port(const std::string &name, bool output) const;
};

BlockLook lookOf(const graph::Block &block, const ProjectModel &project);

} // namespace ostrich::ui
