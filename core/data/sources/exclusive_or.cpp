// Four quadrants, opposite ones of one class: what a single layer cannot tell (Minsky and Papert
// 1969).
#include "data/points.hpp"

namespace ostrich::data::exclusive_or {

namespace {

class ExclusiveOr : public PointSource {
public:
    ExclusiveOr()
        : PointSource(
              {.name = "xor",
               .title = "XOR",
               .label = {"Exclusive or", "Ou exclusif"},
               .help = {"Opposite quadrants belong together: no single layer can tell.",
                        "Les quadrants opposés vont ensemble : une seule couche n'y suffit pas."},
               .noise = 0.05})
    {
    }

protected:
    Point draw(std::int64_t label, std::int64_t, double, RandomStream &random) const override
    {
        const double x = random.uniform(0.1, 1.0);
        const double y = random.uniform(0.1, 1.0);
        const double side = random.chance(0.5) ? 1.0 : -1.0;
        return {side * x, label == 0 ? side * y : -side * y};
    }
};

} // namespace

std::unique_ptr<Source> create()
{
    return std::make_unique<ExclusiveOr>();
}

} // namespace ostrich::data::exclusive_or
