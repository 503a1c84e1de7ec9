// Plots, matrices and maps of findings as SVG pictures.
#include "base/decimal_sign.hpp"
#include "robustness/report.hpp"
#include "robustness/shown.hpp"
#include "robustness/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::robustness {

namespace {

constexpr double kWidth = 560.0, kHeight = 320.0;
constexpr double kLeft = 64.0, kRight = 16.0, kTop = 14.0, kBottom = 52.0;
constexpr double kLegendLine = 18.0;
constexpr std::string_view kInk = "#33363d", kMuted = "#6b6f78", kGrid = "#e3e5e9";

struct Range {
    double from = std::numeric_limits<double>::infinity();
    double to = -std::numeric_limits<double>::infinity();

    void take(const std::vector<double> &values)
    {
        for (const double value : values) {
            if (!std::isfinite(value)) continue;
            from = std::min(from, value);
            to = std::max(to, value);
        }
    }
    void settle()
    {
        if (!(from <= to)) from = 0.0, to = 1.0;
        if (from == to) from -= 0.5, to += 0.5;
    }
};

/// From values to pixels inside the frame, and the frame itself.
class Frame {
public:
    Frame(const Plot &plot, Language language);

    double x(double value) const { return kLeft + (value - m_x.from) * m_perX; }
    double y(double value) const { return kHeight - kBottom - (value - m_y.from) * m_perY; }
    void draw(SvgCanvas &canvas) const;

private:
    void drawXTicks(SvgCanvas &canvas) const;

    const Plot &m_plot;
    Language m_language;
    Range m_x, m_y;
    double m_perX = 1.0, m_perY = 1.0;
};

Frame::Frame(const Plot &plot, Language language) : m_plot(plot), m_language(language)
{
    for (const Curve &curve : plot.curves) {
        m_x.take(curve.x);
        for (const auto *values : {&curve.y, &curve.low, &curve.high}) m_y.take(*values);
    }
    if (plot.style == Plot::Style::Bars) {
        m_x.take({-0.5, static_cast<double>(plot.xNames.size()) - 0.5});
        m_y.take({0.0});
    }
    if (plot.yIsShare) m_y.take({0.0, 1.0});
    if (plot.hasDiagonal) m_x.take({0.0, 1.0});
    m_x.settle();
    m_y.settle();
    m_perX = (kWidth - kLeft - kRight) / (m_x.to - m_x.from);
    m_perY = (kHeight - kTop - kBottom) / (m_y.to - m_y.from);
}

void Frame::drawXTicks(SvgCanvas &canvas) const
{
    const double below = kHeight - kBottom + 16.0;
    using Anchor = SvgCanvas::Anchor;
    const auto names = shownNames(m_plot.xNames, m_language);
    for (std::size_t i = 0; i < names.size(); ++i)
        canvas.text(x(static_cast<double>(i)), below, names[i], Anchor::Middle, kMuted);
    if (!names.empty()) return;
    const double unit = m_plot.xIsLevels ? 255.0 : 1.0;
    for (const double tick : ticks(m_x.from * unit, m_x.to * unit, 7)) {
        canvas.line(x(tick / unit), kHeight - kBottom, x(tick / unit), kHeight - kBottom + 4.0,
                    kMuted);
        const char *form = m_plot.xIsLevels && tick != 0.0 ? "{:g}/255" : "{:g}";
        canvas.text(x(tick / unit), below,
                    withDecimalSign(fmt::format(fmt::runtime(form), tick), m_language),
                    Anchor::Middle, kMuted);
    }
}

void Frame::draw(SvgCanvas &canvas) const
{
    using Anchor = SvgCanvas::Anchor;
    for (const double tick : ticks(m_y.from, m_y.to, 5)) {
        canvas.line(kLeft, y(tick), kWidth - kRight, y(tick), kGrid);
        canvas.text(kLeft - 8.0, y(tick) + 4.0,
                    m_plot.yIsShare ? fmt::format("{:.0f} %", 100.0 * tick)
                                    : withDecimalSign(fmt::format("{:g}", tick), m_language),
                    Anchor::End, kMuted);
    }
    canvas.line(kLeft, kHeight - kBottom, kWidth - kRight, kHeight - kBottom, kMuted);
    drawXTicks(canvas);
    if (m_plot.hasDiagonal) canvas.line(x(0.0), y(0.0), x(1.0), y(1.0), kMuted, 1.0, true);
    canvas.text((kLeft + kWidth - kRight) / 2.0, kHeight - 12.0,
                sentence(m_plot.xLabel, m_language), Anchor::Middle, kInk);
    canvas.text(14.0, (kTop + kHeight - kBottom) / 2.0, sentence(m_plot.yLabel, m_language),
                Anchor::Middle, kInk, true);
}

using Points = std::vector<std::pair<double, double>>;

void drawBand(SvgCanvas &canvas, const Frame &frame, const Curve &curve, std::string_view colour)
{
    if (curve.low.size() != curve.x.size() || curve.high.size() != curve.x.size()) return;
    Points around;
    for (std::size_t i = 0; i < curve.x.size(); ++i)
        around.emplace_back(frame.x(curve.x[i]), frame.y(curve.high[i]));
    for (std::size_t i = curve.x.size(); i-- > 0;)
        around.emplace_back(frame.x(curve.x[i]), frame.y(curve.low[i]));
    canvas.polygon(around, colour, 0.15);
}

void drawLine(SvgCanvas &canvas, const Frame &frame, const Plot &plot, const Curve &curve,
              std::string_view colour)
{
    drawBand(canvas, frame, curve, colour);
    Points points;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        if (!std::isfinite(curve.y[i])) continue;
        if (plot.style == Plot::Style::Steps && !points.empty())
            points.emplace_back(frame.x(curve.x[i]), points.back().second);
        points.emplace_back(frame.x(curve.x[i]), frame.y(curve.y[i]));
    }
    canvas.polyline(points, colour, curve.isReference);
    constexpr std::size_t kFew = 20;
    if (points.size() > kFew || plot.style == Plot::Style::Steps) return;
    for (const auto &[x, y] : points) canvas.dot(x, y, 2.5, colour);
}

