// The buttons, and what they say of the attack on its way.
#include "fool/live_controls.hpp"

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

LiveControls::LiveControls(LiveAttack *live, QWidget *parent)
    : QWidget(parent),
      m_live(live),
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
    connect(m_stop, &QToolButton::clicked, live, &LiveAttack::cancel);
    connect(live, &LiveAttack::stateChanged, this, &LiveControls::refresh);
    connect(live, &LiveAttack::stepped, this, &LiveControls::refreshText);
    connect(live, &LiveAttack::forgotten, this, &LiveControls::refreshText);
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
    if (!m_live->running())
        emit watchWanted(Pace::Slow);
    else
        m_live->setPace(m_live->pace() == Pace::Paused ? Pace::Slow : Pace::Paused);
}

void LiveControls::step()
{
    if (m_live->running())
        m_live->stepOnce();
    else
        emit watchWanted(Pace::Paused);
}

void LiveControls::setReady(bool ready)
{
    m_ready = ready;
    refresh();
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
    const bool goes = m_live->running() && m_live->pace() != Pace::Paused;
    m_play->setIcon(
        Theme::instance().icon(goes ? QStringLiteral("pause") : QStringLiteral("play"), 16));
    m_play->setToolTip(goes                ? tr("Pause the attack")
                       : m_live->running() ? tr("Go on with the attack")
                                           : tr("Watch the attack, one step after the other"));
    m_play->setAccessibleName(m_play->toolTip());
    m_play->setEnabled(m_ready);
    m_step->setEnabled(m_ready);
    m_stop->setEnabled(m_live->running());
    refreshText();
}

void LiveControls::refreshText()
{
    if (m_live->seen().empty()) return m_text->clear();
    const auto step = static_cast<int>(m_live->seen().back().step);
    m_text->setText(m_live->planned() > 0 ? tr("step %1 of %2").arg(step).arg(m_live->planned())
                                          : tr("step %1").arg(step));
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, Theme::instance().tokens().muted);
    m_text->setPalette(palette);
}

} // namespace ostrich::ui
