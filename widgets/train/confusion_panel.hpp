// What the trained network mixes up: the confusion matrix, the pictures behind a cell, the surest
// mistakes.
#pragma once

#include "train/evaluation.hpp"
#include "train/picture_row.hpp"

#include <QWidget>

class QFrame;
class QLabel;
class QScrollArea;

namespace ostrich::ui {

struct Session;
class ConfusionMatrix;
class SegmentedControl;

class ConfusionPanel : public QWidget {
    Q_OBJECT
public:
    explicit ConfusionPanel(Session *session, QWidget *parent = nullptr);

private:
    QWidget *scrolledBody();
    bool showable() const;
    void refresh();
    void showCell(int truth, int predicted);
    void showMistakes();
    PictureRow::Item itemOf(const train::Answer &answer, const QString &caption) const;
    data::Split split() const;

    Session *m_session;
    SegmentedControl *m_split;
    ConfusionMatrix *m_matrix;
    QScrollArea *m_body;
    QLabel *m_empty, *m_cellTitle, *m_cellNote, *m_mistakesTitle;
    QFrame *m_matrixLine, *m_cellLine;
    PictureRow *m_cell, *m_mistakes;
};

} // namespace ostrich::ui
