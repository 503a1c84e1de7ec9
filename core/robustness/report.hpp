// What was found, as one page for a colleague: HTML that needs nothing beside it.
#pragma once

#include "base/result.hpp"
#include "robustness/findings.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ostrich::robustness {

struct ReportFacts {
    std::string title; // the network's name
    std::string date;  // as it is to be read
    std::vector<std::pair<Message, std::string>> facts =
        {}; // "data", "glyphs"; "attack", "pgd" ...
};

/// A whole HTML page: no script, no link, pictures within. Any thread.
std::string htmlReport(const ReportFacts &facts, const std::vector<Findings> &findings,
                       Language language);
/// htmlReport() written atomically.
Result<void> saveReport(const ReportFacts &facts, const std::vector<Findings> &findings,
                        Language language, const std::string &file);

/// One plot, matrix or map as a stand-alone SVG picture.
std::string toSvg(const Plot &plot, Language language);
std::string toSvg(const Matrix &matrix, Language language);
std::string toSvg(const Map &map, Language language);
/// The numbers behind it, a header line first: values with a point, separated by commas. Bars have
/// their names in a column of their own.
std::string toCsv(const Plot &plot, Language language);
std::string toCsv(const Matrix &matrix);
std::string toCsv(const Map &map);

} // namespace ostrich::robustness
