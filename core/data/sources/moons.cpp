// Two half circles, one reaching into the other.
#include "data/points.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data::moons {

namespace {

class Moons : public PointSource {
public:
    Moons()
        : PointSource({.name = "moons",
                       .title = "data.title_moons",
                       .label = {"Moons", "Croissants"},
                       .help = {"Two half circles that reach into each other.",
                                "Deux demi-cercles imbriqués l'un dans l'autre."},
                       .noise = 0.08})
    {
    }

protected:
    Point draw(std::int64_t label, std::int64_t, double, RandomStream &random) const override
    {
        const double angle = std::numbers::pi * random.uniform();
        const double x = std::cos(angle);
        const double y = std::sin(angle);
        const Point point = label == 0 ? Point{x, y} : Point{1.0 - x, 0.5 - y};
        return {(point.x - 0.5) / 1.5, (point.y - 0.25) / 1.5};
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Moons>();
}

} // namespace ostrich::data::moons
