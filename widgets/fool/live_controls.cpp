// The buttons below the probabilities after the attack.
#include "fool/live_controls.hpp"

#include "fool/fool_model.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kButton = 32;
using Pace = LiveAttack::Pace;

} // namespace

LiveControls::LiveControls(FoolModel *model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_play(button(QStringLiteral("play"), {})),
      m_step(button(QStringLiteral("step"), tr("One step of the attack"))),
      m_stop(button(QStringLiteral("stop"), tr("Stop the attack"))),
      m_text(new ElidingLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_play);
    row->addWidget(m_step);
    row->addWidget(m_stop);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(m_text);
    connect(m_play, &QToolButton::clicked, this, &LiveControls::playOrPause);
    connect(m_step, &QToolButton::clicked, this, &LiveControls::step);
    connect(m_stop, &QToolButton::clicked, &model->live(), &LiveAttack::cancel);
    connect(&model->live(), &LiveAttack::stateChanged, this, &LiveControls::refresh);
    connect(&model->live(), &LiveAttack::stepped, this, &LiveControls::refreshText);
    connect(model, &FoolModel::pictureChanged, this, &LiveControls::refresh);
    connect(model, &FoolModel::resultChanged, this, &LiveControls::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &LiveControls::refresh);
    refresh();
}

QToolButton *LiveControls::button(const QString &icon, const QString &tip)
{
    auto *made = new QToolButton;
    made->setIcon(Theme::instance().icon(icon, 16));
    made->setFixedSize(kButton, kButton);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

void LiveControls::playOrPause()
{
    LiveAttack &live = m_model->live();
    if (!live.running())
        m_model->watch(Pace::Slow);
    else
        live.setPace(live.pace() == Pace::Paused ? Pace::Slow : Pace::Paused);
}

void LiveControls::step()
{
    LiveAttack &live = m_model->live();
    live.running() ? live.stepOnce() : m_model->watch(Pace::Paused);
}

void LiveControls::refresh()
{
    const Tokens &t = Theme::instance().tokens();
    setStyleSheet(QStringLiteral("QToolButton { border: 1px solid %1; border-radius: 6px; "
                                 "background: %2; } QToolButton:hover { background: %3; } "
                                 "QToolButton:focus { border: 2px solid %4; }"
                                 "QToolButton:disabled { border-color: %5; }")
                      .arg(t.control.name(), t.panel.name(), t.hover.name(), t.accent.name(),
                           t.border.name()));
    const LiveAttack &live = m_model->live();
    const bool ready = !m_model->picture().empty() && m_model->obstacle().isEmpty();
    const bool goes = live.running() && live.pace() != Pace::Paused;
    m_play->setIcon(
        Theme::instance().icon(goes ? QStringLiteral("pause") : QStringLiteral("play"), 16));
    m_play->setToolTip(goes             ? tr("Pause the attack")
                       : live.running() ? tr("Go on with the attack")
                                        : tr("Watch the attack, one step after the other"));
    m_play->setAccessibleName(m_play->toolTip());
    m_play->setEnabled(ready);
    m_step->setEnabled(ready);
    m_stop->setEnabled(live.running());
    refreshText();
}

void LiveControls::refreshText()
{
    const LiveAttack &live = m_model->live();
    if (live.seen().empty()) return m_text->clear();
    const auto step = static_cast<int>(live.seen().back().step);
    m_text->setText(live.planned() > 0 ? tr("step %1 of %2").arg(step).arg(live.planned())
                                       : tr("step %1").arg(step));
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().tokens().muted);
    m_text->setPalette(palette);
}

} // namespace ostrich::ui
