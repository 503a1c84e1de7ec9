// Rows are blocks whose heights overlap; gutters are what is left between.
#include "canvas/gutters.hpp"

#include <algorithm>
#include <limits>

namespace ostrich::ui {

namespace {

constexpr double kMargin = 8.0; // between a lane and the blocks beside it
constexpr int kOuterLanes = 3;  // below the last row, and in a very high gutter

} // namespace

Gutters::Gutters(const std::vector<QRectF> &blocks)
{
    std::vector<QRectF> sorted = blocks;
    std::sort(sorted.begin(), sorted.end(),
              [](const QRectF &a, const QRectF &b) { return a.top() < b.top(); });
    for (const QRectF &block : sorted) {
        m_right = m_rows.empty() ? block.right() : std::max(m_right, block.right());
        if (!m_rows.empty() && block.top() < m_rows.back().bottom)
            m_rows.back().bottom = std::max(m_rows.back().bottom, block.bottom());
        else
            m_rows.push_back({block.top(), block.bottom()});
    }
}

int Gutters::rowAt(double y) const
{
    int row = -1;
    while (row + 1 < static_cast<int>(m_rows.size())
           && m_rows[static_cast<std::size_t>(row + 1)].top <= y)
        ++row;
    return row;
}

std::optional<double> Gutters::laneBelow(double y) const
{
    const auto next =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.top > y; });
    const double limit =
        next == m_rows.end() ? std::numeric_limits<double>::infinity() : next->top - kMargin;
    if (y + kLanePitch <= limit) return y + kLanePitch;
    const double half = y + (limit - y) / 2;
    return limit - y >= 16.0 ? std::optional(half) : std::nullopt;
}

void Gutters::addGutter(int above, std::vector<double> &lanes) const
{
    const int below = above + 1;
    const int count = static_cast<int>(m_rows.size());
    if (above < 0 && count > 0) {
        for (int lane = 0; lane < kOuterLanes; ++lane)
            lanes.push_back(m_rows.front().top - 16.0 - lane * kLanePitch);
        return;
    }
    if (above < 0 || above >= count) return;
    const double top = m_rows[static_cast<std::size_t>(above)].bottom;
    const double bottom = below < count ? m_rows[static_cast<std::size_t>(below)].top
                                        : std::numeric_limits<double>::infinity();
    if (bottom - top < kLanePitch + kMargin) {
        lanes.push_back((top + bottom) / 2);
        return;
    }
    for (int lane = 1; lane <= kOuterLanes && top + lane * kLanePitch <= bottom - kMargin; ++lane)
        lanes.push_back(top + lane * kLanePitch);
}

std::vector<double> Gutters::lanesFor(double from, double to, const std::vector<QRectF> &near) const
{
    std::vector<double> lanes;
    // A list, so that values come back: of two temporaries minmax returns references.
    const auto [low, high] = std::minmax({rowAt(from), rowAt(to)});
    // From the upper row's lower gutter on: a return prefers the one right below its source.
    for (int above = low; above <= high && above - low < 4; ++above) addGutter(above, lanes);
    addGutter(low - 1, lanes);
    if (high - low >= 4) addGutter(high - 1, lanes), addGutter(high, lanes);
    for (const QRectF &block : near) {
        lanes.push_back(block.bottom() + 16.0);
        lanes.push_back(block.top() - 16.0);
    }
    return lanes;
}

} // namespace ostrich::ui
