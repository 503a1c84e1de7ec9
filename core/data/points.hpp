// What the playground's point sources share: two coordinates, one pool in equal classes, split by
// seed.
#pragma once

#include "base/random.hpp"
#include "data/source.hpp"

namespace ostrich::data {

/// A point in the plane, about in [-1, 1].
struct Point {
    double x = 0.0;
    double y = 0.0;
};

/// A source of labelled points. A subclass says how one point of a class is drawn.
class PointSource : public Source {
public:
    const SourceDescription &description() const override { return m_description; }
    Result<graph::DataFacts> facts(const SourceSpec &spec,
                                   const graph::Parameters &options) const override;
    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override;

protected:
    /// `noise`: default of the option "noise", the deviation of what is added to both coordinates.
    /// `classes` and `maxClasses`: default and largest value of the option "classes"; no option
    /// where both are 2.
    struct Character {
        std::string name;
        std::string title; // id of the words on the Input card
        Words label;
        Words help;
        double noise = 0.1;
        std::int64_t classes = 2;
        std::int64_t maxClasses = 2;
    };
    explicit PointSource(Character character);

    /// A point of class `label` before noise; `turn` in [0, 1) is the same for the whole set.
    virtual Point draw(std::int64_t label, std::int64_t classes, double turn,
                       RandomStream &random) const = 0;

private:
    std::int64_t classesOf(const graph::Parameters &options) const;

    Character m_character;
    SourceDescription m_description;
};

} // namespace ostrich::data
