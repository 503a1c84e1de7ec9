// A series and its perturbed self over the same time: two lines in one chart.
#pragma once

#include "base/array.hpp"

#include <QWidget>

#include <vector>

class QComboBox;
class QCPGraph;
class QCustomPlot;
class QLabel;

namespace ostrich::ui {

class FigureButton;

class SeriesChart : public QWidget {
    Q_OBJECT
public:
    explicit SeriesChart(QWidget *parent = nullptr);

    /// `series` (T, F) in data units, `attacked` its values after the attack; empty: not attacked.
    void setSeries(const Array &series, const std::vector<float> &attacked);
    void setMessage(const QString &text); // in its place
    QString message() const;
    int feature() const; // that is drawn
    /// As they are drawn.
    std::vector<double> before() const;
    std::vector<double> after() const;

private:
    void applyTheme();
    void redraw();
    std::vector<float> column(const std::vector<float> &values) const;

    Array m_series;
    std::vector<float> m_attacked;
    QLabel *m_message;
    QWidget *m_head;
    QLabel *m_key;
    QComboBox *m_feature;
    FigureButton *m_save;
    QCustomPlot *m_plot;
    QCPGraph *m_before, *m_after;
};

} // namespace ostrich::ui
