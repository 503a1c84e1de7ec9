// The curve of Fool, drawn with QCustomPlot.
#include "fool/robustness_curve.hpp"

#include "findings/figure_button.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/picture_findings.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr float kBandAlpha = 0.16f;

/// Where there is no curve: why, or how one comes by it.
QString emptyText(const FoolModel &model)
{
    if (model.sweeping()) return RobustnessCurve::tr("Attacking the test pictures…");
    const QString why = model.obstacle().isEmpty() ? model.sweepObstacle() : QString();
    if (!why.isEmpty()) return why;
    return RobustnessCurve::tr("How often is the network still right as ε grows? “Draw the curve” "
                               "tells, with random noise of the same size beside it.");
}

/// Between the measured points the curve is read along straight lines, as it is drawn.
double interpolated(const std::vector<attack::SweepPoint> &points, double epsilon,
                    double attack::SweepPoint::*figure)
{
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (epsilon > points[i].epsilon) continue;
        const double span = points[i].epsilon - points[i - 1].epsilon;
        const double share = span > 0 ? (epsilon - points[i - 1].epsilon) / span : 0.0;
        return points[i - 1].*figure + share * (points[i].*figure - points[i - 1].*figure);
    }
    return points.back().*figure;
}

} // namespace

RobustnessCurve::RobustnessCurve(FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_plot(new QCustomPlot),
      m_note(new ElidingLabel),
      m_empty(mutedLabel()),
      m_figures(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_plot, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty, 1);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setMinimumWidth(1); // the panel may be narrower than its words
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_figures);
    foot->addWidget(m_note, 1);
    layout->addLayout(foot);

    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    m_plot->axisRect()->setMinimumMargins(QMargins(40, 0, 0, 20));
    m_plot->axisRect()->setMargins(QMargins(40, 8, 24, 20));
    m_noiseBand = addBand();
    m_attackBand = addBand();
    m_noise = m_plot->addGraph();
    m_attack = m_plot->addGraph();
    m_point = m_plot->addGraph();
    m_point->setLineStyle(QCPGraph::lsNone);
    m_cursor = new QCPItemStraightLine(m_plot);
    m_attackText = new QCPItemText(m_plot);
    m_noiseText = new QCPItemText(m_plot);
    for (QCPItemText *text : {m_attackText, m_noiseText}) text->setClipToAxisRect(false);
    m_plot->yAxis->setRange(0, 104);
    m_plot->setAccessibleName(tr("Accuracy against ε"));
    m_plot->setToolTip(tr("The bands are exact 95 % intervals (Clopper and Pearson 1934)"));
    QSharedPointer<QCPAxisTickerText> shares(new QCPAxisTickerText);
    for (const int tick : {0, 50, 100})
        shares->addTick(tick, QString::number(tick) + QStringLiteral("\u202F%"));
    m_plot->yAxis->setTicker(shares);
    connect(m_plot, &QCustomPlot::afterLayout, this, &RobustnessCurve::placeTexts);
    connect(model, &FoolModel::sweepChanged, this, &RobustnessCurve::refresh);
    connect(model, &FoolModel::optionsChanged, this, &RobustnessCurve::refresh);
    connect(model, &FoolModel::pictureChanged, this, &RobustnessCurve::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &RobustnessCurve::applyTheme);
    applyTheme();
}

FigureButton *RobustnessCurve::makeSaveButton()
{
    auto *button =
        new FigureButton([this] { return FigureButton::Shot{drawingOf(sweepPlot(*m_model))}; });
    button->alsoOn(this);
    const auto refresh = [this, button] { button->setEnabled(!m_model->sweep().empty()); };
    connect(m_model, &FoolModel::sweepChanged, button, refresh);
    refresh();
    return button;
}

/// Its edges are not drawn, what lies between them is.
RobustnessCurve::Band RobustnessCurve::addBand()
{
    const Band band{m_plot->addGraph(), m_plot->addGraph()};
    for (QCPGraph *edge : {band.low, band.high}) edge->setPen(Qt::NoPen);
    band.high->setChannelFillGraph(band.low);
    return band;
}

void RobustnessCurve::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    m_plot->setBackground(t.panel);
    m_attack->setPen(QPen(t.attack, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPen noise(t.strong, 2);
    noise.setDashPattern({3, 3});
    m_noise->setPen(noise);
    const auto fill = [](QCPGraph *graph, QColor colour) {
        colour.setAlphaF(kBandAlpha);
        graph->setBrush(colour);
    };
    fill(m_attackBand.high, t.attack);
    fill(m_noiseBand.high, t.strong);
    m_point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(t.attack), t.attack, 9));
    QPen cursor(t.accent, 1.5);
    cursor.setDashPattern({3, 3});
    m_cursor->setPen(cursor);
    for (QCPItemText *text : {m_attackText, m_noiseText})
        text->setFont(theme.font(text == m_attackText ? FontRole::TextBold : FontRole::Text));
    m_attackText->setColor(t.attackText);
    m_noiseText->setColor(t.text);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(axis == m_plot->xAxis ? QPen(t.border) : Qt::NoPen);
        axis->setTickPen(axis == m_plot->xAxis ? QPen(t.strong) : Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 4);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    m_plot->yAxis->grid()->setPen(QPen(gridColour, 1));
    m_plot->xAxis->grid()->setVisible(false);
    QPalette grey = m_note->palette();
    grey.setColor(QPalette::WindowText, t.muted);
    m_note->setPalette(grey);
    refresh();
}

