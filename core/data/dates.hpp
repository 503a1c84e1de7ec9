// Dates as tables write them, read for the distance between rows alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ostrich::data {

/// Whether a column of this name counts its rows or dates them: "date", "Year", "index" ...
bool namesTime(std::string_view name);

/// Rows after which a series of these dates looks the same: 12 where they are months, 7 days, 24
/// hours; else, or where they are no dates, 0. Reads 2016-07-01 00:00, 1949-01, 1-01 (first year,
/// January), 31/12/2020 and 12/31/2020, with -, / or . alike.
std::int64_t seasonOf(std::span<const std::string> dates);

} // namespace ostrich::data
