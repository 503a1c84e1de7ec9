// The selected block at the right of Build: its parameters, formula, shapes, size and help; with
// nothing selected, the network's.
#pragma once

#include <QScrollArea>

#include <map>
#include <string>

class QLabel;
class QVBoxLayout;

namespace ostrich::ui {

struct Session;
class ParameterEditor;

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(Session *session, QWidget *parent = nullptr);

private:
    void showSelection(); // another block, another kind: built anew
    void refresh();       // the same block: values and shapes only
    void showNetwork();
    void showBlock(const std::string &id);
    void addForm(const std::string &id);
    void addFormula(const QString &text); // rich text; none when it is empty
    void addSizes();

    Session *m_session;
    QVBoxLayout *m_layout = nullptr;
    std::string m_block;
    std::string m_kind;
    std::map<std::string, ParameterEditor *> m_editors;
    std::map<std::string, QLabel *> m_values; // "in", "out", "parameters" ...
    QLabel *m_problem = nullptr;
    bool m_scheduled = false;
};

} // namespace ostrich::ui
