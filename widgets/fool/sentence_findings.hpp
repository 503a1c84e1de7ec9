// What was found about one sentence, as plain values: for files and for the report.
#pragma once

#include "robustness/findings.hpp"

namespace ostrich::ui {

class DataModel;
class SentenceModel;

/// A row for each exchanged word: its place from 1, the word, what stands there now. Something was
/// found: SentenceModel::newest().
robustness::Table exchangesTable(const SentenceModel &model);
/// A row for the sentence as it is, and one for each number of exchanges that was tried.
robustness::Table stepsTable(const DataModel &data, const SentenceModel &model);

/// Something was found: SentenceModel::newest().
robustness::Findings sentenceFindings(const DataModel &data, const SentenceModel &model);

} // namespace ostrich::ui
