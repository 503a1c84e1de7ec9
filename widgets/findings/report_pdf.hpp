// A report as PDF: text, numbers and figures in lines as they are, black on white.
#pragma once

#include "robustness/report.hpp"

#include <QString>

namespace ostrich::ui {

/// Empty: written; else why not, in a sentence.
QString writePdfReport(const robustness::ReportFacts &facts,
                       const std::vector<robustness::Findings> &findings, const QString &path);

} // namespace ostrich::ui
