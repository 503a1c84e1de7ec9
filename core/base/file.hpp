// Reading files with a limit, writing them so that a crash never leaves half of one, and the user's
// folders.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace ostrich {

/// The whole file. Errors: missing, a folder, not readable, larger than `maxBytes` or than the
/// memory.
Result<std::string> readFile(const std::filesystem::path &path,
                             std::uintmax_t maxBytes = std::uintmax_t{1} << 31);

/// Writes to a temporary name beside `path`, syncs, renames: `path` is the old or the new file,
/// never a part. Errors: no such folder, no permission, disk full; the old file is then as it was.
Result<void> writeFile(const std::filesystem::path &path, std::string_view bytes);

/// Takes the next bytes of a file; false: they cannot be written, and nothing more will be.
using Append = std::function<bool(std::string_view)>;
/// The same for content that would be too much in one piece: `produce` is called once and appends
/// all of it. What it throws is passed on, the old file as it was.
Result<void> writeFile(const std::filesystem::path &path,
                       const std::function<void(const Append &)> &produce);

/// An ordinary file, open for reading in parts. Any thread.
class OpenFile {
public:
    /// Errors: missing, a folder, not readable.
    static Result<OpenFile> open(const std::filesystem::path &path);
    ~OpenFile();
    OpenFile(OpenFile &&other) noexcept;
    OpenFile &operator=(OpenFile &&) = delete;

    std::uint64_t size() const { return m_size; } // when it was opened
    /// Bytes `offset` .. `offset + count` to `to`. Errors: of the disk; the file ends before.
    Result<void> read(std::uint64_t offset, char *to, std::size_t count) const;

private:
    OpenFile(std::filesystem::path path, int descriptor, std::uint64_t size);

    std::filesystem::path m_path;
    int m_descriptor;
    std::uint64_t m_size;
};

/// Where drawn pictures are kept: $XDG_CACHE_HOME/ostrich or ~/.cache/ostrich (made when missing).
std::filesystem::path cacheFolder();
/// Where unsaved work is kept: $XDG_DATA_HOME/ostrich or ~/.local/share/ostrich (made when
/// missing).
std::filesystem::path dataFolder();

} // namespace ostrich
