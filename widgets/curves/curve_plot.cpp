// Drawing the curves with QCustomPlot in the design's colours.
#include "curves/curve_plot.hpp"

#include "curves/run_figures.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::ui {

namespace {

/// Ticks at 1, then at round epochs: 1, 5, 10, 15 ...; never so many that labels touch.
QSharedPointer<QCPAxisTickerText> epochTicks(std::int64_t last, int width)
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    std::int64_t step = 1;
    const auto steps = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};
    for (const int candidate : steps) {
        step = candidate;
        if (last / step * 34 <= width) break;
    }
    ticker->addTick(1, QStringLiteral("1"));
    for (std::int64_t tick = step == 1 ? 2 : step; tick <= last; tick += step)
        if (tick > 1 && (tick - 1) * width >= 20 * last)
            ticker->addTick(static_cast<double>(tick), QString::number(tick));
    return ticker;
}

/// The next "round" number at or above `value`: 1, 1.5, 2, 3, 4, 5, 8 times a power of ten.
double roundUp(double value)
{
    if (!(value > 0.0) || !std::isfinite(value)) return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0})
        if (value <= factor * power * 1.0001) return factor * power;
    return 10.0 * power;
}

/// Single points: at the edge of the plot they are whole.
class PointGraph : public QCPGraph {
public:
    explicit PointGraph(QCustomPlot *plot) : QCPGraph(plot->xAxis, plot->yAxis)
    {
        setLineStyle(QCPGraph::lsNone);
    }

protected:
    QRect clipRect() const override { return QCPGraph::clipRect().adjusted(-8, -8, 8, 8); }
};

} // namespace

CurvePlot::CurvePlot(Quantity quantity, bool detailed, QWidget *parent)
    : QCustomPlot(parent), m_quantity(quantity), m_detailed(detailed)
{
    setInteractions(QCP::iNone);
    setNoAntialiasingOnDrag(false);
    axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    axisRect()->setMinimumMargins(QMargins(34, 0, 0, 20));
    axisRect()->setMargins(QMargins(34, 12, 14, 20));
    m_training = addGraph();
    m_validation = addGraph();
    m_validation->setChannelFillGraph(m_training);
    m_trainingEnd = new PointGraph(this);
    m_validationEnd = new PointGraph(this);
    m_bestRing = new PointGraph(this);
    m_testPoint = new PointGraph(this);
    m_bestLine = new QCPItemStraightLine(this);
    m_stopLine = new QCPItemStraightLine(this);
    m_naiveLine = new QCPItemStraightLine(this);
    m_bestText = new QCPItemText(this);
    m_stopText = new QCPItemText(this);
    m_gapText = new QCPItemText(this);
    m_testText = new QCPItemText(this);
    m_naiveText = new QCPItemText(this);
    m_bracket = new QCPItemBracket(this);
    m_bracket->setStyle(QCPItemBracket::bsSquare);
    m_bracket->setLength(6);
    for (QCPItemText *text : {m_bestText, m_stopText, m_gapText, m_testText, m_naiveText})
        text->setClipToAxisRect(false);
    m_bracket->setClipToAxisRect(false);
    connect(&Theme::instance(), &Theme::changed, this, &CurvePlot::applyTheme);
    applyTheme();
}

std::optional<double> CurvePlot::gap(const CurveData &data, Quantity quantity)
{
    if (data.epochs.empty()) return {};
    const train::EpochMetrics &last = data.epochs.back();
    return quantity == Quantity::Loss ? last.val_loss - last.train_loss
                                      : last.train_accuracy - last.val_accuracy;
}

double CurvePlot::trainingValue(const train::EpochMetrics &epoch) const
{
    return m_quantity == Quantity::Loss ? epoch.train_loss : epoch.train_accuracy * 100.0;
}

double CurvePlot::validationValue(const train::EpochMetrics &epoch) const
{
    if (m_errors)
        return forecastError(epoch.figures, "val_")
            .value_or(std::numeric_limits<double>::quiet_NaN());
    return m_quantity == Quantity::Loss ? epoch.val_loss : epoch.val_accuracy * 100.0;
}

