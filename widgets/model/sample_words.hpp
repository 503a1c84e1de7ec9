// How a sample of a sequence reads step by step: words of a text, letters found in numbers. No
// pixels.
#pragma once

#include "data/dataset.hpp"

#include <QString>

#include <vector>

namespace ostrich::ui {

/// One step, in a word.
struct StepWord {
    QString text;
    bool marked = false; // has more than its letter: "store", or is one of the few that are asked

    bool operator==(const StepWord &) const = default;
};

/// Reads the samples of one data set. Empty answers: its samples have no words.
class SampleWords {
public:
    SampleWords() = default;
    explicit SampleWords(const data::Dataset &dataset);

    bool any() const { return m_letters > 0 || m_bits || !m_pieces.empty(); }
    /// The steps of a sample; begin and end marks of a text left out.
    std::vector<StepWord> steps(const data::Samples &samples, std::int64_t index) const;
    /// The labelled steps of a sample, where they are so few that each deserves a mark.
    std::vector<std::int64_t> asked(const data::Samples &samples, std::int64_t index) const;
    /// The sentence that a translation should be.
    std::vector<StepWord> target(const data::Samples &samples, std::int64_t index) const;

private:
    StepWord letterAt(const data::Samples &samples, std::int64_t step) const;

    std::vector<std::string> m_pieces, m_targetPieces; // by id
    std::vector<std::string> m_names;                  // of the classes, for letters
    std::size_t m_letters = 0; // the first features of a step, of which at most one is 1
    bool m_bits = false;       // one feature, 0 or 1
};

} // namespace ostrich::ui
