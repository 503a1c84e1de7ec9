// A figure saved as a file: PNG as it is on the screen, PDF and SVG in ink on white, CSV its
// numbers.
#pragma once

#include <QImage>
#include <QSize>
#include <QString>

namespace ostrich::ui {

class Drawing;
struct Ink;

/// What it is saved as follows from the ending; `width` in logical pixels. Empty: saved; else why
/// not, in a sentence.
QString exportFigure(Drawing &drawing, const QString &path, int width);

/// With its title above, `scale` device pixels for a logical one.
QImage figureImage(Drawing &drawing, int width, const Ink &ink, double scale);

} // namespace ostrich::ui
