// Attention as a matrix: a row for each word that looks, a column for each that is looked at, in
// per cent.
#pragma once

#include "base/array.hpp"

#include <QImage>
#include <QStringList>
#include <QWidget>

namespace ostrich::ui {

class AttentionMap : public QWidget {
    Q_OBJECT
public:
    explicit AttentionMap(QWidget *parent = nullptr);

    /// `weights` (rows, columns).
    void show(const QStringList &rows, const QStringList &columns, Array weights);
    void setRow(int row); // silent
    int row() const { return m_row; }
    QRectF cellRect(int row, int column) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(160, 160); }

signals:
    void rowChosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    double left() const; // room for the rows' words
    double top() const;  // and for the columns', which stand slanting
    QSizeF cell() const;
    float weight(int row, int column) const;
    int rowAt(QPointF point) const;
    void paintWords(QPainter &painter) const;
    void paintCell(QPainter &painter, int row, int column) const;

    QStringList m_rows, m_columns;
    Array m_weights;
    int m_row = 0;
};

/// The matrix alone, a pixel a cell, in the theme's colours.
QImage attentionImage(const Array &weights);

} // namespace ostrich::ui
