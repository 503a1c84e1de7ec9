// What the built-in sources of sequences share: one pool, drawn sample by sample from the seed, and
// its split.
#pragma once

#include "base/random.hpp"
#include "data/source.hpp"

namespace ostrich::data {

/// A source of sequences of numbers. A subclass says what it asks and how one sample is drawn.
class SequenceSource : public Source {
public:
    const SourceDescription &description() const override { return m_description; }
    Result<Dataset> load(const SourceSpec &spec, const graph::Parameters &options,
                         std::uint64_t seed, const Progress &progress,
                         std::stop_token stop) const override;

protected:
    struct Character {
        std::string name;
        Words label;
        Words help;
        std::vector<graph::ParameterSpec> options; // beside "count"
    };
    explicit SequenceSource(Character character);

    /// Adds sample `index` to `pool`: T × F values and what is asked of them. Not its start.
    virtual void draw(std::int64_t index, const graph::Parameters &options, RandomStream &random,
                      Samples &pool) const = 0;

private:
    SourceDescription m_description;
};

/// A row of `size` zeros with a 1 at `index`, behind the values of `pool`.
void addOneHot(std::int64_t index, std::int64_t size, Samples &pool);

/// "A", "B", "C" ...
std::vector<std::string> letterNames(std::int64_t count);

} // namespace ostrich::data