void drawBars(SvgCanvas &canvas, const Frame &frame, const Plot &plot, std::size_t series)
{
    const Curve &curve = plot.curves[series];
    const double width = 0.8 / static_cast<double>(plot.curves.size());
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
        if (!std::isfinite(curve.y[i])) continue;
        const double from = curve.x[i] - 0.4 + width * static_cast<double>(series);
        const double left = frame.x(from), right = frame.x(from + 0.92 * width);
        canvas.rectangle(left, frame.y(std::max(curve.y[i], 0.0)), right - left,
                         std::abs(frame.y(0.0) - frame.y(curve.y[i])), seriesColour(series));
        if (curve.low.size() == curve.x.size() && curve.high.size() == curve.x.size())
            canvas.line((left + right) / 2, frame.y(curve.low[i]), (left + right) / 2,
                        frame.y(curve.high[i]), kInk);
    }
}

std::string threeDigits(double value, Language language)
{
    return withDecimalSign(fmt::format("{:.3g}", value), language);
}

std::string cellText(double value, bool isShare, Language language)
{
    if (!std::isfinite(value)) return "–";
    return isShare ? fmt::format("{:.0f}", 100.0 * value) : threeDigits(value, language);
}

} // namespace

std::string toSvg(const Plot &plot, Language language)
{
    const double legend = kLegendLine * static_cast<double>(plot.curves.size());
    SvgCanvas canvas(kWidth, kHeight + (plot.curves.size() > 1 ? legend + 8.0 : 0.0));
    const Frame frame(plot, language);
    frame.draw(canvas);
    for (std::size_t i = 0; i < plot.curves.size(); ++i) {
        const Curve &curve = plot.curves[i];
        const std::string_view colour = curve.isReference ? kMuted : seriesColour(i);
        if (plot.style == Plot::Style::Bars)
            drawBars(canvas, frame, plot, i);
        else
            drawLine(canvas, frame, plot, curve, colour);
        if (plot.curves.size() < 2) continue;
        const double y = kHeight + 8.0 + kLegendLine * static_cast<double>(i);
        canvas.line(kLeft, y, kLeft + 22.0, y, colour, 3.0, curve.isReference);
        canvas.text(kLeft + 30.0, y + 4.0, sentence(curve.label, language));
    }
    return canvas.finished();
}

