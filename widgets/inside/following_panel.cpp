// When to ask, and what to show meanwhile.
#include "inside/following_panel.hpp"

#include "theme/controls.hpp"

#include <QVBoxLayout>

namespace ostrich::ui {

namespace {

constexpr int kPadding = 16;
constexpr std::chrono::milliseconds kFollow{300}; // between two looks while it trains

} // namespace

FollowingPanel::FollowingPanel(InsideModel *model, Session *session, QWidget *parent)
    : QWidget(parent), m_model(model), m_session(session), m_message(wrapped(mutedLabel()))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, 12, kPadding, 12);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    m_soon.setSingleShot(true);
    m_follow.setSingleShot(true);
    m_follow.setInterval(kFollow);
    connect(&m_soon, &QTimer::timeout, this, &FollowingPanel::ask);
    connect(&m_follow, &QTimer::timeout, this, &FollowingPanel::ask);
    connect(&session->run, &RunModel::stateChanged, this, &FollowingPanel::askSoon);
    connect(&session->project, &ProjectModel::dataChanged, this, &FollowingPanel::askSoon);
    connect(&session->data, &DataModel::loaded, this, &FollowingPanel::askSoon);
    connect(&session->run, &RunModel::snapshotChanged, this, [this] {
        if (isVisible() && !m_follow.isActive()) m_follow.start();
    });
}

void FollowingPanel::setBody(QWidget *body, int stretch)
{
    m_body = body;
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(body, stretch);
    column->addStretch();
    body->hide();
}

void FollowingPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    askSoon();
}

void FollowingPanel::askSoon()
{
    if (isVisible()) m_soon.start(0);
}

void FollowingPanel::say(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_body->setVisible(text.isEmpty());
}

QLabel *wrapped(QLabel *label)
{
    label->setWordWrap(true);
    return label;
}

} // namespace ostrich::ui
