// Attention of one block: lines, map, and its heads; the gradient beside it on demand.
#pragma once

#include "inside/inside_page.hpp"

class QCheckBox;
class QComboBox;
class QLabel;
class QScrollArea;

namespace ostrich::ui {

class AttentionLines;
class AttentionMap;
class ColourScale;
class MapsGrid;
class ProbabilityBars;
class SegmentedControl;

class AttentionPage : public InsidePage {
    Q_OBJECT
public:
    explicit AttentionPage(InsideModel *model, QWidget *parent = nullptr);
    bool shows(Look look) const override { return isAttention(look); }
    QWidget *choices() override { return m_choices; }
    void refresh() override;

private:
    QWidget *waysPart();
    QWidget *linesPart();
    QWidget *mapPart();
    QWidget *headsPart();
    void buildChoices();
    void showWays(const AttentionSeen &seen);
    void showLayers();
    void showHeads(const AttentionSeen &seen);
    void showTitles(const AttentionSeen &seen);
    void showGradient(const AttentionSeen &seen);
    std::vector<std::string> layers() const; // the blocks of the same kind that attend

    AttentionLines *m_lines;
    AttentionMap *m_map;
    MapsGrid *m_heads;
    ProbabilityBars *m_gradient;
    ColourScale *m_scale;
    QWidget *m_choices, *m_ways, *m_linesPart, *m_rule, *m_lower, *m_side;
    SegmentedControl *m_layer = nullptr;
    SegmentedControl *m_target; // of a decoder's looks
    QCheckBox *m_rollout;
    QLabel *m_targetLabel, *m_layerLabel, *m_headsTitle, *m_note;
    QComboBox *m_head;
    std::vector<std::string> m_layers;
    bool m_filling = false;
};

} // namespace ostrich::ui