void CurvePlot::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    setBackground(t.panel);
    const QPen trainingPen(t.training, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const QPen validationPen(t.validation, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    m_training->setPen(trainingPen);
    m_validation->setPen(validationPen);
    m_validation->setBrush(m_errors ? QBrush(Qt::NoBrush) : QBrush(t.gapBand));
    m_trainingEnd->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(t.training), t.training, 8));
    m_validationEnd->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(t.validation), t.validation, 8));
    m_bestRing->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(t.validation, 2.5), t.panel, 10));
    m_testPoint->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(t.test, 1), t.test, 11));
    m_bestLine->setPen(QPen(t.text, 1, Qt::CustomDashLine));
    QPen dashed(t.text, 1);
    dashed.setDashPattern({4, 4});
    m_bestLine->setPen(dashed);
    m_stopLine->setPen(QPen(t.text, 1.5));
    m_naiveLine->setPen(QPen(t.strong, 1.5));
    m_naiveText->setFont(theme.font(FontRole::Text));
    m_naiveText->setColor(t.muted);
    m_bracket->setPen(QPen(t.muted, 1));
    const QFont font = theme.font(FontRole::Text), bold = theme.font(FontRole::TextBold);
    for (QCPItemText *text : {m_bestText, m_stopText}) {
        text->setFont(font);
        text->setColor(t.text);
    }
    m_gapText->setFont(bold);
    m_gapText->setColor(t.text);
    QColor plate = t.panel; // where it stands on the band, the curves stay behind it
    plate.setAlphaF(0.6f);
    m_gapText->setBrush(plate);
    m_testText->setFont(bold);
    m_testText->setColor(t.testText);
    for (QCPAxis *axis : {xAxis, yAxis}) {
        axis->setBasePen(axis == xAxis ? QPen(t.border, 1) : Qt::NoPen);
        axis->setTickPen(axis == xAxis ? QPen(t.strong, 1) : Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelFont(font);
        axis->setTickLabelColor(t.muted);
        axis->setTickLength(0, 4);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->setTickLabelPadding(6);
    }
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    yAxis->grid()->setPen(QPen(gridColour, 1));
    xAxis->grid()->setVisible(false);
    replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::show(const CurveData &data)
{
    if (data == m_data && m_training->dataCount() > 0) return;
    m_data = data;
    m_errors =
        m_quantity == Quantity::Accuracy && !data.epochs.empty() && forecasts(data.epochs.back());
    m_validation->setChannelFillGraph(m_errors ? nullptr : m_training);
    m_validation->setBrush(m_errors ? QBrush(Qt::NoBrush)
                                    : QBrush(Theme::instance().tokens().gapBand));
    QVector<double> x, training, validation;
    for (const train::EpochMetrics &epoch : data.epochs) {
        x << static_cast<double>(epoch.epoch);
        training << trainingValue(epoch);
        validation << validationValue(epoch);
    }
    m_training->setData(x, training, true);
    m_validation->setData(x, validation, true);
    m_trainingEnd->setData(x.mid(x.size() - 1), training.mid(x.size() - 1), true);
    m_validationEnd->setData(x.mid(x.size() - 1), validation.mid(x.size() - 1), true);
    setRanges();
    placeMarks();
    placeGap();
    placeNaive();
    replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::setAccuracyRange()
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    double lowest = 100.0;
    for (const auto &epoch : m_data.epochs)
        lowest = std::min({lowest, trainingValue(epoch), validationValue(epoch)});
    const double floor =
        m_data.epochs.empty() ? 0.0 : std::max(0.0, std::floor((lowest - 2.0) / 10.0) * 10.0);
    yAxis->setRange(floor, 100.0);
    const double step = (100.0 - floor) > 50.0 ? 25.0 : 10.0;
    for (double tick = 100.0; tick >= floor - 0.01; tick -= step)
        ticker->addTick(tick, QString::number(tick) + QStringLiteral("\u202F%"));
    yAxis->setTicker(ticker);
}

/// Losses and errors.
void CurvePlot::setRangeFromZero()
{
    QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    // The first epoch may tower above all others: the third largest value sets the scale, so that
    // the gap stays readable.
    std::vector<double> values;
    for (const auto &epoch : m_data.epochs)
        for (const double value : {trainingValue(epoch), validationValue(epoch)})
            if (std::isfinite(value)) values.push_back(value);
    std::sort(values.begin(), values.end(), std::greater<>());
    double top = values.empty()      ? 1.0
                 : values.size() > 8 ? std::max(values[2], values[0] * 0.6)
                                     : values[0];
    if (m_errors && !m_data.epochs.empty())
        top = std::max(top, figureNamed(m_data.epochs.back().figures, "naive_mase").value_or(0.0));
    const double ceiling = roundUp(top * 1.02);
    yAxis->setRange(0.0, ceiling);
    const int parts = m_detailed ? 4 : 2;
    for (int i = 0; i <= parts; ++i) {
        const double tick = ceiling * i / parts;
        ticker->addTick(tick, QLocale().toString(tick, 'f',
                                                 ceiling >= 10 ? 0
                                                 : m_detailed  ? 2
                                                 : ceiling < 1 ? 2
                                                               : 1));
    }
    yAxis->setTicker(ticker);
}

/// What repeating the last value reaches, as a line to get below.
void CurvePlot::placeNaive()
{
    const auto naive = m_errors ? figureNamed(m_data.epochs.back().figures, "naive_mase")
                                : std::optional<double>();
    m_naiveLine->setVisible(naive.has_value());
    m_naiveText->setVisible(naive.has_value());
    if (!naive) return;
    m_naiveLine->point1->setCoords(0.0, *naive);
    m_naiveLine->point2->setCoords(1.0, *naive);
    m_naiveText->setText(tr("naive %1").arg(figure(*naive)));
    const bool below = *naive > 0.85 * yAxis->range().upper;
    m_naiveText->setPositionAlignment(Qt::AlignRight | (below ? Qt::AlignTop : Qt::AlignBottom));
    m_naiveText->position->setCoords(xAxis->range().upper, *naive);
    m_naiveText->setPadding(QMargins(4, 2, 4, 2));
}

void CurvePlot::setRanges()
{
    const double last = static_cast<double>(std::max<std::int64_t>(
        {m_data.plannedEpochs, m_data.epochs.empty() ? 0 : m_data.epochs.back().epoch, 2}));
    xAxis->setRange(1.0, last);
    xAxis->setTicker(
        epochTicks(static_cast<std::int64_t>(last), std::max(100, axisRect()->width())));
    if (m_quantity == Quantity::Accuracy && !m_errors)
        setAccuracyRange();
    else
        setRangeFromZero();
}

void CurvePlot::placeMarks()
{
    const bool hasBest = m_data.bestEpoch > 0 && !m_data.epochs.empty();
    const double best = static_cast<double>(m_data.bestEpoch);
    const auto top = [this](QCPItemText *text, double x, const QString &words, bool toTheLeft) {
        text->setText(words);
        text->setPositionAlignment((toTheLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
        text->position->setTypeX(QCPItemPosition::ptPlotCoords);
        text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        text->position->setCoords(x, 0.0);
        text->setPadding(QMargins(8, 0, 8, 0));
    };
    m_bestLine->setVisible(hasBest);
    m_bestText->setVisible(hasBest && (m_detailed ? m_quantity == Quantity::Loss : true));
    m_bestRing->data()->clear();
    m_testPoint->data()->clear();
    const bool right = best > xAxis->range().center() + xAxis->range().size() * 0.25;
    if (hasBest) {
        m_bestLine->point1->setCoords(best, 0.0);
        m_bestLine->point2->setCoords(best, 1.0);
        top(m_bestText, best, tr("best: epoch %1").arg(m_data.bestEpoch), right);
        if (m_detailed)
            for (const auto &epoch : m_data.epochs)
                if (epoch.epoch == m_data.bestEpoch)
                    m_bestRing->addData(best, validationValue(epoch));
    }
    const bool stopped = m_data.stoppedEarly && m_detailed && !m_data.epochs.empty();
    m_stopLine->setVisible(stopped);
    m_stopText->setVisible(stopped && m_quantity == Quantity::Loss);
    if (stopped) {
        const double last = static_cast<double>(m_data.epochs.back().epoch);
        m_stopLine->point1->setCoords(last, 0.0);
        m_stopLine->point2->setCoords(last, 1.0);
        top(m_stopText, last, tr("stopped early: epoch %1").arg(m_data.epochs.back().epoch), true);
        // Two labels side by side when both fit; else the best epoch's moves to the left of its
        // line.
        if (hasBest && (last - best) / xAxis->range().size() * axisRect()->width() < 280.0)
            m_bestText->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
    }
    const bool test =
        m_data.test && std::isfinite(*m_data.test) && hasBest && m_quantity == Quantity::Accuracy;
    m_testText->setVisible(test);
    if (test) {
        const double height = m_errors ? *m_data.test : *m_data.test * 100.0;
        m_testPoint->addData(best, height);
        m_testText->setText(
            tr("test %1").arg(m_errors ? figure(*m_data.test) : percent(*m_data.test)));
        m_testText->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
        m_testText->position->setCoords(best, height);
        m_testText->setPadding(QMargins(12, 4, 12, 0));
    }
}

void CurvePlot::placeGap()
{
    const auto difference = gap(m_data, m_quantity);
    const bool shown =
        difference && m_quantity == Quantity::Loss && *difference > 0.0 && m_data.epochs.size() > 1;
    m_bracket->setVisible(shown);
    m_gapText->setVisible(shown);
    if (!shown) return;
    const train::EpochMetrics &last = m_data.epochs.back();
    const double epoch = static_cast<double>(last.epoch);
    const double ceiling = yAxis->range().upper;
    const double low = std::min(last.train_loss, ceiling), high = std::min(last.val_loss, ceiling);
    const double perPixel = xAxis->range().size() / std::max(1, axisRect()->width());
    const double x = epoch + 12.0 * perPixel;
    m_bracket->left->setCoords(x, high);
    m_bracket->right->setCoords(x, low);
    m_gapText->setText(tr("gap %1").arg(QLocale().toString(*difference, 'f', 2)));
    // No room at the right of the last epoch: the figure stands at the left of it, on the band.
    const bool crowded = (xAxis->range().upper - epoch) / perPixel < 84.0;
    m_gapText->setPositionAlignment((crowded ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    m_gapText->setPadding(QMargins(6, 2, 6, 2));
    // Never on the axis: a gap near 0 of losses near 0 would be struck through by it.
    const double clear = 12.0 * yAxis->range().size() / std::max(1, axisRect()->height());
    m_gapText->position->setCoords(crowded ? epoch - 4.0 * perPixel : x + 4.0 * perPixel,
                                   std::max((low + high) / 2.0, yAxis->range().lower + clear));
    m_bracket->setVisible(!crowded);
}

void CurvePlot::resizeEvent(QResizeEvent *event)
{
    QCustomPlot::resizeEvent(event);
    setRanges();
    placeMarks();
    placeGap();
    placeNaive();
}

} // namespace ostrich::ui
