// How the numbers of findings are written where they are read: on a page, in the window, on a
// terminal. JSON and CSV have them raw.
#pragma once

#include "robustness/findings.hpp"

namespace ostrich::robustness {

/// "93.4 %" for shares, else 4 significant digits; "–": no number.
std::string shown(double value, bool isShare, Language language);
/// "93.4 %", "8/255", "0.5": in the figure's unit.
std::string shown(const Figure &figure, Language language);
/// "88.1 % – 93.9 %"; empty: it has no interval.
std::string shownInterval(const Figure &figure, Language language);

/// Whether these, a column or what stands below bars, are numbers: "8/255", "93.0 % (89.1–95.9)".
/// Gaps ("–", nothing) aside; false where there is nothing else.
bool areNumbers(const std::vector<std::string> &texts);
std::vector<std::string> columnOf(const Table &table, std::size_t column);
/// Numbers with the decimal sign of `language`; names stay as they are.
std::vector<std::string> shownNames(std::vector<std::string> names, Language language);
/// What stands beside the rows of a matrix, and above its columns.
std::vector<std::string> rowNames(const Matrix &matrix, Language language);
std::vector<std::string> columnNames(const Matrix &matrix, Language language);
/// The same for each column; names are quoted as `language` does it.
std::vector<std::vector<std::string>> shownRows(const Table &table, Language language);

} // namespace ostrich::robustness
