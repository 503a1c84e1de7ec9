// The order in which findings are shown: numbers, verdicts, curves, maps, tables, pictures.
#include "findings/drawing.hpp"

namespace ostrich::ui {

std::vector<DrawingPtr> drawingsOf(const robustness::Findings &findings)
{
    std::vector<DrawingPtr> all;
    if (!findings.figures.empty()) all.push_back(drawingOf(findings.figures));
    if (!findings.checks.empty()) all.push_back(drawingOf(findings.checks, true));
    for (const auto &table : findings.tables) all.push_back(drawingOf(table));
    for (const auto &plot : findings.plots) all.push_back(drawingOf(plot));
    for (const auto &matrix : findings.matrices) all.push_back(drawingOf(matrix));
    for (const auto &map : findings.maps) all.push_back(drawingOf(map));
    if (!findings.pictures.empty()) all.push_back(drawingOf(findings.pictures));
    return all;
}

} // namespace ostrich::ui
