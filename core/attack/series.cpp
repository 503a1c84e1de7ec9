// Series of different lengths under attack: those of one length at a time, brought together again.
#include "attack/series_torch.hpp"

#include <algorithm>
#include <map>

namespace ostrich::attack {

namespace {

using Places = std::vector<std::size_t>; // among the indices

/// Rows of `part` to their places in `whole`, whose rows may be longer.
void put(Array &whole, const Array &part, const Places &places, std::size_t count)
{
    if (part.shape.empty()) return;
    if (whole.shape.empty()) {
        whole.shape = part.shape;
        whole.shape[0] = static_cast<std::int64_t>(count);
        std::size_t size = 1;
        for (const std::int64_t side : whole.shape) size *= static_cast<std::size_t>(side);
        whole.values.assign(size, 0.0F);
    }
    const std::size_t wide = whole.values.size() / count, own = part.values.size() / places.size();
    for (std::size_t i = 0; i < places.size(); ++i)
        std::copy_n(part.values.begin() + static_cast<std::ptrdiff_t>(i * own), own,
                    whole.values.begin() + static_cast<std::ptrdiff_t>(places[i] * wide));
}

template <typename T>
void put(std::vector<T> &whole, const std::vector<T> &part, const Places &places, std::size_t count)
{
    if (part.empty()) return;
    whole.resize(count);
    for (std::size_t i = 0; i < places.size(); ++i) whole[places[i]] = part[i];
}

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
            put(all.*member, (*result).*member, places, count);
        for (const auto &member : {&AttackResult::y, &AttackResult::y_pred, &AttackResult::y_adv,
                                   &AttackResult::y_noise})
            put(all.*member, (*result).*member, places, count);
        put(all.norms, result->norms, places, count);
        done += places.size();
    }
    summarise(all, target);
    return all;
}

} // namespace ostrich::attack
