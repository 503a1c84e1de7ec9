// Class probabilities as bars, the likeliest first, what is left summed up in the last row.
#pragma once

#include <QColor>
#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

class QPainter;
class QResizeEvent;

namespace ostrich::robustness {
struct Plot;
}

namespace ostrich::ui {

class FigureButton;

class ProbabilityBars : public QWidget {
    Q_OBJECT
public:
    /// With a title it is a figure of its own, which can be saved.
    explicit ProbabilityBars(const QString &title, QWidget *parent = nullptr);

    struct Row {
        QString name;
        double probability = 0.0;
    };
    /// `rows` in any order; `wrong`: the winner is drawn in the attack's colour.
    void show(std::vector<Row> rows, bool wrong);
    /// The same of many classes: only those that are shown are named and sorted.
    void show(const std::vector<float> &probabilities,
              const std::function<QString(std::int64_t)> &nameOf, bool wrong);
    /// In which colour the likeliest is drawn where it is not wrong.
    enum class Winner { Ink, Output, Accent };
    void setWinner(Winner winner);
    void setSorted(bool sorted);         // false: the rows stay as they come, the likeliest first
    void setTitle(const QString &title); // empty: takes no room
    /// Name, bar and figure of a class in one line, and fewer classes: low and wide.
    void setFlat(bool flat);
    QSize sizeHint() const override;
    /// The classes that are known by name, the others in one.
    robustness::Plot plot() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    std::size_t most() const;
    /// The likeliest, then all others in one.
    std::vector<Row> shown() const { return summedUp(most()); }
    std::vector<Row> summedUp(std::size_t most) const;
    void paintHigh(QPainter &painter, const std::vector<Row> &rows) const;
    void paintFlat(QPainter &painter, const std::vector<Row> &rows) const;
    QColor winnerColour() const;

    QString m_title;
    std::vector<Row> m_rows; // likeliest first
    int m_unnamed = 0;       // classes that are not among them
    double m_unnamedShare = 0.0;
    bool m_wrong = false, m_flat = false, m_sorted = true;
    Winner m_winner = Winner::Ink;
    FigureButton *m_save = nullptr;
};

/// One bar: its trough, filled up to `share` in [0, 1].
void paintShare(QPainter &painter, const QRectF &trough, double share, const QColor &colour);

} // namespace ostrich::ui
