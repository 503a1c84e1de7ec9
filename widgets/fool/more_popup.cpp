// The popup behind "More…".
#include "fool/more_popup.hpp"

#include "fool/fool_model.hpp"
#include "fool/parameter_form.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kWide = 320, kMostRestarts = 100;

const attack::FilterDescription *describedFilter(const FoolModel &model)
{
    if (!model.defence()) return nullptr;
    const auto &all = attack::filters();
    const auto found =
        std::ranges::find(all, model.defence()->filter, &attack::FilterDescription::name);
    return found == all.end() ? nullptr : &*found;
}

} // namespace

MorePopup::MorePopup(FoolModel *model, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_model(model),
      m_attackTitle(sectionTitle({})),
      m_restartsLabel(new QLabel(tr("Random starts"))),
      m_defenceTitle(sectionTitle({})),
      m_restarts(new QSpinBox),
      m_attack(new ParameterForm),
      m_defence(new ParameterForm)
{
    setFrameShape(QFrame::StyledPanel);
    setFixedWidth(kWide);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    m_restarts->setRange(1, kMostRestarts);
    m_restarts->setFixedWidth(92);
    m_restarts->setAccessibleName(m_restartsLabel->text());
    m_restartsLabel->setToolTip(
        tr("From how many random starts the attack is made; the best one counts"));
    m_restartsLabel->setBuddy(m_restarts);
    row->addWidget(m_restartsLabel, 1);
    row->addWidget(m_restarts);
    layout->addWidget(m_attackTitle);
    layout->addLayout(row);
    layout->addWidget(m_attack);
    layout->addWidget(m_defenceTitle);
    layout->addWidget(m_defence);
    connect(m_restarts, &QSpinBox::valueChanged, this, &MorePopup::takeAttack);
    connect(m_attack, &ParameterForm::changed, this, &MorePopup::takeAttack);
    connect(m_defence, &ParameterForm::changed, this, &MorePopup::takeDefence);
    connect(model, &FoolModel::optionsChanged, this, &MorePopup::refresh);
    refresh();
}

bool MorePopup::hasFields() const
{
    const auto *attack = attack::describedAttack(m_model->options().attack);
    const auto *filter = describedFilter(*m_model);
    return (attack && (attack->usesRestarts || !attack->parameters.empty()))
           || (filter && !filter->parameters.empty());
}

void MorePopup::refresh()
{
    const attack::AttackOptions &options = m_model->options();
    if (const auto *attack = attack::describedAttack(options.attack)) {
        m_attackTitle->setText(words(attack->label));
        m_attackTitle->setVisible(attack->usesRestarts || !attack->parameters.empty());
        m_restarts->setVisible(attack->usesRestarts);
        m_restartsLabel->setVisible(attack->usesRestarts);
        m_attack->show(attack->parameters, options.parameters);
    }
    const QSignalBlocker blocker(m_restarts);
    m_restarts->setValue(static_cast<int>(options.restarts));
    const auto *filter = describedFilter(*m_model);
    m_defenceTitle->setVisible(filter && !filter->parameters.empty());
    m_defence->setVisible(m_defenceTitle->isVisibleTo(this));
    if (!filter) return;
    m_defenceTitle->setText(words(filter->label));
    m_defence->show(filter->parameters, m_model->defence()->parameters);
}

void MorePopup::takeAttack()
{
    attack::AttackOptions options = m_model->options();
    options.restarts = m_restarts->value();
    options.parameters = m_attack->values();
    m_model->setOptions(options);
}

void MorePopup::takeDefence()
{
    auto defence = m_model->defence();
    if (!defence) return;
    defence->parameters = m_defence->values();
    m_model->setDefence(defence);
}

void MorePopup::openAt(QWidget *button)
{
    adjustSize();
    const QPoint below = button->mapToGlobal(QPoint(button->width(), 0));
    move(below.x() - width(), below.y() - height() - 4); // the panel stands at the window's foot
    show();
    m_restarts->isVisible() ? m_restarts->setFocus() : m_attack->setFocus();
}

} // namespace ostrich::ui
