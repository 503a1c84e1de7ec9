// The ticked runs as they are compared: those that differ in their seed alone are one network, with
// a name and figures.
#pragma once

#include "curves/overlay_plot.hpp"
#include "train/comparison.hpp"

#include <QString>

#include <optional>
#include <vector>

namespace ostrich::ui {

class CompareModel;

/// What a network is made of, in a word or two: "LSTM", "GRU + Attention", "3 × Linear".
QString networkSummary(const graph::Network &network);
/// "Run 003 · LSTM"
QString runName(const train::Run &run);

/// One network of the comparison.
struct CompareGroup {
    QString name;                   // told apart from the others'
    QString note;                   // "run 003", "runs 003, 007, 011"
    std::vector<train::Run> runs;   // that have ended, or at least begun
    std::optional<train::Run> live; // in training now
    train::Standing standing;       // of those that count
    std::int64_t fewestEpochs = 0, mostEpochs = 0;
};

/// In the order of their oldest runs, the one in training last.
std::vector<CompareGroup> compareGroups(const CompareModel &model);

/// The figure of the test split that networks are told by.
struct Measure {
    std::string key;     // in train::Standing::figures
    QString title;       // "Test accuracy", "Test MASE"
    bool isShare = true; // in [0, 1], more is better; else an error, less is better

    bool isBetter(double a, double b) const { return isShare ? a > b : a < b; }
    /// "91.4 % ± 1.2", of one run "91.4 %"; "–": not known.
    QString text(const train::Interval &interval) const;
    QString valueText(double value) const;
};
Measure measureOf(const std::vector<CompareGroup> &groups);

std::optional<train::Interval> figureOf(const CompareGroup &group, const std::string &key);

/// What the figures can tell and what they cannot, in sentences; empty: nothing to say.
struct Verdict {
    QString text;
    bool warns = false;
};
Verdict verdictOf(const std::vector<CompareGroup> &groups, const Measure &measure);

enum class CompareQuantity { Loss, Accuracy, Error };
/// The curves of the validation split.
std::vector<OverlaySeries> overlaySeries(const std::vector<CompareGroup> &groups,
                                         CompareQuantity quantity);

} // namespace ostrich::ui
