// Class probabilities as bars, the likeliest first, what is left summed up in the last row.
#pragma once

#include <QColor>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

class ProbabilityBars : public QWidget {
    Q_OBJECT
public:
    explicit ProbabilityBars(const QString &title, QWidget *parent = nullptr);

    struct Row {
        QString name;
        double probability = 0.0;
    };
    /// `rows` in any order; `wrong`: the winner is drawn in the attack's colour.
    void show(std::vector<Row> rows, bool wrong);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    std::vector<Row> m_rows;
    bool m_wrong = false;
};

} // namespace ostrich::ui
