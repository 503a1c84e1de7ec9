// The colours that a figure is drawn with: those of the window's theme, or ink on white paper.
#pragma once

#include "theme/theme.hpp"

#include <QPen>

namespace ostrich::ui {

struct Ink {
    Tokens tokens;
    bool isDark = false;

    QColor unit(double value) const;       // value in [0, 1]; clamped
    QColor signedUnit(double value) const; // value in [-1, 1], zero in the middle; clamped
};

Ink screenInk();
Ink paperInk();

/// Of the series at `index`: told apart without seeing colours. `isReference`: what the others are
/// held against, grey and dashed.
QPen curvePen(const Ink &ink, int index, bool isReference = false);

/// What can be read on `ground`.
QColor readableOn(const QColor &ground);

} // namespace ostrich::ui
