// Placing the words, drawing the curves.
#include "inside/attention_lines.hpp"

#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr double kTop = 32, kBottom = 190, kHeight = 32, kBend = 56;
constexpr float kLeastDrawn = 0.04f;
constexpr double kMargin = 2;

struct Spacing {
    double padding, gap;
};
constexpr Spacing kSpacings[] = {{32, 12}, {20, 8}, {12, 6}, {8, 3}}; // the roomiest that fits

double wordWidth(const QFontMetrics &metrics, const QString &word, double padding)
{
    return std::max(20.0, metrics.horizontalAdvance(word) + padding);
}

double rowWidth(const QFontMetrics &metrics, const QStringList &words, const Spacing &spacing)
{
    double width = 0.0;
    for (const QString &word : words)
        width += wordWidth(metrics, word, spacing.padding) + spacing.gap;
    return std::max(0.0, width - spacing.gap);
}

} // namespace

AttentionLines::AttentionLines(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Who looks at whom"));
    setAccessibleDescription(tr("Left and right choose the word that looks."));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AttentionLines::show(const QStringList &above, const QStringList &below, Array weights)
{
    m_wordsAbove = above;
    m_wordsBelow = below;
    m_weights = std::move(weights);
    m_row = std::clamp<int>(m_row, 0, std::max<int>(0, static_cast<int>(below.size()) - 1));
    updateGeometry();
    setMinimumWidth(minimumSizeHint().width());
    arrange();
    update();
}

void AttentionLines::setTitles(const QString &above, const QString &aboveNote, const QString &below,
                               const QString &belowNote)
{
    m_titles[0] = above;
    m_titles[1] = aboveNote;
    m_titles[2] = below;
    m_titles[3] = belowNote;
    update();
}

void AttentionLines::setRow(int row)
{
    m_row = row;
    update();
}

QSize AttentionLines::minimumSizeHint() const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    const Spacing &tightest = kSpacings[std::size(kSpacings) - 1];
    const double wide = std::max(rowWidth(metrics, m_wordsAbove, tightest),
                                 rowWidth(metrics, m_wordsBelow, tightest));
    return QSize(static_cast<int>(wide + 2 * kMargin) + 1, 250);
}

QList<QRectF> AttentionLines::placed(const QStringList &words, double top) const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    Spacing spacing = kSpacings[std::size(kSpacings) - 1];
    for (const Spacing &wish : kSpacings) {
        if (rowWidth(metrics, words, wish) > width() - 2 * kMargin) continue;
        spacing = wish;
        break;
    }
    QList<QRectF> boxes;
    double x = std::max(kMargin, (width() - rowWidth(metrics, words, spacing)) / 2);
    for (const QString &word : words) {
        boxes.append(QRectF(x, top, wordWidth(metrics, word, spacing.padding), kHeight));
        x += boxes.last().width() + spacing.gap;
    }
    return boxes;
}

void AttentionLines::arrange()
{
    m_above = placed(m_wordsAbove, kTop);
    m_below = placed(m_wordsBelow, kBottom);
}

void AttentionLines::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

float AttentionLines::weight(int row, int column) const
{
    if (m_weights.shape.size() != 2 || row >= m_weights.dim(0) || column >= m_weights.dim(1))
        return 0.0f;
    return m_weights.values[static_cast<std::size_t>(row * m_weights.dim(1) + column)];
}

