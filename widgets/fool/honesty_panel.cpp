// Showing the checklist, or why there is none yet.
#include "fool/honesty_panel.hpp"

#include "findings/figure_button.hpp"
#include "findings/figure_card.hpp"
#include "fool/honesty.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

HonestyPanel::HonestyPanel(Honesty *honesty, QWidget *parent)
    : QWidget(parent),
      m_honesty(honesty),
      m_count(mutedLabel()),
      m_message(mutedLabel()),
      m_asked(mutedLabel()),
      m_checks(new DrawingView),
      m_scroll(new QScrollArea),
      m_save(new FigureButton(
          [this] { return FigureButton::Shot{drawingOf(m_honesty->findings()->checks, true)}; }))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 10, 12, 8);
    layout->setSpacing(4);
    auto *head = new QHBoxLayout;
    auto *title = new ElidingLabel(tr("Can we believe this?"));
    title->setFont(Theme::instance().font(FontRole::TextBold));
    head->addWidget(title, 1);
    head->addWidget(m_count);
    m_save->alsoOn(this);
    head->addWidget(m_save);
    layout->addLayout(head);
    m_asked->setWordWrap(true);
    layout->addWidget(m_asked);
    m_scroll->setWidget(m_checks);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_checks->setAutoFillBackground(false);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_message, 1);
    connect(honesty, &Honesty::changed, this, &HonestyPanel::refresh);
    refresh();
}

QString HonestyPanel::countText() const
{
    const auto number = [this](robustness::Check::Verdict verdict) {
        return std::ranges::count(m_honesty->findings()->checks, verdict,
                                  &robustness::Check::verdict);
    };
    const auto passed = number(robustness::Check::Verdict::Pass),
               open = number(robustness::Check::Verdict::Unknown);
    const QString answered =
        tr("%1 of %2").arg(passed).arg(passed + number(robustness::Check::Verdict::Fail));
    return open > 0 ? tr("%1, %2 open").arg(answered).arg(open) : answered;
}

void HonestyPanel::refresh()
{
    const auto &findings = m_honesty->findings();
    const bool any = findings && !findings->checks.empty();
    m_scroll->setVisible(any);
    m_asked->setVisible(any);
    m_message->setVisible(!any);
    if (any) {
        const auto &checks = findings->checks;
        m_checks->setDrawing(drawingOf(checks, false));
        m_asked->setText(sentence(findings->asked));
        m_count->setText(countText());
    }
    m_save->setEnabled(any && !m_honesty->running()); // half of a list is none
    if (m_honesty->running())
        m_count->setText(percent(std::floor(m_honesty->progress() * 100.0) / 100.0));
    else if (!any)
        m_count->clear();
    m_message->setText(m_honesty->running() ? tr("Checking the attack and the network…")
                       : !m_honesty->problem().isEmpty()
                           ? m_honesty->problem()
                           : tr("A curve that looks good may only show a weak attack. Draw the "
                                "curve: this list then checks it."));
}

} // namespace ostrich::ui
