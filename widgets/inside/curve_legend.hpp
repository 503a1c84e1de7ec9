// The names of curves, each behind a piece of its line; wraps where there are many.
#pragma once

#include <QPen>
#include <QWidget>

#include <vector>

namespace ostrich::ui {

class CurveLegend : public QWidget {
    Q_OBJECT
public:
    explicit CurveLegend(QWidget *parent = nullptr);

    struct Entry {
        QString text;
        QPen pen;
        QString tip; // what the curve is
        bool operator==(const Entry &) const = default;
    };
    void show(std::vector<Entry> entries);

    const std::vector<Entry> &entries() const { return m_entries; }
    /// Where an entry stands; rows are filled from the right.
    QRect rectOf(int entry) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int widthOf(const Entry &entry) const;
    std::vector<QRect> placed(int width) const;

    std::vector<Entry> m_entries;
};

} // namespace ostrich::ui
