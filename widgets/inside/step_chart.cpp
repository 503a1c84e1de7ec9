// Geometry, painting and hands of the step chart.
#include "inside/step_chart.hpp"

#include "theme/chips.hpp"
#include "theme/theme.hpp"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr double kWidest = 22, kChipTop = 24, kChip = 24;
constexpr double kStanding = 84; // a chip whose word stands upright
constexpr double kGap = 8, kRowsGap = 12, kFoot = 24;
constexpr double kTurn = 14; // pixels of a drag for the next letter
constexpr int kLabelPitch = 40;

} // namespace

std::vector<int> unitsByMean(const Array &values)
{
    if (values.shape.size() != 2) return {};
    const auto steps = static_cast<std::size_t>(values.dim(0));
    const auto units = static_cast<std::size_t>(values.dim(1));
    std::vector<double> sums(units, 0.0);
    for (std::size_t t = 0; t < steps; ++t)
        for (std::size_t u = 0; u < units; ++u) sums[u] += values.values[t * units + u];
    std::vector<int> order(units);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) {
        return sums[static_cast<std::size_t>(a)] > sums[static_cast<std::size_t>(b)];
    });
    return order;
}

StepChart::StepChart(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Step by step"));
    setAccessibleDescription(tr("Left and right move the cursor, up and down change the letter."));
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        drawImages();
        update();
    });
}

void StepChart::setSteps(SampleSteps steps)
{
    m_steps = std::move(steps);
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    m_longest = 0;
    for (const Step &step : m_steps.steps)
        m_longest = std::max(m_longest, metrics.horizontalAdvance(step.word));
    update();
}

void StepChart::setRows(std::vector<HeatRow> rows, const std::vector<int> &order)
{
    m_rows = std::move(rows);
    m_order = order;
    drawImages();
    update();
}

void StepChart::setCursor(int step)
{
    if (step == m_cursor) return;
    m_cursor = step;
    update();
}

void StepChart::drawImages()
{
    m_images.clear();
    const Theme &theme = Theme::instance();
    for (const HeatRow &row : m_rows) {
        const int steps = static_cast<int>(row.values.dim(0));
        const int units = static_cast<int>(row.values.dim(1));
        QImage image(steps, units, QImage::Format_RGB32);
        const float scale = row.range > 0.0f ? 1.0f / row.range : 0.0f;
        for (int y = 0; y < units; ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            const bool sorted = m_order.size() == static_cast<std::size_t>(units);
            const int unit = sorted ? m_order[static_cast<std::size_t>(y)] : y;
            for (int t = 0; t < steps; ++t) {
                const float value =
                    row.values.values[static_cast<std::size_t>(t * units + unit)] * scale;
                line[t] = row.isSigned ? theme.signedColour(value) : theme.unitColour(value);
            }
        }
        m_images.push_back(std::move(image));
    }
}

double StepChart::cell() const
{
    return std::min(kWidest, (width() - kLeft - 1) / std::max(1, count()));
}

double StepChart::chipHeight() const
{
    return m_steps.tokens && m_longest > kWidest ? kStanding : kChip;
}

double StepChart::rowsTop() const
{
    return kChipTop + chipHeight() + kRowsGap;
}

double StepChart::rowHeight() const
{
    const double rows = std::max<double>(1.0, static_cast<double>(m_rows.size()));
    return std::max(16.0, (height() - rowsTop() - kFoot) / rows - kGap);
}

QRectF StepChart::chipRect(int step) const
{
    const double inset = cell() > 8 ? 1.0 : 0.0;
    return QRectF(xOf(step) + inset, kChipTop, cell() - 2 * inset, chipHeight());
}

QRectF StepChart::rowRect(int row) const
{
    return QRectF(kLeft, rowsTop() + row * (rowHeight() + kGap), count() * cell(), rowHeight());
}

int StepChart::stepAt(QPointF point) const
{
    if (point.x() < kLeft) return -1;
    const int step = static_cast<int>((point.x() - kLeft) / cell());
    return step < count() ? step : -1;
}

void StepChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSteps(painter);
    paintSpan(painter);
    paintRows(painter);
    paintAxis(painter);
    paintCursor(painter);
}

void StepChart::paintSteps(QPainter &painter) const
{
    const Theme &theme = Theme::instance();
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(theme.tokens().text);
    painter.drawText(QRectF(0, kChipTop, kLeft - 8, chipHeight()), Qt::AlignVCenter, tr("Input"));
    for (int i = 0; i < count(); ++i) {
        const Step &step = m_steps.steps[static_cast<std::size_t>(i)];
        const bool special = step.marked || step.asked;
        const QString word = step.marked && step.asked ? QStringLiteral("?") : step.word;
        const Chip chip = special ? Chip::Marked : Chip::Plain;
        if (chipHeight() == kChip) {
            paintChip(painter, chipRect(i), word, chip);
            continue;
        }
        const QRectF box = chipRect(i);
        painter.save();
        painter.translate(box.bottomLeft());
        painter.rotate(-90);
        paintChip(painter, QRectF(0, 0, box.height(), box.width()), word, chip);
        painter.restore();
    }
}

