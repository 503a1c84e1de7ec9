// The frame around every built-in source of sequences: the option "count", pool, split.
#include "data/sequence_source.hpp"

#include "data/option.hpp"

namespace ostrich::data {

namespace {

constexpr std::int64_t kMaxBytes = std::int64_t{1} << 31;

} // namespace

SequenceSource::SequenceSource(Character character)
{
    m_description.name = std::move(character.name);
    m_description.label = std::move(character.label);
    m_description.help = std::move(character.help);
    m_description.parameters = std::move(character.options);
    m_description.parameters.push_back(integerOption(
        "count", 4000, 30, 200000, {"Sequences", "Séquences"},
        {"Number of sequences, split 80/10/10 into training, validation and test.",
         "Nombre de séquences, réparties 80/10/10 entre entraînement, validation et test."}));
}

Result<Dataset> SequenceSource::load(const SourceSpec &spec, const graph::Parameters &options,
                                     std::uint64_t seed, const Progress &progress,
                                     std::stop_token stop) const
{
    Result<graph::DataFacts> known = facts(spec, options);
    if (!known) return known.error();
    Dataset dataset;
    dataset.facts = *std::move(known);
    const std::int64_t features = *dataset.facts.input.size(graph::Axis::F);
    const std::int64_t count = graph::integer(options, "count");
    // Twice: the pool, and the splits taken from it.
    const std::int64_t bytes = 2 * count * dataset.facts.longest * features * 4;
    if (bytes > kMaxBytes)
        return Error{toString(spec),
                     {"data.too_large", {std::to_string(bytes >> 20)}},
                     {"data.memory_hint", {}}};

    RandomStream random(seed, m_description.name + "/sequences");
    Samples pool;
    pool.sampleShape = {features};
    pool.starts.push_back(0);
    for (std::int64_t i = 0; i < count; ++i) {
        if (stop.stop_requested()) return Error{toString(spec), {"data.cancelled", {}}, {}};
        draw(i, options, random, pool);
        pool.starts.push_back(std::ssize(pool.values) / features);
        if (i % 1024 == 0) report(progress, static_cast<double>(i) / static_cast<double>(count));
    }
    splitPool(pool, seed, dataset.splits);
    report(progress, 1.0);
    return dataset;
}

void addOneHot(std::int64_t index, std::int64_t size, Samples &pool)
{
    for (std::int64_t i = 0; i < size; ++i) pool.values.push_back(i == index ? 1.0F : 0.0F);
}

std::vector<std::string> letterNames(std::int64_t count)
{
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < count; ++i) names.emplace_back(1, static_cast<char>('A' + i));
    return names;
}

} // namespace ostrich::data
