// Ten animals in colour, drawn from a seed: the built-in pictures to be fooled with.
#include "base/embedded.hpp"
#include "data/drawn_pictures.hpp"
#include "data/option.hpp"
#include "data/pictures/menagerie_artist.hpp"
#include "data/source.hpp"

namespace ostrich::data::menagerie {

namespace {

int sizeOf(const graph::Parameters &options)
{
    return std::stoi(graph::text(options, "size")); // one of the choices: always a number
}

std::vector<graph::ParameterSpec> parameters()
{
    std::vector<graph::ParameterSpec> all{
        choiceOption("size", "32", {"32", "64", "128"},
                     {{"32 × 32", "32 × 32"}, {"64 × 64", "64 × 64"}, {"128 × 128", "128 × 128"}},
                     {"Size", "Taille"},
                     {"Width and height of the pictures, in pixels.",
                      "Largeur et hauteur des images, en pixels."})};
    for (graph::ParameterSpec &count : countOptions({4000, 500, 1000}))
        all.push_back(std::move(count));
    all.push_back(classesOption());
    return all;
}

class Menagerie : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all{
            .name = "menagerie",
            .label = {"Menagerie (drawn animals)", "Ménagerie (animaux dessinés)"},
            .help =
                {"Ten animals in colour, drawn by the program: dog, cat, ostrich, ...",
                 "Dix animaux en couleurs, dessinés par le programme : chien, chat, autruche, ..."},
            .needsPath = false,
            .pathHelp = {},
            .parameters = parameters()};
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        const std::vector<std::string> names = MenagerieArtist::instance().classNames();
        const auto chosen =
            chosenClasses(graph::text(options, "classes"), names, "menagerie?classes");
        if (!chosen) return chosen.error();
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(3, sizeOf(options), sizeOf(options));
        facts.classes = static_cast<std::int64_t>(chosen->size());
        for (const std::size_t animal : *chosen) facts.classNames.push_back(names[animal]);
        facts.title = "data.title_menagerie";
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        const auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        const MenagerieArtist &artist = MenagerieArtist::instance();
        const auto chosen = chosenClasses(graph::text(options, "classes"), artist.classNames(),
                                          "menagerie?classes");
        const int size = sizeOf(options);
        DrawnSet set;
        set.source = "menagerie";
        set.sampleShape = {3, size, size};
        set.classNames = facts->classNames;
        set.counts = countsOf(options);
        set.seed = seed;
        set.artwork = embeddedResource("pictures/menagerie.json").value_or("");
        set.draw = [&](std::size_t label, std::uint64_t pictureSeed) {
            return artist.draw(static_cast<int>((*chosen)[label]), pictureSeed, size);
        };
        auto splits = drawnPictures(set, progress, stop);
        if (!splits) return splits.error();
        Dataset dataset;
        dataset.facts = *facts;
        dataset.splits = *std::move(splits);
        return dataset;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Menagerie>();
}

} // namespace ostrich::data::menagerie
