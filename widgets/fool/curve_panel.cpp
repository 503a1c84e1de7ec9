// The choice between the two plots.
#include "fool/curve_panel.hpp"

#include "findings/figure_button.hpp"
#include "fool/fool_model.hpp"
#include "fool/loss_plot.hpp"
#include "fool/robustness_curve.hpp"
#include "theme/controls.hpp"

#include <QHBoxLayout>
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
    auto *accuracy = new RobustnessCurve(model);
    auto *loss = new LossPlot(&model->live());
    m_stack->addWidget(accuracy);
    m_stack->addWidget(loss);
    auto *save = new QStackedWidget; // a button for the plot in front
    save->addWidget(accuracy->makeSaveButton());
    save->addWidget(loss->makeSaveButton());
    save->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *head = new QHBoxLayout;
    head->addWidget(m_choice);
    head->addStretch();
    head->addWidget(save);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    m_choice->setAccessibleName(tr("Which curve"));
    for (QStackedWidget *each : {m_stack, save})
        connect(m_choice, &SegmentedControl::currentIndexChanged, each,
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
