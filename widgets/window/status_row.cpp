// The status row: one line of text with its tone, one bar of progress.
#include "window/status_row.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace ostrich::ui {

namespace {

constexpr std::chrono::seconds kToldFor{8};

} // namespace

StatusRow::StatusRow(QWidget *parent)
    : QWidget(parent),
      m_icon(new QLabel),
      m_text(new ElidingLabel),
      m_work(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel")))
{
    setFixedHeight(27);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    m_work->setFixedSize(160, 6);
    m_work->setTextVisible(false);
    m_work->setRange(0, 1000);
    m_cancel->setProperty("role", "link");
    layout->addWidget(m_work);
    layout->addWidget(m_cancel);
    showWork(-1.0);
    m_fade.setSingleShot(true);
    m_fade.setInterval(kToldFor);
    connect(&m_fade, &QTimer::timeout, this, [this] {
        m_told = {};
        refresh();
    });
    connect(m_cancel, &QPushButton::clicked, this, &StatusRow::cancelled);
    connect(&Theme::instance(), &Theme::changed, this, &StatusRow::refresh);
    refresh();
}

void StatusRow::setLasting(const QString &text, Tone tone)
{
    if (tone == Tone::Wrong && text != m_lasting.text) m_told = {}; // good news is over
    m_lasting = {text, tone};
    refresh();
}

void StatusRow::tell(const QString &text, Tone tone)
{
    m_told = {text, tone};
    m_fade.start();
    refresh();
}

void StatusRow::showWork(double fraction, bool cancellable)
{
    m_work->setVisible(fraction >= 0.0);
    m_cancel->setVisible(fraction >= 0.0 && cancellable);
    m_work->setValue(static_cast<int>(fraction * 1000.0));
}

void StatusRow::refresh()
{
    const Line &line = m_told.text.isEmpty() ? m_lasting : m_told;
    const Tokens &t = Theme::instance().tokens();
    const bool wrong = line.tone == Tone::Wrong;
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, wrong ? t.error : t.muted);
    m_text->setPalette(palette);
    m_text->setText(line.text);
    m_icon->setVisible(line.tone != Tone::Quiet);
    if (m_icon->isVisibleTo(this))
        m_icon->setPixmap(
            Theme::instance().pixmap(wrong ? QStringLiteral("err") : QStringLiteral("okc"),
                                     wrong ? t.error : t.ok, 16, devicePixelRatioF()));
}

} // namespace ostrich::ui
