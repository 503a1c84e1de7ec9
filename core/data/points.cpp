// The frame around every point source: options, pool, split.
#include "data/points.hpp"

#include "data/option.hpp"

namespace ostrich::data {

PointSource::PointSource(Character character) : m_character(std::move(character))
{
    m_description.name = m_character.name;
    m_description.label = m_character.label;
    m_description.help = m_character.help;
    m_description.parameters = {
        realOption("noise", m_character.noise, 0.0, 2.0, {"Noise", "Bruit"},
                   {"How far points stray from their place.",
                    "Écart des points par rapport à leur place."}),
        integerOption(
            "count", 2000, 30, 200000, {"Points", "Points"},
            {"Number of points, split 80/10/10 into training, validation and test.",
             "Nombre de points, répartis 80/10/10 entre entraînement, validation et test."})};
    if (m_character.maxClasses > 2)
        m_description.parameters.push_back(integerOption(
            "classes", m_character.classes, 2, m_character.maxClasses, {"Classes", "Classes"},
            {"Number of groups to tell apart.", "Nombre de groupes à distinguer."}));
}

std::int64_t PointSource::classesOf(const graph::Parameters &options) const
{
    return m_character.maxClasses > 2 ? graph::integer(options, "classes") : m_character.classes;
}

Result<graph::DataFacts> PointSource::facts(const SourceSpec &,
                                            const graph::Parameters &options) const
{
    graph::DataFacts facts;
    facts.input = graph::Shape::vector(2);
    facts.classes = classesOf(options);
    for (std::int64_t label = 0; label < facts.classes; ++label)
        facts.classNames.emplace_back(1, static_cast<char>('A' + label));
    facts.title = m_character.title;
    return facts;
}

Result<Dataset> PointSource::load(const SourceSpec &spec, const graph::Parameters &options,
                                  std::uint64_t seed, const Progress &progress,
                                  std::stop_token) const
{
    Dataset dataset;
    dataset.facts = *facts(spec, options);
    const std::int64_t classes = classesOf(options);
    const double noise = graph::real(options, "noise");
    RandomStream random(seed, m_character.name + "/points");
    const double turn = random.uniform();

    Samples pool;
    pool.sampleShape = {2};
    for (std::int64_t i = 0; i < graph::integer(options, "count"); ++i) {
        const std::int64_t label = i % classes;
        const Point point = draw(label, classes, turn, random);
        pool.values.push_back(static_cast<float>(point.x + random.normal(0.0, noise)));
        pool.values.push_back(static_cast<float>(point.y + random.normal(0.0, noise)));
        pool.labels.push_back(static_cast<std::int32_t>(label));
    }
    splitPool(pool, seed, dataset.splits);
    report(progress, 1.0);
    return dataset;
}

} // namespace ostrich::data
