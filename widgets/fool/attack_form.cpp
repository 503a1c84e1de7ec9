// The fields, from the registry of attacks.
#include "fool/attack_form.hpp"

#include "fool/answer_text.hpp"
#include "fool/attack_fields.hpp"
#include "fool/attack_options.hpp"
#include "fool/more_popup.hpp"
#include "theme/theme.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kMostSteps = 100'000, kStepsWidth = 124;

QPushButton *linkButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setProperty("role", "link");
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

} // namespace

AttackForm::AttackForm(QWidget *parent)
    : QWidget(parent),
      m_method(new MethodBox),
      m_steps(new QSpinBox),
      m_norm(new NormChoice),
      m_target(new ClassBox),
      m_time(mutedLabel()),
      m_restart(linkButton(tr("Random start"))),
      m_more(linkButton(tr("More…"))),
      m_rows(new QGridLayout),
      m_popup(new MorePopup(this))
{
    build();
    connectAll();
    setChoices({});
}

void AttackForm::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(head());
    m_steps->setRange(1, kMostSteps);
    m_steps->setSuffix(QLatin1Char(' ') + tr("steps"));
    m_steps->setFixedWidth(kStepsWidth);
    m_steps->setKeyboardTracking(false);
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setToolTip(
        tr("How many steps the attack takes: more of them find more.\nAnother method begins with "
           "as many as its paper takes."));
    m_target->setToolTip(tr("What the network is to say: one class, or whichever wrong one is "
                            "easiest.\nSome methods know no target."));
    m_rows->setHorizontalSpacing(12);
    m_rows->setVerticalSpacing(6);
    m_rows->setColumnStretch(1, 1);
    addRow(tr("Method"), m_method, m_steps);
    addRow(tr("Norm"), m_norm);
    addRow(tr("Target"), m_target);
    layout->addLayout(m_rows);
}

QWidget *AttackForm::head()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(sectionTitle(tr("Attack")));
    layout->addWidget(m_time);
    layout->addStretch();
    layout->addWidget(m_restart);
    layout->addWidget(m_more);
    m_restart->setToolTip(tr("The same attack from another random start"));
    m_more->setToolTip(tr("Random starts, and what this attack can be told"));
    return row;
}

void AttackForm::connectAll()
{
    connect(m_method, &MethodBox::chosen, this,
            [this] { emit changed(withMethod(m_options, m_method->attack())); });
    connect(m_target, &ClassBox::chosen, this, &AttackForm::change);
    connect(m_steps, &QSpinBox::valueChanged, this, &AttackForm::change);
    connect(m_norm, &NormChoice::currentIndexChanged, this, &AttackForm::change);
    connect(m_restart, &QPushButton::clicked, this, &AttackForm::restart);
    connect(m_more, &QPushButton::clicked, this, [this] { m_popup->openAt(m_more); });
    connect(m_popup, &MorePopup::attackChanged, this, &AttackForm::changed);
    connect(m_popup, &MorePopup::defenceChanged, this, &AttackForm::defenceChanged);
}

void AttackForm::addRow(const QString &label, QWidget *field, QWidget *beside)
{
    addFieldRow(m_rows, label, field, beside);
}

void AttackForm::setChoices(const attack::AttackOptions &options,
                            const std::optional<attack::FilterChoice> &defence)
{
    const QScopedValueRollback filling(m_filling, true);
    m_options = options;
    const auto *described = attack::describedAttack(options.attack);
    m_method->setAttack(options.attack);
    m_steps->setValue(static_cast<int>(attack::stepsOf(options)));
    m_norm->show(options.norm, described);
    m_target->setClass(options.target);
    m_steps->setEnabled(described && described->defaultSteps > 0);
    m_target->setEnabled(described && described->canTarget);
    m_popup->setChoices(options, defence);
    m_more->setEnabled(m_popup->hasFields());
}

void AttackForm::fillTargets(const Session &session)
{
    m_target->fillWithClasses(session);
    m_target->setClass(m_options.target);
}

void AttackForm::showTime(const std::optional<attack::AttackResult> &result)
{
    m_time->setText(result ? secondsText(result->seconds) : QString());
}

void AttackForm::setReady(bool ready)
{
    m_restart->setEnabled(ready);
}

void AttackForm::change()
{
    if (m_filling) return;
    attack::AttackOptions options = m_options;
    if (m_steps->value() != attack::stepsOf(options)) options.steps = m_steps->value();
    options.norm = m_norm->norm();
    options.target = m_target->chosenClass();
    emit changed(options);
}

void AttackForm::restart()
{
    attack::AttackOptions options = m_options;
    ++options.seed;
    emit changed(options);
}

} // namespace ostrich::ui
