// Painting the probabilities beside the triptych.
#include "fool/probability_bars.hpp"

#include "findings/figure_button.hpp"
#include "findings/figure_text.hpp"
#include "theme/theme.hpp"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kShown = 5, kShownFlat = 3;
constexpr int kNamed = 12; // classes that a saved figure names
constexpr int kTop = 36, kTopFlat = 24, kTopBare = 8;
constexpr int kPitch = 35, kPitchFlat = 21;
constexpr int kLine = 18; // a line of text

} // namespace

ProbabilityBars::ProbabilityBars(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(title)
{
    setAccessibleName(title);
    if (!title.isEmpty()) {
        m_save = new FigureButton([this] { return FigureButton::Shot{drawingOf(plot())}; }, this);
        m_save->setFixedSize(24, kLine + 2);
        m_save->setEnabled(false);
        m_save->alsoOn(this);
    }
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProbabilityBars::setWinner(Winner winner)
{
    m_winner = winner;
    update();
}

void ProbabilityBars::setSorted(bool sorted)
{
    m_sorted = sorted;
}

void ProbabilityBars::setTitle(const QString &title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

QColor ProbabilityBars::winnerColour() const
{
    const Theme &theme = Theme::instance();
    if (m_wrong) return theme.tokens().attack;
    switch (m_winner) {
    case Winner::Ink:
        return theme.tokens().text;
    case Winner::Output:
        return theme.category(graph::Category::Output);
    case Winner::Accent:
        return theme.tokens().accent;
    }
    return theme.tokens().text;
}

QSize ProbabilityBars::sizeHint() const
{
    if (m_flat) return QSize(240, kTopFlat + kPitchFlat * (kShownFlat + 1));
    if (m_title.isEmpty()) return QSize(136, kPitch * static_cast<int>(shown().size()));
    return QSize(136, kTop + kPitch * (kShown + 1));
}

void ProbabilityBars::setFlat(bool flat)
{
    m_flat = flat;
    updateGeometry();
    update();
}

void ProbabilityBars::show(std::vector<Row> rows, bool wrong)
{
    if (m_sorted)
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Row &a, const Row &b) { return a.probability > b.probability; });
    const bool taller = m_title.isEmpty() && rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_unnamed = 0;
    m_unnamedShare = 0.0;
    m_wrong = wrong;
    if (m_save) m_save->setEnabled(!m_rows.empty());
    if (taller) updateGeometry();
    update();
}

void ProbabilityBars::show(const std::vector<float> &probabilities,
                           const std::function<QString(std::int64_t)> &nameOf, bool wrong)
{
    std::vector<std::int64_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), 0);
    const auto named = std::min(order.size(), static_cast<std::size_t>(kNamed + 1));
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(named);
    const auto likelier = [&](std::int64_t a, std::int64_t b) {
        return probabilities[static_cast<std::size_t>(a)]
               > probabilities[static_cast<std::size_t>(b)];
    };
    std::partial_sort(order.begin(), end, order.end(), likelier);
    std::vector<Row> rows;
    for (auto index = order.begin(); index != end; ++index)
        rows.push_back({nameOf(*index), probabilities[static_cast<std::size_t>(*index)]});
    show(std::move(rows), wrong);
    m_unnamed = static_cast<int>(order.size() - named);
    for (auto index = end; index != order.end(); ++index)
        m_unnamedShare += probabilities[static_cast<std::size_t>(*index)];
}

/// How many classes have a row of their own: fewer where there is less height.
std::size_t ProbabilityBars::most() const
{
    if (m_flat) return kShownFlat;
    if (m_title.isEmpty()) return kShown; // it is as high as its rows
    const int rows = (height() - kTop - kLine) / kPitch + 1;
    return static_cast<std::size_t>(std::clamp(rows - 1, 1, kShown));
}

