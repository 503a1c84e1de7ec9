// Which networks a study asks: a box to tick for each, and a button that brings more.
#pragma once

#include <QWidget>

#include <vector>

class QCheckBox;
class QLabel;
class QMenu;
class QPushButton;
class QVBoxLayout;

namespace ostrich::ui {

struct Session;
class StudyModel;

class StudyNetworkList : public QWidget {
    Q_OBJECT
public:
    StudyNetworkList(Session *session, StudyModel *model, QWidget *parent = nullptr);

    /// Whether the study says more of several networks: told where one is ticked.
    void setSeveral(bool several);

private:
    void build();
    void makeBoxes();
    void refresh();
    void fillMenu();
    void openProject();
    void openTorchScript();
    Session *m_session;
    StudyModel *m_model;
    QVBoxLayout *m_rows;
    std::vector<QCheckBox *> m_boxes; // of the networks
    QPushButton *m_add;
    QMenu *m_menu;
    QLabel *m_hint;
    bool m_several = false;
};

} // namespace ostrich::ui
