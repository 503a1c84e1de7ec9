// Several networks in one plot by epoch: a thin curve for each run, a thick one for the mean of
// those that differ in their seed alone.
#pragma once

#include <qcustomplot.h>

#include <vector>

namespace ostrich::ui {

/// One network.
struct OverlaySeries {
    QString name;
    std::vector<QList<QPointF>> curves; // of its runs: epoch, value; finite

    bool operator==(const OverlaySeries &) const = default;
};

/// Colour and dashes of the series at `index`: told apart without seeing colours, and the same
/// wherever the series stands.
QPen seriesPen(int index, double width);

/// Where all curves have a point: their mean.
QList<QPointF> meanCurve(const std::vector<QList<QPointF>> &curves);

class OverlayPlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit OverlayPlot(QWidget *parent = nullptr);

    /// `shares`: values in [0, 1], written in percent.
    void show(std::vector<OverlaySeries> series, bool shares);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void draw();
    void addCurve(const QList<QPointF> &points, const QPen &pen);
    void setRanges();
    void applyTheme();

    std::vector<OverlaySeries> m_series;
    bool m_shares = false;
};

/// The names of the series, each behind a piece of its line; as many rows as they need.
class OverlayLegend : public QWidget {
    Q_OBJECT
public:
    explicit OverlayLegend(QWidget *parent = nullptr);
    void show(const QStringList &names);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /// Where each name goes; the last one's bottom is the height.
    std::vector<QRect> places(int width) const;
    QStringList m_names;
};

} // namespace ostrich::ui
