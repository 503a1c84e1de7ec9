// The chart over the curve.
#include "inside/recurrent_page.hpp"

#include "inside/curve_legend.hpp"
#include "inside/memory_curve.hpp"
#include "inside/step_chart.hpp"
#include "inside/step_choice.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

/// "LSTM, half at 20".
QString named(const QString &name, const std::optional<int> &half)
{
    return half ? RecurrentPage::tr("%1, half at %2").arg(name).arg(*half) : name;
}

} // namespace

RecurrentPage::RecurrentPage(InsideModel *model, QWidget *parent)
    : InsidePage(model, parent),
      m_chart(new StepChart),
      m_curve(new MemoryCurve),
      m_upper(new QWidget),
      m_choices(new QWidget),
      m_legend(new CurveLegend),
      m_compare(new QPushButton(tr("Compare with…"))),
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
    connect(m_compare, &QPushButton::clicked, this, &RecurrentPage::openRuns);
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
    head->setSpacing(16);
    head->addWidget(sectionTitle(tr("Memory depth")), 0, Qt::AlignTop);
    m_compare->setProperty("role", "link");
    m_compare->setCursor(Qt::PointingHandCursor);
    m_compare->setAccessibleName(tr("Compare the memory with that of other runs"));
    head->addWidget(m_compare, 0, Qt::AlignTop);
    head->addWidget(m_legend, 1, Qt::AlignTop);
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
    showDepth();
}

void RecurrentPage::showDepth()
{
    const InsideModel::Entry *entry = m_model->current();
    const QString name = entry ? entry->name : QString();
    const auto &others = m_model->others().items();
    m_compare->setEnabled(!others.empty());
    m_compare->setToolTip(
        others.empty() ? tr("Train another recurrent network on the same data: then its memory can "
                            "be laid beside this one.")
                       : tr("Draw the memory of other runs on the same data"));
    showLegend(name);
    m_curve->show(m_model->depths(), m_model->halfMemory(), name, others);
}

void RecurrentPage::showLegend(const QString &name)
{
    const QString half =
        tr("Half at k: the farthest step back whose influence is at least half of the largest.");
    const QString what =
        tr("How much the answer would change if the input k steps back changed a little: the mean "
           "norm of the gradient, its maximum 1.")
        + QLatin1Char('\n') + half;
    std::vector<CurveLegend::Entry> entries{
        {named(name, m_model->halfMemory()), MemoryCurve::ownPen(), what}};
    if (!m_model->depths().empty() && !m_model->depths().back().swap.empty())
        entries.push_back(
            {MemoryCurve::swapName(), MemoryCurve::swapPen(),
             m_model->takesText()
                 ? tr("How much the answer does change when the word k steps back is another: the "
                      "mean over a few other words, its maximum 1.")
                 : tr("How much the answer does change when the input k steps back is the mean of "
                      "the training data instead, its maximum 1.")});
    for (const OtherRuns::Item &item : m_model->others().items()) {
        if (item.place < 0) continue;
        const bool told = !item.depth.empty();
        const QString text = told                     ? named(item.name, halfMemoryOf(item.depth))
                             : item.trouble.isEmpty() ? tr("%1, being measured…").arg(item.name)
                                                      : tr("%1, cannot be measured").arg(item.name);
        entries.push_back({text, MemoryCurve::otherPen(item.place),
                           item.trouble.isEmpty() ? what : item.trouble});
    }
    m_legend->show(std::move(entries));
}

void RecurrentPage::openRuns()
{
    auto *menu = new QMenu(m_compare);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const OtherRuns::Item &item : m_model->others().items()) {
        const QString text = item.accuracy.isEmpty()
                                 ? item.name
                                 : QStringLiteral("%1 · %2").arg(item.name, item.accuracy);
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(item.place >= 0);
        connect(action, &QAction::toggled, this, [this, folder = item.folder](bool chosen) {
            m_model->others().choose(folder, chosen);
        });
    }
    menu->popup(m_compare->mapToGlobal(QPoint(0, m_compare->height())));
}

} // namespace ostrich::ui
