// Arrays in NumPy's .npz format, for whoever goes on in Python.
#pragma once

#include "base/array.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace ostrich::data {

/// One entry of the file: float32 of any shape, or int64 (N).
struct NpzEntry {
    std::string name;
    std::variant<Array, std::vector<std::int64_t>> values;
};

/// Writes `entries` uncompressed, little-endian, C order; replaces the file at once or not at all.
/// Errors: as writeFile; the archive cannot be made (out of memory).
Result<void> saveNpz(const std::vector<NpzEntry> &entries, const std::filesystem::path &file);

/// Reads an archive of such entries, ours or NumPy's (savez, savez_compressed). Errors: as
/// readFile; no .npz file; an entry that is cut off, of another type or order, or larger than its
/// bytes.
Result<std::vector<NpzEntry>> loadNpz(const std::filesystem::path &file);

} // namespace ostrich::data
