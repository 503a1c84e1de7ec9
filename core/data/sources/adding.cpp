// The adding problem (Hochreiter and Schmidhuber 1997, section 5.4): two of many numbers are
// marked, their sum is asked for.
#include "data/option.hpp"
#include "data/sequence_source.hpp"

namespace ostrich::data::adding {

namespace {

/// The most steps: lengths lie within a tenth of the option "length".
std::int64_t longest(const graph::Parameters &options)
{
    const std::int64_t length = graph::integer(options, "length");
    return length + length / 10;
}

class Adding : public SequenceSource {
public:
    Adding()
        : SequenceSource(
              {.name = "adding",
               .label = {"Adding problem", "Problème de l'addition"},
               .help = {"A row of random numbers, two of them marked: the answer is their sum.",
                        "Une suite de nombres au hasard, dont deux marqués : la réponse est leur "
                        "somme."},
               .options = {integerOption("length", 50, 4, 1000, {"Length", "Longueur"},
                                         {"Steps of a sequence, a tenth more or less.",
                                          "Nombre de pas d'une séquence, à un dixième près."})}})
    {
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::sequence({}, 2);
        facts.task = graph::Task::Regress;
        facts.values = 1;
        facts.title = "data.title_adding";
        facts.longest = longest(options);
        return facts;
    }

protected:
    void draw(std::int64_t, const graph::Parameters &options, RandomStream &random,
              Samples &pool) const override
    {
        const std::int64_t most = longest(options);
        const std::int64_t least = 2 * graph::integer(options, "length") - most;
        const std::int64_t steps = least + random.integer(most - least + 1);
        // One in each half, so that the first has to be kept.
        const std::int64_t first = random.integer(steps / 2);
        const std::int64_t second = steps / 2 + random.integer(steps - steps / 2);
        float sum = 0.0F;
        for (std::int64_t step = 0; step < steps; ++step) {
            const auto value = static_cast<float>(random.uniform());
            const bool marked = step == first || step == second;
            pool.values.push_back(value);
            pool.values.push_back(marked ? 1.0F : 0.0F);
            if (marked) sum += value;
        }
        pool.answers.push_back(sum);
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Adding>();
}

} // namespace ostrich::data::adding
