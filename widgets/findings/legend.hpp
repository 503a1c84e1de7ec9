// The names of a plot's series, each behind a piece of its line or a square of its colour, in as
// many rows as they need.
#pragma once

#include <QPen>
#include <QRect>
#include <QString>

#include <vector>

class QCPPainter;

namespace ostrich::ui {

struct Ink;

struct LegendEntry {
    QString name;
    QPen pen;
    bool isSquare = false;
};

class Legend {
public:
    Legend(const std::vector<LegendEntry> &entries, int width);
    int height() const;
    void paint(QCPPainter &painter, const QPoint &at, const Ink &ink) const;

private:
    const std::vector<LegendEntry> &m_entries;
    std::vector<QRect> m_places;
};

} // namespace ostrich::ui
