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

/// The steps of sequence `index`, T × F or T floats.
void copySteps(const Samples &samples, std::int64_t index, float *out)
{
    const std::int64_t first = samples.starts[static_cast<std::size_t>(index)];
    const std::int64_t steps = samples.steps(index), width = samples.valuesPerSample();
    if (samples.sampleShape.empty())
        std::copy_n(samples.tokens.data() + first, steps, out);
    else
        std::copy_n(samples.values.data() + first * width, steps * width, out);
}

/// `count` items of `from` behind those of `to`; nothing where `from` is not used.
template <typename T>
void append(const std::vector<T> &from, std::int64_t first, std::int64_t count, std::vector<T> &to)
{
    if (from.empty()) return;
    to.insert(to.end(), from.begin() + first, from.begin() + first + count);
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

/// Per feature of `values` (rows of `features`). Two passes: far from zero, one pass over squares
/// would lose the deviation.
Statistics rowStatistics(const std::vector<float> &values, std::int64_t features)
{
    Statistics statistics;
    const auto width = static_cast<std::size_t>(features);
    const std::size_t rows = values.size() / width;
    for (std::size_t feature = 0; feature < width; ++feature) {
        double sum = 0.0;
        for (std::size_t i = 0; i < rows; ++i) sum += values[i * width + feature];
        const double mean = sum / static_cast<double>(rows);
        double squares = 0.0;
        for (std::size_t i = 0; i < rows; ++i) {
            const double gap = values[i * width + feature] - mean;
            squares += gap * gap;
        }
        addMoments(statistics, mean, squares / static_cast<double>(rows));
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

std::span<const std::int32_t> TokenRows::row(std::int64_t index) const
{
    const auto i = static_cast<std::size_t>(index);
    return std::span(ids).subspan(static_cast<std::size_t>(starts[i]),
                                  static_cast<std::size_t>(starts[i + 1] - starts[i]));
}

void TokenRows::add(std::span<const std::int32_t> row)
{
    if (starts.empty()) starts.push_back(0);
    ids.insert(ids.end(), row.begin(), row.end());
    starts.push_back(std::ssize(ids));
}

std::int64_t Samples::count() const
{
    return sequences() ? std::ssize(starts) - 1 : std::ssize(labels);
}

std::int64_t Samples::steps(std::int64_t index) const
{
    const auto i = static_cast<std::size_t>(index);
    return starts[i + 1] - starts[i];
}

std::int64_t Samples::valuesPerSample() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : sampleShape) product *= size;
    return product;
}

Array Samples::sample(std::int64_t index) const
{
    if (sequences()) {
        Array array{sampleShape, {}};
        array.shape.insert(array.shape.begin(), steps(index));
        array.values.resize(static_cast<std::size_t>(steps(index) * valuesPerSample()));
        copySteps(*this, index, array.values.data());
        return array;
    }
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

Samples Samples::select(std::span<const std::int64_t> indices) const
{
    Samples chosen;
    chosen.sampleShape = sampleShape;
    const std::int64_t size = valuesPerSample();
    if (sequences()) chosen.starts.push_back(0);
    for (const std::int64_t index : indices) {
        const std::int64_t first = sequences() ? starts[static_cast<std::size_t>(index)] : index;
        const std::int64_t rows = sequences() ? steps(index) : 1;
        append(bytes, first * size, rows * size, chosen.bytes);
        append(values, first * size, rows * size, chosen.values);
        append(tokens, first, rows, chosen.tokens);
        append(labels, index, 1, chosen.labels);
        append(stepLabels, first, rows, chosen.stepLabels);
        const std::int64_t asked = count() > 0 ? std::ssize(answers) / count() : 0;
        append(answers, index * asked, asked, chosen.answers);
        append(naive, index * asked, asked, chosen.naive);
        append(seasonalNaive, index * asked, asked, chosen.seasonalNaive);
        if (!targets.starts.empty()) chosen.targets.add(targets.row(index));
        if (sequences()) chosen.starts.push_back(chosen.starts.back() + rows);
    }
    return chosen;
}

std::int64_t Samples::byteCount() const
{
    const auto sizeOf = [](const auto &items) {
        return std::ssize(items) * static_cast<std::int64_t>(sizeof(items[0]));
    };
    return sizeOf(bytes) + sizeOf(values) + sizeOf(tokens) + sizeOf(starts) + sizeOf(labels)
           + sizeOf(stepLabels) + sizeOf(answers) + sizeOf(naive) + sizeOf(seasonalNaive)
           + sizeOf(targets.ids) + sizeOf(targets.starts);
}

Statistics fitStatistics(const Samples &train)
{
    Statistics statistics;
    if (train.count() == 0 && !train.sampleShape.empty()) {
        const auto channels = static_cast<std::size_t>(train.sampleShape[0]);
        statistics = {
            std::vector<float>(channels, 0.0F), std::vector<float>(channels, 1.0F), {}, {}};
    } else if (train.pictures()) {
        statistics = pictureStatistics(train);
    } else if (!train.values.empty()) {
        statistics = rowStatistics(train.values, train.valuesPerSample());
    }
    if (!train.answers.empty()) {
        const Statistics asked =
            rowStatistics(train.answers, std::ssize(train.answers) / train.count());
        statistics.answerMean = asked.mean;
        statistics.answerDeviation = asked.deviation;
    }
    return statistics;
}

std::uint64_t checksumOf(const Dataset &dataset)
{
    std::uint64_t hash = 0;
    for (const Samples &samples : dataset.splits) {
        hash = hashOf(samples.sampleShape, hash);
        hash = hashOf(samples.bytes, hash);
        hash = hashOf(samples.values, hash);
        hash = hashOf(samples.labels, hash);
        if (!samples.sequences()) continue; // the checksums of older runs stay what they were
        hash = hashOf(samples.tokens, hash);
        hash = hashOf(samples.starts, hash);
        hash = hashOf(samples.stepLabels, hash);
        hash = hashOf(samples.answers, hash);
        hash = hashOf(samples.targets.ids, hash);
        hash = hashOf(samples.targets.starts, hash);
    }
    return hash;
}

} // namespace ostrich::data
