// The list of block kinds at the left of Build: search, categories that fold, drag a block out.
#pragma once

#include <QWidget>

class QLineEdit;

namespace ostrich::ui {

class PaletteTree;

class Palette : public QWidget {
    Q_OBJECT
public:
    explicit Palette(QWidget *parent = nullptr);

public slots:
    void focusSearch();
    void setInGroup(bool inGroup); // a group's ports are offered while one is open

signals:
    void blockActivated(const QString &kind); // double click or Enter: put it on the canvas

private:
    PaletteTree *m_tree;
    QLineEdit *m_search;
};

} // namespace ostrich::ui
