// The figures of a comparison: a row for each network, the best of a column bold.
#pragma once

#include "train/compare_groups.hpp"

#include <QTableWidget>

namespace ostrich::ui {

class CompareTable : public QTableWidget {
    Q_OBJECT
public:
    enum Column { Network, Parameters, Epochs, Time, Figure, Seeds, ColumnCount };
    explicit CompareTable(QWidget *parent = nullptr);

    void show(const std::vector<CompareGroup> &groups, const Measure &measure);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();
    void fillRow(int row, const CompareGroup &group, const Measure &measure, bool seconds);
    void markBest(const std::vector<CompareGroup> &groups, const std::string &key, Column column,
                  bool largest);
    void applyTheme();
};

} // namespace ostrich::ui
