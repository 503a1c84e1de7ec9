// Hand-written digits, drawn from a seed: MNIST's shape without its files.
#include "base/embedded.hpp"
#include "data/drawn_pictures.hpp"
#include "data/pictures/glyph_artist.hpp"
#include "data/source.hpp"

namespace ostrich::data::glyphs {

namespace {

constexpr std::int64_t kSide = 28;

class Glyphs : public Source {
public:
    const SourceDescription &description() const override
    {
        static const SourceDescription all = [] {
            SourceDescription made{
                .name = "glyphs",
                .label = {"Hand-written digits (drawn)", "Chiffres manuscrits (dessinés)"},
                .help = {"Digits as many hands would write them, 28 × 28, drawn by the program.",
                         "Des chiffres comme bien des mains les écriraient, 28 × 28, dessinés par "
                         "le programme."},
                .needsPath = false,
                .pathHelp = {},
                .parameters = countOptions({10000, 1000, 2000})};
            made.parameters.push_back(classesOption());
            return made;
        }();
        return all;
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        const std::vector<std::string> names = GlyphArtist::instance().classNames();
        const auto chosen = chosenClasses(graph::text(options, "classes"), names, "glyphs?classes");
        if (!chosen) return chosen.error();
        graph::DataFacts facts;
        facts.input = graph::Shape::maps(1, kSide, kSide);
        facts.classes = static_cast<std::int64_t>(chosen->size());
        for (const std::size_t digit : *chosen) facts.classNames.push_back(names[digit]);
        facts.title = "data.title_digits";
        return facts;
    }

    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override
    {
        const auto facts = this->facts(spec, options);
        if (!facts) return facts.error();
        const GlyphArtist &artist = GlyphArtist::instance();
        const auto chosen =
            chosenClasses(graph::text(options, "classes"), artist.classNames(), "glyphs?classes");
        DrawnSet set;
        set.source = "glyphs";
        set.sampleShape = {1, kSide, kSide};
        set.classNames = facts->classNames;
        set.counts = countsOf(options);
        set.seed = seed;
        set.artwork = embeddedResource("pictures/glyphs.json").value_or("");
        set.draw = [&](std::size_t label, std::uint64_t pictureSeed) {
            return artist.draw(static_cast<int>((*chosen)[label]), pictureSeed);
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
    return std::make_unique<Glyphs>();
}

} // namespace ostrich::data::glyphs
