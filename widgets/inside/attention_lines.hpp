// Two rows of words and a line for each look from one to the other: the thicker, the more weight.
#pragma once

#include "base/array.hpp"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

class AttentionLines : public QWidget {
    Q_OBJECT
public:
    explicit AttentionLines(QWidget *parent = nullptr);

    /// What is looked at above, who looks below; `weights` (rows = who looks, columns = at what).
    void show(const QStringList &above, const QStringList &below, Array weights);
    /// Titles of both rows with what is done there: "French", "what is read".
    void setTitles(const QString &above, const QString &aboveNote, const QString &below,
                   const QString &belowNote);
    void setRow(int row); // who looks, silent

    int row() const { return m_row; }
    QRectF aboveRect(int word) const { return m_above.value(word); }
    QRectF belowRect(int word) const { return m_below.value(word); }
    /// The words whose lines are drawn alone: hovered, else none. Above or below; -1.
    int hoveredAbove() const { return m_hoverAbove; }
    int hoveredBelow() const { return m_hoverBelow; }
    QSize sizeHint() const override { return QSize(700, 250); }
    QSize minimumSizeHint() const override;

signals:
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void arrange();
    QList<QRectF> placed(const QStringList &words, double top) const;
    float weight(int row, int column) const;
    void paintLine(QPainter &painter, int row, int column, bool strong) const;
    void paintWords(QPainter &painter, const QStringList &words, const QList<QRectF> &boxes,
                    int chosen, int hovered) const;
    void paintTitle(QPainter &painter, double y, const QString &title, const QString &note) const;

    QStringList m_wordsAbove, m_wordsBelow;
    QString m_titles[4];
    Array m_weights;
    QList<QRectF> m_above, m_below;
    int m_row = 0, m_hoverAbove = -1, m_hoverBelow = -1;
};

} // namespace ostrich::ui
