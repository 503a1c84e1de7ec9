// A matrix as a heat map, with its numbers in the cells as long as they can be read there.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"
#include "robustness/report.hpp"
#include "robustness/shown.hpp"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

using robustness::Matrix;

constexpr int kCaption = 22, kWidestName = 150, kCellHeight = 34, kSmallest = 4, kWidestCell = 96;

class MatrixDrawing : public Drawing {
public:
    explicit MatrixDrawing(Matrix matrix)
        : m_matrix(std::move(matrix)),
          m_rowNames(robustness::rowNames(m_matrix, language())),
          m_columnNames(robustness::columnNames(m_matrix, language())),
          m_rows(count(m_matrix.rows.size(), m_matrix.columns.size())),
          m_columns(m_rows > 0 ? static_cast<int>(m_matrix.values.size()) / m_rows : 0)
    {
        for (const double value : m_matrix.values) {
            if (!std::isfinite(value)) continue;
            m_least = std::min(m_least, value);
            m_most = std::max(m_most, std::abs(value));
        }
        if (m_matrix.isShare && m_least >= 0.0) m_most = 1.0;
    }

    std::string key() const override { return m_matrix.key; }
    QString title() const override { return sentence(m_matrix.title); }
    bool isWide() const override { return m_columns > 8; }
    int heightFor(int width) const override
    {
        const Layout at = layoutIn(width);
        return kCaption + at.below + m_rows * at.cell.height() + kCaption;
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override;
    QString csv() const override { return QString::fromStdString(robustness::toCsv(m_matrix)); }
    QString tipAt(const QPoint &at, const QSize &size) override;

private:
    struct Layout {
        int left = 0, below = 0; // names of the rows; of the columns, above the cells
        bool slanted = false;
        QSize cell;
    };

    /// Rows that have no names: a square, or as the columns' names tell.
    int count(std::size_t rows, std::size_t columns) const
    {
        if (rows > 0) return static_cast<int>(rows);
        const auto all = static_cast<double>(m_matrix.values.size());
        return static_cast<int>(columns > 0 ? all / static_cast<double>(columns)
                                            : std::round(std::sqrt(all)));
    }

    Layout layoutIn(int width) const
    {
        const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
        Layout at;
        for (const std::string &name : m_rowNames)
            at.left = std::max(at.left, metrics.horizontalAdvance(QString::fromStdString(name)));
        at.left = at.left > 0 ? std::min(at.left, kWidestName) + 8 : 0;
        const int wide =
            std::clamp((width - at.left) / std::max(1, m_columns), kSmallest, kWidestCell);
        at.cell = QSize(wide, m_rows > 24 ? std::clamp(wide, kSmallest, 16) : kCellHeight);
        int widest = 0;
        for (const std::string &name : m_columnNames)
            widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(name)));
        at.slanted = widest > wide - 6;
        const bool areNamed = !m_columnNames.empty() && wide >= metrics.height();
        at.below = !areNamed ? 0 : at.slanted ? std::min(widest, kWidestName) + 8 : kCaption;
        return at;
    }

    QColor colour(double value, const Ink &ink) const
    {
        if (!std::isfinite(value) || m_most <= 0.0) return ink.tokens.window;
        return m_least < 0.0 ? ink.signedUnit(value / m_most) : ink.unit(value / m_most);
    }

    void paintNames(QCPPainter &painter, const Layout &at, const Ink &ink) const;
    double valueAt(int row, int column) const
    {
        return m_matrix.values[static_cast<std::size_t>(row * m_columns + column)];
    }
    QString cellText(double value) const
    {
        if (!std::isfinite(value)) return {};
        return m_matrix.isShare ? probabilityText(value) : figure(value);
    }

    Matrix m_matrix;
    std::vector<std::string> m_rowNames, m_columnNames; // as they are read
    int m_rows, m_columns;
    double m_least = 0.0, m_most = 0.0;
};

