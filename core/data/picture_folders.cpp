// From folders of files to three splits of pictures, decoded on all cores.
#include "data/picture_folders.hpp"

#include "base/random.hpp"
#include "data/folder.hpp"
#include "data/option.hpp"
#include "data/parallel.hpp"
#include "data/picture_file.hpp"
#include "data/source.hpp"

#include <algorithm>

namespace ostrich::data {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxBytes = std::int64_t{1} << 31;
constexpr std::size_t kNamesTold = 3;

/// All files below a class's folder, sorted. Links to folders are not followed: they may lead in a
/// circle.
std::vector<fs::path> filesBelow(const fs::path &folder, std::size_t most)
{
    std::vector<fs::path> files;
    std::error_code error;
    fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied,
                                        error);
    for (const fs::recursive_directory_iterator end; !error && it != end && files.size() < most;
         it.increment(error)) {
        std::error_code unknown;
        if (!it->path().filename().string().starts_with('.') && it->is_regular_file(unknown))
            files.push_back(it->path());
    }
    std::ranges::sort(files);
    return files;
}

struct Found {
    fs::path file;
    std::int32_t label = 0;
};

Result<std::vector<Found>> listFiles(const fs::path &root, const ClassOfFolder &classOf)
{
    std::vector<Found> found;
    for (const fs::path &folder : foldersWithFiles(root)) {
        const auto label = classOf(folder);
        if (!label) return label.error();
        for (const fs::path &file : filesBelow(folder, SIZE_MAX)) found.push_back({file, *label});
    }
    return found;
}

struct Decoded {
    Samples samples;
    std::vector<fs::path> skipped;
};

/// Empty when stopped.
std::optional<Decoded> decodeAll(const std::vector<Found> &files, int size,
                                 const Progress &progress, const std::stop_token &stop)
{
    std::vector<std::optional<std::vector<std::uint8_t>>> pictures(files.size());
    const auto decode = [&](std::int64_t index) {
        const auto i = static_cast<std::size_t>(index);
        pictures[i] = readPicture(files[i].file, size);
    };
    if (!forEachIndex(static_cast<std::int64_t>(files.size()), decode, progress, stop)) return {};
    Decoded decoded;
    decoded.samples.sampleShape = {3, size, size};
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!pictures[i]) {
            decoded.skipped.push_back(files[i].file);
            continue;
        }
        decoded.samples.labels.push_back(files[i].label);
        decoded.samples.bytes.insert(decoded.samples.bytes.end(), pictures[i]->begin(),
                                     pictures[i]->end());
        pictures[i].reset();
    }
    return decoded;
}

Message skippedWarning(const std::vector<fs::path> &skipped, const fs::path &root)
{
    std::vector<std::string> names;
    for (const fs::path &file : skipped) {
        if (names.size() < kNamesTold) names.push_back(file.lexically_relative(root).string());
    }
    if (skipped.size() > kNamesTold) names.emplace_back("...");
    return {skipped.size() == 1 ? "data.images_skipped_one" : "data.images_skipped",
            {std::to_string(skipped.size()), joined(names)}};
}

struct Listed {
    std::vector<Found> train, test;
    std::size_t count() const { return train.size() + test.size(); }
};

Result<Dataset> decode(const PictureSet &set, const Listed &files, std::uint64_t seed,
                       const Progress &progress, const std::stop_token &stop)
{
    const auto size = static_cast<int>(*set.facts.input.size(graph::Axis::H));
    const std::string where = set.folders.root.string();
    const double trainShare =
        static_cast<double>(files.train.size()) / static_cast<double>(files.count());
    const Error cancelled{where, {"data.cancelled", {}}, {}};
    auto train = decodeAll(
        files.train, size, [&](double done) { report(progress, done * trainShare); }, stop);
    if (!train) return cancelled;
    auto test = decodeAll(
        files.test, size,
        [&](double done) { report(progress, trainShare + done * (1.0 - trainShare)); }, stop);
    if (!test) return cancelled;
    if (train->samples.count() == 0)
        return Error{where, {"data.images_none", {}}, {"data.images_hint", {}}};

    Dataset dataset;
    dataset.facts = set.facts;
    if (test->samples.count() == 0) {
        splitPool(train->samples, seed, dataset.splits);
    } else {
        splitValidation(train->samples, seed, dataset.splits);
        dataset.splits[2] = std::move(test->samples);
    }
    std::vector<fs::path> skipped = std::move(train->skipped);
    skipped.insert(skipped.end(), test->skipped.begin(), test->skipped.end());
    std::ranges::sort(skipped);
    if (!skipped.empty()) dataset.warnings.push_back(skippedWarning(skipped, set.folders.root));
    report(progress, 1.0);
    return dataset;
}

} // namespace

PictureFolders pictureFoldersIn(const fs::path &root)
{
    if (subfolders(root / "train").empty()) return {root, root, {}};
    return {root, root / "train", subfolders(root / "test").empty() ? fs::path() : root / "test"};
}

std::vector<fs::path> foldersWithFiles(const fs::path &root)
{
    std::vector<fs::path> folders = subfolders(root);
    std::erase_if(folders, [](const fs::path &folder) { return filesBelow(folder, 1).empty(); });
    return folders;
}

Result<Dataset> loadPictures(const PictureSet &set, std::uint64_t seed, const Progress &progress,
                             const std::stop_token &stop)
{
    auto train = listFiles(set.folders.train, set.classOf);
    if (!train) return train.error();
    auto test = set.folders.test.empty() ? Result(std::vector<Found>{})
                                         : listFiles(set.folders.test, set.classOf);
    if (!test) return test.error();
    Listed files{*std::move(train), *std::move(test)};
    const std::int64_t size = *set.facts.input.size(graph::Axis::H);
    const std::int64_t bytes = static_cast<std::int64_t>(files.count()) * 3 * size * size;
    if (bytes > kMaxBytes)
        return Error{set.folders.root.string(),
                     {"data.too_large", {std::to_string(bytes >> 20)}},
                     {"data.too_large_hint", {}}};
    // As they lie they are sorted by class, and "the first 100 test pictures" would be of one.
    RandomStream random(seed, "order/test");
    random.shuffle(std::span(files.test));
    return decode(set, files, seed, progress, stop);
}

} // namespace ostrich::data
