// All studies: their list, the settings, what the chosen one found, and below it how honest that
// is.
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QProgressBar;

namespace ostrich::ui {

struct Session;
class FindingsView;
class StudyModel;
class StudySettings;

class StudiesPage : public QWidget {
    Q_OBJECT
public:
    StudiesPage(Session *session, StudyModel *model, QWidget *parent = nullptr);

    void showStudy(const std::string &name);

signals:
    void statusMessage(const QString &text, bool isError);

private:
    QWidget *list();
    QWidget *findings();
    void choose(int row);
    void refresh();
    void refreshNote();
    QStringList honestyLines() const;
    std::string honestySource() const;
    void refreshProgress();
    void follow(const QString &link);
    StudyModel *m_model;
    std::string m_study; // the chosen one
    std::string m_shown; // the name of the findings that are shown: its own, or of one network
    QListWidget *m_list;
    StudySettings *m_settings;
    QLabel *m_title, *m_help, *m_state, *m_note;
    QProgressBar *m_bar;
    FindingsView *m_view;
};

} // namespace ostrich::ui
