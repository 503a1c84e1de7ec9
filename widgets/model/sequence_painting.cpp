// Laying out chips and lines in a few pixels.
#include "model/sequence_painting.hpp"

#include "theme/theme.hpp"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kChipGap = 3.0;
constexpr double kChipPadding = 4.0;
constexpr std::size_t kMostLines = 3;
constexpr std::size_t kMostChips = 200; // more than any box has room for
const QString kLeftOut = QStringLiteral("…");

struct Chip {
    StepWord word;
    QRectF box;
};

/// `words` without those that are neither marked nor among the first `kept`.
std::vector<StepWord> shortened(const std::vector<StepWord> &words, std::size_t kept)
{
    std::vector<StepWord> rest;
    bool open = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i >= kept && !words[i].marked) {
            open = true;
            continue;
        }
        if (std::exchange(open, false)) rest.push_back({kLeftOut});
        rest.push_back(words[i]);
    }
    if (open) rest.push_back({kLeftOut});
    return rest;
}

/// Row by row; nothing when they need more height than there is.
std::vector<Chip> laidOut(const std::vector<StepWord> &words, const QRectF &box, double rowHeight,
                          const QFontMetricsF &metrics)
{
    std::vector<Chip> chips;
    double x = box.left(), y = box.top();
    const double gap = rowHeight > 18.0 ? kChipGap : 1.0;
    for (const StepWord &word : words) {
        const double padding = word.text == kLeftOut ? 0.0 : kChipPadding;
        const double wide = std::max(metrics.horizontalAdvance(word.text) + 2 * padding,
                                     padding > 0.0 ? rowHeight * 0.9 : 0.0);
        const double width = std::min(wide, box.width());
        if (x > box.left() && x + width > box.right() + 0.5) {
            x = box.left();
            y += rowHeight + gap;
        }
        if (y + rowHeight > box.bottom() + 0.5) return {};
        chips.push_back({word, QRectF(x, y, width, rowHeight)});
        x += width + kChipGap;
    }
    return chips;
}

std::vector<Chip> fittingChips(const std::vector<StepWord> &words, const QRectF &box,
                               double rowHeight, const QFontMetricsF &metrics)
{
    std::size_t kept = std::min(words.size(), kMostChips);
    if (words.size() <= kMostChips)
        if (auto all = laidOut(words, box, rowHeight, metrics); !all.empty()) return all;
    for (; kept > 0; --kept)
        if (auto chips = laidOut(shortened(words, kept - 1), box, rowHeight, metrics);
            !chips.empty())
            return chips;
    return {};
}

void paintLines(QPainter &painter, const QRectF &box, const Array &sequence,
                std::span<const float> ahead)
{
    const Tokens &t = Theme::instance().tokens();
    const QColor colours[kMostLines] = {t.training, t.validation, t.attack};
    const auto steps = static_cast<std::size_t>(sequence.dim(0));
    const auto features = static_cast<std::size_t>(sequence.dim(1));
    const std::size_t lines = std::min(features, kMostLines);
    float low = 0.0f, high = 0.0f;
    bool begun = false;
    const auto take = [&](float value) {
        if (!std::isfinite(value)) return;
        low = begun ? std::min(low, value) : value;
        high = begun ? std::max(high, value) : value;
        begun = true;
    };
    for (std::size_t step = 0; step < steps; ++step)
        for (std::size_t line = 0; line < lines; ++line)
            take(sequence.values[step * features + line]);
    for (const float value : ahead) take(value);
    const double height = high > low ? static_cast<double>(high - low) : 1.0;
    const double last = static_cast<double>(std::max<std::size_t>(steps + ahead.size(), 2) - 1);
    const auto place = [&](std::size_t step, float value) {
        const double share =
            high > low && std::isfinite(value) ? static_cast<double>(value - low) / height : 0.5;
        return QPointF(box.left() + box.width() * static_cast<double>(step) / last,
                       box.bottom() - box.height() * share);
    };
    for (std::size_t line = lines; line-- > 0;) {
        QPolygonF points;
        for (std::size_t step = 0; step < steps; ++step)
            points << place(step, sequence.values[step * features + line]);
        painter.setPen(QPen(colours[line], 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(points);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.test);
    const double radius = ahead.size() > 6 ? 1.3 : 2.0;
    for (std::size_t i = 0; i < ahead.size(); ++i)
        painter.drawEllipse(place(steps + i, ahead[i]), radius, radius);
}

/// A row a feature, time to the right.
void paintCells(QPainter &painter, const QRectF &box, const Array &sequence)
{
    const auto steps = static_cast<int>(sequence.dim(0)), rows = static_cast<int>(sequence.dim(1));
    QImage cells(steps, rows, QImage::Format_RGB32);
    for (int step = 0; step < steps; ++step)
        for (int row = 0; row < rows; ++row)
            cells.setPixel(step, row,
                           Theme::instance().unitColour(
                               sequence.values[static_cast<std::size_t>(step * rows + row)]));
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(box, cells);
    painter.restore();
}

} // namespace

void paintSequence(QPainter &painter, const QRectF &box, const Array &sequence,
                   std::span<const float> ahead)
{
    if (sequence.shape.size() != 2 || sequence.empty()) return;
    const bool bits = sequence.dim(1) > 1 && std::ranges::all_of(sequence.values, [](float value) {
                          return value == 0.0f || value == 1.0f;
                      });
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (bits)
        paintCells(painter, box, sequence);
    else
        paintLines(painter, box.adjusted(2, 3, -3, -3), sequence, ahead);
    painter.restore();
}

void paintChips(QPainter &painter, const QRectF &box, const std::vector<StepWord> &words,
                double rowHeight)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    const QFontMetricsF metrics(painter.font());
    for (const Chip &chip : fittingChips(words, box, rowHeight, metrics)) {
        if (chip.word.text != kLeftOut) {
            painter.setPen(chip.word.marked ? QPen(t.accent, 1.0) : QPen(Qt::NoPen));
            painter.setBrush(chip.word.marked ? t.selection : t.hover);
            painter.drawRoundedRect(chip.box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        }
        painter.setPen(chip.word.marked ? t.accent : t.text);
        const double room = chip.box.width() + 1.0;
        painter.drawText(chip.box.adjusted(-4, -4, 4, 4), Qt::AlignCenter,
                         metrics.elidedText(chip.word.text, Qt::ElideRight, room));
    }
    painter.restore();
}

void paintText(QPainter &painter, const QRectF &box, const QString &text)
{
    painter.save();
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    double y = box.top();
    while (true) {
        QTextLine row = layout.createLine();
        if (!row.isValid()) break;
        row.setLineWidth(box.width());
        const bool lastRow = y + 2 * line > box.bottom() + 1.0;
        const QString rest = text.mid(row.textStart());
        painter.drawText(QPointF(box.left(), y + metrics.ascent()),
                         lastRow ? metrics.elidedText(rest, Qt::ElideRight, box.width())
                                 : text.mid(row.textStart(), row.textLength()));
        y += line;
        if (lastRow) break;
    }
    layout.endLayout();
    painter.restore();
}

} // namespace ostrich::ui
