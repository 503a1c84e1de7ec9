// The MNIST family: IDX files of pictures and labels, packed or not (format:
// yann.lecun.com/exdb/mnist).
#include "data/folder.hpp"
#include "data/source.hpp"
#include "data/unpacked_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

namespace ostrich::data::idx {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxSide = 4096;
constexpr std::int64_t kMaxBytes = std::int64_t{1} << 31;

struct Header {
    std::int64_t count = 0;
    std::int64_t height = 1; // labels: 1
    std::int64_t width = 1;
    std::int64_t bytes() const { return count * height * width; }
};

struct Files {
    fs::path trainImages, trainLabels;
    fs::path testImages, testLabels; // empty: the folder brings no test set
};

/// "train-images-idx3-ubyte" under its usual names, unpacked or packed; empty when there is none.
fs::path findFile(const fs::path &folder, const std::string &set, const std::string &what)
{
    for (const char *separator : {"-", "."}) {
        for (const char *ending : {"", ".gz"}) {
            fs::path file = folder
                            / (set + "-" + what + separator
                               + (what == "images" ? "idx3-ubyte" : "idx1-ubyte") + ending);
            std::error_code error;
            if (fs::exists(file, error)) return file;
        }
    }
    return {};
}

Result<Files> findFiles(const fs::path &folder)
{
    if (auto checked = checkFolder(folder); !checked) return checked.error();
    const Files files{findFile(folder, "train", "images"), findFile(folder, "train", "labels"),
                      findFile(folder, "t10k", "images"), findFile(folder, "t10k", "labels")};
    const auto missing = [&](const char *name) {
        return Error{
            (folder / name).string(), {"data.file_missing", {}}, {"data.idx_files_hint", {}}};
    };
    if (files.trainImages.empty()) return missing("train-images-idx3-ubyte.gz");
    if (files.trainLabels.empty()) return missing("train-labels-idx1-ubyte.gz");
    if (files.testImages.empty() && !files.testLabels.empty())
        return missing("t10k-images-idx3-ubyte.gz");
    if (files.testLabels.empty() && !files.testImages.empty())
        return missing("t10k-labels-idx1-ubyte.gz");
    return files;
}

std::int64_t bigEndian(const unsigned char *bytes)
{
    return (std::int64_t{bytes[0]} << 24) | (std::int64_t{bytes[1]} << 16)
           | (std::int64_t{bytes[2]} << 8) | std::int64_t{bytes[3]};
}

/// Magic number 0x00000803 (bytes, three axes) or 0x00000801 (bytes, one axis), then the axes'
/// sizes.
Result<Header> readHeader(UnpackedFile &file, std::size_t axes)
{
    std::array<unsigned char, 16> bytes{};
    const std::size_t size = 4 + 4 * axes;
    const auto count = file.read(bytes.data(), size);
    if (!count) return count.error();
    const std::string where = file.path().string();
    if (*count < size)
        return Error{where,
                     {"data.idx_header_short", {std::to_string(*count), std::to_string(size)}},
                     {"data.copy_again_hint", {}}};
    const std::int64_t expected = 0x800 + static_cast<std::int64_t>(axes);
    if (const std::int64_t magic = bigEndian(bytes.data()); magic != expected)
        return Error{
            where,
            {"data.idx_magic", {fmt::format("0x{:08x}", magic), fmt::format("0x{:08x}", expected)}},
            {"data.idx_files_hint", {}}};
    Header header{bigEndian(&bytes[4])};
    if (axes == 3) {
        header.height = bigEndian(&bytes[8]);
        header.width = bigEndian(&bytes[12]);
    }
    const bool sizesFit = header.count > 0 && header.height > 0 && header.width > 0
                          && header.height <= kMaxSide && header.width <= kMaxSide
                          && header.bytes() <= kMaxBytes;
    if (!sizesFit)
        return Error{where,
                     {"data.idx_sizes",
                      {fmt::format("{}×{}×{}", header.count, header.height, header.width)}},
                     {"data.copy_again_hint", {}}};
    return header;
}

/// Reads what the header promises, and sees that nothing follows. Grows in steps: a header that
/// promises gigabytes above a short file takes no memory for them.
Result<std::vector<std::uint8_t>> readBody(UnpackedFile &file, std::int64_t size)
{
    constexpr std::size_t kStep = std::size_t{1} << 24;
    const std::string where = file.path().string();
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < static_cast<std::size_t>(size)) {
        const std::size_t start = bytes.size();
        const std::size_t step = std::min(kStep, static_cast<std::size_t>(size) - start);
        bytes.resize(start + step);
        const auto count = file.read(bytes.data() + start, step);
        if (!count) return count.error();
        if (*count < step)
            return Error{
                where,
                {"data.idx_body_short", {std::to_string(start + *count), std::to_string(size)}},
                {"data.copy_again_hint", {}}};
    }
    std::uint8_t extra = 0;
    const auto more = file.read(&extra, 1); // in a packed file this also checks its checksum
    if (!more) return more.error();
    if (*more > 0)
        return Error{
            where, {"data.idx_body_long", {std::to_string(size)}}, {"data.copy_again_hint", {}}};
    return bytes;
}

