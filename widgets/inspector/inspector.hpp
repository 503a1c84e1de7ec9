// The selected block at the right of Build: its parameters, formula, shapes, size and help, and
// what can be done with it as a group; with nothing selected, the network's.
#pragma once

#include <QScrollArea>

#include <map>
#include <string>

class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ostrich::ui {

struct Session;
class ParameterEditor;

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(Session *session, QWidget *parent = nullptr);

public slots:
    void editName(); // the focus goes to the group's name

private:
    void showSelection(); // another block, another kind: built anew
    void refresh();       // the same block: values and shapes only
    void showNetwork();
    void showBlock(const std::string &id);
    void addHead(const std::string &id);
    void addForm(const std::string &id);
    void addWeights(QGridLayout *form, int row); // whose weights it uses
    void addGroupButtons();
    void addActions();
    QPushButton *link(const QString &text, const QString &tip);
    void refreshWeights();
    void addFormula(const QString &text); // rich text; none when it is empty
    void addSizes();

    Session *m_session;
    QVBoxLayout *m_layout = nullptr;
    std::string m_block;
    std::string m_kind;
    std::map<std::string, ParameterEditor *> m_editors;
    std::map<std::string, QLabel *> m_values; // "in", "out", "parameters" ...
    QLabel *m_problem = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_weightsLabel = nullptr;
    QComboBox *m_weights = nullptr;
    QPushButton *m_openUp = nullptr;
    bool m_scheduled = false;
};

} // namespace ostrich::ui
