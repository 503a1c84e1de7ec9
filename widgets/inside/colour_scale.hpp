// A bar of all colours of a map with the figures at its ends.
#pragma once

#include <QWidget>

namespace ostrich::ui {

class ColourScale : public QWidget {
    Q_OBJECT
public:
    ColourScale(bool isSigned, int barWidth, QWidget *parent = nullptr);
    void setEnds(const QString &low, const QString &high);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_signed;
    int m_bar;
    QString m_low, m_high;
};

} // namespace ostrich::ui
