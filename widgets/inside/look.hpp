// The ways to look into a block, and which of them a block offers.
#pragma once

#include "graph/kind.hpp"

#include <QString>

#include <set>
#include <string>
#include <vector>

namespace ostrich::ui {

enum class Look {
    Gates,
    States,
    Memory,
    Lines,
    Map,
    LinesAndMap,
    Activations,
    Filters,
    Saliency,
    Embedding
};

QString nameOf(Look look);
bool isAttention(Look look); // lines, map or both

/// In the order of the tabs. `offers`: the probes that can look into the block; `filters`: its
/// weights are small maps; `saliency`: the network as a whole can be asked what mattered.
std::vector<Look> looksFor(const std::set<std::string> &offers, bool filters, bool saliency);

/// The probes that a look asks; those in `onWhole` go over many samples and take their time.
struct LookProbes {
    std::vector<std::string> onSample, onWhole;
};
LookProbes probesFor(Look look);

/// Whether a block with these probes is worth a look of its own before others: gates and attention
/// first.
int interest(const std::set<std::string> &offers);

} // namespace ostrich::ui
