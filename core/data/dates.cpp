// Reading dates behind dates.hpp.
#include "data/dates.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <optional>
#include <vector>

namespace ostrich::data {

namespace {

using std::chrono::seconds;

enum class Order { YearFirst, MonthFirst, DayFirst };

struct Group {
    int value = 0;
    std::size_t digits = 0;
};

/// The numbers in `text`, parted by what dates are written with; none where it holds anything else.
std::vector<Group> groupsIn(std::string_view text)
{
    std::vector<Group> groups;
    bool open = false;
    for (const char c : text) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && !open) groups.emplace_back();
        if (digit) {
            Group &group = groups.back();
            if (++group.digits > 9) return {};
            group.value = 10 * group.value + (c - '0');
        } else if (std::string_view("-/.: TZ").find(c) == std::string_view::npos) {
            return {};
        }
        open = digit;
    }
    return groups;
}

std::optional<seconds> timeOf(std::string_view text, Order order)
{
    const std::vector<Group> groups = groupsIn(text);
    if (groups.size() < 2) return {};
    if (groups.size() == 2 && text.find('.') != std::string_view::npos) return {}; // a number
    const auto group = [&](std::size_t i) { return i < groups.size() ? groups[i].value : 0; };
    int year = group(0), month = group(1), day = groups.size() > 2 ? group(2) : 1;
    if (order != Order::YearFirst) {
        if (groups.size() < 3 || groups[2].digits != 4) return {};
        year = group(2);
        month = order == Order::MonthFirst ? group(0) : group(1);
        day = order == Order::MonthFirst ? group(1) : group(0);
    }
    if (year > 9999 || month > 12 || day > 31) return {};
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return {};
    return std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(group(3))
           + std::chrono::minutes(group(4)) + seconds(group(5));
}

std::int64_t seasonOfGap(seconds gap)
{
    using std::chrono::days;
    if (gap >= days(28) && gap <= days(31)) return 12;
    if (gap == days(1)) return 7;
    if (gap == std::chrono::hours(1)) return 24;
    return 0;
}

/// The season that nearly all gaps tell; a few may be missing rows.
std::int64_t seasonIn(std::span<const std::string> dates, Order order)
{
    std::vector<seconds> times;
    for (const std::string &date : dates) {
        const std::optional<seconds> time = timeOf(date, order);
        if (!time) return 0;
        times.push_back(*time);
    }
    for (const std::int64_t season : {12, 7, 24}) {
        std::size_t told = 0;
        for (std::size_t i = 1; i < times.size(); ++i)
            if (seasonOfGap(times[i] - times[i - 1]) == season) ++told;
        if (told > 0 && 20 * told >= 19 * (times.size() - 1)) return season;
    }
    return 0;
}

} // namespace

bool namesTime(std::string_view name)
{
    constexpr std::array<std::string_view, 17> names{
        "",     "date", "datetime", "time", "timestamp", "index", "unnamed: 0", "year", "month",
        "week", "day",  "hour",     "an",   "mois",      "jour",  "heure",      "temps"};
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::ranges::find(names, lower) != names.end();
}

std::int64_t seasonOf(std::span<const std::string> dates)
{
    constexpr std::size_t kEnough = 200;
    dates = dates.first(std::min(dates.size(), kEnough));
    for (const Order order : {Order::YearFirst, Order::MonthFirst, Order::DayFirst})
        if (const std::int64_t season = seasonIn(dates, order); season > 0) return season;
    return 0;
}

} // namespace ostrich::data
