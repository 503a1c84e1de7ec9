// Mackey and Glass's model of blood cells (1977): a delay equation whose series is chaotic at a
// delay of 17.
#include "base/random.hpp"
#include "data/generated_series.hpp"
#include "data/option.hpp"

#include <cmath>

namespace ostrich::data::mackey_glass {

namespace {

constexpr std::int64_t kSubsteps = 10; // of Runge and Kutta's method, for a unit of time
constexpr std::int64_t kWarmUp = 500;  // units of time, until the beginning is forgotten

/// dx/dt = 0.2 x(t - tau) / (1 + x(t - tau)^10) - 0.1 x(t), from a constant past, by the classical
/// Runge-Kutta method of fourth order. The delay is a whole number of steps, so only the middle of
/// a step needs a value between two: by Hermite's cubic, which is of the same order.
class Delayed {
public:
    Delayed(double past, std::int64_t delay)
        : m_delay(static_cast<std::size_t>(delay * kSubsteps)),
          m_values(m_delay + 1, past),
          m_slopes(m_delay + 1, 0.0)
    {
    }

    void advance()
    {
        const std::size_t back = m_values.size() - 1 - m_delay;
        const double x = m_values.back();
        const double before = m_values[back], after = m_values[back + 1];
        // The slope of now is known only here; at the beginning the past is flat.
        m_slopes.back() = slope(x, before);
        const double middle =
            (before + after) / 2.0 + kStep / 8.0 * (m_slopes[back] - m_slopes[back + 1]);
        const double a = m_slopes.back();
        const double b = slope(x + kStep / 2.0 * a, middle);
        const double c = slope(x + kStep / 2.0 * b, middle);
        const double d = slope(x + kStep * c, after);
        m_values.push_back(x + kStep / 6.0 * (a + 2.0 * b + 2.0 * c + d));
        m_slopes.push_back(0.0);
    }

    double now() const { return m_values.back(); }

private:
    static constexpr double kStep = 1.0 / static_cast<double>(kSubsteps);

    static double slope(double x, double delayed)
    {
        return 0.2 * delayed / (1.0 + std::pow(delayed, 10.0)) - 0.1 * x;
    }

    std::size_t m_delay; // steps
    std::vector<double> m_values;
    std::vector<double> m_slopes;
};

class MackeyGlass : public GeneratedSeries {
public:
    MackeyGlass()
        : GeneratedSeries(
              {.name = "mackey-glass",
               .title = "data.title_mackey_glass",
               .label = {"Mackey-Glass", "Mackey-Glass"},
               .help = {"A chaotic series from an equation with a delay; a classic of forecasting.",
                        "Une série chaotique issue d'une équation à retard ; un classique de la "
                        "prévision."},
               .options = {integerOption(
                   "tau", 17, 1, 100, {"Delay", "Retard"},
                   {"Delay of the equation; from 17 on the series is chaotic.",
                    "Retard de l'équation ; à partir de 17 la série est "
                    "chaotique."})},
               .plan = {.window = 24, .horizon = 6, .relative = false, .targets = {}}})
    {
    }

protected:
    Series draw(std::int64_t count, const graph::Parameters &options,
                std::uint64_t seed) const override
    {
        RandomStream random(seed, "mackey-glass/series");
        Delayed equation(random.uniform(0.5, 1.5), graph::integer(options, "tau"));
        Series series{{std::vector<double>()}};
        for (std::int64_t time = -kWarmUp; time < count; ++time) {
            for (std::int64_t part = 0; part < kSubsteps; ++part) equation.advance();
            if (time >= 0) series.columns[0].push_back(equation.now());
        }
        return series;
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<MackeyGlass>();
}

} // namespace ostrich::data::mackey_glass
