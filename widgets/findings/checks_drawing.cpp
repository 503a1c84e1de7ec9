// A checklist: a sign, the question, what was seen; what a fail means stands below it or in its
// tip. The signs differ in shape, not in colour alone.
#include "findings/drawing.hpp"
#include "findings/figure_text.hpp"

#include <QCoreApplication>
#include <QTextLayout>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

using robustness::Check;

constexpr int kSign = 30, kRow = 27, kLine = 19; // the least height of a row; a line of text

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

void paintSign(QCPPainter &painter, const QPointF &middle, Check::Verdict verdict, const Tokens &t)
{
    const QColor colour = verdict == Check::Verdict::Pass   ? t.ok
                          : verdict == Check::Verdict::Fail ? t.error
                                                            : t.warn;
    painter.save();
    painter.translate(middle);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (verdict) {
    case Check::Verdict::Pass:
        painter.drawEllipse(QPointF(0, 0), 7, 7);
        painter.drawPolyline(QPolygonF{{-3.2, 0.3}, {-0.9, 2.6}, {3.4, -1.9}});
        break;
    case Check::Verdict::Fail:
        painter.drawEllipse(QPointF(0, 0), 7, 7);
        painter.drawLine(QPointF(-2.6, -2.6), QPointF(2.6, 2.6));
        painter.drawLine(QPointF(-2.6, 2.6), QPointF(2.6, -2.6));
        break;
    case Check::Verdict::Unknown:
        painter.drawPolygon(QPolygonF{{0, -6.5}, {7.6, 6.2}, {-7.6, 6.2}});
        painter.drawLine(QPointF(0, -1.8), QPointF(0, 2));
        painter.drawPoint(QPointF(0, 4));
        break;
    }
    painter.restore();
}

QString verdictText(Check::Verdict verdict)
{
    switch (verdict) {
    case Check::Verdict::Pass:
        return Texts::tr("Passed:");
    case Check::Verdict::Fail:
        return Texts::tr("Failed:");
    case Check::Verdict::Unknown:
        break;
    }
    return Texts::tr("Not answered:");
}

/// The question, what was seen, and what a fail means.
QString told(const Check &check, QChar between)
{
    QStringList parts{sentence(check.question)};
    if (!check.evidence.empty()) parts << sentence(check.evidence);
    if (!check.meaning.empty()) parts << sentence(check.meaning);
    return parts.join(between);
}

class ChecksDrawing : public Drawing {
public:
    ChecksDrawing(std::vector<Check> checks, bool full) : m_checks(std::move(checks)), m_full(full)
    {
    }

    std::string key() const override { return "checks"; }
    QString title() const override { return Texts::tr("Checklist"); }
    bool isWide() const override { return true; }
    int heightFor(int width) const override
    {
        int height = 0;
        for (const Check &check : m_checks) height += rowHeight(check, width);
        return height;
    }
    void paint(QCPPainter &painter, const QSize &size, const Ink &ink) override
    {
        int y = 0;
        for (const Check &check : m_checks) {
            const int high = rowHeight(check, size.width());
            paintSign(painter, QPointF(9, y + kRow / 2.0), check.verdict, ink.tokens);
            auto layout = laidOut(check, size.width(), ink.tokens);
            painter.setPen(ink.tokens.text);
            layout->draw(&painter, QPointF(kSign, y + (kRow - kLine) / 2.0));
            y += high;
        }
    }
    QString csv() const override
    {
        QString text =
            csvLine({QStringLiteral("check"), QStringLiteral("verdict"), QStringLiteral("evidence"),
                     QStringLiteral("question"), QStringLiteral("meaning")});
        for (const Check &check : m_checks)
            text += csvLine({QString::fromStdString(check.key),
                             QString::fromUtf8(robustness::name(check.verdict).data()),
                             sentence(check.evidence), sentence(check.question),
                             sentence(check.meaning)});
        return text;
    }
    QString spoken() const override
    {
        QStringList lines;
        for (const Check &check : m_checks)
            lines << verdictText(check.verdict) + QLatin1Char(' ') + told(check, QLatin1Char(' '));
        return lines.join(QLatin1Char('\n'));
    }
    QString tipAt(const QPoint &at, const QSize &size) override
    {
        int y = 0;
        for (const Check &check : m_checks) {
            y += rowHeight(check, size.width());
            if (at.y() >= y) continue;
            return told(check, QLatin1Char('\n'));
        }
        return {};
    }

private:
    /// Question, evidence in grey, and the meaning in a line of its own.
    std::unique_ptr<QTextLayout> laidOut(const Check &check, int width, const Tokens &t) const
    {
        const QString question = sentence(check.question), evidence = sentence(check.evidence);
        QString text = question;
        if (!evidence.isEmpty()) text += QStringLiteral("  ") + evidence;
        const auto told = static_cast<int>(text.size());
        if (m_full && !check.meaning.empty())
            text += QChar(QChar::LineSeparator) + sentence(check.meaning);
        if (!m_full) // one line each: the rest is in the tip
            text = QFontMetrics(Theme::instance().font(FontRole::Text))
                       .elidedText(text, Qt::ElideRight, std::max(60, width - kSign));
        const auto asked = static_cast<int>(std::min(question.size(), text.size()));
        auto layout = std::make_unique<QTextLayout>(text, Theme::instance().font(FontRole::Text));
        QTextLayout::FormatRange grey, strong;
        grey.start = asked;
        grey.length = std::max(0, std::min(told, static_cast<int>(text.size())) - asked);
        grey.format.setForeground(t.muted);
        strong.start = told;
        strong.length = std::max(0, static_cast<int>(text.size()) - told);
        strong.format.setForeground(check.verdict == Check::Verdict::Fail ? t.error : t.muted);
        layout->setFormats({grey, strong});
        layout->beginLayout();
        qreal y = 0;
        for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
            line.setLineWidth(std::max(60, width - kSign));
            line.setPosition(QPointF(0, y));
            y += kLine;
        }
        layout->endLayout();
        return layout;
    }
    int rowHeight(const Check &check, int width) const
    {
        return kRow
               + (std::max(1, laidOut(check, width, paperInk().tokens)->lineCount()) - 1) * kLine;
    }

    std::vector<Check> m_checks;
    bool m_full;
};

} // namespace

DrawingPtr drawingOf(const std::vector<Check> &checks, bool full)
{
    return std::make_unique<ChecksDrawing>(checks, full);
}

} // namespace ostrich::ui
