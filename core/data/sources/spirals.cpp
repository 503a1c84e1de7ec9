// Arms of a spiral around one centre: no straight line parts them.
#include "data/points.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data::spirals {

namespace {

class Spirals : public PointSource {
public:
    Spirals()
        : PointSource(
              {.name = "spirals",
               .title = "data.title_spirals",
               .label = {"Spirals", "Spirales"},
               .help = {"Points on the arms of a spiral: a network has to bend space.",
                        "Des points sur les bras d'une spirale : le réseau doit courber l'espace."},
               .noise = 0.04,
               .classes = 3,
               .maxClasses = 5})
    {
    }

protected:
    Point draw(std::int64_t label, std::int64_t classes, double turn,
               RandomStream &random) const override
    {
        // The root spreads points evenly along the arm, which grows longer outwards.
        const double radius = 0.08 + 0.92 * std::sqrt(random.uniform());
        const double share = static_cast<double>(label) / static_cast<double>(classes);
        const double angle = 2.0 * std::numbers::pi * (turn + share + radius);
        return {radius * std::cos(angle), radius * std::sin(angle)};
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Spirals>();
}

} // namespace ostrich::data::spirals
