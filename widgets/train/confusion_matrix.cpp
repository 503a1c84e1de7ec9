// Painting and choosing cells of the confusion matrix.
#include "train/confusion_matrix.hpp"

#include "theme/theme.hpp"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kLargestCell = 25.0;
constexpr double kTitle = 16.0;  // room for "true" at the left
constexpr int kMostNumbers = 20; // above so many classes cells carry colour alone

} // namespace

ConfusionMatrix::ConfusionMatrix(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Confusion matrix"));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ConfusionMatrix::setMatrix(std::vector<std::vector<std::int64_t>> counts, QStringList names)
{
    m_counts = std::move(counts);
    m_names = std::move(names);
    m_truth = m_predicted = -1;
    setFixedHeight(sizeHint().height());
    update();
}

void ConfusionMatrix::select(int truth, int predicted)
{
    m_truth = truth;
    m_predicted = predicted;
    update();
    if (truth >= 0) emit cellChosen(truth, predicted);
}

std::pair<int, int> ConfusionMatrix::worstCell() const
{
    std::pair<int, int> worst{-1, -1};
    std::int64_t most = 0;
    for (int truth = 0; truth < classes(); ++truth)
        for (int predicted = 0; predicted < classes(); ++predicted)
            if (const auto n =
                    m_counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
                truth != predicted && n > most) {
                most = n;
                worst = {truth, predicted};
            }
    return worst;
}

double ConfusionMatrix::labelWidth() const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::Text));
    int widest = 10;
    for (const QString &name : m_names) widest = std::max(widest, metrics.horizontalAdvance(name));
    return std::min(widest, 56) + 8.0;
}

double ConfusionMatrix::cellSize() const
{
    return std::min(kLargestCell, (width() - kTitle - labelWidth()) / std::max(1, classes()));
}

QSize ConfusionMatrix::sizeHint() const
{
    const bool longNames = labelWidth() > 30;
    return QSize(278,
                 static_cast<int>(cellSize() * classes() + (longNames ? labelWidth() : 22) + 20));
}

QRectF ConfusionMatrix::cellRect(int truth, int predicted) const
{
    const double size = cellSize();
    return QRectF(kTitle + labelWidth() + predicted * size, truth * size, size - 1.5, size - 1.5);
}

std::pair<int, int> ConfusionMatrix::cellAt(const QPointF &position) const
{
    const double size = cellSize();
    const int predicted =
        static_cast<int>(std::floor((position.x() - kTitle - labelWidth()) / size));
    const int truth = static_cast<int>(std::floor(position.y() / size));
    const bool inside = predicted >= 0 && predicted < classes() && truth >= 0 && truth < classes();
    return inside ? std::pair(truth, predicted) : std::pair(-1, -1);
}

void ConfusionMatrix::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) setFixedHeight(sizeHint().height());
}

void ConfusionMatrix::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    std::int64_t most = 1;
    if (const auto [truth, predicted] = worstCell(); truth >= 0)
        most = m_counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
    for (int truth = 0; truth < classes(); ++truth) {
        for (int predicted = 0; predicted < classes(); ++predicted) {
            const auto n =
                m_counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
            if (n == 0) continue;
            const QRectF cell = cellRect(truth, predicted);
            const float share =
                truth == predicted
                    ? 0.0f
                    : 0.22f + 0.55f * static_cast<float>(n) / static_cast<float>(most);
            const QColor fill = truth == predicted ? t.track : QColor(theme.unitColour(share));
            painter.setPen(Qt::NoPen);
            painter.setBrush(fill);
            painter.drawRoundedRect(cell, 2, 2);
            const QString number = QString::number(n);
            if (classes() > kMostNumbers
                || painter.fontMetrics().horizontalAdvance(number) > cell.width() + 2)
                continue; // the tooltip tells it
            painter.setPen(truth == predicted       ? t.muted
                           : fill.lightness() < 140 ? QColor(Qt::white)
                                                    : QColor("#1A1D23"));
            painter.drawText(cell, Qt::AlignCenter, number);
        }
    }
    if (m_truth >= 0) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cellRect(m_truth, m_predicted).adjusted(-1, -1, 1, 1), 3, 3);
    }
    painter.setPen(t.muted);
    const QFontMetrics metrics(painter.font());
    const double size = cellSize(), below = size * classes();
    const bool longNames = labelWidth() > 30;
    for (int i = 0; i < m_names.size() && i < classes(); ++i) {
        const QString name = metrics.elidedText(m_names[i], Qt::ElideRight, 56);
        painter.drawText(QRectF(kTitle, i * size, labelWidth() - 6, size),
                         Qt::AlignRight | Qt::AlignVCenter, name);
        const QPointF foot(kTitle + labelWidth() + i * size + size / 2, below + 4);
        if (longNames) {
            painter.save();
            painter.translate(foot);
            painter.rotate(90);
            painter.drawText(QRectF(0, -9, labelWidth(), 18), Qt::AlignLeft | Qt::AlignVCenter,
                             name);
            painter.restore();
        } else {
            painter.drawText(QRectF(foot.x() - 20, foot.y(), 40, 18), Qt::AlignCenter, name);
        }
    }
    painter.save();
    painter.translate(7, below / 2);
    painter.rotate(-90);
    painter.drawText(QRectF(-60, -9, 120, 18), Qt::AlignCenter, tr("true"));
    painter.restore();
    const double foot = below + (longNames ? labelWidth() : 22);
    painter.drawText(QRectF(kTitle + labelWidth(), foot, below, 18), Qt::AlignCenter,
                     tr("read as"));
}

void ConfusionMatrix::mousePressEvent(QMouseEvent *event)
{
    if (const auto [truth, predicted] = cellAt(event->position()); truth >= 0)
        select(truth, predicted);
}

void ConfusionMatrix::keyPressEvent(QKeyEvent *event)
{
    int truth = std::max(0, m_truth), predicted = std::max(0, m_predicted);
    switch (event->key()) {
    case Qt::Key_Left:
        --predicted;
        break;
    case Qt::Key_Right:
        ++predicted;
        break;
    case Qt::Key_Up:
        --truth;
        break;
    case Qt::Key_Down:
        ++truth;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (classes() > 0)
        select(std::clamp(truth, 0, classes() - 1), std::clamp(predicted, 0, classes() - 1));
}

bool ConfusionMatrix::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto [truth, predicted] = cellAt(help->pos());
    if (truth < 0 || truth >= m_names.size() || predicted >= m_names.size()) {
        QToolTip::hideText();
        return true;
    }
    const auto n = m_counts[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
    QToolTip::showText(
        help->globalPos(),
        tr("%1 of class “%2” read as “%3”").arg(n).arg(m_names[truth], m_names[predicted]), this);
    return true;
}

} // namespace ostrich::ui
