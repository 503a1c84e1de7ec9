// What can be wrong with a request to attack, told before any work.
#include "attack/objection.hpp"

#include "attack/attack_torch.hpp"
#include "engine/model_torch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace ostrich::attack {

namespace {

std::vector<std::int64_t> sampleShapeOf(const graph::DataFacts &facts)
{
    std::vector<std::int64_t> shape;
    for (const graph::Dimension &dimension : facts.input.dimensions) {
        if (dimension.axis != graph::Axis::N) shape.push_back(dimension.size.value_or(-1));
    }
    return shape;
}

std::string names()
{
    std::vector<std::string> all;
    for (const AttackDescription &attack : attacks()) all.push_back(attack.name);
    return fmt::format("{}", fmt::join(all, ", "));
}

bool isClass(const engine::Model &model, std::int64_t label)
{
    return label >= 0 && label < model.facts().classes;
}

Error notAClass(const engine::Model &model, const std::string &where, std::int64_t label)
{
    return {where,
            {"attack.no_such_class", {std::to_string(label)}},
            {"attack.no_such_class_hint", {std::to_string(model.facts().classes - 1)}}};
}

} // namespace

std::optional<Error> objection(const engine::Model &model, const AttackOptions &options,
                               const std::vector<std::int64_t> &sampleShape)
{
    if (!findAttack(options.attack))
        return Error{
            "attack", {"attack.unknown", {options.attack}}, {"attack.unknown_hint", {names()}}};
    if (!std::isfinite(options.epsilon) || options.epsilon < 0.0)
        return Error{"epsilon",
                     {"attack.bad_epsilon", {fmt::format("{:g}", options.epsilon)}},
                     {"attack.bad_epsilon_hint", {}}};
    if (options.steps < 1)
        return Error{"steps", {"attack.bad_count", {std::to_string(options.steps)}}, {}};
    if (options.restarts < 1)
        return Error{"restarts", {"attack.bad_count", {std::to_string(options.restarts)}}, {}};
    const graph::Shape &input = model.facts().input;
    if (input.isSequence() || input.isTokens())
        return Error{"network", {"attack.sequences", {}}, {"attack.sequences_hint", {}}};
    if (model.facts().classes < 1)
        return Error{"network", {"attack.no_classes", {}}, {"attack.no_classes_hint", {}}};
    if (options.target && !isClass(model, *options.target))
        return notAClass(model, "target", *options.target);
    const std::vector<std::int64_t> expected = sampleShapeOf(model.facts());
    if (sampleShape != expected)
        return Error{"samples",
                     {"attack.wrong_shape",
                      {fmt::format("{}", fmt::join(sampleShape, "×")),
                       fmt::format("{}", fmt::join(expected, "×"))}},
                     {"attack.wrong_shape_hint", {}}};
    return std::nullopt;
}

std::optional<Error> objection(const engine::Model &model, const data::Samples &samples,
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
        if (!isClass(model, label)) return notAClass(model, "samples", label);
    }
    return std::nullopt;
}

std::optional<Error> objection(const engine::Model &model, std::optional<std::int64_t> label)
{
    if (label && !isClass(model, *label)) return notAClass(model, "class", *label);
    return std::nullopt;
}

} // namespace ostrich::attack
