// Splits by seed, stratified: each class gives its share to each split.
#include "base/random.hpp"
#include "data/source.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ostrich::data {

namespace {

using Indices = std::vector<std::int64_t>;

/// The samples of each class, shuffled by seed; samples without a class of their own are all of
/// one.
std::vector<Indices> shuffledClasses(const Samples &samples, std::uint64_t seed)
{
    std::vector<Indices> classes;
    for (std::int64_t i = 0; i < samples.count(); ++i) {
        const auto label =
            samples.labels.empty()
                ? std::size_t{0}
                : static_cast<std::size_t>(samples.labels[static_cast<std::size_t>(i)]);
        if (label >= classes.size()) classes.resize(label + 1);
        classes[label].push_back(i);
    }
    for (std::size_t label = 0; label < classes.size(); ++label) {
        RandomStream random(seed, "split/" + std::to_string(label));
        random.shuffle(std::span(classes[label]));
    }
    return classes;
}

/// A tenth of all samples, shared out by largest remainder; each class keeps at least one for
/// training.
std::vector<std::size_t> tenths(const std::vector<Indices> &classes, std::size_t total)
{
    const std::size_t wanted =
        total < 3 ? 0
                  : std::max<std::size_t>(
                        1, static_cast<std::size_t>(std::lround(0.1 * static_cast<double>(total))));
    std::vector<std::size_t> shares;
    std::size_t given = 0;
    for (const Indices &members : classes) {
        shares.push_back(members.size() / 10);
        given += shares.back();
    }
    std::vector<std::size_t> byRemainder(classes.size());
    std::iota(byRemainder.begin(), byRemainder.end(), std::size_t{0});
    std::ranges::stable_sort(byRemainder, std::greater{},
                             [&](std::size_t label) { return classes[label].size() % 10; });
    for (const std::size_t label : byRemainder) {
        if (given < wanted && shares[label] + 1 < classes[label].size()) {
            ++shares[label];
            ++given;
        }
    }
    return shares;
}

/// Takes `shares` from the ends of `classes`; in an order by seed, so that the first ones are of
/// all classes.
Indices take(std::vector<Indices> &classes, const std::vector<std::size_t> &shares,
             std::uint64_t seed, Split split)
{
    Indices taken;
    for (std::size_t label = 0; label < classes.size(); ++label) {
        Indices &members = classes[label];
        const std::size_t share = std::min(shares[label], members.size());
        taken.insert(taken.end(), members.end() - static_cast<std::ptrdiff_t>(share),
                     members.end());
        members.resize(members.size() - share);
    }
    RandomStream random(seed, "order/" + std::string(name(split)));
    random.shuffle(std::span(taken));
    return taken;
}

Indices takeRest(std::vector<Indices> &classes, std::uint64_t seed)
{
    std::vector<std::size_t> all;
    for (const Indices &members : classes) all.push_back(members.size());
    return take(classes, all, seed, Split::Train);
}

} // namespace

void splitPool(const Samples &pool, std::uint64_t seed, std::array<Samples, 3> &splits)
{
    std::vector<Indices> classes = shuffledClasses(pool, seed);
    const auto total = static_cast<std::size_t>(pool.count());
    const std::vector<std::size_t> shares = tenths(classes, total);
    // A class of two cannot give to both and keep one.
    std::vector<std::size_t> testShares = shares;
    for (std::size_t label = 0; label < classes.size(); ++label) {
        if (2 * shares[label] >= classes[label].size() && shares[label] > 0) --testShares[label];
    }
    splits[1] = pool.select(take(classes, shares, seed, Split::Validation));
    splits[2] = pool.select(take(classes, testShares, seed, Split::Test));
    splits[0] = pool.select(takeRest(classes, seed));
}

void splitValidation(const Samples &train, std::uint64_t seed, std::array<Samples, 3> &splits)
{
    std::vector<Indices> classes = shuffledClasses(train, seed);
    const std::vector<std::size_t> shares =
        tenths(classes, static_cast<std::size_t>(train.count()));
    const Indices validation = take(classes, shares, seed, Split::Validation);
    const Indices rest = takeRest(classes, seed);
    // `train` may be one of the splits that are written.
    Samples trainSamples = train.select(rest);
    splits[1] = train.select(validation);
    splits[0] = std::move(trainSamples);
}

} // namespace ostrich::data
