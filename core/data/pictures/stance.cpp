// How one picture's animal stands.
#include "data/pictures/stance.hpp"

#include <algorithm>

namespace ostrich::data {
namespace {

/// How far to move so that the circle around `centre` lies within 0..size on both axes; the lower
/// and right limits win where it is too large.
Point intoPicture(Point centre, double radius, double size)
{
    const auto limit = [&](double value) {
        return std::min(std::max(value, radius), size - radius);
    };
    return Point(limit(centre.x), limit(centre.y)) - centre;
}

} // namespace

bool Stance::meets(const std::vector<Condition> &conditions) const
{
    return std::all_of(conditions.begin(), conditions.end(), [this](const Condition &condition) {
        const int taken = options[static_cast<std::size_t>(condition.choice)];
        return std::find(condition.options.begin(), condition.options.end(), taken)
               != condition.options.end();
    });
}

Stance takeStance(const View &view, int canvasSize, RandomStream &random)
{
    Stance stance;
    for (const Range &pose : view.poses) stance.poses.push_back(pose.sample(random));
    for (const std::vector<Option> &choice : view.choices)
        stance.options.push_back(pickWeighted(random, choice));

    const Placement &placement = view.placement;
    const double scale = placement.scale.sample(random);
    const double stretch = placement.stretch.sample(random);
    const double mirror = random.chance(placement.mirror) ? -1.0 : 1.0;
    const double tilt = placement.tilt.sample(random);
    const Point shift(random.uniform(-1.0, 1.0) * placement.shift.x,
                      random.uniform(-1.0, 1.0) * placement.shift.y);
    stance.girth = placement.girth.sample(random);
    stance.unit = scale * canvasSize / 100.0;
    stance.toCanvas = movedBy((Point(0.5, 0.5) + shift) * canvasSize)
                      * turnedAbout({}, tilt, mirror * stretch * stance.unit, stance.unit / stretch)
                      * movedBy(-view.centre);

    if (random.chance(placement.keepHead) && view.focus)
        stance.toCanvas = movedBy(intoPicture(stance.toCanvas(view.focus->centre),
                                              view.focus->radius * stance.unit, canvasSize))
                          * stance.toCanvas;
    return stance;
}

} // namespace ostrich::data
