// Painting the matrix.
#include "inside/attention_map.hpp"

#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

constexpr double kCellWidth = 44, kCellHeight = 28;
constexpr double kReadable = 26; // narrower cells have no figure
constexpr double kLegible = 14;  // closer rows and columns would write over each other
constexpr float kLeastWritten = 0.1f;
constexpr double kMostHeader = 110;

double longest(const QStringList &words)
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    int most = 0;
    for (const QString &word : words) most = std::max(most, metrics.horizontalAdvance(word));
    return std::min<double>(most, kMostHeader);
}

QColor inkOn(QRgb colour)
{
    return qGray(colour) < 140 ? QColor(Qt::white) : QColor(0x1A, 0x1D, 0x23);
}

} // namespace

QImage attentionImage(const Array &weights)
{
    if (weights.shape.size() != 2) return {};
    const int rows = static_cast<int>(weights.dim(0)), columns = static_cast<int>(weights.dim(1));
    QImage image(columns, rows, QImage::Format_RGB32);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x)
            image.setPixel(x, y,
                           Theme::instance().unitColour(
                               weights.values[static_cast<std::size_t>(y * columns + x)]));
    return image;
}

AttentionMap::AttentionMap(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Attention as a map"));
    setAccessibleDescription(tr("Up and down choose the word that looks."));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AttentionMap::show(const QStringList &rows, const QStringList &columns, Array weights)
{
    m_rows = rows;
    m_columns = columns;
    m_weights = std::move(weights);
    m_row = std::clamp<int>(m_row, 0, std::max(0, static_cast<int>(rows.size()) - 1));
    updateGeometry();
    update();
}

void AttentionMap::setRow(int row)
{
    m_row = row;
    update();
}

QSize AttentionMap::sizeHint() const
{
    return QSize(static_cast<int>(left() + kCellWidth * static_cast<double>(m_columns.size())) + 40,
                 static_cast<int>(top() + kCellHeight * static_cast<double>(m_rows.size())) + 4);
}

double AttentionMap::left() const
{
    return longest(m_rows) + 12;
}

double AttentionMap::top() const
{
    return longest(m_columns) * std::sqrt(0.5) + 18;
}

QSizeF AttentionMap::cell() const
{
    const auto columns = static_cast<double>(std::max<qsizetype>(1, m_columns.size()));
    const auto rows = static_cast<double>(std::max<qsizetype>(1, m_rows.size()));
    return QSizeF(std::clamp((width() - left() - 24) / columns, 4.0, kCellWidth),
                  std::clamp((height() - top() - 4) / rows, 4.0, kCellHeight));
}

QRectF AttentionMap::cellRect(int row, int column) const
{
    const QSizeF size = cell();
    return QRectF(QPointF(left() + column * size.width(), top() + row * size.height()), size);
}

float AttentionMap::weight(int row, int column) const
{
    if (m_weights.shape.size() != 2 || row >= m_weights.dim(0) || column >= m_weights.dim(1))
        return 0.0f;
    return m_weights.values[static_cast<std::size_t>(row * m_weights.dim(1) + column)];
}

void AttentionMap::paintCell(QPainter &painter, int row, int column) const
{
    const QRectF box = cellRect(row, column);
    const double gap = box.width() > 10 && box.height() > 10 ? 1.0 : 0.0;
    const QRgb colour = Theme::instance().unitColour(weight(row, column));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(colour));
    if (gap > 0)
        painter.drawRoundedRect(box.adjusted(0, 0, -gap, -gap), 2, 2);
    else
        painter.drawRect(box.adjusted(0, 0, 0.4, 0.4));
    if (weight(row, column) < kLeastWritten || box.width() < kReadable || box.height() < 18) return;
    painter.setPen(inkOn(colour));
    painter.drawText(box, Qt::AlignCenter, QString::number(std::lround(weight(row, column) * 100)));
}

void AttentionMap::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    const int rows = static_cast<int>(m_rows.size()), columns = static_cast<int>(m_columns.size());
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) paintCell(painter, row, column);
    paintWords(painter);
    if (m_row >= rows || columns == 0) return;
    const QRectF first = cellRect(m_row, 0);
    painter.setPen(QPen(theme.tokens().accent, hasFocus() ? 3 : 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(
        QRectF(first.x() - 1.5, first.y() - 1.5, columns * first.width() + 2, first.height() + 2),
        3, 3);
}

void AttentionMap::paintWords(QPainter &painter) const
{
    const int rows = static_cast<int>(m_rows.size()), columns = static_cast<int>(m_columns.size());
    int best = 0;
    for (int column = 1; column < columns; ++column)
        if (weight(m_row, column) > weight(m_row, best)) best = column;
    painter.setPen(Theme::instance().tokens().text);
    const auto written = [&](const QString &word, bool bold) {
        painter.setFont(Theme::instance().font(bold ? FontRole::TextBold : FontRole::Text));
        return QFontMetrics(painter.font())
            .elidedText(word, Qt::ElideRight, static_cast<int>(kMostHeader));
    };
    for (int row = 0; row < rows; ++row) {
        if (cell().height() < kLegible && row != m_row) continue;
        const QString word = written(m_rows[row], row == m_row);
        painter.drawText(QRectF(0, cellRect(row, 0).center().y() - 10, left() - 10, 20),
                         Qt::AlignRight | Qt::AlignVCenter, word);
    }
    for (int column = 0; column < columns; ++column) {
        if (cell().width() < kLegible && column != best) continue;
        const QString word = written(m_columns[column], column == best);
        painter.save();
        painter.translate(cellRect(0, column).center().x() - 2, top() - 7);
        painter.rotate(-45);
        painter.drawText(0, 0, word);
        painter.restore();
    }
}

int AttentionMap::rowAt(QPointF point) const
{
    const int row = static_cast<int>(std::floor((point.y() - top()) / cell().height()));
    return row >= 0 && row < m_rows.size() ? row : -1;
}

void AttentionMap::mousePressEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position());
    if (row < 0) return;
    setRow(row);
    emit rowChosen(row);
}

void AttentionMap::mouseMoveEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position());
    const int column =
        static_cast<int>(std::floor((event->position().x() - left()) / cell().width()));
    const bool inside = row >= 0 && column >= 0 && column < m_columns.size();
    setToolTip(inside ? tr("%1 looks at %2: %3")
                            .arg(m_rows[row], m_columns[column],
                                 percent(static_cast<double>(weight(row, column))))
                      : QString());
}

void AttentionMap::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by == 0) return QWidget::keyPressEvent(event);
    const int row = std::clamp<int>(m_row + by, 0, static_cast<int>(m_rows.size()) - 1);
    if (row == m_row || row < 0) return;
    setRow(row);
    emit rowChosen(row);
}

} // namespace ostrich::ui
