// The small rounded squares that letters and words stand on.
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace ostrich::ui {

/// Raised: on a selected row. Leaving and Arrived: a word that an attack takes out, and the one
/// that it puts there; told apart by a line through and under them too, not by colour alone.
/// Unknown: what the network's vocabulary does not hold.
enum class Chip { Plain, Raised, Marked, Leaving, Arrived, Unknown };

void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip);
/// The same in a larger font; marked ones make it bold.
void paintChip(QPainter &painter, const QRectF &box, const QString &text, Chip chip, QFont font);

} // namespace ostrich::ui
