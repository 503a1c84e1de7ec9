// The one sample that is looked at: how its steps read, and the same with one of them changed.
#pragma once

#include "model/data_model.hpp"

#include <QString>

#include <span>

#include <vector>

namespace ostrich::ui {

using DatasetHandle = std::shared_ptr<const data::Dataset>;

/// `sample` of `whole` alone, as sample 0 of every split, with all that is known of the data.
DatasetHandle alone(const data::Dataset &whole, const SampleRef &sample);
/// The same for a text that nobody has labelled. Null: the data are no texts, or nothing is left of
/// it.
DatasetHandle typed(const data::Dataset &whole, const std::string &text);

struct Step {
    QString word;        // "B", "chien"; empty: nothing short to say
    int choice = -1;     // its place among SampleSteps::choices
    bool marked = false; // has more than its letter: "store"
    bool asked = false;  // one of the few steps that are labelled
};

/// A sample along its time axis; no steps where it has none.
struct SampleSteps {
    std::vector<Step> steps;
    std::vector<QString> choices; // what a step can become: letters, or the vocabulary
    bool tokens = false;
};
SampleSteps stepsOf(const data::Dataset &sample);

/// The sample with choice `choice` at step `step`; null: it cannot be changed.
DatasetHandle withChoice(const data::Dataset &sample, int step, int choice);

/// The sample with the translation `written`, ids without the marks of begin and end.
DatasetHandle withTarget(const data::Dataset &sample, std::span<const std::int32_t> written);

/// The first `count` samples of the validation split.
std::vector<SampleRef> firstSamples(const data::Dataset &whole, int count);

/// What is asked of a sample, where it is one class: its index.
std::optional<std::int64_t> rightAnswer(const data::Dataset &sample);

} // namespace ostrich::ui
