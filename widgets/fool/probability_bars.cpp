// Painting the probabilities beside the triptych.
#include "fool/probability_bars.hpp"

#include "theme/theme.hpp"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kShown = 5;
constexpr int kTop = 36;
constexpr int kPitch = 35;

} // namespace

ProbabilityBars::ProbabilityBars(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(title)
{
    setAccessibleName(title);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ProbabilityBars::sizeHint() const
{
    return QSize(136, kTop + kPitch * (kShown + 1));
}

void ProbabilityBars::show(std::vector<Row> rows, bool wrong)
{
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row &a, const Row &b) { return a.probability > b.probability; });
    if (rows.size() > kShown + 1) {
        double rest = 0.0;
        for (std::size_t i = kShown; i < rows.size(); ++i) rest += rows[i].probability;
        const int others = static_cast<int>(rows.size()) - kShown;
        rows.resize(kShown);
        rows.push_back({tr("%n others", nullptr, others), rest});
    }
    m_rows = std::move(rows);
    m_wrong = wrong;
    update();
}

void ProbabilityBars::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(t.muted);
    painter.drawText(QRect(0, 0, width(), 18), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const bool winner = i == 0;
        const int y = kTop + static_cast<int>(i) * kPitch - 8;
        painter.setFont(theme.font(winner ? FontRole::TextBold : FontRole::Text));
        const QFontMetrics metrics(painter.font());
        const QString figure =
            row.probability >= 0.1
                ? percent(std::round(row.probability * 100.0) / 100.0).remove(QStringLiteral(".0"))
                : percent(row.probability);
        const int figureWidth = metrics.horizontalAdvance(figure);
        painter.setPen(t.text);
        painter.drawText(QRect(0, y, width() - figureWidth - 6, 18),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(row.name, Qt::ElideRight, width() - figureWidth - 6));
        painter.setPen(winner ? t.text : t.muted);
        painter.drawText(QRect(0, y, width(), 18), Qt::AlignRight | Qt::AlignVCenter, figure);
        const QRectF trough(0, y + 18, width(), 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.track);
        painter.drawRoundedRect(trough, 2, 2);
        painter.setBrush(winner ? (m_wrong ? t.attack : t.text) : t.strong);
        painter.drawRoundedRect(
            QRectF(0, trough.y(), std::max(1.0, trough.width() * row.probability), 8), 2, 2);
    }
}

} // namespace ostrich::ui
