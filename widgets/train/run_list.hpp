// The finished runs of the project: choose one to see its curves again.
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;

namespace ostrich::ui {

struct Session;

class RunList : public QWidget {
    Q_OBJECT
public:
    explicit RunList(Session *session, QWidget *parent = nullptr);

private:
    void refresh();
    Session *m_session;
    QListWidget *m_list;
    QLabel *m_empty;
};

} // namespace ostrich::ui
