// One plot of a run by epoch: training and validation, the gap between them, best epoch and early
// stop.
#pragma once

#include "train/metrics.hpp"

#include <qcustomplot.h>

#include <optional>
#include <vector>

namespace ostrich::ui {

/// What a curve plot shows, taken from the run model by whoever owns the plot.
struct CurveData {
    std::vector<train::EpochMetrics> epochs;
    std::int64_t plannedEpochs = 0;
    std::int64_t bestEpoch = 0; // 0: none
    bool stoppedEarly = false;  // a line at the last epoch says so
    std::optional<double> test; // test accuracy, or the forecasts' error, once measured

    bool operator==(const CurveData &) const = default;
};

class CurvePlot : public QCustomPlot {
    Q_OBJECT
public:
    /// Accuracy, where numbers are forecast, means their error on the validation split beside that
    /// of repeating the last value.
    enum class Quantity { Loss, Accuracy };
    /// `detailed`: labels of early stop and test, the best epoch ringed (Train); else the small
    /// strip (Build).
    CurvePlot(Quantity quantity, bool detailed, QWidget *parent = nullptr);

    void show(const CurveData &data);
    /// The generalization gap at the last epoch: loss difference, or accuracy difference in [0, 1].
    /// Empty: no epoch yet.
    static std::optional<double> gap(const CurveData &data, Quantity quantity);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void setRanges();
    void placeMarks();
    void placeGap();
    void placeNaive();
    void setAccuracyRange();
    void setRangeFromZero();
    double trainingValue(const train::EpochMetrics &epoch) const;
    double validationValue(const train::EpochMetrics &epoch) const;

    Quantity m_quantity;
    bool m_detailed;
    bool m_errors = false; // of forecasts
    CurveData m_data;
    QCPGraph *m_training, *m_validation, *m_trainingEnd, *m_validationEnd, *m_bestRing,
        *m_testPoint;
    QCPItemStraightLine *m_bestLine, *m_stopLine, *m_naiveLine;
    QCPItemText *m_bestText, *m_stopText, *m_gapText, *m_testText, *m_naiveText;
    QCPItemBracket *m_bracket;
};

} // namespace ostrich::ui
