// Lorenz's convection (Lorenz 1963): three series that never repeat themselves, with sigma 10,
// rho 28, beta 8/3.
#include "base/random.hpp"
#include "data/generated_series.hpp"
#include "data/option.hpp"

namespace ostrich::data::lorenz {

namespace {

constexpr int kSubsteps = 20; // of Runge and Kutta's method, for a step of the series
constexpr int kWarmUp = 1000; // steps of the series, until it is on the attractor

using State = std::array<double, 3>;

State slope(const State &s)
{
    return {10.0 * (s[1] - s[0]), s[0] * (28.0 - s[2]) - s[1], s[0] * s[1] - 8.0 / 3.0 * s[2]};
}

State moved(const State &state, const State &by, double scale)
{
    return {state[0] + scale * by[0], state[1] + scale * by[1], state[2] + scale * by[2]};
}

/// One step of the classical Runge-Kutta method of fourth order.
State advanced(const State &state, double step)
{
    const State a = slope(state);
    const State b = slope(moved(state, a, step / 2.0));
    const State c = slope(moved(state, b, step / 2.0));
    const State d = slope(moved(state, c, step));
    State next = state;
    for (std::size_t i = 0; i < next.size(); ++i)
        next[i] += step / 6.0 * (a[i] + 2.0 * b[i] + 2.0 * c[i] + d[i]);
    return next;
}

class Lorenz : public GeneratedSeries {
public:
    Lorenz()
        : GeneratedSeries(
              {.name = "lorenz",
               .title = "data.title_lorenz",
               .label = {"Lorenz", "Lorenz"},
               .help = {"Three chaotic series, the butterfly of the weather: near forecasts are "
                        "easy, far ones are not.",
                        "Trois séries chaotiques, le papillon de la météo : prévoir de près est "
                        "facile, de loin non."},
               .options = {choiceOption(
                               "target", "all", {"all", "x"},
                               {{"all three", "les trois"}, {"x alone", "x seul"}},
                               {"Forecast", "À prévoir"},
                               {"The series that are asked for.", "Les séries demandées."}),
                           realOption("step", 0.05, 0.001, 0.2, {"Time step", "Pas de temps"},
                                      {"Time from one step of the series to the next.",
                                       "Temps d'un pas de la série au suivant."})},
               .plan = {.window = 24, .horizon = 4, .relative = false, .targets = {}},
               .columns = 3})
    {
    }

protected:
    std::vector<std::size_t> targets(const graph::Parameters &options) const override
    {
        if (graph::text(options, "target") == "x") return {0};
        return {0, 1, 2};
    }

    Series draw(std::int64_t count, const graph::Parameters &options,
                std::uint64_t seed) const override
    {
        RandomStream random(seed, "lorenz/series");
        State state{};
        for (double &value : state) value = random.uniform(-10.0, 10.0);
        state[2] += 25.0;
        const double step = graph::real(options, "step");
        Series series{std::vector<std::vector<double>>(state.size())};
        for (std::int64_t i = -kWarmUp; i < count; ++i) {
            for (int part = 0; part < kSubsteps; ++part) state = advanced(state, step / kSubsteps);
            for (std::size_t c = 0; i >= 0 && c < state.size(); ++c)
                series.columns[c].push_back(state[c]);
        }
        return series;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Lorenz>();
}

} // namespace ostrich::data::lorenz
