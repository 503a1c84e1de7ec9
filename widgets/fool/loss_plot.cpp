// The loss by step, drawn with QCustomPlot.
#include "fool/loss_plot.hpp"

#include "findings/figure_button.hpp"
#include "fool/live_attack.hpp"
#include "fool/picture_findings.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QVBoxLayout>
#include <qcustomplot.h>

#include <algorithm>

namespace ostrich::ui {

LossPlot::LossPlot(const LiveAttack *live, QWidget *parent)
    : QWidget(parent), m_live(live), m_plot(new QCustomPlot), m_empty(mutedLabel())
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    layout->addWidget(m_empty);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setText(
        tr("What the attack makes large, step by step. This attack takes no steps that "
           "could be watched."));
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msBottom);
    m_plot->axisRect()->setMinimumMargins(QMargins(40, 0, 0, 20));
    m_plot->axisRect()->setMargins(QMargins(40, 22, 24, 20)); // what flips is said above
    m_loss = m_plot->addGraph();
    m_now = m_plot->addGraph();
    m_now->setLineStyle(QCPGraph::lsNone);
    m_flip = new QCPItemStraightLine(m_plot);
    m_flipText = new QCPItemText(m_plot);
    m_flipText->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_flipText->setClipToAxisRect(false);
    m_flipText->setPadding(QMargins(6, 0, 6, 0));
    connect(live, &LiveAttack::stepped, this, &LossPlot::refresh);
    connect(live, &LiveAttack::stateChanged, this, &LossPlot::refresh);
    connect(live, &LiveAttack::forgotten, this, &LossPlot::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &LossPlot::applyTheme);
    applyTheme();
}

FigureButton *LossPlot::makeSaveButton()
{
    auto *button =
        new FigureButton([this] { return FigureButton::Shot{drawingOf(lossPlot(*m_live))}; });
    button->alsoOn(this);
    const auto refresh = [this, button] { button->setEnabled(!m_live->seen().empty()); };
    for (const auto change :
         {&LiveAttack::stepped, &LiveAttack::stateChanged, &LiveAttack::forgotten})
        connect(m_live, change, button, refresh);
    refresh();
    return button;
}

void LossPlot::applyTheme()
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    m_plot->setBackground(t.panel);
    m_loss->setPen(QPen(t.attack, 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_now->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(t.attack), t.attack, 9));
    QPen flip(t.accent, 1.5);
    flip.setDashPattern({3, 3});
    m_flip->setPen(flip);
    m_flipText->setFont(theme.font(FontRole::Text));
    m_flipText->setColor(t.text);
    QColor gridColour = t.border;
    gridColour.setAlphaF(0.65f);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(axis == m_plot->xAxis ? QPen(t.border) : Qt::NoPen);
        axis->setTickPen(axis == m_plot->xAxis ? QPen(t.strong) : Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLength(0, 4);
        axis->setTickLabelFont(theme.font(FontRole::Text));
        axis->setTickLabelColor(t.muted);
        axis->grid()->setZeroLinePen(Qt::NoPen);
        axis->ticker()->setTickCount(4);
    }
    m_plot->yAxis->grid()->setPen(QPen(gridColour, 1));
    m_plot->xAxis->grid()->setVisible(false);
    refresh();
}

void LossPlot::refresh()
{
    const auto &seen = m_live->seen();
    m_plot->setVisible(!seen.empty());
    m_empty->setVisible(seen.empty() && !m_live->running());
    if (seen.empty()) return;
    const robustness::Curve curve = lossPlot(*m_live).curves.front();
    const QVector<double> steps(curve.x.begin(), curve.x.end()),
        losses(curve.y.begin(), curve.y.end());
    m_loss->setData(steps, losses, true);
    m_now->setData({steps.last()}, {losses.last()}, true);
    const auto planned = static_cast<double>(m_live->planned());
    m_plot->xAxis->setRange(0.0, std::max({1.0, planned, steps.last()}));
    const auto [least, most] = std::minmax_element(losses.cbegin(), losses.cend());
    const double margin = std::max(1e-6, (*most - *least) * 0.1);
    m_plot->yAxis->setRange(*least - margin, *most + margin);
    const auto flip = std::ranges::find(seen, true, &LiveAttack::Seen::fooled);
    m_flip->setVisible(flip != seen.end());
    m_flipText->setVisible(flip != seen.end());
    if (flip != seen.end()) {
        const auto at = static_cast<double>(flip->step);
        m_flip->point1->setCoords(at, 0);
        m_flip->point2->setCoords(at, 1);
        m_flipText->setText(tr("flips at step %1").arg(flip->step));
        const bool isLate = at > 0.6 * m_plot->xAxis->range().upper;
        m_flipText->setPositionAlignment((isLate ? Qt::AlignRight : Qt::AlignLeft)
                                         | Qt::AlignBottom);
        m_flipText->position->setCoords(at, 0.0);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace ostrich::ui
