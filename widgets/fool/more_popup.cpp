// The popup behind "More…".
#include "fool/more_popup.hpp"

#include "fool/parameter_form.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScreen>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr int kWide = 320, kMostRestarts = 100;

const attack::FilterDescription *described(const std::optional<attack::FilterChoice> &filter)
{
    if (!filter) return nullptr;
    const auto &all = attack::filters();
    const auto found = std::ranges::find(all, filter->filter, &attack::FilterDescription::name);
    return found == all.end() ? nullptr : &*found;
}

} // namespace

MorePopup::MorePopup(QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_attackTitle(sectionTitle({})),
      m_surrogateLabel(new QLabel(tr("Made on"))),
      m_restartsLabel(new QLabel(tr("Random starts"))),
      m_defenceTitle(sectionTitle({})),
      m_surrogate(new QComboBox),
      m_restarts(new QSpinBox),
      m_attack(new ParameterForm),
      m_defence(new ParameterForm)
{
    setFrameShape(QFrame::StyledPanel);
    setFixedWidth(kWide);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    m_surrogateLabel->setToolTip(
        tr("The network whose gradient the attack follows. What fools it is then tried on the one "
           "that is attacked, which the attack never sees."));
    m_surrogate->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_surrogate->setMinimumContentsLength(14);
    m_restarts->setRange(1, kMostRestarts);
    m_restarts->setFixedWidth(92);
    m_restartsLabel->setToolTip(
        tr("From how many random starts the attack is made; the best one counts"));
    layout->addWidget(m_attackTitle);
    layout->addLayout(row(m_surrogateLabel, m_surrogate));
    layout->addLayout(row(m_restartsLabel, m_restarts));
    layout->addWidget(m_attack);
    layout->addWidget(m_defenceTitle);
    layout->addWidget(m_defence);
    connect(m_surrogate, &QComboBox::activated, this, &MorePopup::surrogateChosen);
    connect(m_restarts, &QSpinBox::valueChanged, this, &MorePopup::takeAttack);
    connect(m_attack, &ParameterForm::changed, this, &MorePopup::takeAttack);
    connect(m_defence, &ParameterForm::changed, this, &MorePopup::takeDefence);
    setChoices({}, {});
}

QLayout *MorePopup::row(QLabel *label, QWidget *field)
{
    auto *layout = new QHBoxLayout;
    field->setAccessibleName(label->text());
    label->setBuddy(field);
    layout->addWidget(label, 1);
    layout->addWidget(field);
    return layout;
}

void MorePopup::setSurrogates(const QStringList &names, int chosen)
{
    const QSignalBlocker blocker(m_surrogate);
    m_surrogate->clear();
    m_surrogate->addItems(names);
    m_surrogate->setCurrentIndex(chosen);
    showAttack();
}

void MorePopup::setChoices(const attack::AttackOptions &options,
                           const std::optional<attack::FilterChoice> &defence)
{
    m_options = options;
    m_filter = defence;
    showAttack();
    showDefence();
}

bool MorePopup::hasFields() const
{
    const auto *attack = attack::describedAttack(m_options.attack);
    const auto *filter = described(m_filter);
    return m_surrogate->count() > 0
           || (attack && (attack->usesRestarts || !attack->parameters.empty()))
           || (filter && !filter->parameters.empty());
}

void MorePopup::showAttack()
{
    const bool isMadeElsewhere = m_surrogate->count() > 0;
    m_surrogate->setVisible(isMadeElsewhere);
    m_surrogateLabel->setVisible(isMadeElsewhere);
    if (const auto *attack = attack::describedAttack(m_options.attack)) {
        m_attackTitle->setText(words(attack->label));
        m_attackTitle->setVisible(isMadeElsewhere || attack->usesRestarts
                                  || !attack->parameters.empty());
        m_restarts->setVisible(attack->usesRestarts);
        m_restartsLabel->setVisible(attack->usesRestarts);
        m_attack->show(attack->parameters, m_options.parameters);
    }
    const QSignalBlocker blocker(m_restarts);
    m_restarts->setValue(static_cast<int>(m_options.restarts));
}

void MorePopup::showDefence()
{
    const auto *filter = described(m_filter);
    const bool hasFields = filter && !filter->parameters.empty();
    m_defenceTitle->setVisible(hasFields);
    m_defence->setVisible(hasFields);
    if (!filter) return;
    m_defenceTitle->setText(words(filter->label));
    m_defence->show(filter->parameters, m_filter->parameters);
}

void MorePopup::takeAttack()
{
    attack::AttackOptions options = m_options;
    options.restarts = m_restarts->value();
    options.parameters = m_attack->values();
    emit attackChanged(options);
}

void MorePopup::takeDefence()
{
    if (!m_filter) return;
    attack::FilterChoice defence = *m_filter;
    defence.parameters = m_defence->values();
    emit defenceChanged(defence);
}

void MorePopup::openAt(QWidget *button)
{
    adjustSize();
    const QPoint below = button->mapToGlobal(QPoint(button->width(), 0));
    const QRect screen = button->screen()->availableGeometry();
    // The panel stands at the window's foot.
    move(std::max(below.x() - width(), screen.left()),
         std::max(below.y() - height() - 4, screen.top()));
    show();
    m_restarts->isVisible() ? m_restarts->setFocus() : m_attack->setFocus();
}

} // namespace ostrich::ui
