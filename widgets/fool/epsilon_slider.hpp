// The epsilon slider: ticks, a mark where the picture flips; answers while it moves.
#pragma once

#include <QWidget>

#include <functional>
#include <optional>

namespace ostrich::ui {

class EpsilonSlider : public QWidget {
    Q_OBJECT
public:
    explicit EpsilonSlider(QWidget *parent = nullptr);

    /// Values in epsilon units; `step` is what an arrow key and a tick are worth, every
    /// `labelEvery`-th tick has a label; the handle rests on multiples of `snap`.
    void setScale(double largest, double step, int labelEvery, double snap,
                  std::function<QString(double)> label);
    void setValue(double value); // silent
    void setFlip(std::optional<double> epsilon, const QString &label);
    double value() const { return m_value; }
    std::optional<double> flip() const { return m_flip; }
    QSize sizeHint() const override { return QSize(936, 64); }

signals:
    void valueChanged(double value);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void moveTo(double value);
    double xOf(double value) const;
    double m_value = 0.0, m_largest = 1.0, m_step = 0.1, m_snap = 0.025;
    int m_labelEvery = 4;
    std::function<QString(double)> m_label;
    std::optional<double> m_flip;
    QString m_flipLabel;
};

} // namespace ostrich::ui
