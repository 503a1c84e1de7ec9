// A photograph made to fit a network's input.
#pragma once

#include "base/array.hpp"
#include "base/result.hpp"
#include "graph/kind.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::data {

/// Short side scaled, centre cut, channels as the network reads them: (C, H, W) in [0, 1]. Errors:
/// the network reads no pictures; what decodedPicture() tells.
Result<Array> fitPicture(const std::string &file, const graph::DataFacts &facts);
/// The same of `rgb`: height × width × 3 bytes.
Result<Array> fitPicture(const std::vector<std::uint8_t> &rgb, int width, int height,
                         const graph::DataFacts &facts);

} // namespace ostrich::data
