// The status row: one line of text with its tone, one bar of progress.
#include "window/status_row.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

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
    m_fade.setSingleShot(true);
    m_fade.setInterval(kToldFor);
    connect(&m_fade, &QTimer::timeout, this, [this] {
        m_told = {};
        refresh();
    });
    connect(m_cancel, &QPushButton::clicked, this, &StatusRow::cancelWork);
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

void StatusRow::showWork(const QObject *whose, double fraction, std::function<void()> cancel,
                         const QString &text)
{
    const auto known = std::ranges::find(m_works, whose, &Work::whose);
    Work now{whose, fraction, std::move(cancel), text};
    if (fraction < 0.0)
        std::erase_if(m_works, [whose](const Work &work) { return work.whose == whose; });
    else if (known == m_works.end())
        m_works.push_back(std::move(now));
    else
        *known = std::move(now);
    refresh();
}

void StatusRow::cancelWork()
{
    if (m_works.empty()) return;
    const auto cancel = m_works.back().cancel; // a copy: it may end its work
    if (cancel) cancel();
}

void StatusRow::refresh()
{
    const Work *work = m_works.empty() ? nullptr : &m_works.back();
    m_work->setVisible(work);
    m_cancel->setVisible(work && work->cancel);
    m_work->setValue(work ? static_cast<int>(work->fraction * 1000.0) : 0);
    Line line = m_told.text.isEmpty() ? m_lasting : m_told;
    if (m_told.text.isEmpty() && line.tone != Tone::Wrong && work && !work->text.isEmpty())
        line = {work->text, Tone::Quiet};
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
