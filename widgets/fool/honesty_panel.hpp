// "Can we believe this?": the checklist beside the curve that it is about.
#pragma once

#include <QWidget>

class QLabel;
class QScrollArea;

namespace ostrich::ui {

class DrawingView;
class FigureButton;
class Honesty;

class HonestyPanel : public QWidget {
    Q_OBJECT
public:
    explicit HonestyPanel(Honesty *honesty, QWidget *parent = nullptr);

private:
    void refresh();
    QString countText() const; // of those that were answered
    Honesty *m_honesty;
    QLabel *m_count, *m_message, *m_asked; // m_asked: of which epsilon and samples the list is
    DrawingView *m_checks;
    QScrollArea *m_scroll;
    FigureButton *m_save;
};

} // namespace ostrich::ui
