// Before a TorchScript file is opened: that it is a program, and what it wants subtracted and
// divided by.
#pragma once

#include "attack/filter.hpp"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;

namespace ostrich::ui {

class TorchScriptDialog : public QDialog {
    Q_OBJECT
public:
    /// `channels` of the pictures that it will be given.
    TorchScriptDialog(const QString &path, int channels, QWidget *parent = nullptr);

    /// Asks; empty: not to be opened.
    static std::optional<attack::TorchScriptChoice> ask(const QString &path, int channels,
                                                        QWidget *parent);

private:
    void take();
    /// "0.485, 0.456, 0.406"; nothing: empty. No value: it cannot be read.
    std::optional<std::vector<float>> numbers(const QLineEdit *line) const;
    QString m_path;
    int m_channels;
    QLineEdit *m_mean, *m_deviation;
    QLabel *m_problem;
    attack::TorchScriptChoice m_choice;
};

} // namespace ostrich::ui
