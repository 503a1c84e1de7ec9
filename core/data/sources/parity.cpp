// Parity: is the number of ones in a row of bits even or odd?
#include "data/option.hpp"
#include "data/sequence_source.hpp"

namespace ostrich::data::parity {

namespace {

class Parity : public SequenceSource {
public:
    Parity()
        : SequenceSource({.name = "parity",
                          .label = {"Parity", "Parité"},
                          .help = {"A row of bits: is the number of ones even or odd? Each single "
                                   "bit decides.",
                                   "Une suite de bits : le nombre de uns est-il pair ou impair ? "
                                   "Chaque bit compte."},
                          .options = {integerOption(
                              "length", 12, 1, 500, {"Length", "Longueur"},
                              {"Most bits of a row; the fewest are half of it.",
                               "Nombre maximal de bits d'une suite ; le minimum en est la "
                               "moitié."})}})
    {
    }

    Result<graph::DataFacts> facts(const SourceSpec &,
                                   const graph::Parameters &options) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::sequence({}, 1);
        facts.classes = 2;
        facts.classNames = {"even", "odd"};
        facts.title = "data.title_parity";
        facts.longest = graph::integer(options, "length");
        return facts;
    }

protected:
    void draw(std::int64_t, const graph::Parameters &options, RandomStream &random,
              Samples &pool) const override
    {
        const std::int64_t most = graph::integer(options, "length");
        const std::int64_t length = most - random.integer(most / 2 + 1);
        std::int32_t odd = 0;
        for (std::int64_t i = 0; i < length; ++i) {
            const auto bit = static_cast<std::int32_t>(random.integer(2));
            pool.values.push_back(static_cast<float>(bit));
            odd ^= bit;
        }
        pool.labels.push_back(odd);
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Parity>();
}

} // namespace ostrich::data::parity
