// The form of the attack, from the registries of attacks and filters.
#include "fool/attack_panel.hpp"

#include "fool/answer_text.hpp"
#include "fool/attack_fields.hpp"
#include "fool/fool_model.hpp"
#include "fool/more_popup.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kMostSteps = 100'000;

QPushButton *linkButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("role", "link");
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

} // namespace

AttackPanel::AttackPanel(Session *session, FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_model(model),
      m_method(new MethodBox),
      m_target(new ClassBox),
      m_steps(new QSpinBox),
      m_count(new QSpinBox),
      m_norm(new NormChoice),
      m_defence(new QComboBox),
      m_adaptive(new QCheckBox(tr("adaptive"))),
      m_time(mutedLabel()),
      m_restart(linkButton(tr("Random start"))),
      m_more(linkButton(tr("More…"))),
      m_all(new QPushButton),
      m_popup(new MorePopup(model, this))
{
    build();
    fillDefences();
    connectAll();
    fillTargets();
}

void AttackPanel::connectAll()
{
    connect(m_method, &MethodBox::chosen, this, &AttackPanel::changeMethod);
    connect(m_target, &ClassBox::chosen, this, &AttackPanel::change);
    connect(m_steps, &QSpinBox::valueChanged, this, &AttackPanel::change);
    connect(m_norm, &NormChoice::currentIndexChanged, this, &AttackPanel::change);
    connect(m_defence, &QComboBox::activated, this, &AttackPanel::changeDefence);
    connect(m_adaptive, &QCheckBox::clicked, this, &AttackPanel::changeDefence);
    connect(m_more, &QPushButton::clicked, this, [this] { m_popup->openAt(m_more); });
    connect(m_restart, &QPushButton::clicked, this, [this] {
        attack::AttackOptions options = m_model->options();
        ++options.seed;
        m_model->setOptions(options);
    });
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_model->sweeping() ? m_model->cancelSweep() : m_model->startSweep(m_count->value());
    });
    connect(m_model, &FoolModel::optionsChanged, this, &AttackPanel::refresh);
    connect(m_model, &FoolModel::resultChanged, this, &AttackPanel::refreshTime);
    connect(m_model, &FoolModel::sweepChanged, this, &AttackPanel::refresh);
    connect(m_model, &FoolModel::pictureChanged, this, &AttackPanel::refresh);
    connect(&m_session->data, &DataModel::loaded, this, &AttackPanel::fillTargets);
    connect(&m_session->run, &RunModel::runsChanged, this, &AttackPanel::refresh);
}

void AttackPanel::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 20, 8);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(sectionTitle(tr("Attack")));
    head->addWidget(m_time);
    head->addStretch();
    head->addWidget(m_restart);
    head->addWidget(m_more);
    layout->addLayout(head);
    m_steps->setRange(1, kMostSteps);
    m_steps->setSuffix(QLatin1Char(' ') + tr("steps"));
    m_steps->setFixedWidth(124);
    m_steps->setKeyboardTracking(false);
    m_steps->setAccessibleName(tr("Steps"));
    m_count->setRange(10, 100'000);
    m_count->setValue(200);
    m_count->setSingleStep(100);
    m_count->setToolTip(tr("Over how many test pictures the curve is measured"));
    m_all->setFixedWidth(168);
    m_restart->setToolTip(tr("The same attack from another random start"));
    m_more->setToolTip(tr("Random starts, and what this attack and this defence can be told"));
    m_adaptive->setToolTip(
        tr("Adaptive: the attack knows of the defence and sees past it (it takes its slope for 1: "
           "Athalye et al. 2018).\nOtherwise it takes the slope that there is, which may be zero: "
           "the mistake that makes a broken defence look good."));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setColumnStretch(1, 1);
    addFieldRow(form, tr("Method"), m_method, m_steps);
    addFieldRow(form, tr("Norm"), m_norm);
    addFieldRow(form, tr("Target"), m_target);
    addFieldRow(form, tr("Defence"), m_defence, m_adaptive);
    addFieldRow(form, tr("Pictures"), m_count, m_all);
    layout->addLayout(form);
    layout->addStretch();
}

void AttackPanel::fillDefences()
{
    m_defence->setMinimumContentsLength(6);
    m_defence->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_defence->addItem(tr("none"));
    for (const attack::FilterDescription &d : attack::filters()) {
        m_defence->addItem(words(d.label), QString::fromStdString(d.name));
        m_defence->setItemData(m_defence->count() - 1,
                               words(d.help) + QLatin1Char('\n') + QString::fromStdString(d.source),
                               Qt::ToolTipRole);
    }
    m_defence->setToolTip(tr("What cleans the picture before the network sees it"));
    m_adaptive->setChecked(true);
}

void AttackPanel::fillTargets()
{
    m_target->fillWithClasses(*m_session);
    if (const auto dataset = m_session->data.dataset())
        m_count->setMaximum(static_cast<int>(
            std::max<std::int64_t>(10, dataset->split(data::Split::Test).count())));
    refresh();
}

void AttackPanel::refreshTime()
{
    const auto &result = m_model->result();
    m_time->setText(result ? secondsText(result->seconds) : QString());
}

void AttackPanel::refresh()
{
    const QScopedValueRollback filling(m_filling, true);
    const attack::AttackOptions &options = m_model->options();
    const auto *described = attack::describedAttack(options.attack);
    m_method->setAttack(options.attack);
    m_method->setHasSurrogate(m_model->hasSurrogate());
    m_steps->setValue(static_cast<int>(attack::stepsOf(options)));
    m_norm->show(options.norm, described);
    m_target->setClass(options.target);
    m_steps->setEnabled(described && described->defaultSteps > 0);
    m_target->setEnabled(described && described->canTarget);
    const auto &defence = m_model->defence();
    m_defence->setCurrentIndex(
        defence ? m_defence->findData(QString::fromStdString(defence->filter)) : 0);
    m_adaptive->setVisible(defence.has_value());
    if (defence) m_adaptive->setChecked(defence->adaptive);
    refreshTime();
    setEnabled(!m_model->lacksPictures());
    const bool ready = m_model->obstacle().isEmpty();
    for (QWidget *field : {static_cast<QWidget *>(m_restart), static_cast<QWidget *>(m_all),
                           static_cast<QWidget *>(m_count)})
        field->setEnabled(ready);
    m_more->setEnabled(m_popup->hasFields());
    m_all->setText(m_model->sweeping() ? tr("Cancel") : tr("Draw the curve"));
}

void AttackPanel::changeMethod()
{
    m_model->setOptions(withMethod(m_model->options(), m_method->attack()));
}

void AttackPanel::change()
{
    if (m_filling) return;
    attack::AttackOptions options = m_model->options();
    if (m_steps->value() != attack::stepsOf(options)) options.steps = m_steps->value();
    options.norm = m_norm->norm();
    options.target = m_target->chosenClass();
    m_model->setOptions(options);
}

void AttackPanel::changeDefence()
{
    const std::string filter = m_defence->currentData().toString().toStdString();
    if (filter.empty()) return m_model->setDefence({});
    auto defence = m_model->defence();
    if (!defence || defence->filter != filter) defence = attack::FilterChoice{.filter = filter};
    defence->adaptive = m_adaptive->isChecked();
    m_model->setDefence(defence);
}

} // namespace ostrich::ui
