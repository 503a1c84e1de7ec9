// How a translator chooses its words: the sentence at hand translated word by word and by beam
// search, with the beam's tree. Follows the training.
#pragma once

#include "inside/beam_tree.hpp"
#include "inside/writer.hpp"
#include "model/background.hpp"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace ostrich::ui {

class InsideModel;
class SegmentedControl;

class BeamPanel : public QWidget {
    Q_OBJECT
public:
    BeamPanel(InsideModel *model, Session *session, QWidget *parent = nullptr);

    /// What is shown of one search.
    struct Shown {
        QString greedy, best; // as text
        double greedyScore = 0.0, bestScore = 0.0;
        std::vector<BeamTree::Node> nodes;
    };

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *body();
    QWidget *stepRow();
    int beamWidth() const; // how many sentences it follows
    void askSoon();
    void ask();
    void take(const data::Dataset &sample, Shown shown);
    void showAnswers();
    void showStep();
    void say(const QString &text); // instead of the answers

    InsideModel *m_model;
    Session *m_session;
    QLabel *m_message, *m_source, *m_answers, *m_remark, *m_stepText;
    SegmentedControl *m_width;
    QPushButton *m_back, *m_forth;
    BeamTree *m_tree;
    QScrollArea *m_scroll;
    QWidget *m_body;
    QTimer m_soon, m_follow;
    std::shared_ptr<Writer> m_writer = std::make_shared<Writer>();
    Shown m_shown;
    Background m_background{1};
};

} // namespace ostrich::ui
