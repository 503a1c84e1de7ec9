// One sentence and its attack: what is typed, the words before and after between the network's
// answers, how near the search has come.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ostrich::ui {

struct Session;
class FigureButton;
class ProbabilityBars;
class SentenceModel;
class SentenceRows;

class SentenceView : public QWidget {
    Q_OBJECT
public:
    SentenceView(Session *session, SentenceModel *model, QWidget *parent = nullptr);

private:
    QWidget *typedRow();
    QWidget *middle();
    QWidget *bottomRow();
    void connectAll();
    void showSentence();
    void showResult();
    void showWords();
    void showAnswers();

    Session *m_session;
    SentenceModel *m_model;
    QLineEdit *m_text;
    QPushButton *m_fool;
    FigureButton *m_save;
    SentenceRows *m_rows;
    ProbabilityBars *m_before, *m_after;
    QLabel *m_sentence, *m_note;
};

} // namespace ostrich::ui