Result<std::vector<std::uint8_t>> readLabels(const fs::path &path)
{
    auto file = UnpackedFile::open(path);
    if (!file) return file.error();
    const auto header = readHeader(*file, 1);
    if (!header) return header.error();
    return readBody(*file, header->count);
}

Result<Header> pictureHeader(const fs::path &path)
{
    auto file = UnpackedFile::open(path);
    return file ? readHeader(*file, 3) : Result<Header>(file.error());
}

Result<Samples> readSamples(const fs::path &images, const fs::path &labels)
{
    auto file = UnpackedFile::open(images);
    if (!file) return file.error();
    const auto header = readHeader(*file, 3);
    if (!header) return header.error();
    const auto labelBytes = readLabels(labels);
    if (!labelBytes) return labelBytes.error();
    if (static_cast<std::int64_t>(labelBytes->size()) != header->count)
        return Error{labels.string(),
                     {"data.idx_counts",
                      {std::to_string(labelBytes->size()), std::to_string(header->count),
                       images.filename().string()}},
                     {"data.copy_again_hint", {}}};
    auto bytes = readBody(*file, header->bytes());
    if (!bytes) return bytes.error();
    Samples samples;
    samples.sampleShape = {1, header->height, header->width};
    samples.bytes = *std::move(bytes);
    samples.labels.assign(labelBytes->begin(), labelBytes->end());
    return samples;
}

bool contains(std::string text, std::string_view part)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text.find(part) != std::string::npos;
}

std::vector<std::string> classNames(const std::string &folder, std::int64_t classes)
{
    if (classes == 10 && contains(folder, "fashion"))
        return {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
    std::vector<std::string> names;
    for (std::int64_t label = 0; label < classes; ++label) names.push_back(std::to_string(label));
    return names;
}

std::string titleOf(const std::string &folder)
{
    if (contains(folder, "fashion")) return "Fashion-MNIST";
    return folder == "mnist" ? "MNIST" : folder;
}

graph::DataFacts describe(const fs::path &folder, std::int64_t height, std::int64_t width,
                          std::int64_t classes)
{
    graph::DataFacts facts;
    facts.input = graph::Shape::maps(1, height, width);
    facts.classes = classes;
    facts.classNames = classNames(folderName(folder), classes);
    facts.title = titleOf(folderName(folder));
    return facts;
}

class Idx : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "idx",
            .label = {"IDX files (MNIST family)", "Fichiers IDX (famille MNIST)"},
            .help = {"A folder with train-images-idx3-ubyte, train-labels-idx1-ubyte and the t10k "
                     "files, .gz or not.",
                     "Un dossier avec train-images-idx3-ubyte, train-labels-idx1-ubyte et les "
                     "fichiers t10k, .gz ou non."},
            .needsPath = true,
            .pathHelp = {"The folder with the four files", "Le dossier des quatre fichiers"},
            .parameters = {}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec, const graph::Parameters &) const override
    {
        const auto files = findFiles(spec.path);
        if (!files) return files.error();
        const auto header = pictureHeader(files->trainImages);
        if (!header) return header.error();
        const auto labels = readLabels(files->trainLabels);
        if (!labels) return labels.error();
        const std::int64_t classes = std::int64_t{1} + std::ranges::max(*labels);
        return describe(spec.path, header->height, header->width,
                        std::max<std::int64_t>(2, classes));
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        const auto files = findFiles(spec.path);
        if (!files) return files.error();
        auto train = readSamples(files->trainImages, files->trainLabels);
        if (!train) return train.error();
        report(progress, 0.5);
        Dataset dataset;
        const auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        dataset.facts = *facts;
        if (stop.stop_requested()) return Error{spec.path, {"data.cancelled", {}}, {}};
        if (files->testImages.empty()) {
            splitPool(*train, seed, dataset.splits);
            return dataset;
        }
        auto test = readSamples(files->testImages, files->testLabels);
        if (!test) return test.error();
        if (test->sampleShape != train->sampleShape)
            return Error{files->testImages.string(),
                         {"data.idx_test_shape",
                          {fmt::format("{}", fmt::join(test->sampleShape, "×")),
                           fmt::format("{}", fmt::join(train->sampleShape, "×"))}},
                         {"data.copy_again_hint", {}}};
        if (const std::int32_t largest = std::ranges::max(test->labels); largest >= facts->classes)
            return Error{
                files->testLabels.string(),
                {"data.idx_test_label", {std::to_string(largest), std::to_string(facts->classes)}},
                {"data.copy_again_hint", {}}};
        splitValidation(*train, seed, dataset.splits);
        dataset.splits[2] = *std::move(test);
        report(progress, 1.0);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Idx>();
}

} // namespace ostrich::data::idx
