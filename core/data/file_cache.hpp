// What was read from a file, kept while the file stays as it is: the window asks for a source's
// facts again and again.
#pragma once

#include "base/result.hpp"

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace ostrich::data {

/// The latest few files of one kind. Any thread.
template <typename T>
class FileCache {
public:
    /// What `read` gives for `path`: a Result<T>, called when the file's size or time of writing
    /// has changed. `how` tells apart several ways to read one file. Errors are not kept.
    template <typename Read>
    Result<std::shared_ptr<const T>> get(const std::filesystem::path &path, const std::string &how,
                                         Read read)
    {
        std::error_code unknown; // of a missing file: `read` says so
        const Key key{path.string(), how, std::filesystem::file_size(path, unknown),
                      std::filesystem::last_write_time(path, unknown)};
        {
            const std::lock_guard lock(m_mutex);
            for (const auto &[kept, content] : m_entries)
                if (kept == key) return content;
        }
        Result<T> content = read(path);
        if (!content) return content.error();
        auto shared = std::make_shared<const T>(*std::move(content));
        const std::lock_guard lock(m_mutex);
        m_entries.emplace_front(key, shared);
        if (m_entries.size() > kEntries) m_entries.pop_back();
        return shared;
    }

private:
    static constexpr std::size_t kEntries = 4;
    struct Key {
        std::string path;
        std::string how;
        std::uintmax_t size = 0;
        std::filesystem::file_time_type written;
        bool operator==(const Key &) const = default;
    };

    std::mutex m_mutex;
    std::deque<std::pair<Key, std::shared_ptr<const T>>> m_entries;
};

} // namespace ostrich::data
