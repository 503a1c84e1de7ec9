// The finished runs of the project: choose one to see its curves again, tick several to compare
// them.
#pragma once

#include <QWidget>

#include <filesystem>
#include <map>

class QLabel;
class QListWidgetItem;
class QPushButton;

namespace ostrich::ui {

struct Session;
class TickList;

class RunList : public QWidget {
    Q_OBJECT
public:
    explicit RunList(Session *session, QWidget *parent = nullptr);

private:
    void refresh();
    void listRuns();
    void fill(QListWidgetItem *item, std::size_t index,
              const std::map<std::filesystem::path, int> &series);
    void open(const QListWidgetItem *item);
    void toggle(const QListWidgetItem *item);

    Session *m_session;
    TickList *m_list;
    QLabel *m_empty;
    QPushButton *m_compare;
};

} // namespace ostrich::ui
