// What samples give out: single samples, batches, their statistics and checksum.
#include "data/dataset.hpp"

#include "data/checksum.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::data {

namespace {

/// A byte's value in [0, 1].
const std::array<float, 256> &unitValues()
{
    static const auto table = [] {
        std::array<float, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 255.0F;
        return values;
    }();
    return table;
}

void copySample(const Samples &samples, std::int64_t index, std::int64_t size, float *out)
{
    if (!samples.pictures()) {
        std::copy_n(samples.values.data() + index * size, size, out);
        return;
    }
    const auto &table = unitValues();
    const std::uint8_t *bytes = samples.bytes.data() + index * size;
    for (std::int64_t i = 0; i < size; ++i) out[i] = table[bytes[i]];
}

/// A constant channel keeps its scale: dividing by 1 leaves zeros.
void addMoments(Statistics &statistics, double mean, double variance)
{
    const double deviation = std::sqrt(std::max(0.0, variance));
    statistics.mean.push_back(static_cast<float>(mean));
    statistics.deviation.push_back(deviation > 1e-6 ? static_cast<float>(deviation) : 1.0F);
}

Statistics pictureStatistics(const Samples &train)
{
    const std::int64_t channels = train.sampleShape[0];
    const std::int64_t pixels = train.sampleShape[1] * train.sampleShape[2];
    std::vector<std::array<std::int64_t, 256>> histograms(static_cast<std::size_t>(channels));
    const std::uint8_t *bytes = train.bytes.data();
    for (std::int64_t sample = 0; sample < train.count(); ++sample) {
        for (auto &histogram : histograms) {
            for (std::int64_t i = 0; i < pixels; ++i) ++histogram[*bytes++];
        }
    }
    Statistics statistics;
    for (const auto &histogram : histograms) {
        double sum = 0.0;
        double squares = 0.0;
        for (std::size_t i = 0; i < histogram.size(); ++i) {
            const double value = static_cast<double>(i) / 255.0;
            sum += value * static_cast<double>(histogram[i]);
            squares += value * value * static_cast<double>(histogram[i]);
        }
        const auto count = static_cast<double>(train.count() * pixels);
        const double mean = sum / count;
        addMoments(statistics, mean, squares / count - mean * mean);
    }
    return statistics;
}

/// Two passes: far from zero, one pass over squares would lose the deviation.
Statistics pointStatistics(const Samples &train)
{
    const std::int64_t features = train.valuesPerSample();
    const auto count = static_cast<double>(train.count());
    Statistics statistics;
    for (std::int64_t feature = 0; feature < features; ++feature) {
        double sum = 0.0;
        for (std::int64_t i = 0; i < train.count(); ++i)
            sum += train.values[static_cast<std::size_t>(i * features + feature)];
        const double mean = sum / count;
        double squares = 0.0;
        for (std::int64_t i = 0; i < train.count(); ++i) {
            const double gap =
                train.values[static_cast<std::size_t>(i * features + feature)] - mean;
            squares += gap * gap;
        }
        addMoments(statistics, mean, squares / count);
    }
    return statistics;
}

template <typename T>
std::uint64_t hashOf(const std::vector<T> &items, std::uint64_t seed)
{
    return hashBytes(items.data(), items.size() * sizeof(T), seed);
}

} // namespace

std::string_view name(Split split)
{
    constexpr std::array<std::string_view, 3> names{"train", "validation", "test"};
    return names[static_cast<std::size_t>(split)];
}

std::int64_t Samples::valuesPerSample() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : sampleShape) product *= size;
    return product;
}

Array Samples::sample(std::int64_t index) const
{
    Array array{sampleShape, std::vector<float>(static_cast<std::size_t>(valuesPerSample()))};
    copySample(*this, index, valuesPerSample(), array.values.data());
    return array;
}

void Samples::gather(std::span<const std::int64_t> indices, float *out) const
{
    const std::int64_t size = valuesPerSample();
    for (const std::int64_t index : indices) {
        copySample(*this, index, size, out);
        out += size;
    }
}

Statistics fitStatistics(const Samples &train)
{
    if (train.count() == 0) {
        const auto channels = static_cast<std::size_t>(train.sampleShape.at(0));
        return {std::vector<float>(channels, 0.0F), std::vector<float>(channels, 1.0F)};
    }
    return train.pictures() ? pictureStatistics(train) : pointStatistics(train);
}

std::uint64_t checksumOf(const Dataset &dataset)
{
    std::uint64_t hash = 0;
    for (const Samples &samples : dataset.splits) {
        hash = hashOf(samples.sampleShape, hash);
        hash = hashOf(samples.bytes, hash);
        hash = hashOf(samples.values, hash);
        hash = hashOf(samples.labels, hash);
    }
    return hash;
}

} // namespace ostrich::data
