// The one window: the bar on top, the places, the status bar; files, menus and shortcuts.
#pragma once

#include "model/session.hpp"

#include <QMainWindow>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ostrich::ui {

class BuildPlace;
class ElidingLabel;
class FoolPlace;
class MessageBar;
class SegmentedControl;
class TrainPlace;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum class Place { Build, Train, Fool };
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session() { return *m_session; }
    BuildPlace &buildPlace() { return *m_build; }
    FoolPlace &foolPlace() { return *m_fool; }
    void setPlace(Place place);
    Place place() const;

    void openWelcome();
    bool openFile(const QString &path);
    /// Tells of work that a crash left behind, with what can be done about it.
    void offerRecovery();
    void showError(const QString &text);

public slots:
    void newProject(const QString &templateName);
    void open();
    bool save();
    bool saveAs();
    void chooseData();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *topBar();
    QWidget *statusRow();
    void addActions(); // widgets/window/main_menu.cpp
    void addFileActions();
    void addEditActions();
    void addRunActions();
    void addViewActions();
    void fillRecent(QMenu *menu);
    void fillDevices(QMenu *menu);
    void connectModels();
    void refreshTitle();
    void refreshStatus();
    void say(const QString &text, bool isError);
    void showWork(double fraction);
    void guarded(std::function<void()> action); // asks first where work would be lost

    std::unique_ptr<Session> m_session;
    QMenu *m_menu;
    QToolButton *m_bird;
    ElidingLabel *m_name;
    QLabel *m_unsaved;
    SegmentedControl *m_places;
    QToolButton *m_device;
    QStackedWidget *m_stack;
    MessageBar *m_messages;
    BuildPlace *m_build;
    TrainPlace *m_train;
    FoolPlace *m_fool;
    QLabel *m_statusIcon;
    ElidingLabel *m_status;
    QProgressBar *m_work;
    QPushButton *m_cancel;
};

} // namespace ostrich::ui
