// The middle of Fool's bottom row: accuracy against epsilon over many pictures, or the loss along
// the attack on this one.
#pragma once

#include <QWidget>

class QStackedWidget;

namespace ostrich::ui {

class FoolModel;
class SegmentedControl;

class CurvePanel : public QWidget {
    Q_OBJECT
public:
    explicit CurvePanel(FoolModel *model, QWidget *parent = nullptr);

private:
    void follow(); // what is being watched comes to the front
    FoolModel *m_model;
    SegmentedControl *m_choice;
    QStackedWidget *m_stack;
};

} // namespace ostrich::ui
