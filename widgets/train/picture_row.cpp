// Painting the pictures behind a cell.
#include "train/picture_row.hpp"

#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QMouseEvent>
#include <QPainter>

namespace ostrich::ui {

namespace {

constexpr int kPicture = 48;
constexpr int kPitch = 79;

} // namespace

PictureRow::PictureRow(Session *session, int rows, QWidget *parent)
    : QWidget(parent), m_session(session), m_rows(rows)
{
    setMinimumHeight(0);
    setCursor(Qt::PointingHandCursor);
    connect(&session->selection, &Selection::sampleChanged, this, qOverload<>(&QWidget::update));
}

void PictureRow::show(std::vector<Item> items)
{
    m_items = std::move(items);
    m_items.resize(std::min(m_items.size(), static_cast<std::size_t>(capacity())));
    m_images.clear();
    for (const Item &item : m_items) m_images.push_back(m_session->data.image(item.sample));
    const int rows = (static_cast<int>(m_items.size()) + 4) / 5;
    setFixedHeight(rows * kPitch);
    update();
}

QRectF PictureRow::cellRect(int index) const
{
    const double pitch = std::min(58.0, (width() - kPicture - 4.0) / 4.0);
    return QRectF(2 + (index % 5) * pitch, 2 + (index / 5) * kPitch, kPicture, kPicture);
}

void PictureRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const QRectF cell = cellRect(static_cast<int>(i));
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_images[i].width() > kPicture);
        painter.drawImage(cell, m_images[i]);
        if (m_items[i].sample == m_session->selection.sample()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell.adjusted(-1, -1, 1, 1), 4, 4);
        }
        painter.setPen(t.muted);
        const QRectF caption(cell.x() - 5, cell.bottom() + 3, kPicture + 10, 20);
        painter.drawText(
            caption, Qt::AlignCenter,
            QFontMetrics(painter.font())
                .elidedText(m_items[i].caption, Qt::ElideRight, static_cast<int>(caption.width())));
    }
}

void PictureRow::mousePressEvent(QMouseEvent *event)
{
    for (std::size_t i = 0; i < m_items.size(); ++i)
        if (cellRect(static_cast<int>(i)).contains(event->position()))
            m_session->selection.setSample(m_items[i].sample);
}

} // namespace ostrich::ui
