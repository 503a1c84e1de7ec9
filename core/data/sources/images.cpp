// A folder per class with pictures of any size: what a student brings along.
#include "base/random.hpp"
#include "data/folder.hpp"
#include "data/option.hpp"
#include "data/parallel.hpp"
#include "data/picture_file.hpp"
#include "data/source.hpp"

#include <algorithm>

namespace ostrich::data::images {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxBytes = std::int64_t{1} << 31;
constexpr std::size_t kNamesTold = 3;

struct Roots {
    fs::path train;
    fs::path test; // empty: none
};

/// The class folders stand in DIR, or in DIR/train and DIR/test.
Roots rootsOf(const fs::path &folder)
{
    if (subfolders(folder / "train").empty()) return {folder, {}};
    return {folder / "train", subfolders(folder / "test").empty() ? fs::path() : folder / "test"};
}

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

/// Folders with at least one file: the classes.
Result<std::vector<std::string>> classesIn(const fs::path &root)
{
    std::vector<std::string> names;
    for (const fs::path &folder : subfolders(root)) {
        if (!filesBelow(folder, 1).empty()) names.push_back(folder.filename().string());
    }
    if (names.size() < 2)
        return Error{root.string(),
                     {"data.images_classes", {std::to_string(names.size())}},
                     {"data.images_hint", {}}};
    return names;
}

struct Found {
    fs::path file;
    std::int32_t label = 0;
};

Result<std::vector<Found>> listFiles(const fs::path &root, const std::vector<std::string> &classes)
{
    std::vector<Found> found;
    for (const fs::path &folder : subfolders(root)) {
        const auto known = std::ranges::find(classes, folder.filename().string());
        const std::vector<fs::path> files = filesBelow(folder, SIZE_MAX);
        if (known == classes.end() && !files.empty())
            return Error{
                folder.string(), {"data.images_class_unknown", {}}, {"data.images_class_hint", {}}};
        for (const fs::path &file : files)
            found.push_back({file, static_cast<std::int32_t>(known - classes.begin())});
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

class Images : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "images",
            .label = {"Pictures in folders", "Images en dossiers"},
            .help =
                {"A folder per class; the short side is scaled to the size, the centre cut out.",
                 "Un dossier par classe ; le petit côté est mis à la taille, le centre découpé."},
            .needsPath = true,
            .pathHelp = {"The folder that holds a folder for each class",
                         "Le dossier qui contient un dossier par classe"},
            .parameters = {integerOption(
                "size", 64, 8, 512, {"Size", "Taille"},
                {"Width and height that each picture is brought to, in pixels.",
                 "Largeur et hauteur auxquelles chaque image est ramenée, en pixels."})}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec,
                                   const graph::Parameters &options) const override
    {
        if (auto checked = checkFolder(spec.path); !checked) return checked.error();
        const auto classes = classesIn(rootsOf(spec.path).train);
        if (!classes) return classes.error();
        const std::int64_t size = graph::integer(options, "size");
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, size, size);
        facts.classes = static_cast<std::int64_t>(classes->size());
        facts.classNames = *classes;
        facts.title = folderName(spec.path);
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        const auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        const Roots roots = rootsOf(spec.path);
        const auto trainFiles = listFiles(roots.train, facts->classNames);
        if (!trainFiles) return trainFiles.error();
        auto testFiles = roots.test.empty() ? Result(std::vector<Found>{})
                                            : listFiles(roots.test, facts->classNames);
        if (!testFiles) return testFiles.error();
        const int size = static_cast<int>(graph::integer(options, "size"));
        const std::size_t count = trainFiles->size() + testFiles->size();
        const std::int64_t bytes = static_cast<std::int64_t>(count) * 3 * size * size;
        if (bytes > kMaxBytes)
            return Error{spec.path,
                         {"data.too_large", {std::to_string(bytes >> 20)}},
                         {"data.too_large_hint", {}}};
        // As they lie they are sorted by class, and "the first 100 test pictures" would be of one.
        RandomStream random(seed, "order/test");
        random.shuffle(std::span(*testFiles));
        return read(spec, *facts, *trainFiles, *testFiles, size, seed, progress, stop);
    }

private:
    static Result<Dataset> read(const SourceSpec &spec, const graph::DataFacts &facts,
                                const std::vector<Found> &trainFiles,
                                const std::vector<Found> &testFiles, int size, std::uint64_t seed,
                                const Progress &progress, const std::stop_token &stop)
    {
        const double trainShare = static_cast<double>(trainFiles.size())
                                  / static_cast<double>(trainFiles.size() + testFiles.size());
        const Error cancelled{spec.path, {"data.cancelled", {}}, {}};
        auto train = decodeAll(
            trainFiles, size, [&](double done) { report(progress, done * trainShare); }, stop);
        if (!train) return cancelled;
        auto test = decodeAll(
            testFiles, size,
            [&](double done) { report(progress, trainShare + done * (1.0 - trainShare)); }, stop);
        if (!test) return cancelled;
        if (train->samples.count() == 0)
            return Error{spec.path, {"data.images_none", {}}, {"data.images_hint", {}}};

        Dataset dataset;
        dataset.facts = facts;
        if (test->samples.count() == 0) {
            splitPool(train->samples, seed, dataset.splits);
        } else {
            splitValidation(train->samples, seed, dataset.splits);
            dataset.splits[2] = std::move(test->samples);
        }
        std::vector<fs::path> skipped = std::move(train->skipped);
        skipped.insert(skipped.end(), test->skipped.begin(), test->skipped.end());
        std::ranges::sort(skipped);
        if (!skipped.empty()) dataset.warnings.push_back(skippedWarning(skipped, spec.path));
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Images>();
}

} // namespace ostrich::data::images
