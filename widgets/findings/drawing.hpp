// One figure of a study that draws itself anywhere: in the window, into a file, into a report.
#pragma once

#include "findings/ink.hpp"
#include "robustness/findings.hpp"

#include <QPoint>
#include <QSize>
#include <QString>

#include <memory>
#include <vector>

class QCPPainter;

namespace ostrich::ui {

/// Sizes are in logical pixels.
class Drawing {
public:
    virtual ~Drawing() = default;
    virtual std::string key() const = 0; // names the file that it is saved as
    virtual QString title() const { return {}; }
    virtual int heightFor(int width) const = 0;
    /// At the painter's origin.
    virtual void paint(QCPPainter &painter, const QSize &size, const Ink &ink) = 0;
    virtual QString csv() const = 0; // the numbers
    /// What is heard by who does not see it.
    virtual QString spoken() const { return csv(); }
    /// What is told of the place `at`, as it was painted last; empty: nothing.
    virtual QString tipAt(const QPoint &at, const QSize &size)
    {
        Q_UNUSED(at);
        Q_UNUSED(size);
        return {};
    }
    virtual bool isWide() const { return false; } // wants the whole width
};

using DrawingPtr = std::shared_ptr<Drawing>; // it may be saved while its card has gone

DrawingPtr drawingOf(const std::vector<robustness::Figure> &figures); // big numbers in a row
DrawingPtr drawingOf(const robustness::Plot &plot);
DrawingPtr drawingOf(const robustness::Matrix &matrix);
DrawingPtr drawingOf(const robustness::Map &map);
DrawingPtr drawingOf(const robustness::Table &table);
/// `full`: what a fail means stands below it; else in its tip.
DrawingPtr drawingOf(const std::vector<robustness::Check> &checks, bool full);
DrawingPtr drawingOf(const std::vector<robustness::Picture> &pictures);

/// All that there is to draw of `findings`, in the order in which it is shown.
std::vector<DrawingPtr> drawingsOf(const robustness::Findings &findings);

} // namespace ostrich::ui
