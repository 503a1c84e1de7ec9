// Zip archives of uncompressed files, made in memory: NumPy's .npz and PyTorch's .pt are such.
#pragma once

#include <string>
#include <vector>

namespace ostrich::data {

struct StoredFile {
    std::string name;
    std::string bytes;
};

/// The archive's bytes, the files in their order; empty when it cannot be made (out of memory).
std::string storedZip(const std::vector<StoredFile> &files);

} // namespace ostrich::data
