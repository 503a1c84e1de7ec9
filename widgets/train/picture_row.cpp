// Painting the pictures behind a cell; the keyboard among them.
#include "train/picture_row.hpp"

#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kPicture = 48;
constexpr int kPitch = 79;
constexpr double kCardHeight = 42.0; // of a sequence
constexpr double kCardGap = 10.0;
constexpr double kRing = 4.0; // around a picture, for the ring of keyboard focus

int columnsFor(SampleStyle style)
{
    return style == SampleStyle::Square ? 5 : style == SampleStyle::Lines ? 3 : 1;
}

} // namespace

PictureRow::PictureRow(Session *session, int rows, QWidget *parent)
    : QWidget(parent), m_session(session), m_rows(rows)
{
    setMinimumHeight(0);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Pictures"));
    connect(&session->selection, &Selection::sampleChanged, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_images.clear();
        update();
    });
}

int PictureRow::capacity() const
{
    const SampleStyle style = m_session->data.style();
    return style == SampleStyle::Words ? 2 * m_rows : m_rows * columnsFor(style);
}

void PictureRow::show(std::vector<Item> items)
{
    m_style = m_session->data.style();
    m_columns = columnsFor(m_style);
    m_items = std::move(items);
    m_items.resize(std::min(m_items.size(), static_cast<std::size_t>(capacity())));
    m_images.clear(); // drawn when they are seen
    const int rows = (static_cast<int>(m_items.size()) + m_columns - 1) / m_columns;
    setFixedHeight(rows * kPitch);
    setFocusPolicy(m_items.empty() ? Qt::NoFocus : Qt::StrongFocus);
    setCurrent(0);
    update();
}

void PictureRow::drawImages()
{
    const QSizeF size = cellRect(0).size();
    const bool cards = m_style != SampleStyle::Square;
    if (m_images.size() == m_items.size() && (!cards || size == m_drawnSize)) return;
    m_drawnSize = size;
    m_images.clear();
    for (const Item &item : m_items)
        m_images.push_back(cards ? m_session->data.card(item.sample, size, devicePixelRatioF())
                                 : m_session->data.image(item.sample));
}

QRectF PictureRow::cellRect(int index) const
{
    const int column = index % m_columns, row = index / m_columns;
    if (m_style != SampleStyle::Square) {
        const double room = width() - 2 * kRing;
        const double wide = std::max(12.0, (room + kCardGap) / m_columns - kCardGap);
        return QRectF(kRing + column * (wide + kCardGap), kRing + row * kPitch, wide, kCardHeight);
    }
    // In a narrow panel they get smaller: side by side, never one over the other.
    const double side = std::clamp((width() - 2 * kRing - (m_columns - 1) * 6.0) / m_columns, 12.0,
                                   static_cast<double>(kPicture));
    const double pitch = std::min(58.0, (width() - side - 2 * kRing) / (m_columns - 1.0));
    return QRectF(kRing + column * pitch, kRing + row * kPitch, side, side);
}

void PictureRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    drawImages();
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const QRectF cell = cellRect(static_cast<int>(i));
        painter.setRenderHint(QPainter::SmoothPixmapTransform,
                              m_style == SampleStyle::Square && m_images[i].width() > kPicture);
        painter.drawImage(cell, m_images[i]);
        if (m_items[i].sample == m_session->selection.sample()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell.adjusted(-1, -1, 1, 1), 4, 4);
        }
        if (hasFocus() && static_cast<int>(i) == m_current) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell.adjusted(-3, -3, 3, 3), 6, 6);
        }
        painter.setPen(t.muted);
        const QRectF caption(cell.x() - 5, cell.bottom() + 3, cell.width() + 10, 20);
        painter.drawText(
            caption, Qt::AlignCenter,
            QFontMetrics(painter.font())
                .elidedText(m_items[i].caption, Qt::ElideRight, static_cast<int>(caption.width())));
    }
}

void PictureRow::setCurrent(int index)
{
    m_current = index;
    const bool there = index < static_cast<int>(m_items.size());
    setAccessibleDescription(there ? m_items[static_cast<std::size_t>(index)].caption : QString());
    update();
}

void PictureRow::choose(int index)
{
    setCurrent(index);
    m_session->selection.setSample(m_items[static_cast<std::size_t>(index)].sample);
}

void PictureRow::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < static_cast<int>(m_items.size()); ++i)
        if (cellRect(i).contains(event->position())) return choose(i);
}

void PictureRow::focusInEvent(QFocusEvent *event)
{
    // Begins at the sample that all places show, where it is among these.
    for (int i = 0; event->reason() != Qt::MouseFocusReason && i < static_cast<int>(m_items.size());
         ++i)
        if (m_items[static_cast<std::size_t>(i)].sample == m_session->selection.sample())
            setCurrent(i);
    QWidget::focusInEvent(event);
}

void PictureRow::keyPressEvent(QKeyEvent *event)
{
    if (m_items.empty()) return QWidget::keyPressEvent(event);
    const int last = static_cast<int>(m_items.size()) - 1;
    int step = 0;
    switch (event->key()) {
    case Qt::Key_Left:
        step = -1;
        break;
    case Qt::Key_Right:
        step = 1;
        break;
    case Qt::Key_Up:
        step = -m_columns;
        break;
    case Qt::Key_Down:
        step = m_columns;
        break;
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return choose(m_current);
    default:
        return QWidget::keyPressEvent(event);
    }
    if (m_current + step >= 0 && m_current + step <= last) setCurrent(m_current + step);
}

} // namespace ostrich::ui
