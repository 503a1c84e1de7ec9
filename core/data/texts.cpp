// The ways from texts to samples behind texts.hpp.
#include "data/texts.hpp"

#include "data/source.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ostrich::data {

namespace {

constexpr std::uint64_t kSplitSeed = 80'10'10; // any number, but always the same one

/// splitPool() of samples that are their own numbers.
SplitIndices splitNumbers(std::int64_t count, std::span<const std::int32_t> labels)
{
    Samples pool;
    pool.starts.push_back(0);
    for (std::int64_t i = 0; i < count; ++i) {
        pool.tokens.push_back(static_cast<std::int32_t>(i));
        pool.starts.push_back(i + 1);
    }
    pool.labels.assign(labels.begin(), labels.end());
    std::array<Samples, 3> splits;
    splitPool(pool, kSplitSeed, splits);
    SplitIndices indices;
    for (std::size_t split = 0; split < splits.size(); ++split)
        indices[split].assign(splits[split].tokens.begin(), splits[split].tokens.end());
    return indices;
}

} // namespace

SplitIndices splitTexts(std::span<const std::int32_t> labels)
{
    return splitNumbers(std::ssize(labels), labels);
}

SplitIndices splitGroups(std::span<const std::int64_t> groups)
{
    std::vector<std::vector<std::int64_t>> members;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto group = static_cast<std::size_t>(groups[i]);
        if (group >= members.size()) members.resize(group + 1);
        members[group].push_back(static_cast<std::int64_t>(i));
    }
    SplitIndices items;
    const SplitIndices split = splitNumbers(std::ssize(members), {});
    for (std::size_t which = 0; which < split.size(); ++which) {
        for (const std::int64_t group : split[which]) {
            const auto &own = members[static_cast<std::size_t>(group)];
            items[which].insert(items[which].end(), own.begin(), own.end());
        }
    }
    return items;
}

void Coverage::count(std::span<const std::int32_t> ids)
{
    tokens += std::ssize(ids);
    unknown += std::ranges::count(ids, Tokenizer::kUnknown);
}

Samples encodeTexts(const Tokenizer &tokenizer, std::span<const std::string> texts,
                    std::span<const std::int32_t> labels, std::span<const std::int64_t> indices,
                    std::int64_t longest, Coverage &coverage)
{
    Samples samples;
    samples.starts.push_back(0);
    for (const std::int64_t index : indices) {
        const auto i = static_cast<std::size_t>(index);
        std::vector<std::int32_t> ids = tokenizer.encode(texts[i]);
        if (std::ssize(ids) > longest) {
            ids.resize(static_cast<std::size_t>(longest));
            ++coverage.cut;
        }
        coverage.count(ids);
        if (ids.empty()) ids.push_back(Tokenizer::kUnknown);
        samples.tokens.insert(samples.tokens.end(), ids.begin(), ids.end());
        samples.starts.push_back(std::ssize(samples.tokens));
        samples.labels.push_back(labels[i]);
    }
    return samples;
}

std::vector<std::string> chosen(std::span<const std::string> texts,
                                std::span<const std::int64_t> indices)
{
    std::vector<std::string> some;
    for (const std::int64_t index : indices) some.push_back(texts[static_cast<std::size_t>(index)]);
    return some;
}

Samples windowsOver(std::span<const std::int32_t> ids, std::int64_t window)
{
    Samples samples;
    samples.starts.push_back(0);
    const auto width = static_cast<std::size_t>(window);
    for (std::size_t first = 0; first + width < ids.size(); first += width) {
        const auto read = ids.subspan(first, width), asked = ids.subspan(first + 1, width);
        samples.tokens.insert(samples.tokens.end(), read.begin(), read.end());
        for (const std::int32_t id : asked)
            samples.stepLabels.push_back(id == Tokenizer::kUnknown ? kNoLabel : id);
        samples.starts.push_back(std::ssize(samples.tokens));
    }
    return samples;
}

std::vector<Message> unknownWarning(const Coverage &coverage)
{
    if (coverage.unknown == 0) return {};
    const double percent =
        100.0 * static_cast<double>(coverage.unknown) / static_cast<double>(coverage.tokens);
    return {{"data.text_unknown", {percent < 0.1 ? "< 0.1" : fmt::format("{:.1f}", percent)}}};
}

std::int64_t longestOf(const std::array<Samples, 3> &splits)
{
    std::int64_t longest = 0;
    for (const Samples &samples : splits) {
        for (std::int64_t i = 0; i < samples.count(); ++i)
            longest = std::max(longest, samples.steps(i));
    }
    return longest;
}

} // namespace ostrich::data
