// Samples side by side: gathered, and padded where they are sequences.
#include "data/dataset.hpp"

#include <algorithm>

namespace ostrich::data {

namespace {

/// The most steps among `lengths`; lengths that are all alike are dropped.
std::int64_t settle(std::vector<std::int64_t> &lengths)
{
    const auto [least, most] = std::ranges::minmax(lengths);
    if (least == most) lengths.clear();
    return most;
}

void fillSequences(const Samples &samples, Batch &batch)
{
    for (const std::int64_t index : batch.indices) batch.lengths.push_back(samples.steps(index));
    const std::int64_t steps = settle(batch.lengths);
    const std::int64_t width = samples.valuesPerSample();
    batch.x.shape = samples.sampleShape;
    batch.x.shape.insert(batch.x.shape.begin(), {std::ssize(batch.indices), steps});
    batch.x.values.assign(static_cast<std::size_t>(std::ssize(batch.indices) * steps * width),
                          0.0F);
    auto row = batch.x.values.begin();
    for (const std::int64_t index : batch.indices) {
        std::ranges::copy(samples.sample(index).values, row);
        row += steps * width;
    }
    if (samples.stepLabels.empty()) return;
    batch.y.assign(static_cast<std::size_t>(std::ssize(batch.indices) * steps), kNoLabel);
    auto labels = batch.y.begin();
    for (const std::int64_t index : batch.indices) {
        const std::int64_t first = samples.starts[static_cast<std::size_t>(index)];
        std::copy_n(samples.stepLabels.begin() + first, samples.steps(index), labels);
        labels += steps;
    }
}

/// The decoder reads kBegin and all tokens but the last; at each it is asked for the next one.
void fillTargets(const Samples &samples, Batch &batch)
{
    for (const std::int64_t index : batch.indices)
        batch.targetLengths.push_back(std::ssize(samples.targets.row(index)) - 1);
    const std::int64_t steps = settle(batch.targetLengths);
    const std::int64_t count = std::ssize(batch.indices);
    batch.target.shape = {count, steps};
    batch.target.values.assign(static_cast<std::size_t>(count * steps), 0.0F);
    batch.y.assign(static_cast<std::size_t>(count * steps), kNoLabel);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto row = samples.targets.row(batch.indices[static_cast<std::size_t>(i)]);
        std::copy(row.begin(), row.end() - 1, batch.target.values.begin() + i * steps);
        std::copy(row.begin() + 1, row.end(), batch.y.begin() + i * steps);
    }
}

} // namespace

Batch batchOf(const Samples &samples, std::span<const std::int64_t> indices)
{
    Batch batch;
    batch.indices.assign(indices.begin(), indices.end());
    if (indices.empty()) return batch;
    if (samples.sequences()) {
        fillSequences(samples, batch);
    } else {
        batch.x.shape = samples.sampleShape;
        batch.x.shape.insert(batch.x.shape.begin(), std::ssize(indices));
        batch.x.values.resize(indices.size() * static_cast<std::size_t>(samples.valuesPerSample()));
        samples.gather(indices, batch.x.values.data());
    }
    if (!samples.targets.starts.empty()) fillTargets(samples, batch);
    for (const std::int64_t index : indices) {
        if (!samples.labels.empty())
            batch.y.push_back(samples.labels[static_cast<std::size_t>(index)]);
        const std::int64_t asked = std::ssize(samples.answers) / samples.count();
        const auto first = samples.answers.begin() + index * asked;
        batch.answers.insert(batch.answers.end(), first, first + asked);
    }
    return batch;
}

} // namespace ostrich::data
