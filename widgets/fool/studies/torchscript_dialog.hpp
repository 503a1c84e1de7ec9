// Before a TorchScript file is opened: that it is a program, what it wants subtracted and divided
// by, and what its classes are called.
#pragma once

#include "attack/filter.hpp"
#include "graph/kind.hpp"

#include <QDialog>

#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;

namespace ostrich::ui {

struct TorchScriptNetwork {
    attack::TorchScriptChoice program;
    std::vector<std::string> classNames; // in the order of its answers; empty: those of the data
};

class TorchScriptDialog : public QDialog {
    Q_OBJECT
public:
    /// `facts` of the pictures that it will be given.
    TorchScriptDialog(const QString &path, const graph::DataFacts &facts,
                      QWidget *parent = nullptr);

    /// Asks; empty: not to be opened.
    static std::optional<TorchScriptNetwork> ask(const QString &path, const graph::DataFacts &facts,
                                                 QWidget *parent);

private:
    QWidget *namesRow();
    void chooseNames();
    void take();
    void complain(const QString &problem);
    /// "0.485, 0.456, 0.406"; nothing: empty. No value: it cannot be read.
    std::optional<std::vector<float>> numbers(const QLineEdit *line) const;
    QString m_path;
    int m_channels;
    std::size_t m_classes;
    QLineEdit *m_mean, *m_deviation, *m_names; // m_names: a file
    QLabel *m_problem;
    TorchScriptNetwork m_network;
};

} // namespace ostrich::ui
