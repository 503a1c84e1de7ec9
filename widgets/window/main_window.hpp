// The one window: the bar on top, the places, the status bar; files, menus and shortcuts.
#pragma once

#include "model/session.hpp"

#include <QMainWindow>

class QLabel;
class QMenu;
class QStackedWidget;
class QToolButton;

namespace ostrich::ui {

class BuildPlace;
class ElidingLabel;
class FoolPlace;
class InsidePlace;
class MessageBar;
class Panels;
class SegmentedControl;
class StatusRow;
class TrainPlace;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum class Place { Build, Train, Inside, Fool };
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session() { return *m_session; }
    BuildPlace &buildPlace() { return *m_build; }
    InsidePlace &insidePlace() { return *m_inside; }
    FoolPlace &foolPlace() { return *m_fool; }
    void setPlace(Place place);
    Place place() const;

    /// Size, place and panels as they were when the window was last closed.
    void restoreLayout();
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
    void addActions(); // widgets/window/main_menu.cpp
    void addFileActions();
    void addEditActions();
    void addRunActions();
    void addViewActions();
    void fillRecent(QMenu *menu);
    void fillPanels(QMenu *menu);
    std::vector<Panels *> allPanels() const;
    void fillDevices(QMenu *menu);
    void saveLayout() const;
    bool saveTo(const QString &path); // says what has come of it
    void connectModels();
    void refreshTitle();
    void refreshStatus();
    void say(const QString &text, bool isError);
    void dropOldError();
    void offerFitting();
    void dropOldOffer();
    QString sizeText() const;
    QString outcomeText() const;                // of the last run; empty: none has ended
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
    InsidePlace *m_inside;
    FoolPlace *m_fool;
    StatusRow *m_status;
    bool m_errorShown = false;
    bool m_errorBlocks = false; // it tells why Play sleeps
    bool m_fitOffered = false;
};

} // namespace ostrich::ui
