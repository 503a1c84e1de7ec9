// The chart over the curve.
#include "inside/recurrent_page.hpp"

#include "inside/memory_curve.hpp"
#include "inside/step_chart.hpp"
#include "inside/step_choice.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ostrich::ui {

RecurrentPage::RecurrentPage(InsideModel *model, QWidget *parent)
    : InsidePage(model, parent),
      m_chart(new StepChart),
      m_curve(new MemoryCurve),
      m_upper(new QWidget),
      m_choices(new QWidget),
      m_legend(new QLabel),
      m_order(new QComboBox)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    auto *upper = new QHBoxLayout(m_upper);
    upper->setContentsMargins(20, 0, 20, 0);
    upper->addWidget(m_chart);
    layout->addWidget(m_upper, 452);
    m_depth = depthPart();
    layout->addWidget(m_depth, 210);
    auto *choices = new QHBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(8);
    m_order->addItems({tr("sorted by what they keep"), tr("as they are")});
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_order->setMinimumContentsLength(20);
    m_order->setAccessibleName(tr("Order of the units"));
    m_order->setToolTip(m_order->accessibleName());
    choices->addWidget(m_order);
    connect(m_order, &QComboBox::currentIndexChanged, this, &RecurrentPage::showChart);
    connect(m_chart, &StepChart::cursorMoved, model, &InsideModel::setCursor);
    connect(m_chart, &StepChart::choiceMade, model, &InsideModel::changeStep);
    connect(m_chart, &StepChart::choiceWanted, this, [this](int step) {
        openStepChoice(m_chart, m_chart->chipRect(step).toRect(), m_model->steps(), step,
                       [this, step](int choice) { m_model->changeStep(step, choice); });
    });
    connect(model, &InsideModel::cursorChanged, this,
            [this] { m_chart->setCursor(m_model->cursor()); });
    connect(&Theme::instance(), &Theme::changed, this, &RecurrentPage::refresh);
}

QWidget *RecurrentPage::depthPart()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 4);
    layout->setSpacing(0);
    layout->addWidget(ruledLine());
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 8, 20, 0);
    head->addWidget(sectionTitle(tr("Memory depth")));
    head->addStretch();
    m_legend->setTextFormat(Qt::RichText);
    head->addWidget(m_legend);
    layout->addLayout(head);
    auto *below = new QHBoxLayout;
    below->setContentsMargins(20, 0, 0, 0);
    below->addWidget(m_curve);
    layout->addLayout(below, 1);
    return part;
}

bool RecurrentPage::shows(Look look) const
{
    return look == Look::Gates || look == Look::States || look == Look::Memory;
}

void RecurrentPage::showChart()
{
    std::vector<HeatRow> rows;
    std::vector<int> order;
    for (const GateMap &map : gateMaps(*m_model)) {
        rows.push_back({map.title, map.note, *map.values, map.isSigned,
                        map.isSigned ? largestMagnitude(*map.values) : 1.0f});
        if (map.decides && m_order->currentIndex() == 0) order = unitsByMean(*map.values);
    }
    m_order->setVisible(m_model->look() == Look::Gates);
    m_chart->setRows(std::move(rows), order);
}

void RecurrentPage::refresh()
{
    const Look look = m_model->look();
    m_upper->setVisible(look != Look::Memory);
    m_depth->setVisible(look != Look::States);
    m_chart->setSteps(m_model->steps());
    m_chart->setCursor(m_model->cursor());
    showChart();
    const InsideModel::Entry *entry = m_model->current();
    const QString name = entry ? entry->name : QString();
    m_legend->setText(QStringLiteral("<span style='color:%1'>━━</span>&nbsp; %2")
                          .arg(Theme::instance().category(graph::Category::Recurrent).name(),
                               name.toHtmlEscaped()));
    m_curve->show(m_model->depths(), m_model->halfMemory(), name);
}

} // namespace ostrich::ui
