// The small rounded squares that letters and words stand on.
#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace ostrich::ui {

enum class Chip { Plain, Raised, Marked }; // Raised: on a selected row

void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip);

} // namespace ostrich::ui
