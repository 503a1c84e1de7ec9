// What a probe found as one picture, to be read at a glance: for files, without a window.
#pragma once

#include "probe/probe.hpp"

#include <opencv2/core/mat.hpp>

#include <filesystem>

namespace ostrich::probe {

/// All arrays below one another, each under its name: time from left to right, features from top to
/// bottom; several maps (heads by layer, channels) side by side; one number for each step as bars
/// above its word, many as a curve; points in the plane coloured by their label. Values from 0 up
/// go from white to dark blue, signed ones from orange over white to blue. 8 bits, blue first.
cv::Mat heatMap(const ProbeResult &result);

/// heatMap() as a PNG. Errors: as writeFile.
Result<void> saveHeatMap(const ProbeResult &result, const std::filesystem::path &file);

} // namespace ostrich::probe