std::string toSvg(const Matrix &matrix, Language language)
{
    const auto rowNames = robustness::rowNames(matrix, language);
    const auto columnNames = robustness::columnNames(matrix, language);
    const std::size_t rows = rowNames.size(), columns = columnNames.size();
    std::size_t longest = 0;
    for (const std::string &name : rowNames) longest = std::max(longest, name.size());
    const double cell = columns > 12 ? 30.0 : 46.0, height = columns > 12 ? 22.0 : 26.0;
    const double left = 34.0 + 7.0 * static_cast<double>(longest), top = 46.0;
    SvgCanvas canvas(left + cell * static_cast<double>(columns) + 16.0,
                     top + height * static_cast<double>(rows) + 16.0);
    Range range;
    range.take(matrix.values);
    if (matrix.isShare) range.take({0.0, 1.0});
    range.settle();
    using Anchor = SvgCanvas::Anchor;
    canvas.text(left + cell * static_cast<double>(columns) / 2.0, 14.0,
                sentence(matrix.columnLabel, language), Anchor::Middle);
    for (std::size_t column = 0; column < columns; ++column)
        canvas.text(left + cell * (static_cast<double>(column) + 0.5), top - 8.0,
                    columnNames[column], Anchor::Middle, kMuted);
    for (std::size_t row = 0; row < rows; ++row) {
        const double y = top + height * static_cast<double>(row);
        canvas.text(left - 8.0, y + height / 2.0 + 4.0, rowNames[row], Anchor::End, kMuted);
        for (std::size_t column = 0; column < columns; ++column) {
            const double value = matrix.values[row * columns + column];
            const double share = (value - range.from) / (range.to - range.from);
            const double x = left + cell * static_cast<double>(column);
            canvas.rectangle(x, y, cell - 1.0, height - 1.0, heatColour(share));
            canvas.text(x + cell / 2.0, y + height / 2.0 + 4.0,
                        cellText(value, matrix.isShare, language), Anchor::Middle,
                        share > 0.55 ? "#ffffff" : kInk);
        }
    }
    canvas.text(14.0, top + height * static_cast<double>(rows) / 2.0,
                sentence(matrix.rowLabel, language), Anchor::Middle, kInk, true);
    return canvas.finished();
}

std::string toSvg(const Map &map, Language language)
{
    constexpr double kSide = 300.0;
    SvgCanvas canvas(kLeft + kSide + 170.0, kTop + kSide + kBottom);
    Range range;
    range.take(map.values);
    range.settle();
    const double width = kSide / static_cast<double>(std::max<std::int64_t>(map.width, 1));
    const double height = kSide / static_cast<double>(std::max<std::int64_t>(map.height, 1));
    std::vector<std::size_t> seen; // classes on the map, in the order in which they are met
    for (std::int64_t row = 0; row < map.height; ++row) {
        for (std::int64_t column = 0; column < map.width; ++column) {
            const double value = map.values[static_cast<std::size_t>(row * map.width + column)];
            std::string colour = heatColour((value - range.from) / (range.to - range.from));
            if (!map.classes.empty()) {
                const auto place = static_cast<std::size_t>(value);
                auto found = std::ranges::find(seen, place);
                if (found == seen.end()) found = seen.insert(seen.end(), place);
                colour = seriesColour(static_cast<std::size_t>(found - seen.begin()));
            }
            canvas.rectangle(kLeft + width * static_cast<double>(column),
                             kTop + kSide - height * static_cast<double>(row + 1), width + 0.5,
                             height + 0.5, colour);
        }
    }
    const auto x = [&](double value) {
        return kLeft + (value - map.xFrom) / (map.xTo - map.xFrom) * kSide;
    };
    const auto y = [&](double value) {
        return kTop + kSide - (value - map.yFrom) / (map.yTo - map.yFrom) * kSide;
    };
    Points path;
    for (std::size_t i = 0; i < map.pathX.size(); ++i)
        path.emplace_back(x(map.pathX[i]), y(map.pathY[i]));
    if (!path.empty()) {
        canvas.polyline(path, "#111318", false);
        canvas.dot(x(0.0), y(0.0), 4.0, "#111318");
        canvas.dot(path.back().first, path.back().second, 4.0, "#ffffff");
    }
    using Anchor = SvgCanvas::Anchor;
    canvas.text(kLeft + kSide / 2.0, kTop + kSide + 20.0, sentence(map.xLabel, language),
                Anchor::Middle);
    canvas.text(kLeft - 14.0, kTop + kSide / 2.0, sentence(map.yLabel, language), Anchor::Middle,
                kInk, true);
    const double legend = kLeft + kSide + 14.0;
    for (std::size_t i = 0; i < seen.size() && i < 12; ++i) {
        const double line = kTop + 12.0 + kLegendLine * static_cast<double>(i);
        canvas.rectangle(legend, line - 9.0, 12.0, 12.0, seriesColour(i));
        canvas.text(legend + 18.0, line + 1.0, map.classes[seen[i]]);
    }
    if (map.classes.empty()) {
        canvas.text(legend, kTop + 12.0, threeDigits(range.to, language), Anchor::Start, kMuted);
        for (int i = 0; i < 100; ++i)
            canvas.rectangle(legend, kTop + 20.0 + i, 14.0, 1.5, heatColour(1.0 - i / 100.0));
        canvas.text(legend, kTop + 136.0, threeDigits(range.from, language), Anchor::Start, kMuted);
    }
    return canvas.finished();
}

} // namespace ostrich::robustness
