// Files of series, each with a class: sktime's .ts, the UCR archive's .tsv, Weka's .arff. One file
// at a time; what a set of two files means is the source's.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ostrich::data {

/// All series of one file, in its order. Missing values are filled as forecast.hpp's fillMissing()
/// does.
struct LabelledSeries {
    std::int64_t features = 0;           // series side by side in each sample
    std::vector<float> values;           // T × features of one sample, then of the next
    std::vector<std::int64_t> starts{0}; // where each sample begins, in steps, and the last's end
    std::vector<std::int32_t> labels;    // indices into classNames
    std::vector<std::int64_t> lines;     // of each sample in the file, from 1
    std::vector<std::string> classNames; // as declared; else by number, or by alphabet
    std::int64_t filled = 0;             // missing values

    std::int64_t count() const { return std::ssize(labels); }
    std::int64_t steps(std::int64_t index) const;
    std::int64_t longest() const;
    /// The steps that all samples have; nothing where they differ.
    std::optional<std::int64_t> commonSteps() const;
};

/// Reads `path` by its ending. With `classes`, those are the file's classes: labels are looked up
/// in them (a test file and its training file), and another one is an error. Errors name the file
/// and the line.
///
/// .ts: all headers of its format but time stamps; dimensions parted by ':', values by ','.
/// .tsv (.txt and .csv alike): the class first. .arff: one series with a value for each attribute,
/// or a relational attribute with a line for each dimension; the class last. In .tsv and plain
/// .arff, values missing at a row's end make it shorter, as the archive pads its series of unequal
/// length.
Result<LabelledSeries> readLabelledSeries(const std::filesystem::path &path,
                                          const std::vector<std::string> &classes = {});

} // namespace ostrich::data
