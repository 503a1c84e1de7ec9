// The grid of small maps.
#include "inside/maps_grid.hpp"

#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr int kFrame = 4; // around the picture
constexpr int kCaption = 20, kGapX = 24, kGapY = 6;
constexpr int kTight = 10; // between pictures without captions

} // namespace

std::vector<QImage> mapImages(const std::vector<float> &values, int count, int height, int width)
{
    const Theme &theme = Theme::instance();
    const std::size_t size = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    std::vector<QImage> images;
    float largest = 0.0f, least = 0.0f;
    for (const float value : values) {
        largest = std::max(largest, std::abs(value));
        least = std::min(least, value);
    }
    const float scale = largest > 0.0f ? 1.0f / largest : 0.0f;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        if ((i + 1) * size > values.size()) break;
        QImage image(width, height, QImage::Format_RGB32);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                const float value =
                    values[i * size + static_cast<std::size_t>(y * width + x)] * scale;
                image.setPixel(x, y,
                               least < 0.0f ? theme.signedColour(value) : theme.unitColour(value));
            }
        images.push_back(std::move(image));
    }
    return images;
}

MapsGrid::MapsGrid(QSize tile, int columns, bool choosable, QWidget *parent)
    : QWidget(parent), m_tile(tile), m_columns(columns), m_choosable(choosable)
{
    if (choosable) {
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MapsGrid::setTiles(std::vector<Tile> tiles)
{
    const bool other = tiles.size() != m_tiles.size();
    m_tiles = std::move(tiles);
    if (other) takeHeight();
    update();
}

void MapsGrid::setTileSize(QSize size)
{
    if (size == m_tile) return;
    m_tile = size;
    takeHeight();
    update();
}

void MapsGrid::setChosen(int tile)
{
    m_chosen = tile;
    update();
}

QSize MapsGrid::pitch() const
{
    const bool captions =
        std::ranges::any_of(m_tiles, [](const Tile &tile) { return !tile.caption.isEmpty(); });
    return m_tile
           + QSize(2 * kFrame + (captions ? kGapX : kTight) - 8,
                   2 * kFrame + (captions ? kCaption + kGapY : kTight - 8));
}

int MapsGrid::columnsFor(int width) const
{
    if (m_columns > 0) return m_columns;
    return std::max(1, (width + kTight) / pitch().width());
}

QRectF MapsGrid::tileRect(int tile) const
{
    const int columns = columnsFor(width());
    return QRectF(QPointF(kFrame + tile % columns * pitch().width(),
                          kFrame + tile / columns * pitch().height()),
                  QSizeF(m_tile));
}

int MapsGrid::heightForWidth(int width) const
{
    const int columns = columnsFor(width);
    const int rows = (static_cast<int>(m_tiles.size()) + columns - 1) / columns;
    return rows * pitch().height() + kFrame;
}

QSize MapsGrid::sizeHint() const
{
    const int columns = m_columns > 0 ? m_columns : 6;
    return QSize(columns * pitch().width(), heightForWidth(columns * pitch().width()));
}

void MapsGrid::takeHeight()
{
    setMinimumHeight(heightForWidth(std::max(width(), 1)));
    updateGeometry();
}

void MapsGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) takeHeight();
}

void MapsGrid::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < static_cast<int>(m_tiles.size()); ++i) {
        const Tile &tile = m_tiles[static_cast<std::size_t>(i)];
        const QRectF box = tileRect(i);
        const bool on = i == m_chosen;
        painter.setRenderHint(QPainter::SmoothPixmapTransform, tile.image.width() > box.width());
        painter.drawImage(box, tile.image);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(on ? t.accent : t.border, on ? (hasFocus() ? 3 : 2) : 1));
        const double out = m_choosable ? 3.0 : 0.5;
        painter.drawRoundedRect(box.adjusted(-out, -out, out, out), m_choosable ? 6 : 2,
                                m_choosable ? 6 : 2);
        painter.setPen(on ? t.text : t.muted);
        painter.setFont(theme.font(on ? FontRole::TextBold : FontRole::Text));
        painter.drawText(QRectF(box.x() - 12, box.bottom() + kFrame, box.width() + 24, kCaption),
                         Qt::AlignCenter, tile.caption);
    }
}

void MapsGrid::choose(int tile)
{
    if (tile < 0 || tile >= static_cast<int>(m_tiles.size()) || tile == m_chosen) return;
    setChosen(tile);
    emit tileChosen(tile);
}

void MapsGrid::mousePressEvent(QMouseEvent *event)
{
    if (!m_choosable) return QWidget::mousePressEvent(event);
    for (int i = 0; i < static_cast<int>(m_tiles.size()); ++i)
        if (tileRect(i).adjusted(-kFrame, -kFrame, kFrame, kCaption).contains(event->position()))
            choose(i);
}

void MapsGrid::keyPressEvent(QKeyEvent *event)
{
    const int columns = columnsFor(width());
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(m_chosen - 1);
    case Qt::Key_Right:
        return choose(m_chosen + 1);
    case Qt::Key_Up:
        return choose(m_chosen - columns);
    case Qt::Key_Down:
        return choose(m_chosen + columns);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace ostrich::ui
