// A panel that asks the network anew whenever the sample, the run or the data change, and now and
// then while it trains.
#pragma once

#include "inside/inside_model.hpp"
#include "model/session.hpp"

#include <QLabel>
#include <QTimer>
#include <QWidget>

namespace ostrich::ui {

class FollowingPanel : public QWidget {
    Q_OBJECT
public:
    FollowingPanel(InsideModel *model, Session *session, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;
    /// Takes what is shown; hidden until say({}). `stretch`: as in QBoxLayout.
    void setBody(QWidget *body, int stretch);
    void askSoon();                // while it is visible
    virtual void ask() = 0;        // on the window's thread; long work elsewhere
    void say(const QString &text); // instead of the body; empty: the body
    bool showsBody() const { return m_body && !m_body->isHidden(); }

    InsideModel *m_model;
    Session *m_session;

private:
    QLabel *m_message;
    QWidget *m_body = nullptr;
    QTimer m_soon, m_follow;
};

/// `label` with its lines broken where it is narrow.
QLabel *wrapped(QLabel *label);

} // namespace ostrich::ui
