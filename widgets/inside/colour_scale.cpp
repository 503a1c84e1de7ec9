// Painting the scale.
#include "inside/colour_scale.hpp"

#include "theme/theme.hpp"

#include <QPainter>

namespace ostrich::ui {

namespace {

constexpr int kGap = 8, kHeight = 10;

} // namespace

ColourScale::ColourScale(bool isSigned, int barWidth, QWidget *parent)
    : QWidget(parent),
      m_signed(isSigned),
      m_bar(barWidth),
      m_low(QStringLiteral("0")),
      m_high(QStringLiteral("1"))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ColourScale::setEnds(const QString &low, const QString &high)
{
    if (low == m_low && high == m_high) return;
    m_low = low;
    m_high = high;
    updateGeometry();
    update();
}

QSize ColourScale::sizeHint() const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    return QSize(m_bar + 2 * kGap + metrics.horizontalAdvance(m_low)
                     + metrics.horizontalAdvance(m_high) + 2,
                 20);
}

void ColourScale::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    QPainter painter(this);
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(theme.tokens().muted);
    const int left = QFontMetrics(painter.font()).horizontalAdvance(m_low) + kGap;
    painter.drawText(QRect(0, 0, left, height()), Qt::AlignVCenter, m_low);
    painter.drawText(QRect(left + m_bar + kGap, 0, width(), height()), Qt::AlignVCenter, m_high);
    const int top = (height() - kHeight) / 2;
    for (int x = 0; x < m_bar; ++x) {
        const float share = static_cast<float>(x) / static_cast<float>(m_bar - 1);
        const QRgb colour = m_signed ? theme.signedColour(2 * share - 1) : theme.unitColour(share);
        painter.fillRect(QRect(left + x, top, 1, kHeight), QColor(colour));
    }
}

} // namespace ostrich::ui
