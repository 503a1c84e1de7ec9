// The three large numbers of Train, in the words of what the data ask.
#pragma once

#include "graph/kind.hpp"

#include <QString>

#include <array>

namespace ostrich::ui {

class RunModel;

struct Headline {
    QString title;
    QString number; // "–": not known yet
    QString unit;
    QString note;
};

struct Headlines {
    std::array<Headline, 3> figures; // validation; the gap, or the naive forecast; test
    QString remark;                  // a plain sentence below them; empty: none
    bool forecast = false;           // the one in the middle is the naive forecast
};

Headlines headlinesOf(const RunModel &run, graph::Task task);

} // namespace ostrich::ui