void MatrixDrawing::paintNames(QCPPainter &painter, const Layout &at, const Ink &ink) const
{
    painter.setFont(Theme::instance().font(FontRole::Text));
    const QFontMetrics metrics(painter.font());
    painter.setPen(ink.tokens.text);
    const int top = kCaption + at.below;
    if (at.cell.height() >= metrics.height())
        for (int r = 0; r < static_cast<int>(m_rowNames.size()); ++r)
            painter.drawText(
                QRect(0, top + r * at.cell.height(), at.left - 8, at.cell.height()),
                Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(QString::fromStdString(m_rowNames[static_cast<std::size_t>(r)]),
                                   Qt::ElideRight, at.left - 8));
    if (at.below == 0) return;
    for (int c = 0; c < static_cast<int>(m_columnNames.size()); ++c) {
        const QString name = QString::fromStdString(m_columnNames[static_cast<std::size_t>(c)]);
        const int x = at.left + c * at.cell.width();
        if (!at.slanted) {
            painter.drawText(QRect(x, kCaption, at.cell.width(), kCaption), Qt::AlignCenter, name);
            continue;
        }
        painter.save();
        painter.translate(x + at.cell.width() / 2 + metrics.height() / 3, top - 6);
        painter.rotate(-90);
        painter.drawText(QPointF(0, 0), metrics.elidedText(name, Qt::ElideRight, at.below - 8));
        painter.restore();
    }
}

void MatrixDrawing::paint(QCPPainter &painter, const QSize &size, const Ink &ink)
{
    const Layout at = layoutIn(size.width());
    const int top = kCaption + at.below;
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    painter.setFont(Theme::instance().font(FontRole::Text));
    painter.setPen(ink.tokens.muted);
    painter.drawText(QRect(at.left, 0, size.width() - at.left, kCaption),
                     Qt::AlignLeft | Qt::AlignVCenter, sentence(m_matrix.columnLabel));
    painter.drawText(QRect(0, top + m_rows * at.cell.height(), size.width(), kCaption),
                     Qt::AlignLeft | Qt::AlignVCenter, sentence(m_matrix.rowLabel));
    paintNames(painter, at, ink);
    const int gap = at.cell.width() > 10 ? 2 : 0;
    for (int r = 0; r < m_rows; ++r)
        for (int c = 0; c < m_columns; ++c) {
            const QRect cell(at.left + c * at.cell.width(), top + r * at.cell.height(),
                             at.cell.width() - gap, at.cell.height() - gap);
            const double value = valueAt(r, c);
            const QColor ground = colour(value, ink);
            painter.setPen(Qt::NoPen);
            painter.setBrush(ground);
            painter.drawRect(cell);
            const QString text = cellText(value);
            if (metrics.horizontalAdvance(text) > cell.width() - 4
                || metrics.height() > cell.height())
                continue;
            painter.setPen(readableOn(ground));
            painter.drawText(cell, Qt::AlignCenter, text);
        }
}

QString MatrixDrawing::tipAt(const QPoint &at, const QSize &size)
{
    const Layout layout = layoutIn(size.width());
    const int top = kCaption + layout.below;
    if (at.x() < layout.left || at.y() < top) return {};
    const int c = (at.x() - layout.left) / layout.cell.width(),
              r = (at.y() - top) / layout.cell.height();
    if (r >= m_rows || c >= m_columns) return {};
    const auto name = [](const std::vector<std::string> &names, int i) {
        return static_cast<std::size_t>(i) < names.size()
                   ? QString::fromStdString(names[static_cast<std::size_t>(i)])
                   : QString::number(i);
    };
    return QStringLiteral("%1 → %2: %3")
        .arg(name(m_rowNames, r), name(m_columnNames, c),
             valueText(valueAt(r, c), m_matrix.isShare));
}

} // namespace

DrawingPtr drawingOf(const Matrix &matrix)
{
    return std::make_unique<MatrixDrawing>(matrix);
}

} // namespace ostrich::ui
