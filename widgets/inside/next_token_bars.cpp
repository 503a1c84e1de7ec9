// Shaping and painting the distribution.
#include "inside/next_token_bars.hpp"

#include "theme/theme.hpp"
#include "train/prediction.hpp"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kPitch = 24;
constexpr double kBar = 8;

} // namespace

NextTokenBars::NextTokenBars(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("What comes next"));
    setToolTip(tr("Click one to write it"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NextTokenBars::setLogits(std::vector<float> logits, const QStringList &names)
{
    m_logits = std::move(logits);
    m_names = names;
    shape();
}

void NextTokenBars::setTemperature(double temperature)
{
    m_temperature = temperature;
    shape();
}

/// Temperature changes no order: the rows stay where they are.
void NextTokenBars::shape()
{
    m_rows.clear();
    if (!m_logits.empty()) {
        const std::vector<double> unheated = train::tokenShares(m_logits, 1.0);
        const std::vector<double> shares = train::tokenShares(m_logits, m_temperature);
        std::vector<std::size_t> order(m_logits.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, std::greater{},
                                 [&](std::size_t token) { return unheated[token]; });
        const std::size_t most = std::min<std::size_t>(kMost, order.size());
        for (const std::size_t token : std::span(order).first(most))
            m_rows.push_back({static_cast<std::int32_t>(token),
                              m_names.value(static_cast<qsizetype>(token)), shares[token],
                              unheated[token]});
        Row others;
        for (const std::size_t token : std::span(order).subspan(most)) {
            others.share += shares[token];
            others.unheated += unheated[token];
        }
        others.name = tr("%n other(s)", nullptr, static_cast<int>(order.size() - most));
        if (order.size() > most) m_rows.push_back(others);
    }
    update();
}

QSize NextTokenBars::sizeHint() const
{
    return QSize(240, kPitch * (kMost + 1));
}

QRectF NextTokenBars::rowRect(int row) const
{
    return QRectF(0, row * kPitch, width(), kPitch);
}

void NextTokenBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics bold(Theme::instance().font(FontRole::TextBold));
    int nameWidth = bold.horizontalAdvance(QStringLiteral("mm"));
    for (const Row &row : m_rows) nameWidth = std::max(nameWidth, bold.horizontalAdvance(row.name));
    nameWidth = std::min(nameWidth, width() * 2 / 5);
    const int figureWidth = bold.horizontalAdvance(percent(0.999));
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        paintRow(painter, i, nameWidth, figureWidth);
}

void NextTokenBars::paintRow(QPainter &painter, int index, int nameWidth, int figureWidth) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const Row &row = m_rows[static_cast<std::size_t>(index)];
    const QRectF box = rowRect(index);
    if (index == m_hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.hover);
        painter.drawRoundedRect(box, 4, 4);
    }
    const bool first = index == 0;
    painter.setFont(theme.font(first ? FontRole::TextBold : FontRole::Text));
    painter.setPen(row.token < 0 ? t.muted : t.text);
    const QRectF name = box.adjusted(4, 0, 4 + nameWidth - box.width(), 0);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.name, Qt::ElideRight, nameWidth));
    painter.setPen(first ? t.text : t.muted);
    painter.drawText(box.adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter,
                     percent(row.share));
    const QRectF trough(name.right() + 8, box.center().y() - kBar / 2,
                        box.right() - 12 - figureWidth - name.right() - 8, kBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.track);
    painter.drawRoundedRect(trough, 2, 2);
    painter.setBrush(first ? t.accent : t.strong);
    if (row.share > 0.0)
        painter.drawRoundedRect(
            QRectF(trough.left(), trough.top(), std::max(1.0, trough.width() * row.share), kBar), 2,
            2);
    if (m_temperature == 1.0) return;
    const double x = trough.left() + trough.width() * row.unheated;
    painter.setPen(QPen(t.text, 2));
    painter.drawLine(QPointF(x, trough.top() - 3), QPointF(x, trough.bottom() + 3));
}

int NextTokenBars::tokenRowAt(const QPointF &point) const
{
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        if (m_rows[static_cast<std::size_t>(i)].token >= 0 && rowRect(i).contains(point)) return i;
    return -1;
}

void NextTokenBars::mouseMoveEvent(QMouseEvent *event)
{
    const int row = tokenRowAt(event->position());
    setCursor(row < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    if (row == m_hovered) return;
    m_hovered = row;
    update();
}

void NextTokenBars::mousePressEvent(QMouseEvent *event)
{
    const int row = tokenRowAt(event->position());
    if (row >= 0) emit tokenChosen(m_rows[static_cast<std::size_t>(row)].token);
}

void NextTokenBars::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

} // namespace ostrich::ui
