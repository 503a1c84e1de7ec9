// An autoregressive series: each value is a weighted sum of those before it and a new random part.
// No forecast can beat the weights themselves, whose error is that part.
#include "base/random.hpp"
#include "data/generated_series.hpp"
#include "data/option.hpp"
#include "data/table.hpp"

#include <cmath>

namespace ostrich::data::ar {

namespace {

constexpr std::int64_t kWarmUp = 2000; // steps, until the beginning is forgotten
constexpr std::size_t kMaxOrder = 20;

/// "0.6,-0.3" as numbers; none where a part is no number.
std::vector<double> weightsIn(std::string_view text)
{
    std::vector<double> weights;
    while (true) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::optional<double> weight = numberIn(text.substr(0, comma));
        if (!weight) return {};
        weights.push_back(*weight);
        if (comma == text.size()) return weights;
        text.remove_prefix(comma + 1);
    }
}

/// Whether the series stays bounded: all reflection coefficients lie inside (-1, 1), taken off one
/// order after the other (Levinson and Durbin's recursion, backwards).
bool stable(std::vector<double> weights)
{
    while (!weights.empty()) {
        const double last = weights.back();
        if (!(std::abs(last) < 1.0 - 1e-9)) return false;
        weights.pop_back();
        const std::vector<double> higher = weights;
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] = (higher[i] + last * higher[higher.size() - 1 - i]) / (1.0 - last * last);
    }
    return true;
}

class Autoregressive : public GeneratedSeries {
public:
    Autoregressive()
        : GeneratedSeries(
              {.name = "ar",
               .title = "data.title_ar",
               .label = {"Autoregressive", "Autorégressif"},
               .help =
                   {"Each value is a weighted sum of the last ones plus noise: the best possible "
                    "forecast is known.",
                    "Chaque valeur est une somme pondérée des précédentes plus un bruit : la "
                    "meilleure prévision possible est connue."},
               .options =
                   {textOption("coefficients", "1.2,-0.5", {"Weights", "Poids"},
                               {"Weights of the last values, newest first, joined by commas.",
                                "Poids des dernières valeurs, la plus récente d'abord, "
                                "séparés par des virgules."}),
                    realOption("noise", 1.0, 0.001, 1000.0, {"Noise", "Bruit"},
                               {"Deviation of the random part: the error of the best forecast "
                                "of one step.",
                                "Écart-type de la part aléatoire : l'erreur de la meilleure "
                                "prévision à un pas."})},
               .plan = {.window = 24, .horizon = 1, .relative = false, .targets = {}}})
    {
    }

protected:
    Result<void> check(const graph::Parameters &options) const override
    {
        const std::string &text = graph::text(options, "coefficients");
        const std::vector<double> weights = weightsIn(text);
        const std::string where = "ar?coefficients";
        if (weights.empty() || weights.size() > kMaxOrder)
            return Error{where, {"data.ar_form", {text}}, {"data.ar_form_hint", {}}};
        if (!stable(weights))
            return Error{where, {"data.ar_unstable", {text}}, {"data.ar_unstable_hint", {}}};
        return {};
    }

    Series draw(std::int64_t count, const graph::Parameters &options,
                std::uint64_t seed) const override
    {
        const std::vector<double> weights = weightsIn(graph::text(options, "coefficients"));
        const double noise = graph::real(options, "noise");
        RandomStream random(seed, "ar/series");
        std::vector<double> values(weights.size(), 0.0);
        for (std::int64_t step = -kWarmUp; step < count; ++step) {
            double value = random.normal(0.0, noise);
            for (std::size_t i = 0; i < weights.size(); ++i)
                value += weights[i] * values[values.size() - 1 - i];
            values.push_back(value);
        }
        return Series{{std::vector<double>(values.end() - count, values.end())}};
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Autoregressive>();
}

} // namespace ostrich::data::ar
