// What somebody types, as the network at hand reads it.
#pragma once

#include "data/dataset.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace ostrich::ui {

/// The ids of `text` (UTF-8), cut to the longest sample of `whole`; a translation's end with kEnd.
/// Empty: the data are no texts, or nothing is left of it.
std::vector<std::int32_t> typedIds(const data::Dataset &whole, std::string_view text);
/// Whether the end of `text` is cut off there.
bool isCut(const data::Dataset &whole, std::string_view text);

} // namespace ostrich::ui
