// The panel at the right: a large number, figures, bars, what to look for, the formula, the colour
// scales.
#pragma once

#include "inside/reading.hpp"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace ostrich::ui {

class ColourScale;
class ProbabilityBars;

class ReadingPanel : public QScrollArea {
    Q_OBJECT
public:
    ReadingPanel(InsideModel *model, Session *session, QWidget *parent = nullptr);

private:
    QWidget *head();
    QWidget *bigNumber();
    QWidget *honesty();
    QWidget *section(std::initializer_list<QWidget *> content);
    void refresh();
    void showHead();
    void showPart(QLabel *text, ProbabilityBars *bars, const Reading::Part &part);

    InsideModel *m_model;
    Session *m_session;
    Reading m_shown;
    QString m_shownHead;
    QLabel *m_icon, *m_title, *m_id, *m_note;
    QLabel *m_bigTitle, *m_big, *m_bigNote;
    QLabel *m_facts, *m_step, *m_answer, *m_lookFor, *m_formula, *m_warning;
    ProbabilityBars *m_bars, *m_answerBars;
    QPushButton *m_beside;
    ColourScale *m_unit, *m_signed;
    QWidget *m_sections[7] = {};
};

} // namespace ostrich::ui
