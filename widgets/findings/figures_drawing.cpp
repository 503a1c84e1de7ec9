// The numbers that a study comes down to, large, each with its name and its interval.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"

#include <QCoreApplication>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kNarrowest = 210, kRow = 68, kInterval = 24; // of an interval below

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

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
        return (count + columns - 1) / columns * m_row;
    }

    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override
    {
        const int columns = columnsIn(size.width()), wide = size.width() / columns;
        for (std::size_t i = 0; i < m_figures.size(); ++i) {
            const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
            const QRect box(column * wide, row * m_row, wide - 16, m_row);
            if (column > 0) {
                painter.setPen(QPen(ink.tokens.border, 1));
                painter.drawLine(QPointF(box.x() - 16.5, box.y() + 4),
                                 QPointF(box.x() - 16.5, box.bottom() - 12));
            }
            paintFigure(painter, box, m_figures[i], ink.tokens);
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
        const int index = at.y() / m_row * columns + at.x() / std::max(1, size.width() / columns);
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

    static void paintFigure(QCPPainter &painter, const QRect &box, const robustness::Figure &figure,
                            const Tokens &t)
    {
        const Theme &theme = Theme::instance();
        painter.setFont(theme.font(FontRole::Text));
        painter.setPen(t.muted);
        const QFontMetrics metrics(painter.font());
        painter.drawText(QRect(box.x(), box.y(), box.width(), 20), Qt::AlignVCenter,
                         metrics.elidedText(sentence(figure.label), Qt::ElideRight, box.width()));
        painter.drawText(QRect(box.x(), box.y() + 60, box.width(), 20), Qt::AlignVCenter,
                         intervalText(figure));
        painter.setFont(theme.font(FontRole::BigNumber));
        painter.setPen(t.text);
        painter.drawText(QRect(box.x(), box.y() + 20, box.width() + 16, 40), Qt::AlignVCenter,
                         valueText(figure.value, figure.isShare));
    }

    std::vector<robustness::Figure> m_figures;
    int m_row; // height
};

} // namespace

DrawingPtr drawingOf(const std::vector<robustness::Figure> &figures)
{
    return std::make_unique<FiguresDrawing>(figures);
}

} // namespace ostrich::ui
