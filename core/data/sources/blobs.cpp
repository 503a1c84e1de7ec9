// Round clouds of points, each around a centre of its own.
#include "data/points.hpp"

#include <cmath>
#include <numbers>

namespace ostrich::data::blobs {

namespace {

class Blobs : public PointSource {
public:
    Blobs()
        : PointSource({.name = "blobs",
                       .title = "data.title_blobs",
                       .label = {"Blobs", "Nuages"},
                       .help = {"Round clouds of points: straight lines are enough.",
                                "Des nuages ronds : des droites suffisent."},
                       .noise = 0.2,
                       .classes = 3,
                       .maxClasses = 8})
    {
    }

protected:
    Point draw(std::int64_t label, std::int64_t classes, double turn, RandomStream &) const override
    {
        const double share = static_cast<double>(label) / static_cast<double>(classes);
        const double angle = 2.0 * std::numbers::pi * (turn + share);
        return {0.7 * std::cos(angle), 0.7 * std::sin(angle)};
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<Blobs>();
}

} // namespace ostrich::data::blobs
