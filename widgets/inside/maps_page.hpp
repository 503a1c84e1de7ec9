// What a block puts out, its filters, and what mattered: as maps where there are pictures, along
// the steps where there is time.
#pragma once

#include "inside/inside_page.hpp"
#include "inside/maps_grid.hpp"

class QLabel;
class QScrollArea;

namespace ostrich::ui {

class StepChart;
struct HeatRow;

class MapsPage : public InsidePage {
    Q_OBJECT
public:
    explicit MapsPage(InsideModel *model, QWidget *parent = nullptr);
    bool shows(Look look) const override;
    void refresh() override;

private:
    void showTiles(const QString &title, const Array &values, const std::vector<QString> &captions,
                   std::optional<MapsGrid::Tile> first = {});
    void showRows(const QString &title, std::vector<HeatRow> rows);
    void showActivations();
    void showFilters();
    void showSaliency();

    QLabel *m_title, *m_note;
    QScrollArea *m_area;
    MapsGrid *m_grid;
    StepChart *m_chart;
};

} // namespace ostrich::ui