void AttentionLines::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintTitle(painter, 3, m_titles[0], m_titles[1]);
    paintTitle(painter, 231, m_titles[2], m_titles[3]);
    const bool alone = m_hoverAbove >= 0 || m_hoverBelow >= 0;
    const auto isStrong = [&](int row, int column) {
        if (m_hoverAbove >= 0) return column == m_hoverAbove;
        return row == (m_hoverBelow >= 0 ? m_hoverBelow : m_row);
    };
    for (const bool strong : {false, true}) {
        if (alone && !strong) continue; // a word's lines alone
        for (int row = 0; row < m_below.size(); ++row)
            for (int column = 0; column < m_above.size(); ++column)
                if (weight(row, column) >= kLeastDrawn && isStrong(row, column) == strong)
                    paintLine(painter, row, column, strong);
    }
    int best = -1;
    for (int column = 0; column < m_above.size(); ++column)
        if (best < 0 || weight(m_row, column) > weight(m_row, best)) best = column;
    paintWords(painter, m_wordsAbove, m_above, alone ? m_hoverAbove : best, m_hoverAbove);
    paintWords(painter, m_wordsBelow, m_below, m_hoverBelow >= 0 ? m_hoverBelow : m_row,
               m_hoverBelow);
    if (!hasFocus() || m_row >= m_below.size()) return;
    painter.setPen(QPen(Theme::instance().tokens().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(m_below[m_row].adjusted(-3, -3, 3, 3), 8, 8);
}

void AttentionLines::paintLine(QPainter &painter, int row, int column, bool strong) const
{
    const Tokens &t = Theme::instance().tokens();
    const double w = weight(row, column);
    const QPointF from(m_above[column].center().x(), m_above[column].bottom());
    const QPointF to(m_below[row].center().x(), m_below[row].top());
    QColor colour = strong ? t.accent : t.strong;
    colour.setAlphaF(static_cast<float>(strong ? std::min(1.0, 0.45 + w) : 0.18 + 0.5 * w));
    QPainterPath path(from);
    path.cubicTo(from + QPointF(0, kBend), to - QPointF(0, kBend), to);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, strong ? 1 + 9 * w : 0.8 + 4 * w, Qt::SolidLine,
                        strong ? Qt::RoundCap : Qt::FlatCap));
    painter.drawPath(path);
}

void AttentionLines::paintWords(QPainter &painter, const QStringList &words,
                                const QList<QRectF> &boxes, int chosen, int hovered) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    for (int i = 0; i < boxes.size(); ++i) {
        const bool on = i == chosen;
        painter.setPen(QPen(on ? t.accent : t.border, on ? 2 : 1));
        painter.setBrush(on ? t.selection : i == hovered ? t.hover : t.panel);
        painter.drawRoundedRect(boxes[i].adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setPen(t.text);
        painter.setFont(theme.font(on ? FontRole::TextBold : FontRole::Text));
        painter.drawText(boxes[i], Qt::AlignCenter, words[i]);
    }
}

void AttentionLines::paintTitle(QPainter &painter, double y, const QString &title,
                                const QString &note) const
{
    const Theme &theme = Theme::instance();
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(theme.tokens().text);
    painter.drawText(QRectF(kMargin, y, width(), 18), Qt::AlignVCenter, title);
    const int past = QFontMetrics(painter.font()).horizontalAdvance(title) + 10;
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(theme.tokens().muted);
    painter.drawText(QRectF(kMargin + past, y, width() - past, 18), Qt::AlignVCenter, note);
}

void AttentionLines::mouseMoveEvent(QMouseEvent *event)
{
    const auto at = [&](const QList<QRectF> &boxes) {
        for (int i = 0; i < boxes.size(); ++i)
            if (boxes[i].contains(event->position())) return i;
        return -1;
    };
    const int above = at(m_above), below = at(m_below);
    if (above == m_hoverAbove && below == m_hoverBelow) return;
    m_hoverAbove = above;
    m_hoverBelow = below;
    update();
}

void AttentionLines::leaveEvent(QEvent *)
{
    m_hoverAbove = m_hoverBelow = -1;
    update();
}

void AttentionLines::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < m_below.size(); ++i) {
        if (!m_below[i].contains(event->position())) continue;
        setRow(i);
        emit rowChosen(i);
    }
}

void AttentionLines::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0) return QWidget::keyPressEvent(event);
    const int row = std::clamp<int>(m_row + by, 0, static_cast<int>(m_below.size()) - 1);
    if (row == m_row || row < 0) return;
    setRow(row);
    emit rowChosen(row);
}

} // namespace ostrich::ui
