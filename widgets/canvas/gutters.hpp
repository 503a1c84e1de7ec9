// The free stripes between rows of blocks, and the lanes in them that wires may run along.
#pragma once

#include <QRectF>

#include <optional>
#include <vector>

namespace ostrich::ui {

/// Two wires in one gutter stand this far apart, the first one as far below its row.
inline constexpr double kLanePitch = 29.0;

class Gutters {
public:
    explicit Gutters(const std::vector<QRectF> &blocks);

    /// The row that holds this height, or the last one above it; -1: above all.
    int rowAt(double y) const;
    double right() const { return m_right; } // of all blocks
    /// The next lane below one at `y` in the same gutter; nothing when there is no room.
    std::optional<double> laneBelow(double y) const;
    /// Heights worth trying for a wire between these two: the gutters beside both rows, those
    /// between, and close above and below the blocks of `near`.
    std::vector<double> lanesFor(double from, double to, const std::vector<QRectF> &near) const;

private:
    struct Row {
        double top, bottom;
    };
    void addGutter(int above, std::vector<double> &lanes) const;

    std::vector<Row> m_rows;
    double m_right = 0.0;
};

} // namespace ostrich::ui
