// Listing folders without exceptions where a user's mistake is likely.
#include "data/folder.hpp"

#include <algorithm>
#include <system_error>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

template <typename Wanted>
std::vector<fs::path> entries(const fs::path &folder, Wanted wanted)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::error_code unknown; // a dangling link is no entry
        if (!it->path().filename().string().starts_with('.') && wanted(it->status(unknown)))
            found.push_back(it->path());
    }
    std::ranges::sort(found);
    return found;
}

} // namespace

Result<void> checkFolder(const fs::path &folder)
{
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    const Message hint{"data.path_check_hint", {}};
    if (!fs::exists(status)) return Error{folder.string(), {"data.folder_missing", {}}, hint};
    if (!fs::is_directory(status)) return Error{folder.string(), {"data.not_a_folder", {}}, hint};
    const fs::directory_iterator listing(folder, error);
    if (error)
        return Error{
            folder.string(), {"data.unreadable", {error.message()}}, {"data.unreadable_hint", {}}};
    return {};
}

std::vector<fs::path> subfolders(const fs::path &folder)
{
    return entries(folder, [](const fs::file_status &status) { return fs::is_directory(status); });
}

std::vector<fs::path> regularFiles(const fs::path &folder)
{
    return entries(folder,
                   [](const fs::file_status &status) { return fs::is_regular_file(status); });
}

std::string folderName(const fs::path &folder)
{
    const fs::path plain = (folder / "").lexically_normal().parent_path();
    const std::string name = plain.filename().string();
    if (!name.empty() && name != "." && name != "..") return name;
    std::error_code error;
    return fs::weakly_canonical(folder, error).filename().string();
}

} // namespace ostrich::data
