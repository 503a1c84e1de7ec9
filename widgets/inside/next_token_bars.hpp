// What comes next: the likeliest tokens as bars, shaped by a temperature, each with a mark where it
// stood at temperature 1.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

class NextTokenBars : public QWidget {
    Q_OBJECT
public:
    explicit NextTokenBars(QWidget *parent = nullptr);

    static constexpr int kMost = 10; // rows; the others are summed up below them
    struct Row {
        std::int32_t token = -1; // -1: all others
        QString name;
        double share = 0.0;    // in [0, 1]
        double unheated = 0.0; // the share at temperature 1
    };
    /// Logits (K) and the names of the K tokens.
    void setLogits(std::vector<float> logits, const QStringList &names);
    void setTemperature(double temperature); // no network is asked
    double temperature() const { return m_temperature; }

    const std::vector<Row> &rows() const { return m_rows; } // likeliest first, others last
    QRectF rowRect(int row) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return QSize(160, sizeHint().height()); }

signals:
    void tokenChosen(std::int32_t token);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void shape();
    int tokenRowAt(const QPointF &point) const; // -1: none
    void paintRow(QPainter &painter, int row, int nameWidth, int figureWidth) const;

    std::vector<float> m_logits;
    QStringList m_names;
    double m_temperature = 1.0;
    std::vector<Row> m_rows;
    int m_hovered = -1;
};

} // namespace ostrich::ui
