// How a translator chooses its words: the sentence at hand translated word by word and by beam
// search, with the beam's tree. Follows the training.
#pragma once

#include "inside/beam_tree.hpp"
#include "inside/following_panel.hpp"
#include "inside/writer.hpp"
#include "model/background.hpp"

class QPushButton;
class QScrollArea;

namespace ostrich::ui {

class SegmentedControl;

class BeamPanel : public FollowingPanel {
    Q_OBJECT
public:
    BeamPanel(InsideModel *model, Session *session, QWidget *parent = nullptr);

    /// What is shown of one search.
    struct Shown {
        QString greedy, best; // as text
        double greedyScore = 0.0, bestScore = 0.0;
        std::vector<BeamTree::Node> nodes;
    };

private:
    QWidget *body();
    QWidget *stepRow();
    int beamWidth() const; // how many sentences it follows
    void ask() override;
    void take(const data::Dataset &sample, Shown shown);
    void showAnswers();
    void showStep();

    QLabel *m_source, *m_answers, *m_remark, *m_stepText;
    SegmentedControl *m_width;
    QPushButton *m_back, *m_forth;
    BeamTree *m_tree;
    QScrollArea *m_scroll;
    std::shared_ptr<Writer> m_writer = std::make_shared<Writer>();
    Shown m_shown;
    Background m_background{1};
};

} // namespace ostrich::ui
