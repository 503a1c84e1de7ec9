// The place Train: runs, recipe and data at the left, figures and curves in the middle or the
// comparison of several runs, what the network answers at the right.
#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace ostrich::ui {

struct Session;
class CurvePlot;
class Panels;

class TrainPlace : public QWidget {
    Q_OBJECT
public:
    explicit TrainPlace(Session *session, QWidget *parent = nullptr);

    Panels *panels() { return m_panels; }

signals:
    void sourceWanted(); // choose other data

private:
    QWidget *leftColumn();
    QWidget *middleColumn();
    QWidget *figures();
    void refresh();
    void showHeadlines();

    Session *m_session;
    Panels *m_panels;
    QStackedWidget *m_middle; // the run, or the comparison
    CurvePlot *m_loss, *m_accuracy;
    QLabel *m_legend = nullptr, *m_remark = nullptr, *m_accuracyTitle = nullptr;
    QLabel *m_numbers[3] = {}, *m_units[3] = {}, *m_notes[3] = {}, *m_titles[3] = {};
};

} // namespace ostrich::ui
