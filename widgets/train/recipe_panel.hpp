// The recipe: how the next run is trained. The fields that a class needs stand first, the others
// unfold.
#pragma once

#include <QScrollArea>

#include <map>
#include <string>

class QLabel;

namespace ostrich::ui {

struct Session;
class ParameterEditor;

class RecipePanel : public QScrollArea {
    Q_OBJECT
public:
    explicit RecipePanel(Session *session, QWidget *parent = nullptr);

private:
    void refresh();
    Session *m_session;
    QLabel *m_note;
    QLabel *m_defenceTitle;
    std::map<std::string, ParameterEditor *> m_editors;
    std::map<std::string, QWidget *> m_rows;
    bool m_all = false;
};

} // namespace ostrich::ui
