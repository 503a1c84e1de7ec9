// A few entries behind a lock; small data sets whole, large ones with their facts alone.
#include "data/recent.hpp"

#include <algorithm>
#include <deque>
#include <mutex>

#include <fmt/format.h>

namespace ostrich::data {

namespace {

constexpr std::size_t kEntries = 16;                          // facts
constexpr std::int64_t kLargestKept = std::int64_t{96} << 20; // bytes of one data set

struct Entry {
    std::string key;
    graph::DataFacts facts;
    std::shared_ptr<const Dataset> whole; // of the newest entry, unless it is large
};

std::mutex lock;
std::deque<Entry> entries; // newest first

std::optional<Entry> find(const std::string &key)
{
    const std::scoped_lock guard(lock);
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? std::optional<Entry>() : *found;
}

void keep(const std::string &key, const std::shared_ptr<const Dataset> &data)
{
    std::int64_t bytes = 0;
    for (const Samples &samples : data->splits) bytes += samples.byteCount();
    const std::scoped_lock guard(lock);
    std::erase_if(entries, [&](const Entry &entry) { return entry.key == key; });
    for (Entry &entry : entries) entry.whole.reset();
    entries.push_front({key, data->facts, bytes <= kLargestKept ? data : nullptr});
    if (entries.size() > kEntries) entries.pop_back();
}

} // namespace

std::string recentKey(std::string text, std::span<const std::filesystem::path> files)
{
    for (const std::filesystem::path &file : files) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(file, ignored);
        const auto time = std::filesystem::last_write_time(file, ignored);
        text += fmt::format("\n{}|{}|{}", std::filesystem::absolute(file, ignored).string(), size,
                            time.time_since_epoch().count());
    }
    return text;
}

Result<graph::DataFacts> recentFacts(const std::string &key, const ReadData &read)
{
    if (const auto known = find(key)) return known->facts;
    Result<Dataset> data = read();
    if (!data) return data.error();
    const auto shared = std::make_shared<const Dataset>(*std::move(data));
    keep(key, shared);
    return shared->facts;
}

Result<Dataset> recentData(const std::string &key, const ReadData &read)
{
    if (const auto known = find(key); known && known->whole) return *known->whole;
    Result<Dataset> data = read();
    if (!data) return data.error();
    const auto shared = std::make_shared<const Dataset>(*std::move(data));
    keep(key, shared);
    return *shared;
}

} // namespace ostrich::data
