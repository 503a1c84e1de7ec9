// Painting and moving the epsilon slider.
#include "fool/epsilon_slider.hpp"

#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kMargin = 12.0;
constexpr double kLine = 28.0;

} // namespace

EpsilonSlider::EpsilonSlider(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(64);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Epsilon: the largest change of a pixel"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void EpsilonSlider::setScale(double largest, double step, int labelEvery, double snap,
                             std::function<QString(double)> label)
{
    m_largest = largest;
    m_step = step;
    m_labelEvery = labelEvery;
    m_snap = snap;
    m_label = std::move(label);
    update();
}

void EpsilonSlider::setValue(double value)
{
    m_value = std::clamp(value, 0.0, m_largest);
    update();
}

void EpsilonSlider::setFlip(std::optional<double> epsilon, const QString &label)
{
    m_flip = epsilon;
    m_flipLabel = label;
    update();
}

double EpsilonSlider::xOf(double value) const
{
    return kMargin + (width() - 2.0 * kMargin) * value / m_largest;
}

void EpsilonSlider::moveTo(double value)
{
    const double snapped = std::clamp(std::round(value / m_snap) * m_snap, 0.0, m_largest);
    if (snapped == m_value) return;
    m_value = snapped;
    update();
    emit valueChanged(m_value);
}

void EpsilonSlider::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    const QFontMetrics metrics(painter.font());
    const QColor colour = isEnabled() ? t.accent : t.strong;
    painter.setPen(QPen(t.track, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(xOf(0), kLine), QPointF(xOf(m_largest), kLine));
    painter.setPen(QPen(colour, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(xOf(0), kLine), QPointF(xOf(m_value), kLine));
    const int ticks = static_cast<int>(std::lround(m_largest / m_step));
    for (int i = 0; i <= ticks; ++i) {
        const double x = xOf(i * m_step);
        const bool labelled = i % m_labelEvery == 0;
        painter.setPen(QPen(t.strong, 1));
        painter.drawLine(QPointF(x, kLine + 8), QPointF(x, kLine + (labelled ? 14 : 11)));
        if (!labelled || !m_label) continue;
        const QString text = m_label(i * m_step);
        const double half = metrics.horizontalAdvance(text) / 2.0;
        const double left = std::clamp(x - half, 0.0, width() - 2.0 * half);
        painter.setPen(t.muted);
        painter.drawText(QPointF(left, kLine + 31), text);
    }
    if (m_flip) {
        const double x = xOf(*m_flip);
        painter.setPen(QPen(t.attack, 2));
        painter.setBrush(t.panel);
        painter.drawEllipse(QPointF(x, kLine), 4, 4);
        painter.setPen(t.attackText);
        const double half = metrics.horizontalAdvance(m_flipLabel) / 2.0;
        painter.drawText(QPointF(std::clamp(x - half, 0.0, width() - 2.0 * half), kLine - 13),
                         m_flipLabel);
    }
    painter.setPen(QPen(colour, 2.5));
    painter.setBrush(t.panel);
    painter.drawEllipse(QPointF(xOf(m_value), kLine), 10, 10);
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(xOf(m_value), kLine), 13, 13);
    }
}

void EpsilonSlider::mousePressEvent(QMouseEvent *event)
{
    moveTo((event->position().x() - kMargin) / (width() - 2.0 * kMargin) * m_largest);
}

void EpsilonSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo((event->position().x() - kMargin) / (width() - 2.0 * kMargin) * m_largest);
}

void EpsilonSlider::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        moveTo(m_value - m_step);
        break;
    case Qt::Key_Right:
    case Qt::Key_Up:
        moveTo(m_value + m_step);
        break;
    case Qt::Key_Home:
        moveTo(0.0);
        break;
    case Qt::Key_End:
        moveTo(m_largest);
        break;
    case Qt::Key_PageUp:
        moveTo(m_value + m_step * m_labelEvery);
        break;
    case Qt::Key_PageDown:
        moveTo(m_value - m_step * m_labelEvery);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void EpsilonSlider::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() == 0) { // turned sideways
        event->ignore();
        return;
    }
    moveTo(m_value + (event->angleDelta().y() > 0 ? m_step : -m_step));
}

} // namespace ostrich::ui
