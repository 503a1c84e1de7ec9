// The form of the attack on a series, from the registry of attacks.
#include "fool/series_panel.hpp"

#include "fool/answer_text.hpp"
#include "fool/attack_fields.hpp"
#include "fool/series_model.hpp"
#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kMostSteps = 100'000;

} // namespace

SeriesPanel::SeriesPanel(Session *session, SeriesModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_method(new MethodBox),
      m_target(new ClassBox),
      m_steps(new QSpinBox),
      m_norm(new NormChoice),
      m_time(mutedLabel())
{
    build();
    connect(m_method, &MethodBox::chosen, this, &SeriesPanel::changeMethod);
    connect(m_target, &ClassBox::chosen, this, &SeriesPanel::change);
    connect(m_steps, &QSpinBox::valueChanged, this, &SeriesPanel::change);
    connect(m_norm, &NormChoice::currentIndexChanged, this, &SeriesPanel::change);
    connect(model, &SeriesModel::optionsChanged, this, &SeriesPanel::refresh);
    connect(model, &SeriesModel::resultChanged, this, &SeriesPanel::refresh);
    connect(model, &SeriesModel::seriesChanged, this, &SeriesPanel::refresh);
    connect(&session->data, &DataModel::loaded, this, &SeriesPanel::fillTargets);
    fillTargets();
}

void SeriesPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    layout->setSpacing(6);
    auto *restart = new QPushButton(tr("Random start"));
    restart->setProperty("role", "link");
    restart->setCursor(Qt::PointingHandCursor);
    restart->setToolTip(tr("The same attack from another random start"));
    connect(restart, &QPushButton::clicked, this, [this] {
        attack::AttackOptions options = m_model->options();
        ++options.seed;
        m_model->setOptions(options);
    });
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(sectionTitle(tr("Attack")));
    head->addWidget(m_time);
    head->addStretch();
    head->addWidget(restart);
    layout->addLayout(head);
    m_method->keepToSeries();
    m_norm->setToolTip(
        tr("L∞ bounds each value's change, L2 the length of all changes together, L1 "
           "their sum, L0 how many values change"));
    m_steps->setRange(1, kMostSteps);
    m_steps->setSuffix(QLatin1Char(' ') + tr("steps"));
    m_steps->setFixedWidth(124);
    m_steps->setKeyboardTracking(false);
    m_steps->setAccessibleName(tr("Steps"));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    addFieldRow(form, tr("Method"), m_method, m_steps);
    addFieldRow(form, tr("Norm"), m_norm);
    addFieldRow(form, tr("Target"), m_target);
    layout->addLayout(form);
    layout->addStretch();
}

void SeriesPanel::fillTargets()
{
    m_target->fillWithClasses(*m_session);
    refresh();
}

void SeriesPanel::refresh()
{
    const QScopedValueRollback filling(m_filling, true);
    const attack::AttackOptions &options = m_model->options();
    const auto *described = attack::describedAttack(options.attack);
    m_method->setAttack(options.attack);
    m_steps->setValue(static_cast<int>(attack::stepsOf(options)));
    m_norm->show(options.norm, described);
    m_target->setClass(options.target);
    m_steps->setEnabled(described && described->defaultSteps > 0);
    m_target->setEnabled(described && described->canTarget);
    const auto &result = m_model->result();
    m_time->setText(result ? secondsText(result->seconds) : QString());
    setEnabled(!m_model->series().empty());
}

void SeriesPanel::changeMethod()
{
    m_model->setOptions(withMethod(m_model->options(), m_method->attack()));
}

void SeriesPanel::change()
{
    if (m_filling) return;
    attack::AttackOptions options = m_model->options();
    if (m_steps->value() != attack::stepsOf(options)) options.steps = m_steps->value();
    options.norm = m_norm->norm();
    options.target = m_target->chosenClass();
    m_model->setOptions(options);
}

} // namespace ostrich::ui
