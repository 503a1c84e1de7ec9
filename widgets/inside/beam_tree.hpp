// A beam's tree: a column for each step, in it the tokens that were followed, likeliest on top;
// grown up to the step at hand.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

/// "−1.02": as log-probabilities are written.
QString logText(double logProbability);

class BeamTree : public QWidget {
    Q_OBJECT
public:
    explicit BeamTree(QWidget *parent = nullptr);

    struct Node {
        std::int64_t parent = -1; // among the nodes, before this one; -1: the beginning
        QString text;
        double logProbability = 0.0; // of the token after those before it
        bool ends = false;           // the sentence is whole
    };
    /// `nodes` step by step; shows the whole tree.
    void show(std::vector<Node> nodes);

    int steps() const { return m_steps; }
    int step() const { return m_step; } // from 1; 0: no tree
    void setStep(int step);
    /// The node whose sentence has the best score (mean log-probability) of those that are followed
    /// at the step at hand or have ended before it; -1: none.
    int leader() const { return m_leader; }
    bool isShown(int node) const;    // at the step at hand
    bool onBestPath(int node) const; // to the leader
    QRectF nodeRect(int node) const { return m_places.at(static_cast<std::size_t>(node)).box; }
    int hovered() const { return m_hovered; } // -1: none
    QString told(int node) const;             // what hovering it tells
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void stepChanged(int step);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Place {
        int step = 1, row = 0; // row: its place among those of its step
        double sum = 0.0;      // of the log-probabilities up to it
        QRectF box;
    };
    double score(int node) const;
    void arrange();
    void follow();
    bool leadsOn(int node) const;
    std::vector<bool> pathTo(int node) const;
    int nodeAt(const QPointF &point) const;
    void paintEdge(QPainter &painter, int node) const;
    void paintNode(QPainter &painter, int node) const;

    std::vector<Node> m_nodes;
    std::vector<Place> m_places;
    std::vector<bool> m_best, m_alive; // on the best path; on the way to a sentence still followed
    int m_steps = 0, m_step = 0, m_rows = 0, m_leader = -1, m_hovered = -1;
};

} // namespace ostrich::ui
