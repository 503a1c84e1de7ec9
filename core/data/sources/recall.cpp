// Recall: which letter was marked, a fixed number of steps ago?
#include "data/option.hpp"
#include "data/sequence_source.hpp"

namespace ostrich::data::recall {

namespace {

constexpr std::int64_t kLetters = 4;
constexpr std::int64_t kFeatures = kLetters + 2; // a letter (one-hot), "store", "recall"

class Recall : public SequenceSource {
public:
    Recall()
        : SequenceSource(
              {.name = "recall",
               .label = {"Recall", "Rappel"},
               .help =
                   {"Random letters, one of them marked \"store\"; some steps later a mark asks "
                    "which it was.",
                    "Des lettres au hasard, dont une marquée « à retenir » ; quelques pas plus "
                    "tard, une marque demande laquelle."},
               .options = {integerOption("lag", 20, 1, 200, {"Lag", "Délai"},
                                         {"Steps between the marked letter and the question.",
                                          "Nombre de pas entre la lettre marquée et la question."}),
                           integerOption("around", 8, 0, 100, {"Around", "Autour"},
                                         {"Most extra letters before the marked one and after the "
                                          "question.",
                                          "Nombre maximal de lettres de plus avant celle qui est "
                                          "marquée et après la question."})}})
    {
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::sequence({}, kFeatures);
        facts.task = graph::Task::LabelSteps;
        facts.classes = kLetters;
        facts.classNames = letterNames(kLetters);
        facts.title = "data.title_recall";
        facts.longest = graph::integer(options, "lag") + 1 + 2 * graph::integer(options, "around");
        return facts;
    }

protected:
    void draw(std::int64_t, const graph::Parameters &options, RandomStream &random,
              Samples &pool) const override
    {
        const std::int64_t lag = graph::integer(options, "lag");
        const std::int64_t around = graph::integer(options, "around");
        const std::int64_t store = random.integer(around + 1);
        const std::int64_t steps = store + lag + 1 + random.integer(around + 1);
        std::int64_t stored = 0;
        for (std::int64_t step = 0; step < steps; ++step) {
            const std::int64_t letter = random.integer(kLetters);
            const bool asked = step == store + lag;
            addOneHot(letter, kLetters, pool);
            pool.values.push_back(step == store ? 1.0F : 0.0F);
            pool.values.push_back(asked ? 1.0F : 0.0F);
            if (step == store) stored = letter;
            pool.stepLabels.push_back(asked ? static_cast<std::int32_t>(stored) : kNoLabel);
        }
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Recall>();
}

} // namespace ostrich::data::recall
