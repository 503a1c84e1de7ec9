// Placing and painting.
#include "inside/curve_legend.hpp"

#include "theme/theme.hpp"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kLine = 20; // pixels of line before a name
constexpr int kGap = 6;   // between both
constexpr int kApart = 16;
constexpr int kRow = 20;

} // namespace

CurveLegend::CurveLegend(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("The curves"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CurveLegend::show(std::vector<Entry> entries)
{
    if (entries == m_entries) return;
    m_entries = std::move(entries);
    QStringList told;
    for (const Entry &entry : m_entries) told << entry.text;
    setAccessibleDescription(told.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

int CurveLegend::widthOf(const Entry &entry) const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    return kLine + kGap + metrics.horizontalAdvance(entry.text) + 1;
}

std::vector<QRect> CurveLegend::placed(int width) const
{
    std::vector<QRect> all;
    std::size_t first = 0; // of the row at hand
    int x = 0, y = 0;
    const auto endRow = [&] { // to the right
        const int free = std::max(0, width - (x - kApart));
        for (std::size_t i = first; i < all.size(); ++i) all[i].translate(free, 0);
        first = all.size();
        x = 0;
        y += kRow;
    };
    for (const Entry &entry : m_entries) {
        const int wide = std::min(widthOf(entry), std::max(width, kLine));
        if (x > 0 && x + wide > width) endRow();
        all.emplace_back(x, y, wide, kRow);
        x += wide + kApart;
    }
    endRow();
    return all;
}

QRect CurveLegend::rectOf(int entry) const
{
    return placed(width())[static_cast<std::size_t>(entry)];
}

QSize CurveLegend::sizeHint() const
{
    int wide = -kApart;
    for (const Entry &entry : m_entries) wide += widthOf(entry) + kApart;
    return QSize(std::max(0, wide), kRow);
}

QSize CurveLegend::minimumSizeHint() const
{
    return QSize(kLine * 4, kRow);
}

int CurveLegend::heightForWidth(int width) const
{
    const auto all = placed(width);
    return all.empty() ? kRow : all.back().bottom() + 1;
}

void CurveLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::instance();
    painter.setFont(theme.font(FontRole::Text));
    const QFontMetrics metrics(painter.font());
    const auto all = placed(width());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QRect &box = all[i];
        const double y = box.center().y() + 0.5;
        painter.setPen(m_entries[i].pen);
        painter.drawLine(QPointF(box.left() + 1, y), QPointF(box.left() + kLine - 1, y));
        painter.setPen(theme.tokens().text);
        const QRect text = box.adjusted(kLine + kGap, 0, 0, 0);
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_entries[i].text, Qt::ElideRight, text.width()));
    }
}

bool CurveLegend::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto all = placed(width());
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].contains(help->pos())) {
            QToolTip::showText(help->globalPos(), m_entries[i].tip, this, all[i]);
            return true;
        }
    QToolTip::hideText();
    return true;
}

} // namespace ostrich::ui
