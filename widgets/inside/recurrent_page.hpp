// Gates, states and memory depth of a recurrent block.
#pragma once

#include "inside/inside_page.hpp"

class QComboBox;
class QLabel;

namespace ostrich::ui {

class MemoryCurve;
class StepChart;

class RecurrentPage : public InsidePage {
    Q_OBJECT
public:
    explicit RecurrentPage(InsideModel *model, QWidget *parent = nullptr);
    bool shows(Look look) const override;
    QWidget *choices() override { return m_choices; }
    void refresh() override;

private:
    QWidget *depthPart();
    void showChart();

    StepChart *m_chart;
    MemoryCurve *m_curve;
    QWidget *m_upper, *m_depth, *m_choices;
    QLabel *m_legend;
    QComboBox *m_order;
};

} // namespace ostrich::ui