std::vector<ProbabilityBars::Row> ProbabilityBars::summedUp(std::size_t most) const
{
    std::vector<Row> rows = m_rows;
    if (rows.size() <= most + (m_unnamed > 0 ? 0 : 1)) return rows;
    double rest = m_unnamedShare;
    for (std::size_t i = most; i < rows.size(); ++i) rest += rows[i].probability;
    const int others = static_cast<int>(rows.size() - most) + m_unnamed;
    rows.resize(most);
    rows.push_back({tr("%n others", nullptr, others), rest});
    return rows;
}

robustness::Plot ProbabilityBars::plot() const
{
    robustness::Plot plot;
    plot.key = "probabilities";
    plot.title = said(m_title);
    plot.yLabel = said(tr("probability"));
    plot.style = robustness::Plot::Style::Bars;
    plot.yIsShare = true;
    robustness::Curve bars;
    bars.key = "probability";
    bars.label = plot.yLabel;
    for (const Row &row : summedUp(kNamed)) {
        plot.xNames.push_back(row.name.toStdString());
        bars.x.push_back(static_cast<double>(bars.x.size()));
        bars.y.push_back(row.probability);
    }
    plot.curves.push_back(std::move(bars));
    return plot;
}

void ProbabilityBars::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_save) m_save->move(width() - m_save->width(), -1);
}

void ProbabilityBars::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font(FontRole::Text));
    painter.setPen(theme.tokens().muted);
    painter.drawText(QRect(0, 0, width(), kLine), Qt::AlignLeft | Qt::AlignVCenter, m_title);
    m_flat ? paintFlat(painter, shown()) : paintHigh(painter, shown());
}

void ProbabilityBars::paintHigh(QPainter &painter, const std::vector<Row> &rows) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool winner = i == 0;
        const int y = (m_title.isEmpty() ? kTopBare : kTop) + static_cast<int>(i) * kPitch - 8;
        painter.setFont(theme.font(winner ? FontRole::TextBold : FontRole::Text));
        const QFontMetrics metrics(painter.font());
        const QString figure = probabilityText(rows[i].probability);
        const int nameWidth = width() - metrics.horizontalAdvance(figure) - 6;
        painter.setPen(t.text);
        painter.drawText(QRect(0, y, nameWidth, kLine), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(rows[i].name, Qt::ElideRight, nameWidth));
        painter.setPen(winner ? t.text : t.muted);
        painter.drawText(QRect(0, y, width(), kLine), Qt::AlignRight | Qt::AlignVCenter, figure);
        paintShare(painter, QRectF(0, y + kLine, width(), 8), rows[i].probability,
                   winner ? winnerColour() : t.strong);
    }
}

void ProbabilityBars::paintFlat(QPainter &painter, const std::vector<Row> &rows) const
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    const QFontMetrics bold(theme.font(FontRole::TextBold));
    int nameWidth = 0, figureWidth = 0;
    for (const Row &row : rows) {
        nameWidth = std::max(nameWidth, bold.horizontalAdvance(row.name));
        figureWidth =
            std::max(figureWidth, bold.horizontalAdvance(probabilityText(row.probability)));
    }
    nameWidth = std::min(nameWidth, width() / 3) + 8;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool winner = i == 0;
        const QRect line(0, kTopFlat + static_cast<int>(i) * kPitchFlat, width(), kLine);
        painter.setFont(theme.font(winner ? FontRole::TextBold : FontRole::Text));
        painter.setPen(t.text);
        painter.drawText(
            line, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(painter.font()).elidedText(rows[i].name, Qt::ElideRight, nameWidth - 8));
        painter.setPen(winner ? t.text : t.muted);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                         probabilityText(rows[i].probability));
        paintShare(
            painter,
            QRectF(nameWidth, line.center().y() - 3, width() - nameWidth - figureWidth - 8, 8),
            rows[i].probability, winner ? winnerColour() : t.strong);
    }
}

void paintShare(QPainter &painter, const QRectF &trough, double share, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::instance().tokens().track);
    painter.drawRoundedRect(trough, 2, 2);
    painter.setBrush(colour);
    painter.drawRoundedRect(
        QRectF(trough.x(), trough.y(), std::max(1.0, trough.width() * share), trough.height()), 2,
        2);
}

} // namespace ostrich::ui
