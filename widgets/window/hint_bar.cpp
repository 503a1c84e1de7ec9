// The hints, one at a time.
#include "window/hint_bar.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>

namespace ostrich::ui {

namespace {

constexpr auto kSeenKey = "hintsSeen";
constexpr int kHints = 3;

} // namespace

HintBar::HintBar(QWidget *parent) : QWidget(parent), m_text(new QLabel)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 4, 8, 4);
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    layout->addWidget(m_text, 1);
    auto *more = new QPushButton(tr("Next"));
    auto *never = new QPushButton(tr("Got it"));
    for (QPushButton *button : {more, never}) button->setProperty("role", "link");
    layout->addWidget(more);
    layout->addSpacing(8);
    layout->addWidget(never);
    layout->addSpacing(8);
    connect(more, &QPushButton::clicked, this, &HintBar::next);
    connect(never, &QPushButton::clicked, this, [this] {
        QSettings().setValue(kSeenKey, true);
        hide();
    });
    if (QSettings().value(kSeenKey).toBool()) hide();
    show(0);
}

void HintBar::show(int hint)
{
    const QString texts[kHints] = {
        tr("Press <b>Play</b>: this network learns to read digits while you watch its blocks."),
        tr("Drag a block from the left onto a wire, or press <b>space</b> on the canvas and type "
           "its name."),
        tr("When it has learned, open <b>Fool</b> and change a picture so little that only the "
           "network notices."),
    };
    m_hint = hint;
    m_text->setText(
        QStringLiteral("<b>%1/%2</b>&nbsp;&nbsp;%3").arg(hint + 1).arg(kHints).arg(texts[hint]));
}

void HintBar::next()
{
    show((m_hint + 1) % kHints);
}

} // namespace ostrich::ui
