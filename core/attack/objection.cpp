// What can be wrong with a request to attack, told before any work.
#include "attack/objection.hpp"

#include "attack/attack_torch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace ostrich::attack {

namespace {

std::vector<std::int64_t> sampleShapeOf(const graph::DataFacts &facts)
{
    std::vector<std::int64_t> shape;
    for (const graph::Dimension &dimension : facts.input.dimensions) {
        const bool isStep = dimension.axis == graph::Axis::T; // each series has its own number
        if (dimension.axis != graph::Axis::N && !isStep)
            shape.push_back(dimension.size.value_or(-1));
    }
    return shape;
}

std::string names()
{
    std::vector<std::string> all;
    for (const AttackDescription &attack : attacks()) all.push_back(attack.name);
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string normNames(const std::vector<Norm> &norms)
{
    std::vector<std::string> all;
    for (const Norm norm : norms) all.emplace_back(name(norm));
    return fmt::format("{}", fmt::join(all, ", "));
}

bool isClass(const graph::DataFacts &facts, std::int64_t label)
{
    return label >= 0 && label < facts.classes;
}

/// "8/255" where `epsilon` was meant in levels.
std::string inLevels(double epsilon)
{
    constexpr double kLevels = 255.0;
    return fmt::format("{:g}/255", epsilon <= kLevels ? epsilon : 8.0);
}

/// An epsilon in Linf beyond the range of a pixel, of an attack that it holds.
bool isBeyondPixels(const graph::DataFacts &facts, const AttackOptions &options,
                    const AttackDescription &attack)
{
    return options.norm == Norm::Linf && !attack.norms.empty() && facts.input.isMaps()
           && options.epsilon > 1.0;
}

Error notAClass(const graph::DataFacts &facts, const std::string &where, std::int64_t label)
{
    return {where,
            {"attack.no_such_class", {std::to_string(label)}},
            {"attack.no_such_class_hint", {std::to_string(facts.classes - 1)}}};
}

} // namespace

std::optional<Error> objection(const graph::DataFacts &facts, const AttackOptions &options,
                               const std::vector<std::int64_t> &sampleShape)
{
    if (!findAttack(options.attack))
        return Error{
            "attack", {"attack.unknown", {options.attack}}, {"attack.unknown_hint", {names()}}};
    if (!std::isfinite(options.epsilon) || options.epsilon < 0.0)
        return Error{"epsilon",
                     {"attack.bad_epsilon", {fmt::format("{:g}", options.epsilon)}},
                     {"attack.bad_epsilon_hint", {}}};
    if (options.steps < 0)
        return Error{"steps", {"attack.bad_count", {std::to_string(options.steps)}}, {}};
    const AttackDescription &attack = *describedAttack(options.attack);
    if (!attack.norms.empty()
        && std::ranges::find(attack.norms, options.norm) == attack.norms.end())
        return Error{"norm",
                     {"attack.norm_unfit", {options.attack, std::string(name(options.norm))}},
                     {"attack.norm_unfit_hint", {normNames(attack.norms)}}};
    if (options.target && !attack.canTarget)
        return Error{"target", {"attack.cannot_aim", {options.attack}}, {}};
    if (auto wrong = graph::checkParameters(options.parameters, attack.parameters))
        return Error{options.attack, *wrong, {}};
    if (options.restarts < 1)
        return Error{"restarts", {"attack.bad_count", {std::to_string(options.restarts)}}, {}};
    const graph::Shape &input = facts.input;
    if (input.isTokens())
        return Error{"network", {"attack.tokens", {}}, {"attack.tokens_hint", {}}};
    if (facts.classes < 1 || facts.task != graph::Task::Classify)
        return Error{"network", {"attack.no_classes", {}}, {"attack.no_classes_hint", {}}};
    if (facts.classes < 2)
        return Error{"network", {"attack.one_class", {}}, {"attack.one_class_hint", {}}};
    if (isBeyondPixels(facts, options, attack))
        return Error{"epsilon",
                     {"attack.beyond_pixels", {fmt::format("{:g}", options.epsilon)}},
                     {"attack.beyond_pixels_hint", {inLevels(options.epsilon)}}};
    // What is held by no ball moves a picture's parts about.
    if (attack.norms.empty() && !input.isMaps())
        return Error{
            "attack", {"attack.pictures_only", {attack.name}}, {"attack.pictures_only_hint", {}}};
    if (options.target && !isClass(facts, *options.target))
        return notAClass(facts, "target", *options.target);
    const std::vector<std::int64_t> expected = sampleShapeOf(facts);
    std::vector<std::int64_t> got = sampleShape;
    if (input.isSequence() && got.size() > expected.size()) got.erase(got.begin()); // its steps
    if (got != expected)
        return Error{
            "samples",
            {"attack.wrong_shape",
             {fmt::format("{}", fmt::join(got, "×")), fmt::format("{}", fmt::join(expected, "×"))}},
            {"attack.wrong_shape_hint", {}}};
    return std::nullopt;
}

std::optional<Error> objection(const Subject &subject, const AttackOptions &options,
                               const std::vector<std::int64_t> &sampleShape)
{
    if (auto error = objection(subject.facts, options, sampleShape)) return error;
    if (describedAttack(options.attack)->usesSurrogate && !subject.surrogate)
        return Error{
            "attack", {"attack.no_surrogate", {options.attack}}, {"attack.no_surrogate_hint", {}}};
    return std::nullopt;
}

std::optional<Error> objection(const graph::DataFacts &facts, const data::Samples &samples,
                               const std::vector<std::int64_t> &indices)
{
    if (indices.empty())
        return Error{"samples", {"attack.no_samples", {}}, {"attack.no_samples_hint", {}}};
    for (const std::int64_t index : indices) {
        if (index < 0 || index >= samples.count())
            return Error{
                "samples",
                {"attack.no_such_sample", {std::to_string(index), std::to_string(samples.count())}},
                {}};
        const std::int64_t label = samples.labels[static_cast<std::size_t>(index)];
        if (!isClass(facts, label)) return notAClass(facts, "samples", label);
    }
    return std::nullopt;
}

std::optional<Error> objection(const graph::DataFacts &facts, std::optional<std::int64_t> label)
{
    if (label && !isClass(facts, *label)) return notAClass(facts, "class", *label);
    return std::nullopt;
}

} // namespace ostrich::attack
