// What is said of one sentence and the search for its exchanges.
#pragma once

#include <QString>

#include <vector>

namespace ostrich::ui {

class DataModel;
class SentenceModel;

/// Rich text: what happened. Empty: the network has not answered yet.
QString outcomeText(const DataModel &data, const SentenceModel &model);
/// Below it: what goes on, what the search cost, whether fewer words would do.
QString noteText(const SentenceModel &model);

/// How near so many exchanges have come.
struct WordStep {
    int exchanged = 0;
    QString exchanges;  // "loved → hated"
    QString answer;     // "positive 98 %"
    double share = 0.0; // of the class that is watched
    bool isFooled = false;
};
/// First the sentence as it is, as soon as the network has answered.
std::vector<WordStep> wordSteps(const DataModel &data, const SentenceModel &model);

} // namespace ostrich::ui
