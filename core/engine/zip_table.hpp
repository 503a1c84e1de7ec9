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
    std::uint32_t crc = 0; // CRC-32 unpacked, as the archive says; 0: it says none
};

/// The entries by name. Checked: each lies inside the archive, none overlaps another or the table,
/// both places that name it agree, no name twice, stored or deflated. Errors, about `where`:
/// cut off, damaged, overlapping, packed by another method. What is in them is checked when it is
/// read.
Result<std::map<std::string, ZipEntry>> zipEntries(const ByteSource &archive,
                                                   const std::string &where);

/// Writes exactly `entry.size` bytes, all of the entry, to `to`. Errors: it unpacks to more or less
/// than it announces; its CRC-32 is another; `name` in words.
Result<void> unpackEntry(const ByteSource &archive, const ZipEntry &entry, const std::string &name,
                         char *to, const std::string &where);
/// The same check for a stored entry of which only parts are wanted. Error: its CRC-32 is another.
Result<void> checkEntry(const ByteSource &archive, const ZipEntry &entry, const std::string &name,
                        const std::string &where);

} // namespace ostrich::engine
