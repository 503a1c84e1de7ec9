// The panel at the right: a large number, figures, bars, what to look for, the formula, the colour
// scales. Of networks that write, a second page: how they choose their words.
#pragma once

#include "inside/reading.hpp"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace ostrich::ui {

class ColourScale;
class ProbabilityBars;
class SegmentedControl;

class ReadingPanel : public QWidget {
    Q_OBJECT
public:
    ReadingPanel(InsideModel *model, Session *session, QWidget *parent = nullptr);

private:
    QScrollArea *reading();
    QWidget *tabs();
    void followData(); // whether it writes, and how
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
    QWidget *m_tabRow = nullptr;
    SegmentedControl *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
};

} // namespace ostrich::ui
