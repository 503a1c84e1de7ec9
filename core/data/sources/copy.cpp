// The copying problem (Arjovsky, Shah and Bengio 2016, section 5.1, after Hochreiter and
// Schmidhuber 1997): letters, a pause, and then the same letters again.
#include "data/option.hpp"
#include "data/sequence_source.hpp"

namespace ostrich::data::copy {

namespace {

class Copy : public SequenceSource {
public:
    Copy()
        : SequenceSource(
              {.name = "copy",
               .label = {"Copy", "Copie"},
               .help = {"Some letters, a pause, a mark: after it the same letters have to be said "
                        "again, in order.",
                        "Quelques lettres, une pause, une marque : ensuite, il faut redire les "
                        "mêmes lettres, dans l'ordre."},
               .options = {integerOption("length", 6, 1, 50,
                                         {"Letters to copy", "Lettres à copier"},
                                         {"Most letters of a sequence; the fewest are half of it.",
                                          "Nombre maximal de lettres d'une séquence ; le minimum "
                                          "en est la moitié."}),
                           integerOption("lag", 10, 0, 200, {"Lag", "Délai"},
                                         {"Empty steps between the letters and the mark.",
                                          "Nombre de pas vides entre les lettres et la marque."}),
                           integerOption("letters", 4, 2, 26, {"Alphabet", "Alphabet"},
                                         {"Number of different letters.",
                                          "Nombre de lettres différentes."})}})
    {
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        graph::DataFacts facts;
        facts.classes = graph::integer(options, "letters");
        facts.classNames = letterNames(facts.classes);
        facts.input = graph::Shape::sequence({}, facts.classes + 1); // a letter (one-hot), the mark
        facts.task = graph::Task::LabelSteps;
        facts.title = "data.title_copy";
        facts.longest = 2 * graph::integer(options, "length") + graph::integer(options, "lag") + 1;
        return facts;
    }

protected:
    void draw(std::int64_t, const graph::Parameters &options, RandomStream &random,
              Samples &pool) const override
    {
        const std::int64_t letters = graph::integer(options, "letters");
        const std::int64_t most = graph::integer(options, "length");
        const std::int64_t length = most - random.integer(most / 2 + 1);
        std::vector<std::int32_t> word;
        for (std::int64_t i = 0; i < length; ++i)
            word.push_back(static_cast<std::int32_t>(random.integer(letters)));

        const auto step = [&](std::int64_t feature, std::int32_t label) {
            addOneHot(feature, letters + 1, pool);
            pool.stepLabels.push_back(label);
        };
        constexpr std::int64_t kBlank = -1;
        for (const std::int32_t letter : word) step(letter, kNoLabel);
        for (std::int64_t i = 0; i < graph::integer(options, "lag"); ++i) step(kBlank, kNoLabel);
        step(letters, kNoLabel);
        for (const std::int32_t letter : word) step(kBlank, letter);
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Copy>();
}

} // namespace ostrich::data::copy
