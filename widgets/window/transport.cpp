// The transport's buttons and its readout.
#include "window/transport.hpp"

#include "model/session.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace ostrich::ui {

PlayButton::PlayButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setToolTip(tr("Play: the network learns (F5)"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString PlayButton::word() const
{
    return m_look == Look::Running  ? tr("Running")
           : m_look == Look::Paused ? tr("Go on")
                                    : tr("Play");
}

void PlayButton::setLook(Look look)
{
    m_look = look;
    setEnabled(look == Look::Idle || look == Look::Paused);
    setAccessibleName(word());
    updateGeometry();
    update();
}

QSize PlayButton::sizeHint() const
{
    const QFontMetrics metrics(Theme::instance().font(FontRole::TextBold));
    return QSize(std::max(88, metrics.horizontalAdvance(word()) + 56), 32);
}

void PlayButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::instance();
    const Tokens &t = theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool running = m_look == Look::Running, blocked = m_look == Look::Blocked;
    const QColor fill = running        ? t.selection
                        : blocked      ? t.track
                        : isDown()     ? t.accentFill.darker(115)
                        : underMouse() ? t.accentFill.lighter(108)
                                       : t.accentFill;
    const QColor ink = running ? t.accent : blocked ? t.muted : t.onAccent;
    painter.setPen(running ? QPen(t.accent, 1) : QPen(fill, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const QPointF triangle[] = {{20, 10}, {20, 22}, {30, 16}};
    painter.drawPolygon(triangle, 3);
    painter.setFont(theme.font(FontRole::TextBold));
    painter.setPen(ink);
    painter.drawText(rect().adjusted(38, 0, -12, 0), Qt::AlignCenter, word());
    if (hasFocus()) {
        painter.setPen(QPen(running || blocked ? t.accent : t.onAccent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -3), 4, 4);
    }
}

ThinProgress::ThinProgress(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(4);
}

void ThinProgress::setFraction(double fraction)
{
    if (std::abs(fraction - m_fraction) < 1e-4) return;
    m_fraction = fraction;
    update();
}

void ThinProgress::paintEvent(QPaintEvent *)
{
    const Tokens &t = Theme::instance().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.track);
    painter.drawRoundedRect(rect(), 2, 2);
    if (m_fraction <= 0.0) return;
    painter.setBrush(t.accent);
    painter.drawRoundedRect(QRectF(0, 0, std::max(4.0, width() * std::min(1.0, m_fraction)), 4), 2,
                            2);
}

QPushButton *Transport::iconButton(const QString &icon, const QString &tip)
{
    auto *button = new QPushButton(Theme::instance().icon(icon), {});
    button->setProperty("role", "icon");
    button->setIconSize(QSize(20, 20));
    button->setFixedSize(32, 32);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

Transport::Transport(Session *session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_play(new PlayButton),
      m_pause(iconButton(QStringLiteral("pause"), tr("Pause (F6)"))),
      m_stop(
          iconButton(QStringLiteral("stop"),
                     tr("Stop: keep the best weights and measure the test accuracy (Shift+F5)"))),
      m_step(iconButton(QStringLiteral("step"),
                        tr("One batch (F7); one epoch: Shift+F7, or the right button"))),
      m_reset(iconButton(QStringLiteral("reset"), tr("Back to the same initial weights (F8)"))),
      m_state(new ElidingLabel),
      m_details(new ElidingLabel),
      m_progress(new ThinProgress)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget *button : {static_cast<QWidget *>(m_play), static_cast<QWidget *>(m_pause),
                            static_cast<QWidget *>(m_stop), static_cast<QWidget *>(m_step),
                            static_cast<QWidget *>(m_reset)})
        layout->addWidget(button);
    layout->addSpacing(10);
    auto *readout = new QVBoxLayout;
    readout->setSpacing(6);
    readout->addStretch();
    auto *words = new QHBoxLayout;
    m_state->setFont(Theme::instance().font(FontRole::TextBold));
    m_details->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    words->addWidget(m_state);
    words->addWidget(m_details, 1);
    readout->addLayout(words);
    readout->addWidget(m_progress);
    readout->addStretch();
    layout->addLayout(readout, 1);

    RunModel *run = &session->run;
    connect(m_play, &QAbstractButton::clicked, run, &RunModel::play);
    connect(m_pause, &QAbstractButton::clicked, run, &RunModel::pause);
    connect(m_stop, &QAbstractButton::clicked, run, &RunModel::stop);
    connect(m_step, &QAbstractButton::clicked, run, &RunModel::stepBatch);
    connect(m_reset, &QAbstractButton::clicked, run, &RunModel::reset);
    m_step->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_step, &QWidget::customContextMenuRequested, this, [this, run](const QPoint &at) {
        QMenu menu;
        menu.addAction(tr("One batch"), run, &RunModel::stepBatch);
        menu.addAction(tr("One epoch"), run, &RunModel::stepEpoch);
        menu.exec(m_step->mapToGlobal(at));
    });
    connect(run, &RunModel::stateChanged, this, &Transport::refresh);
    connect(run, &RunModel::stepped, this, &Transport::refreshReadout);
    connect(run, &RunModel::epochDone, this, &Transport::refreshReadout);
    connect(run, &RunModel::finished, this, &Transport::refreshReadout);
    connect(&session->data, &DataModel::progressed, this, &Transport::refreshReadout);
    connect(&session->project, &ProjectModel::recipeChanged, this, &Transport::refreshReadout);
    connect(&Theme::instance(), &Theme::changed, this, &Transport::refresh);
    refresh();
}

void Transport::refresh()
{
    const RunModel &run = m_session->run;
    const train::State state = run.state();
    const bool running = state == train::State::Running, paused = state == train::State::Paused;
    const bool possible = running || run.canPlay();
    m_play->setLook(running                  ? PlayButton::Look::Running
                    : !possible              ? PlayButton::Look::Blocked
                    : paused && run.goesOn() ? PlayButton::Look::Paused
                                             : PlayButton::Look::Idle);
    m_pause->setEnabled(running);
    m_stop->setEnabled(run.canStop());
    m_step->setEnabled(possible && !running);
    m_reset->setEnabled(run.runProject() != nullptr);
    QPalette muted = m_details->palette();
    muted.setColor(QPalette::WindowText, Theme::instance().tokens().muted);
    m_details->setPalette(muted);
    refreshReadout();
}

void Transport::refreshReadout()
{
    m_state->setText(headline());
    m_details->setText(details());
    m_progress->setFraction(fraction());
}

QString Transport::headline() const
{
    const RunModel &run = m_session->run;
    const auto &problems = m_session->project.wholeAnalysis().problems;
    if (!problems.empty() && !run.running())
        return tr("Not ready: %n problem(s)", nullptr, static_cast<int>(problems.size()));
    if (m_session->data.loading()) return tr("Preparing the data");
    const auto planned = run.plannedEpochs();
    if (const auto &summary = run.summary()) {
        if (summary->stopped_by == "early_stopping")
            return tr("Stopped early at %1 / %2").arg(summary->epochs).arg(planned);
        if (summary->stopped_by == train::kImported) return tr("Trained elsewhere");
        return tr("Epoch %1 / %2").arg(summary->epochs).arg(planned);
    }
    if (run.state() == train::State::Failed) return tr("The run has failed");
    if (run.runProject() == nullptr)
        return tr("Ready: %n epoch(s)", nullptr, static_cast<int>(planned));
    const std::int64_t done = run.epochs().empty() ? 0 : run.epochs().back().epoch;
    const std::int64_t now = run.step() ? std::max(run.step()->epoch, done) : done;
    return tr("Epoch %1 / %2").arg(std::max<std::int64_t>(now, 1)).arg(planned);
}

QString Transport::details() const
{
    const RunModel &run = m_session->run;
    QString reason;
    if (blocked(&reason)) return reason;
    if (run.state() == train::State::Failed) return {};
    const auto speed = [](double samples) {
        return tr("%1 samples/s").arg(count(std::llround(samples)));
    };
    const QString dot = QStringLiteral(" · ");
    if (const auto &summary = run.summary()) {
        if (summary->stopped_by == train::kImported)
            return tr("%1 weights from a file").arg(count(summary->parameters));
        const QString took =
            tr("took %1 s")
                .arg(QLocale().toString(summary->seconds, 'f', summary->seconds < 100 ? 1 : 0));
        return took + dot + speed(summary->samples_per_second);
    }
    const auto &step = run.step();
    if (!step || run.runProject() == nullptr) return {};
    if (run.state() == train::State::Paused) return tr("paused at step %1").arg(count(step->step));
    const int left = static_cast<int>(std::lround(std::min(step->seconds_left, 359'999.0)));
    const QString time =
        left >= 3600
            ? QStringLiteral("%1:%2:%3")
                  .arg(left / 3600)
                  .arg(left / 60 % 60, 2, 10, QLatin1Char('0'))
                  .arg(left % 60, 2, 10, QLatin1Char('0'))
            : QStringLiteral("%1:%2").arg(left / 60).arg(left % 60, 2, 10, QLatin1Char('0'));
    return tr("%1 left").arg(time) + dot + speed(step->samples_per_second);
}

/// Play sleeps: what is said is why, not how the last run went.
bool Transport::blocked(QString *reason) const
{
    return !m_session->run.running() && !m_session->run.canPlay(reason);
}

double Transport::fraction() const
{
    const RunModel &run = m_session->run;
    if (m_session->data.loading()) return m_session->data.progress();
    if (blocked()) return 0.0;
    const double planned = static_cast<double>(std::max<std::int64_t>(1, run.plannedEpochs()));
    if (const auto &summary = run.summary()) return static_cast<double>(summary->epochs) / planned;
    const auto &step = run.step();
    if (!step || step->stepsPerEpoch <= 0)
        return run.epochs().empty() ? 0.0
                                    : static_cast<double>(run.epochs().back().epoch) / planned;
    return static_cast<double>(step->step) / (planned * static_cast<double>(step->stepsPerEpoch));
}

} // namespace ostrich::ui
