// CIFAR-10's binary files (Krizhevsky 2009): records of one label byte and 32 x 32 pixels in planes
// of red, green, blue.
#include "base/file.hpp"
#include "data/folder.hpp"
#include "data/source.hpp"

#include <algorithm>
#include <sstream>

namespace ostrich::data::cifar10 {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSide = 32;
constexpr std::size_t kPixels = 3 * kSide * kSide;
constexpr std::size_t kRecord = 1 + kPixels;
constexpr std::int32_t kClasses = 10;
constexpr std::uintmax_t kMaxFile = std::uintmax_t{1} << 30;

struct Files {
    std::vector<fs::path> train; // by name
    fs::path test;               // empty: none
};

/// The size alone tells whether a file can be right.
Result<void> checkSize(const fs::path &file)
{
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error)
        return Error{
            file.string(), {"data.unreadable", {error.message()}}, {"data.unreadable_hint", {}}};
    if (size == 0 || size % kRecord != 0 || size > kMaxFile)
        return Error{file.string(),
                     {"data.cifar_size", {std::to_string(size), std::to_string(kRecord)}},
                     {"data.copy_again_hint", {}}};
    return {};
}

Result<Files> findFiles(const fs::path &folder)
{
    if (auto checked = checkFolder(folder); !checked) return checked.error();
    Files files;
    for (const fs::path &file : regularFiles(folder)) {
        const std::string name = file.filename().string();
        if (name.starts_with("data_batch_") && name.ends_with(".bin")) files.train.push_back(file);
        if (name == "test_batch.bin") files.test = file;
    }
    if (files.train.empty())
        return Error{folder.string(), {"data.cifar_none", {}}, {"data.cifar_hint", {}}};
    for (const fs::path &file : files.train) {
        if (auto checked = checkSize(file); !checked) return checked.error();
    }
    if (!files.test.empty()) {
        if (auto checked = checkSize(files.test); !checked) return checked.error();
    }
    return files;
}

Result<void> append(const fs::path &file, Samples &samples)
{
    const auto content = readFile(file, kMaxFile);
    if (!content) return content.error();
    if (content->size() % kRecord != 0) // it changed since its size was looked at
        return Error{
            file.string(),
            {"data.cifar_size", {std::to_string(content->size()), std::to_string(kRecord)}},
            {"data.copy_again_hint", {}}};
    samples.sampleShape = {3, kSide, kSide};
    for (std::size_t start = 0; start < content->size(); start += kRecord) {
        const auto label = static_cast<std::int32_t>(static_cast<unsigned char>((*content)[start]));
        if (label >= kClasses)
            return Error{
                file.string(),
                {"data.cifar_label", {std::to_string(start / kRecord + 1), std::to_string(label)}},
                {"data.copy_again_hint", {}}};
        samples.labels.push_back(label);
        const auto first = content->begin() + static_cast<std::ptrdiff_t>(start + 1);
        samples.bytes.insert(samples.bytes.end(), first,
                             first + static_cast<std::ptrdiff_t>(kPixels));
    }
    return {};
}

/// Ten lines of batches.meta.txt, or the names that everybody knows.
std::vector<std::string> classNames(const fs::path &folder)
{
    std::vector<std::string> names;
    if (const auto text = readFile(folder / "batches.meta.txt", 4096)) {
        std::istringstream lines(*text);
        for (std::string line; std::getline(lines, line);) {
            while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
            if (!line.empty()) names.push_back(line);
        }
    }
    if (names.size() == kClasses) return names;
    return {"airplane", "automobile", "bird",  "cat",  "deer",
            "dog",      "frog",       "horse", "ship", "truck"};
}

class Cifar10 : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "cifar10",
            .label = {"CIFAR-10 (binary files)", "CIFAR-10 (fichiers binaires)"},
            .help = {"A folder with data_batch_1.bin ... and test_batch.bin, of any number of "
                     "pictures.",
                     "Un dossier avec data_batch_1.bin ... et test_batch.bin, quel que soit le "
                     "nombre d'images."},
            .needsPath = true,
            .pathHelp = {"The folder with the .bin files", "Le dossier des fichiers .bin"},
            .parameters = {}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec, const graph::Parameters &) const override
    {
        const auto files = findFiles(spec.path);
        if (!files) return files.error();
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, kSide, kSide);
        facts.classes = kClasses;
        facts.classNames = classNames(spec.path);
        facts.title = "CIFAR-10";
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        const auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        const auto files = findFiles(spec.path);
        if (!files) return files.error();
        Dataset dataset;
        dataset.facts = *facts;
        Samples train;
        for (const fs::path &file : files->train) {
            if (stop.stop_requested()) return Error{spec.path, {"data.cancelled", {}}, {}};
            if (auto read = append(file, train); !read) return read.error();
        }
        report(progress, 0.7);
        if (files->test.empty()) {
            splitPool(train, seed, dataset.splits);
        } else {
            splitValidation(train, seed, dataset.splits);
            if (auto read = append(files->test, dataset.splits[2]); !read) return read.error();
        }
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Cifar10>();
}

} // namespace ostrich::data::cifar10
