// What sources that read a folder ask of the disk.
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <vector>

namespace ostrich::data {

/// Whether `folder` is there and may be listed. Errors name it.
Result<void> checkFolder(const std::filesystem::path &folder);

/// Entries of `folder` sorted by name, without hidden ones.
std::vector<std::filesystem::path> subfolders(const std::filesystem::path &folder);
std::vector<std::filesystem::path> regularFiles(const std::filesystem::path &folder);

/// The folder's own name, also for "dir/" and ".".
std::string folderName(const std::filesystem::path &folder);

} // namespace ostrich::data
