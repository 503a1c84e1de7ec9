// The 1,000 classes of ImageNet: photographs of one's own, or, until there are some, drawings of
// the animals that have a class there.
#include "base/embedded.hpp"
#include "data/drawn_pictures.hpp"
#include "data/folder.hpp"
#include "data/picture_folders.hpp"
#include "data/pictures/menagerie_artist.hpp"
#include "data/source.hpp"
#include "graph/nearest_name.hpp"

#include <algorithm>
#include <charconv>

namespace ostrich::data::imagenet {

namespace {

namespace fs = std::filesystem;

constexpr int kSide = 224; // pixels: what the networks of this data set are made for

/// Animals of the menagerie that are of one class of ImageNet however they are drawn. Its dogs and
/// cats are of no breed, its fish and butterflies of no kind.
struct Drawn {
    std::string_view animal;
    std::string_view className;
};
constexpr std::array kDrawn{Drawn{"ostrich", "ostrich"}, Drawn{"flamingo", "flamingo"},
                            Drawn{"elephant", "African elephant"}};
/// Colours from about -1 to 1, as networks of these classes are trained on; a few pictures have
/// any.
Statistics normalisation()
{
    Statistics statistics;
    statistics.mean.assign(3, 127.0F / 255.0F);
    statistics.deviation.assign(3, 128.0F / 255.0F);
    return statistics;
}

constexpr std::int64_t kPicturesPerClass = 4; // in each split

/// In the order of their indices.
const std::vector<std::string> &classNames()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> read;
        std::string_view rest = embeddedResource("imagenet/classes.txt").value_or("");
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            read.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return read;
    }();
    return names;
}

/// "African_Elephant" and "African elephant" are one name.
std::string plain(std::string_view name)
{
    std::string letters(name);
    for (char &c : letters) {
        if (c == '_') c = ' ';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return letters;
}

/// By its name or its index.
std::optional<std::int32_t> classNamed(const std::string &name)
{
    const auto &names = classNames();
    const auto known = std::ranges::find(names, plain(name), plain);
    if (known != names.end()) return static_cast<std::int32_t>(known - names.begin());
    std::int32_t index = -1;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool whole = problem == std::errc() && end == name.data() + name.size();
    if (whole && index >= 0 && index < std::ssize(names)) return index;
    return {};
}

Result<std::int32_t> classOf(const fs::path &folder)
{
    const std::string name = folder.filename().string();
    if (const auto index = classNamed(name)) return *index;
    const auto meant = graph::nearestName(name, classNames());
    return Error{folder.string(),
                 {"data.imagenet_class_unknown", {name}},
                 meant ? Message{"data.imagenet_class_meant", {*meant}}
                       : Message{"data.imagenet_class_hint", {}}};
}

/// Each folder with files is one of the 1,000 classes.
Result<void> checkClasses(const PictureFolders &folders)
{
    const std::vector<fs::path> found = foldersWithFiles(folders.train);
    if (found.empty())
        return Error{folders.train.string(), {"data.images_none", {}}, {"data.images_hint", {}}};
    for (const fs::path &folder : found) {
        if (const auto known = classOf(folder); !known) return known.error();
    }
    return {};
}

Result<Dataset> drawings(graph::DataFacts facts, std::uint64_t seed, const Progress &progress,
                         const std::stop_token &stop)
{
    const MenagerieArtist &artist = MenagerieArtist::instance();
    const std::vector<std::string> animals = artist.classNames();
    std::vector<int> models;
    DrawnSet set;
    set.source = "imagenet";
    set.sampleShape = {3, kSide, kSide};
    for (const Drawn &drawn : kDrawn) {
        models.push_back(
            static_cast<int>(std::ranges::find(animals, drawn.animal) - animals.begin()));
        set.classNames.emplace_back(drawn.className);
    }
    set.counts.fill(kPicturesPerClass * std::ssize(kDrawn));
    set.seed = seed;
    set.artwork = embeddedResource("pictures/menagerie.json").value_or("");
    set.draw = [&](std::size_t label, std::uint64_t pictureSeed) {
        return artist.draw(models[label], pictureSeed, kSide);
    };
    auto splits = drawnPictures(set, progress, stop);
    if (!splits) return splits.error();
    for (Samples &samples : *splits) {
        for (std::int32_t &label : samples.labels)
            label = classNamed(set.classNames[static_cast<std::size_t>(label)]).value();
    }
    Dataset dataset;
    dataset.facts = std::move(facts);
    dataset.splits = *std::move(splits);
    return dataset;
}

class ImageNet : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "imagenet",
            .label = {"ImageNet's 1,000 classes", "Les 1 000 classes d'ImageNet"},
            .help = {"Your own photographs, a folder per class with its name or number. Without a "
                     "folder: a few drawings of animals to begin with.",
                     "Vos propres photos, un dossier par classe, à son nom ou à son numéro. Sans "
                     "dossier : quelques dessins d'animaux pour commencer."},
            .pathIsOptional = true,
            .pathHelp = {"The folder that holds a folder for each class",
                         "Le dossier qui contient un dossier par classe"},
            .parameters = {}};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &spec, const graph::Parameters &) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, kSide, kSide);
        facts.classes = std::ssize(classNames());
        facts.classNames = classNames();
        facts.title = "data.title_imagenet";
        if (spec.path.empty()) return facts;
        if (auto checked = checkFolder(spec.path); !checked) return checked.error();
        if (auto checked = checkClasses(pictureFoldersIn(spec.path)); !checked)
            return checked.error();
        facts.title = folderName(spec.path);
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        auto dataset = spec.path.empty()
                           ? drawings(*std::move(facts), seed, progress, stop)
                           : loadPictures({pictureFoldersIn(spec.path), *std::move(facts), classOf},
                                          seed, progress, stop);
        if (dataset) dataset->statistics = normalisation();
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<ImageNet>();
}

} // namespace ostrich::data::imagenet
