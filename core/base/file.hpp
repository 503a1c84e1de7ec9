// Reading files with a limit, writing them so that a crash never leaves half of one, and the user's
// folders.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace ostrich {

/// The whole file. Errors: missing, a folder, not readable, larger than `maxBytes`.
Result<std::string> readFile(const std::filesystem::path &path,
                             std::uintmax_t maxBytes = std::uintmax_t{1} << 31);

/// Writes to a temporary name beside `path`, syncs, renames: `path` is the old or the new file,
/// never a part. Errors: no such folder, no permission, disk full; the old file is then as it was.
Result<void> writeFile(const std::filesystem::path &path, std::string_view bytes);

/// Where drawn pictures are kept: $XDG_CACHE_HOME/ostrich or ~/.cache/ostrich (made when missing).
std::filesystem::path cacheFolder();
/// Where unsaved work is kept: $XDG_DATA_HOME/ostrich or ~/.local/share/ostrich (made when
/// missing).
std::filesystem::path dataFolder();

} // namespace ostrich
