// Moving a project's runs to another folder, across file systems too.
#include "train/run.hpp"

#include <vector>

namespace ostrich::train {

namespace fs = std::filesystem;

namespace {

Error notMoved(const fs::path &folder, const std::error_code &code)
{
    return {folder.string(),
            {"train.move_failed", {code.message()}},
            {"train.move_failed_hint", {folder.string()}}};
}

/// A copy first where a rename cannot: the original goes when the copy is whole.
std::error_code moveFolder(const fs::path &from, const fs::path &to)
{
    std::error_code code;
    fs::rename(from, to, code); // an empty folder of that name gives way
    if (code != std::errc::cross_device_link) return code;
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing, code);
    if (!code) fs::remove_all(from, code);
    return code;
}

} // namespace

Result<std::vector<MovedRun>> moveRuns(const fs::path &from, const fs::path &to)
{
    std::vector<MovedRun> moved;
    for (const Run &run : listRuns(from)) {
        auto folder = newRunFolder(to);
        if (!folder) return folder.error();
        if (const auto code = moveFolder(run.folder, *folder)) return notMoved(run.folder, code);
        moved.push_back({run.folder, *folder});
    }
    std::error_code ignored; // what else lies there is not ours
    fs::remove(from, ignored);
    return moved;
}

} // namespace ostrich::train
