// The four readers and the search for their widths. It knows parameters by their names, and no
// kind.
#include "project/variants.hpp"

#include "graph/analysis.hpp"
#include "project/fitting.hpp"
#include "project/templates.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <ranges>
#include <string_view>
#include <tuple>

namespace ostrich::project {

namespace {

using graph::Network;

struct Reader {
    const char *name;
    const char *source; // a template
    const char *label;  // the same in both languages
};
constexpr std::array kReaders{
    Reader{"rnn", "rnn", "RNN"},
    Reader{"lstm", "lstm", "LSTM"},
    Reader{"gru", "gru", "GRU"},
    Reader{"attention", "transformer-encoder", "Attention"},
};
constexpr char kYardstick[] = "lstm"; // the template whose size is taken where there is no other

/// The parameters that say how wide a reader is: the last of them that it has is set alone.
constexpr std::array<const char *, 3> kWidths{"embedding_dim", "hidden_size", "dim_feedforward"};
constexpr char kHeads[] = "num_heads"; // divides the widths

constexpr std::int64_t kTooMany = INT64_MAX; // parameters of a network that cannot be

const graph::ParameterSpec *specOf(const graph::Block &block, std::string_view parameter,
                                   const graph::KindSet &kinds)
{
    const graph::Kind *kind = kinds.find(block.kind);
    if (kind == nullptr) return nullptr;
    const auto &specs = kind->description().parameters;
    const auto spec = std::ranges::find(specs, parameter, &graph::ParameterSpec::name);
    return spec == specs.end() ? nullptr : &*spec;
}

/// The first value that a block has under this name; nothing where none has one.
std::optional<std::int64_t> firstValue(const Network &network, std::string_view parameter,
                                       const graph::KindSet &kinds)
{
    for (const graph::Block &block : network.blocks) {
        const graph::ParameterSpec *spec = specOf(block, parameter, kinds);
        if (spec == nullptr) continue;
        const auto own = block.parameters.find(spec->name);
        const auto &value = own == block.parameters.end() ? spec->defaultValue : own->second;
        if (const auto *number = std::get_if<std::int64_t>(&value)) return *number;
    }
    return {};
}

struct Widths {
    std::int64_t common = 1;
    std::int64_t last = 1; // of the last of kWidths that there is
};

/// A template's network that is fitted to the data in any width.
class Elastic {
public:
    Elastic(const Network &plain, const graph::KindSet &kinds, const graph::DataFacts &facts)
        : m_plain(plain), m_kinds(kinds), m_facts(facts)
    {
        if (facts.task == graph::Task::LabelSteps) setEverywhere(m_plain, "causal", true);
        const Network fits = fitted(m_plain, kinds, facts).network;
        std::optional<std::int64_t> first;
        for (const char *name : kWidths) {
            const auto stated = firstValue(m_plain, name, kinds);
            if (!first) first = stated;
            if (stated) m_ratio = static_cast<double>(*stated) / static_cast<double>(*first);
            if (stated || firstValue(fits, name, kinds)) m_last = name;
        }
        m_step = firstValue(m_plain, kHeads, kinds).value_or(1);
    }

    std::int64_t step() const { return m_step; }
    /// What the last width is in the template's proportions.
    std::int64_t lastFor(std::int64_t common) const
    {
        return std::max(std::llround(static_cast<double>(common) * m_ratio), 1LL);
    }

    Network sized(Widths widths) const
    {
        // Before, since a repair may hand a width on (to the Linear that replaces an Embedding);
        // behind, since it may bring a block that has one.
        Network network = m_plain;
        setWidths(network, widths);
        network = fitted(network, m_kinds, m_facts).network;
        setWidths(network, widths);
        return network;
    }

    std::int64_t parameters(Widths widths) const
    {
        const auto analysis = graph::analyse(sized(widths), m_kinds, m_facts);
        return analysis.ok() ? analysis.parameters : kTooMany;
    }

private:
    void setEverywhere(Network &network, std::string_view parameter,
                       const graph::ParameterValue &value) const
    {
        for (graph::Block &block : network.blocks) {
            if (const auto *spec = specOf(block, parameter, m_kinds))
                block.parameters[spec->name] = value;
        }
    }
    void setWidths(Network &network, Widths widths) const
    {
        for (const char *name : kWidths)
            setEverywhere(network, name, name == m_last ? widths.last : widths.common);
    }

