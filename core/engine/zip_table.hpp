// A zip archive's table of contents, read strictly enough to trust its places.
#pragma once

#include "engine/pickle.hpp"

#include <map>
#include <string>

namespace ostrich::engine {

struct ZipEntry {
    std::uint64_t begin = 0;  // of its bytes in the archive
    std::uint64_t packed = 0; // bytes in the archive
    std::uint64_t size = 0;   // bytes unpacked, as the archive says
    bool deflated = false;
};

/// The entries by name. Checked: each lies inside the archive, none overlaps another or the table,
/// both places that name it agree, no name twice, stored or deflated. Errors, about `where`:
/// cut off, damaged, overlapping, packed by another method. (CRC-32: torch.save can be told to
/// leave it out, so it says nothing.)
Result<std::map<std::string, ZipEntry>> zipEntries(const ByteSource &archive,
                                                   const std::string &where);

/// Writes exactly `entry.size` bytes, all of the entry, to `to`. Errors: it unpacks to more or less
/// than it announces; damaged; `name` in words.
Result<void> unpackEntry(const ByteSource &archive, const ZipEntry &entry, const std::string &name,
                         char *to, const std::string &where);

} // namespace ostrich::engine
