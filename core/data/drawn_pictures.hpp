// Whole sets of drawn pictures: three splits in equal classes, drawn on all cores, kept in the
// user's cache.
#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "data/dataset.hpp"
#include "graph/parameter.hpp"

#include <opencv2/core/mat.hpp>

#include <functional>
#include <stop_token>

namespace ostrich::data {

struct DrawnSet {
    std::string source;                    // "glyphs"
    std::vector<std::int64_t> sampleShape; // {C, H, W}
    std::vector<std::string> classNames;   // label = index here
    std::array<std::int64_t, 3> counts{};  // train, validation, test
    std::uint64_t seed = 0;
    std::string_view artwork; // the embedded rules that the artist draws from
    /// A picture of class `label`, CV_8UC1 or CV_8UC3 (RGB), H × W; any thread.
    std::function<cv::Mat(std::size_t label, std::uint64_t seed)> draw;
};

/// A pure function of `set`. A picture depends on (seed, split, class name, its number in the
/// class): choosing other classes changes no picture, and no picture is in two splits. Drawn on all
/// cores the first time, read from cacheFolder()/pictures afterwards; a damaged cache file is drawn
/// again, one that cannot be written does no harm. Errors: "data.cancelled", "data.too_large".
Result<std::array<Samples, 3>> drawnPictures(const DrawnSet &set, const Progress &progress,
                                             const std::stop_token &stop);

/// The option "classes": names separated by commas, in the order of `all`; "" and "all" mean every
/// class. Errors name what is not a class.
Result<std::vector<std::size_t>> chosenClasses(const std::string &list,
                                               const std::vector<std::string> &all,
                                               const std::string &where);

/// The options "train", "validation", "test" with their defaults.
std::vector<graph::ParameterSpec> countOptions(std::array<std::int64_t, 3> defaults);
std::array<std::int64_t, 3> countsOf(const graph::Parameters &options);
graph::ParameterSpec classesOption();

} // namespace ostrich::data