    Network m_plain;
    const graph::KindSet &m_kinds;
    const graph::DataFacts &m_facts;
    std::string_view m_last;
    double m_ratio = 1.0;
    std::int64_t m_step = 1;
};

/// The largest number, at least 1, that is not yet too many.
template <typename Fits>
std::int64_t largest(const Fits &fits)
{
    constexpr std::int64_t kEnd = std::int64_t{1} << 17; // wider than any block may be
    const auto numbers = std::views::iota(std::int64_t{1}, kEnd);
    const auto fitting = std::ranges::partition_point(numbers, fits) - numbers.begin();
    return std::max<std::int64_t>(fitting, 1);
}

/// The widths whose parameters come nearest to `target`; of several that come near enough, those
/// most like the template's proportions.
Widths nearestWidths(const Elastic &elastic, std::int64_t target)
{
    constexpr double kNearEnough = 0.01;
    const std::int64_t below = largest([&](std::int64_t steps) {
        const std::int64_t common = steps * elastic.step();
        return elastic.parameters({common, elastic.lastFor(common)}) <= target;
    });
    std::optional<std::tuple<double, double>> best;
    Widths chosen;
    for (const std::int64_t common : {below * elastic.step(), (below + 1) * elastic.step()}) {
        const std::int64_t last = largest(
            [&](std::int64_t wide) { return elastic.parameters({common, wide}) <= target; });
        for (const std::int64_t wide : {last, last + 1}) {
            const auto count = static_cast<double>(elastic.parameters({common, wide}));
            const double away = std::abs(count / static_cast<double>(target) - 1.0);
            const double askew = std::abs(
                std::log(static_cast<double>(wide) / static_cast<double>(elastic.lastFor(common))));
            const std::tuple badness{std::max(away, kNearEnough), askew};
            if (best && badness >= *best) continue;
            best = badness;
            chosen = {common, wide};
        }
    }
    return chosen;
}

std::optional<Error> objection(const Project &project, const graph::DataFacts &facts)
{
    if (facts.task == graph::Task::Translate)
        return Error{project.data,
                     {"project.variants_translation", {}},
                     {"project.variants_translation_hint", {}}};
    if (facts.input.isSequence() || facts.input.isTokens()) return {};
    return Error{project.data,
                 {facts.input.isMaps() ? "project.variants_pictures" : "project.variants_rows", {}},
                 {"project.variants_hint", {}}};
}

std::int64_t targetFor(const Project &project, const graph::DataFacts &facts,
                       const graph::KindSet &kinds)
{
    const auto own = graph::analyse(project.network, kinds, facts);
    if (own.ok() && own.parameters > 0) return own.parameters;
    const auto yardstick = newProject(kYardstick);
    assert(yardstick); // it is part of the program
    const auto network = fitted(yardstick->network, kinds, facts).network;
    return std::max<std::int64_t>(graph::analyse(network, kinds, facts).parameters, 1);
}

} // namespace

Result<std::vector<Variant>> equalVariants(const Project &project, const graph::DataFacts &facts,
                                           const graph::KindSet &kinds)
{
    if (auto wrong = objection(project, facts)) return *wrong;
    const std::int64_t target = targetFor(project, facts, kinds);
    std::vector<Variant> variants;
    for (const Reader &reader : kReaders) {
        auto starter = newProject(reader.source);
        if (!starter) return starter.error();
        const Elastic elastic(starter->network, kinds, facts);
        starter->network = elastic.sized(nearestWidths(elastic, target));
        starter->data = project.data;
        starter->recipe = project.recipe;
        starter->notes.clear();
        const auto analysis = graph::analyse(starter->network, kinds, facts);
        if (!analysis.ok())
            return Error{reader.name, analysis.problems.front().message,
                         analysis.problems.front().hint};
        variants.push_back(
            {reader.name, {reader.label, reader.label}, std::move(*starter), analysis.parameters});
    }
    return variants;
}

} // namespace ostrich::project
