// A report of all that Fool has found: the picture, sentence or series, the curve, the checks, the
// studies.
#pragma once

#include "robustness/report.hpp"

#include <QString>

namespace ostrich::ui {

struct Session;
class FoolModel;
class Honesty;
class SentenceModel;
class SeriesModel;
class StudyModel;

struct Report {
    robustness::ReportFacts facts;
    std::vector<robustness::Findings> findings;
};

/// Who may have found something.
struct ReportSources {
    const Session &session;
    const FoolModel &model;
    const Honesty &honesty;
    const StudyModel &studies;
    const SentenceModel &sentences;
    const SeriesModel &series;
};

/// Whether there is anything to tell.
bool hasReport(const ReportSources &sources);
Report reportOf(const ReportSources &sources);

/// PDF or HTML, by the ending. Empty: written; else why not, in a sentence.
QString writeReport(const Report &report, const QString &path);

} // namespace ostrich::ui
