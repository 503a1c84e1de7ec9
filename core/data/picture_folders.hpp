// A folder for each class with picture files of any size, brought to one: what a student brings
// along.
#pragma once

#include "base/progress.hpp"
#include "base/result.hpp"
#include "data/dataset.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace ostrich::data {

/// Where the class folders stand: in DIR, or in DIR/train and DIR/test.
struct PictureFolders {
    std::filesystem::path root; // DIR
    std::filesystem::path train;
    std::filesystem::path test; // empty: none
};
PictureFolders pictureFoldersIn(const std::filesystem::path &root);

/// The folders in `root` that hold at least one file, sorted by name.
std::vector<std::filesystem::path> foldersWithFiles(const std::filesystem::path &root);

/// The class index of a folder. Error: it is none.
using ClassOfFolder = std::function<Result<std::int32_t>(const std::filesystem::path &folder)>;

struct PictureSet {
    PictureFolders folders;
    graph::DataFacts facts; // input: 3 × size × size, what each picture is scaled and cut to
    ClassOfFolder classOf;
};

/// Pool or training files are split by `seed`; DIR/test, if there is one, is the test split. Files
/// that are no pictures are skipped and told in a warning. Errors: what `classOf` tells; too much
/// for the memory; no picture at all; "data.cancelled".
Result<Dataset> loadPictures(const PictureSet &set, std::uint64_t seed, const Progress &progress,
                             const std::stop_token &stop);

} // namespace ostrich::data
