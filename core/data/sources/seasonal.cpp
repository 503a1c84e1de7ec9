// A noisy series with a season and a trend, such as sales by the hour.
#include "base/random.hpp"
#include "data/generated_series.hpp"
#include "data/option.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data::seasonal {

namespace {

class Seasonal : public GeneratedSeries {
public:
    Seasonal()
        : GeneratedSeries(
              {.name = "seasonal",
               .title = "data.title_seasonal",
               .label = {"Season and trend", "Saison et tendance"},
               .help = {"A noisy series that repeats itself every 24 steps while it rises.",
                        "Une série bruitée qui se répète tous les 24 pas tout en montant."},
               .options = {integerOption("period", 24, 2, 1000, {"Period", "Période"},
                                         {"Steps of a season.", "Nombre de pas d'une saison."}),
                           realOption(
                               "trend", 0.01, -10.0, 10.0, {"Trend", "Tendance"},
                               {"What each step adds; the season swings about 1 up and down.",
                                "Ce qu'ajoute chaque pas ; la saison oscille d'environ 1."}),
                           realOption("noise", 0.2, 0.0, 10.0, {"Noise", "Bruit"},
                                      {"Deviation of what is added to each step.",
                                       "Écart-type de ce qui est ajouté à chaque pas."})},
               .plan = {.window = 48, .horizon = 12, .targets = {}}})
    {
    }

protected:
    std::int64_t season(const graph::Parameters &options) const override
    {
        return graph::integer(options, "period");
    }

    Series draw(std::int64_t count, const graph::Parameters &options,
                std::uint64_t seed) const override
    {
        RandomStream random(seed, "seasonal/series");
        const double phase = random.uniform();
        const double second = random.uniform(0.2, 0.5); // a swing at twice the pace
        const double secondPhase = random.uniform();
        const auto period = static_cast<double>(graph::integer(options, "period"));
        const double trend = graph::real(options, "trend");
        const double noise = graph::real(options, "noise");
        Series series{{std::vector<double>()}};
        for (std::int64_t step = 0; step < count; ++step) {
            const auto time = static_cast<double>(step);
            const double turn = 2.0 * std::numbers::pi * time / period;
            const double swing = std::sin(turn + 2.0 * std::numbers::pi * phase)
                                 + second * std::sin(2.0 * (turn + std::numbers::pi * secondPhase));
            series.columns[0].push_back(trend * time + swing + random.normal(0.0, noise));
        }
        return series;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Seasonal>();
}

} // namespace ostrich::data::seasonal
