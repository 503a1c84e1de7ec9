// Pictures as PNG files, for whoever looks at them elsewhere.
#pragma once

#include "base/array.hpp"
#include "base/result.hpp"

#include <filesystem>

namespace ostrich::data {

/// Writes `picture` (C, H, W) in [0, 1], C 1 or 3 (red first), with 8 bits: each value becomes the
/// nearest of 256 levels, so that reading it back gives exactly those. Errors: as writeFile.
Result<void> savePng(const Array &picture, const std::filesystem::path &file);

} // namespace ostrich::data
