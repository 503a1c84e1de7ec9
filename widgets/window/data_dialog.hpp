// Choosing the project's data: a source from the registry, its file or folder where it needs
// one, its options.
#pragma once

#include "data/source.hpp"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ostrich::ui {

class DataDialog : public QDialog {
    Q_OBJECT
public:
    DataDialog(const std::string &current, QWidget *parent = nullptr);
    std::string source() const; // as text

private:
    void showSource();
    void check();
    void browse(bool forFile);
    QString promise(const graph::DataFacts &facts) const; // what the data are, in one line
    QComboBox *m_sources;
    QLineEdit *m_path;
    QWidget *m_pathRow, *m_options = nullptr;
    QPushButton *m_file, *m_folder;
    QLabel *m_help, *m_verdict, *m_pathTitle;
    QPushButton *m_accept;
    QFormLayout *m_form;
    std::map<std::string, std::string> m_chosen; // options that differ from their default
};

} // namespace ostrich::ui
