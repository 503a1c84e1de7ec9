// Series of different lengths under attack: those of one length at a time, brought together again.
#include "attack/series_torch.hpp"

#include "attack/rows.hpp"

#include <algorithm>
#include <map>

namespace ostrich::attack {

namespace {

using Places = std::vector<std::size_t>; // among the indices

} // namespace

std::vector<Places> placesByLength(const data::Samples &samples,
                                   std::span<const std::int64_t> indices)
{
    std::map<std::int64_t, Places, std::greater<>> byLength;
    for (std::size_t place = 0; place < indices.size(); ++place)
        byLength[samples.sequences() ? samples.steps(indices[place]) : 0].push_back(place);
    std::vector<Places> all;
    for (auto &[steps, places] : byLength) all.push_back(std::move(places));
    return all;
}

std::vector<std::int64_t> at(std::span<const std::int64_t> indices,
                             std::span<const std::size_t> places)
{
    std::vector<std::int64_t> some;
    for (const std::size_t place : places) some.push_back(indices[place]);
    return some;
}

Array alike(const data::Samples &samples, std::span<const std::int64_t> indices, const Array &moved,
            std::span<const std::size_t> places)
{
    Array part{.shape = moved.shape, .values = {}};
    part.shape[0] = std::ssize(places);
    std::size_t wide = 1, own = 1;
    for (std::size_t axis = 1; axis < moved.shape.size(); ++axis)
        wide *= static_cast<std::size_t>(moved.shape[axis]);
    if (samples.sequences() && !places.empty()) part.shape[1] = samples.steps(indices[places[0]]);
    for (std::size_t axis = 1; axis < part.shape.size(); ++axis)
        own *= static_cast<std::size_t>(part.shape[axis]);
    for (const std::size_t place : places) {
        const auto begin = moved.values.begin() + static_cast<std::ptrdiff_t>(place * wide);
        part.values.insert(part.values.end(), begin, begin + static_cast<std::ptrdiff_t>(own));
    }
    return part;
}

Result<AttackResult> attackByLength(const data::Samples &samples,
                                    std::span<const std::int64_t> indices,
                                    std::optional<std::int64_t> target, const AlikeAttack &attacked,
                                    const Progress &progress)
{
    AttackResult all;
    std::size_t done = 0;
    for (const Places &places : placesByLength(samples, indices)) {
        const Progress part = [&](double fraction) {
            report(progress,
                   (static_cast<double>(done) + fraction * static_cast<double>(places.size()))
                       / static_cast<double>(indices.size()));
        };
        const auto result = attacked(at(indices, places), part);
        if (!result) return result;
        const std::size_t count = indices.size();
        for (const auto &member : {&AttackResult::x, &AttackResult::x_adv, &AttackResult::before,
                                   &AttackResult::after, &AttackResult::noise})
            putRows(all.*member, (*result).*member, places, count);
        for (const auto &member : {&AttackResult::y, &AttackResult::y_pred, &AttackResult::y_adv,
                                   &AttackResult::y_noise})
            putRows(all.*member, (*result).*member, places, count);
        putRows(all.norms, result->norms, places, count);
        done += places.size();
    }
    summarise(all, target);
    return all;
}

} // namespace ostrich::attack
