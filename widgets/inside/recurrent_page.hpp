// Gates, states and memory depth of a recurrent block.
#pragma once

#include "inside/inside_page.hpp"

class QComboBox;
class QPushButton;

namespace ostrich::ui {

class CurveLegend;
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
    void showDepth();
    void showLegend(const QString &name);
    void openRuns(); // the menu in which other runs are chosen

    StepChart *m_chart;
    MemoryCurve *m_curve;
    QWidget *m_upper, *m_depth, *m_choices;
    CurveLegend *m_legend;
    QPushButton *m_compare;
    QComboBox *m_order;
};

} // namespace ostrich::ui
