// A report of all that Fool has found: the picture, the curve, the checks, the studies.
#pragma once

#include "robustness/report.hpp"

#include <QString>

namespace ostrich::ui {

struct Session;
class FoolModel;
class Honesty;
class StudyModel;

struct Report {
    robustness::ReportFacts facts;
    std::vector<robustness::Findings> findings;
};

Report reportOf(const Session &session, const FoolModel &model, const Honesty &honesty,
                const StudyModel &studies);

/// PDF or HTML, by the ending. Empty: written; else why not, in a sentence.
QString writeReport(const Report &report, const QString &path);

} // namespace ostrich::ui
