// The numbers that a study comes down to, large, each with its name and its interval.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"

#include <QCoreApplication>
#include <QTextLayout>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kNarrowest = 210, kRow = 68, kInterval = 24; // of an interval below
constexpr int kLine = 20, kBetween = 24; // what stands between two figures in a row, with a rule

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

/// `text` in one line or two; of a third the middle of the second is left out.
QStringList inLines(const QString &text, int width)
{
    const QFont font = Theme::instance().font(FontRole::Text);
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(width);
    const int end = first.textLength();
    layout.endLayout();
    if (end >= text.size()) return {text};
    return {text.left(end).trimmed(),
            QFontMetrics(font).elidedText(text.mid(end), Qt::ElideMiddle, width)};
}

class FiguresDrawing : public Drawing {
public:
    explicit FiguresDrawing(std::vector<robustness::Figure> figures)
        : m_figures(std::move(figures)),
          m_row(std::ranges::any_of(m_figures,
                                    [](const auto &figure) { return figure.low.has_value(); })
                    ? kRow + kInterval
                    : kRow)
    {
    }

    std::string key() const override { return "figures"; }
    QString title() const override { return Texts::tr("In numbers"); }
    bool isWide() const override { return true; }
    int heightFor(int width) const override
    {
        const int columns = columnsIn(width), count = static_cast<int>(m_figures.size());
        return (count + columns - 1) / columns * rowIn(width);
    }

    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override
    {
        const int columns = columnsIn(size.width()), wide = size.width() / columns;
        const int high = rowIn(size.width());
        for (std::size_t i = 0; i < m_figures.size(); ++i) {
            const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
            const QRect box(column * wide, row * high, wide - kBetween, high);
            if (column > 0) {
                painter.setPen(QPen(ink.tokens.border, 1));
                painter.drawLine(QPointF(box.x() - 16.5, box.y() + 4),
                                 QPointF(box.x() - 16.5, box.bottom() - 12));
            }
            paintFigure(painter, box, high - m_row + kLine, m_figures[i], ink.tokens);
        }
    }

    QString csv() const override
    {
        QString text = csvLine({QStringLiteral("figure"), QStringLiteral("value"),
                                QStringLiteral("low"), QStringLiteral("high")});
        for (const robustness::Figure &figure : m_figures)
            text += csvLine({QString::fromStdString(figure.key), csvNumber(figure.value),
                             figure.low ? csvNumber(*figure.low) : QString(),
                             figure.high ? csvNumber(*figure.high) : QString()});
        return text;
    }

    QString tipAt(const QPoint &at, const QSize &size) override
    {
        const int columns = columnsIn(size.width());
        const int index =
            at.y() / rowIn(size.width()) * columns + at.x() / std::max(1, size.width() / columns);
        if (index < 0 || index >= static_cast<int>(m_figures.size())) return {};
        const robustness::Figure &figure = m_figures[static_cast<std::size_t>(index)];
        const QString interval = intervalText(figure);
        const QString name = sentence(figure.label);
        return interval.isEmpty() ? name
                                  : Texts::tr("%1: the true value lies in %2, with 95 % confidence")
                                        .arg(name, interval);
    }

private:
    int columnsIn(int width) const
    {
        return std::clamp(
            width / kNarrowest, 1,
            std::max(1, static_cast<int>(std::min<std::size_t>(m_figures.size(), 5))));
    }

    /// The height of a row; in all of them a name takes as many lines as the longest one needs.
    int rowIn(int width) const
    {
        const int wide = width / columnsIn(width) - kBetween;
        const bool two = std::ranges::any_of(m_figures, [wide](const robustness::Figure &figure) {
            return inLines(sentence(figure.label), wide).size() > 1;
        });
        return two ? m_row + kLine : m_row;
    }

    /// The last line of a name ends `below` the top of `box`.
    static void paintFigure(QCPPainter &painter, const QRect &box, int below,
                            const robustness::Figure &figure, const Tokens &t)
    {
        const Theme &theme = Theme::instance();
        painter.setFont(theme.font(FontRole::Text));
        painter.setPen(t.muted);
        const QStringList lines = inLines(sentence(figure.label), box.width());
        int y = box.y() + below - static_cast<int>(lines.size()) * kLine;
        for (const QString &line : lines) {
            painter.drawText(QRect(box.x(), y, box.width(), kLine), Qt::AlignVCenter, line);
            y += kLine;
        }
        painter.drawText(QRect(box.x(), y + 40, box.width(), kLine), Qt::AlignVCenter,
                         intervalText(figure));
        painter.setFont(theme.font(FontRole::BigNumber));
        painter.setPen(t.text);
        painter.drawText(QRect(box.x(), y, box.width() + kBetween, 40), Qt::AlignVCenter,
                         valueText(figure));
    }

    std::vector<robustness::Figure> m_figures;
    int m_row; // height, where a name takes one line
};

} // namespace

DrawingPtr drawingOf(const std::vector<robustness::Figure> &figures)
{
    return std::make_unique<FiguresDrawing>(figures);
}

} // namespace ostrich::ui
