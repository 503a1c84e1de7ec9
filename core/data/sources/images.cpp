// A folder per class with pictures of any size: what a student brings along.
#include "data/folder.hpp"
#include "data/option.hpp"
#include "data/picture_folders.hpp"
#include "data/source.hpp"

#include <algorithm>

namespace ostrich::data::images {

namespace {

namespace fs = std::filesystem;

/// Folders with at least one file: the classes.
Result<std::vector<std::string>> classesIn(const fs::path &root)
{
    std::vector<std::string> names;
    for (const fs::path &folder : foldersWithFiles(root))
        names.push_back(folder.filename().string());
    if (names.size() < 2)
        return Error{root.string(),
                     {"data.images_classes", {std::to_string(names.size())}},
                     {"data.images_hint", {}}};
    return names;
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
        const auto classes = classesIn(pictureFoldersIn(spec.path).train);
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
        const auto classOf = [&](const fs::path &folder) -> Result<std::int32_t> {
            const auto known = std::ranges::find(facts->classNames, folder.filename().string());
            if (known == facts->classNames.end())
                return Error{folder.string(),
                             {"data.images_class_unknown", {}},
                             {"data.images_class_hint", {}}};
            return static_cast<std::int32_t>(known - facts->classNames.begin());
        };
        return loadPictures({pictureFoldersIn(spec.path), *facts, classOf}, seed, progress, stop);
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Images>();
}

} // namespace ostrich::data::images