void RobustnessCurve::show(const robustness::Curve &curve, QCPGraph *line, const Band &band)
{
    const QVector<double> x(curve.x.begin(), curve.x.end());
    const auto inPercent = [](const std::vector<double> &shares) {
        QVector<double> values;
        for (const double share : shares) values << share * 100.0;
        return values;
    };
    line->setData(x, inPercent(curve.y), true);
    band.low->setData(x, inPercent(curve.low), true);
    band.high->setData(x, inPercent(curve.high), true);
}

void RobustnessCurve::refresh()
{
    const auto &points = m_model->sweep();
    const bool shown = !points.empty();
    m_plot->setVisible(shown);
    m_empty->setVisible(!shown);
    m_figures->setVisible(shown);
    m_note->setVisible(shown);
    if (!shown) {
        m_empty->setText(emptyText(*m_model));
        return;
    }
    const robustness::Plot plot = sweepPlot(*m_model);
    show(plot.curves[0], m_attack, m_attackBand);
    show(plot.curves[1], m_noise, m_noiseBand);
    m_plot->setAccessibleDescription(drawingOf(plot)->spoken());
    const double largest = m_model->largestEpsilon();
    m_plot->xAxis->setRange(0.0, largest);
    QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
    for (int i = 0; i <= 4; ++i)
        ticks->addTick(largest * i / 4.0, epsilonText(largest * i / 4.0, m_model->options().norm));
    m_plot->xAxis->setTicker(ticks);
    const QString all = count(m_model->sweepPictures());
    m_note->setText(points.front().robust_accuracy > 0.0
                        ? tr("%1 test pictures, %2").arg(all, attackTitle(m_model->options()))
                        : tr("It reads none of these %1 pictures, attacked or not").arg(all));
    showFigures();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void RobustnessCurve::placeTexts()
{
    const auto &points = m_model->sweep();
    if (points.empty()) return;
    const double epsilon = m_model->options().epsilon;
    const double marker = m_plot->xAxis->coordToPixel(epsilon);
    const auto width = [](const QCPItemText *text) {
        return QFontMetrics(text->font()).horizontalAdvance(text->text()) + text->padding().left()
               + text->padding().right();
    };
    const QRect area = m_plot->axisRect()->rect();
    const bool left = marker + width(m_attackText) > area.right() + 16;
    m_attackText->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);

    // The noise's name ends at the right edge, or, where the marker would cross it there, before
    // the marker.
    const double edge =
        std::min<double>(area.right() + 8, m_plot->xAxis->coordToPixel(points.back().epsilon) + 8);
    const double wanted = width(m_noiseText);
    const bool crossed = marker > edge - wanted - 4 && marker < edge + 4;
    const double right = crossed && marker - wanted >= area.left() ? marker : edge;
    const double from = m_plot->xAxis->pixelToCoord(right - wanted),
                 to = m_plot->xAxis->pixelToCoord(right);
    double lowest = 1.0, highest = 0.0;
    for (int i = 0; i <= 8; ++i) {
        const double accuracy = interpolated(points, std::max(0.0, from + (to - from) * i / 8.0),
                                             &attack::SweepPoint::noise_accuracy);
        lowest = std::min(lowest, accuracy);
        highest = std::max(highest, accuracy);
    }
    // Below its curve, unless the attack's name stands there.
    const double below = m_plot->yAxis->coordToPixel(lowest * 100.0);
    const int line = QFontMetrics(m_noiseText->font()).height() + 12;
    const double attackY = m_attackText->position->pixelPosition().y();
    const double attackLeft = left ? marker - width(m_attackText) : marker;
    const bool taken = m_attackText->visible() && attackLeft < right
                       && attackLeft + width(m_attackText) > right - wanted && attackY > below
                       && attackY - line < below + line;
    m_noiseText->setPositionAlignment(Qt::AlignRight | (taken ? Qt::AlignBottom : Qt::AlignTop));
    m_noiseText->position->setCoords(to, (taken ? highest : lowest) * 100.0);
}

void RobustnessCurve::showFigures()
{
    const auto &points = m_model->sweep();
    const double epsilon = m_model->options().epsilon;
    const Tokens &t = Theme::instance().tokens();
    const bool reached = epsilon <= points.back().epsilon;
    const double robust = interpolated(points, epsilon, &attack::SweepPoint::robust_accuracy);
    const double noise = interpolated(points, epsilon, &attack::SweepPoint::noise_accuracy);
    m_cursor->point1->setCoords(epsilon, 0);
    m_cursor->point2->setCoords(epsilon, 1);
    m_point->data()->clear();
    if (reached) m_point->addData(epsilon, robust * 100.0);
    m_attackText->setVisible(reached);
    m_attackText->setText(tr("attacked: %1").arg(percent(robust)));
    m_attackText->setPadding(QMargins(10, 2, 10, 2));
    m_attackText->position->setCoords(epsilon, robust * 100.0);
    m_noiseText->setText(tr("random noise of the same size"));
    m_noiseText->setPadding(QMargins(8, 6, 8, 6));
    // Its place is known once the whole curve is.
    m_noiseText->setVisible(!m_model->sweeping() && points.size() > 3);
    const QString row =
        QStringLiteral("<span style='color:%1'>%2</span>&nbsp;&nbsp;<span "
                       "style='color:%3;font-weight:600'>%4</span>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;");
    QString html = row.arg(t.muted.name(), tr("clean"), t.text.name(),
                           percent(points.front().robust_accuracy));
    if (reached) {
        html += row.arg(t.muted.name(),
                        tr("robust at %1").arg(epsilonText(epsilon, m_model->options().norm)),
                        t.attackText.name(), percent(robust));
        html += row.arg(t.muted.name(), tr("noise"), t.text.name(), percent(noise));
    }
    m_figures->setText(html);
}

} // namespace ostrich::ui