/// One letter to be kept and one place where it is asked for: how far they lie apart.
void StepChart::paintSpan(QPainter &painter) const
{
    int kept = -1, asked = -1;
    for (int i = 0; i < count(); ++i) {
        const Step &step = m_steps.steps[static_cast<std::size_t>(i)];
        if (step.asked) asked = asked < 0 ? i : -2;
        if (step.marked && !step.asked) kept = kept == -1 ? i : -2;
    }
    if (kept < 0 || asked <= kept) return;
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    painter.setFont(theme.font(FontRole::Text));
    const QFontMetrics metrics(painter.font());
    const double from = xOf(kept) + cell() / 2, to = xOf(asked) + cell() / 2;
    const auto write = [&](double centre, const QString &text, const QColor &colour, bool plate) {
        const double wide = metrics.horizontalAdvance(text) + 10.0;
        const QRectF box(centre - wide / 2, 1, wide, 18);
        if (plate) painter.fillRect(box, t.panel);
        painter.setPen(colour);
        painter.drawText(box, Qt::AlignCenter, text);
    };
    QPen dots(t.strong, 1);
    dots.setDashPattern({2, 4});
    painter.setPen(dots);
    painter.drawLine(QPointF(from + 30, 10.5), QPointF(to - 32, 10.5));
    write(from, tr("store"), t.text, true);
    write(to, tr("recall"), t.text, true);
    write((from + to) / 2, tr("lag %1").arg(asked - kept), t.muted, true);
}

void StepChart::paintRows(QPainter &painter) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const QRectF box = rowRect(static_cast<int>(i));
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        // Pixel by pixel: `box` is as wide as the steps that the chips show.
        const double share = count() > 0 ? static_cast<double>(m_images[i].width()) / count() : 1.0;
        painter.drawImage(QRectF(box.topLeft(), QSizeF(box.width() * share, box.height())),
                          m_images[i]);
        painter.setPen(t.border);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5));
        const double wide = kLeft - 8;
        painter.setPen(t.text);
        painter.setFont(theme.font(FontRole::TextBold));
        painter.drawText(QRectF(0, box.y() + 4, wide, 18), Qt::AlignVCenter,
                         QFontMetrics(painter.font())
                             .elidedText(m_rows[i].title, Qt::ElideRight, static_cast<int>(wide)));
        if (box.height() < 42) continue;
        painter.setPen(t.muted);
        painter.setFont(theme.font(FontRole::Text));
        painter.drawText(QRectF(0, box.y() + 24, wide, 18), Qt::AlignVCenter, m_rows[i].note);
    }
}

void StepChart::paintAxis(QPainter &painter) const
{
    const Theme &theme = Theme::instance();
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(theme.tokens().muted);
    const double y = rowRect(static_cast<int>(m_rows.size()) - 1).bottom() + 5;
    painter.drawText(QRectF(0, y, kLeft - 8, 18), Qt::AlignVCenter, tr("step"));
    int every = 1;
    for (const int wish : {1, 2, 5, 10, 20, 50, 100, 200}) {
        every = wish;
        if (wish * cell() >= kLabelPitch) break;
    }
    for (int i = 0; i < count(); i += every)
        painter.drawText(QRectF(xOf(i) + cell() / 2 - 30, y, 60, 18), Qt::AlignCenter,
                         QString::number(i));
}

void StepChart::paintCursor(QPainter &painter) const
{
    if (m_cursor < 0 || m_cursor >= count()) return;
    const double bottom = rowRect(static_cast<int>(m_rows.size()) - 1).bottom();
    painter.setPen(QPen(Theme::instance().tokens().accent, hasFocus() ? 3 : 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(
        QRectF(xOf(m_cursor) - 0.5, kChipTop - 4, cell() + 1, bottom - kChipTop + 6), 3, 3);
}

void StepChart::moveTo(int step)
{
    if (count() == 0) return;
    step = std::clamp(step, 0, count() - 1);
    if (step == m_cursor) return;
    setCursor(step);
    emit cursorMoved(step);
}

void StepChart::turn(int step, int by)
{
    const int choices = static_cast<int>(m_steps.choices.size());
    if (step < 0 || step >= count() || choices == 0) return;
    const int now = m_steps.steps[static_cast<std::size_t>(step)].choice;
    emit choiceMade(step, ((now + by) % choices + choices) % choices);
}

void StepChart::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressed < 0) {
        if (const int step = stepAt(event->position()); step >= 0) moveTo(step);
        return;
    }
    const int turns = static_cast<int>((m_pressedAt - event->position().y()) / kTurn);
    if (turns == 0) return;
    m_pressedAt -= turns * kTurn;
    m_turned = true;
    turn(m_pressed, turns);
}

void StepChart::mousePressEvent(QMouseEvent *event)
{
    const int step = stepAt(event->position());
    if (event->button() != Qt::LeftButton || step < 0) return;
    moveTo(step);
    if (!chipRect(step).contains(event->position()) || m_steps.choices.empty()) return;
    m_pressed = step;
    m_pressedAt = event->position().y();
    m_turned = false;
}

void StepChart::mouseReleaseEvent(QMouseEvent *)
{
    const int step = std::exchange(m_pressed, -1);
    if (step >= 0 && !m_turned) emit choiceWanted(step);
}

void StepChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(m_cursor - 1);
    case Qt::Key_Right:
        return moveTo(m_cursor + 1);
    case Qt::Key_Home:
        return moveTo(0);
    case Qt::Key_End:
        return moveTo(count() - 1);
    case Qt::Key_Up:
        return turn(m_cursor, 1);
    case Qt::Key_Down:
        return turn(m_cursor, -1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor >= 0 && !m_steps.choices.empty()) emit choiceWanted(m_cursor);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool StepChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int step = stepAt(help->pos());
        const bool chip = step >= 0 && chipRect(step).contains(help->pos());
        QToolTip::showText(help->globalPos(),
                           !chip ? QString()
                           : m_steps.choices.empty()
                               ? m_steps.steps[static_cast<std::size_t>(step)].word
                               : tr("%1. Drag up or down, or click, to change it.")
                                     .arg(m_steps.steps[static_cast<std::size_t>(step)].word),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace ostrich::ui
