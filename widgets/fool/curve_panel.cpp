// The choice between the two plots.
#include "fool/curve_panel.hpp"

#include "fool/fool_model.hpp"
#include "fool/loss_plot.hpp"
#include "fool/robustness_curve.hpp"
#include "theme/controls.hpp"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kAccuracy = 0, kLoss = 1;

} // namespace

CurvePanel::CurvePanel(FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_choice(new SegmentedControl({tr("Accuracy against ε"), tr("Loss, step by step")}, true)),
      m_stack(new QStackedWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 8, 20, 8);
    layout->setSpacing(4);
    layout->addWidget(m_choice, 0, Qt::AlignLeft);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(new RobustnessCurve(model));
    m_stack->addWidget(new LossPlot(model));
    m_choice->setAccessibleName(tr("Which curve"));
    connect(m_choice, &SegmentedControl::currentIndexChanged, m_stack,
            &QStackedWidget::setCurrentIndex);
    connect(&model->live(), &LiveAttack::stateChanged, this, &CurvePanel::follow);
    connect(model, &FoolModel::sweepChanged, this, [this] {
        if (m_model->sweeping() && m_model->sweep().empty()) m_choice->setCurrentIndex(kAccuracy);
    });
}

void CurvePanel::follow()
{
    const LiveAttack &live = m_model->live();
    if (live.running() && live.pace() != LiveAttack::Pace::Fast) m_choice->setCurrentIndex(kLoss);
}

} // namespace ostrich::ui
