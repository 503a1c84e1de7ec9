// Waveforms of unequal length, to be told apart: sine, square, saw, triangle, chirp, bursts.
#include "data/option.hpp"
#include "data/sequence_source.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data::waveforms {

namespace {

constexpr std::int64_t kShortest = 40; // steps
constexpr std::int64_t kLongest = 120;

double sine(double turns)
{
    return std::sin(2.0 * std::numbers::pi * turns);
}

double square(double turns)
{
    return turns - std::floor(turns) < 0.5 ? 1.0 : -1.0;
}

/// Rises from -1 to 1 in each turn.
double saw(double turns)
{
    return 2.0 * (turns - std::floor(turns)) - 1.0;
}

double triangle(double turns)
{
    return 1.0 - 2.0 * std::abs(saw(turns));
}

/// `elapsed` turns at constant pitch; `place` runs from 0 to 1 over the sequence. The pitch rises
/// from a half to the double: its integral.
double chirp(double phase, double elapsed, double place)
{
    return sine(phase + elapsed * (0.5 + 0.75 * place));
}

/// Two turns of sound, two of silence.
double bursts(double turns)
{
    return square(turns / 4.0) > 0.0 ? sine(turns) : 0.0;
}

double wave(std::int64_t shape, double phase, double elapsed, double place)
{
    const double turns = phase + elapsed;
    switch (shape) {
    case 0:
        return sine(turns);
    case 1:
        return square(turns);
    case 2:
        return saw(turns);
    case 3:
        return triangle(turns);
    case 4:
        return chirp(phase, elapsed, place);
    default:
        return bursts(turns);
    }
}

class Waveforms : public SequenceSource {
public:
    Waveforms()
        : SequenceSource(
              {.name = "waveforms",
               .label = {"Waveforms", "Formes d'onde"},
               .help =
                   {"Sine, square, saw, triangle, chirp or bursts: 40 to 120 steps of any pitch, "
                    "phase and loudness.",
                    "Sinus, carré, dent de scie, triangle, sirène ou salves : 40 à 120 pas de "
                    "hauteur, de phase et de force quelconques."},
               .options = {realOption("noise", 0.1, 0.0, 5.0, {"Noise", "Bruit"},
                                      {"Deviation of what is added to each step.",
                                       "Écart-type de ce qui est ajouté à chaque pas."})}})
    {
    }

    Result<graph::DataFacts> facts(const SourceSpec &, const graph::Parameters &) const override
    {
        graph::DataFacts facts;
        facts.input = graph::Shape::sequence({}, 1);
        facts.classNames = {"sine", "square", "saw", "triangle", "chirp", "bursts"};
        facts.classes = std::ssize(facts.classNames);
        facts.title = "data.title_waveforms";
        facts.longest = kLongest;
        return facts;
    }

protected:
    void draw(std::int64_t index, const graph::Parameters &options, RandomStream &random,
              Samples &pool) const override
    {
        const std::int64_t shape = index % 6;
        const std::int64_t steps = kShortest + random.integer(kLongest - kShortest + 1);
        const double period = random.uniform(8.0, 16.0); // steps
        const double phase = random.uniform(0.0, 4.0);   // turns: bursts repeat after four
        const double loudness = random.uniform(0.7, 1.3);
        const double noise = graph::real(options, "noise");
        for (std::int64_t i = 0; i < steps; ++i) {
            const double elapsed = static_cast<double>(i) / period; // turns
            const double place = static_cast<double>(i) / static_cast<double>(steps);
            const double value = loudness * wave(shape, phase, elapsed, place);
            pool.values.push_back(static_cast<float>(value + random.normal(0.0, noise)));
        }
        pool.labels.push_back(static_cast<std::int32_t>(shape));
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Waveforms>();
}

} // namespace ostrich::data::waveforms
