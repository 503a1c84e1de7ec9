// The list of attacks and the names of norms.
#include "attack/attack_torch.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace ostrich::attack {

namespace {

/// White box before black box, what cannot aim (noise) last, each by name.
const std::vector<std::unique_ptr<Attack>> &registry()
{
    static const std::vector<std::unique_ptr<Attack>> all = [] {
        auto made = createAllAttacks();
        std::ranges::sort(made, {}, [](const std::unique_ptr<Attack> &attack) {
            const AttackDescription &description = attack->description();
            return std::tuple(!description.usesGradient, !description.canTarget, description.name);
        });
        return made;
    }();
    return all;
}

} // namespace

std::string_view name(Norm norm)
{
    constexpr std::array<std::string_view, 4> kNames{"linf", "l2", "l1", "l0"};
    return kNames[static_cast<std::size_t>(norm)];
}

std::optional<Norm> normFromName(std::string_view text)
{
    for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1, Norm::L0}) {
        if (text == name(norm)) return norm;
    }
    return std::nullopt;
}

double usualEpsilon(Norm norm)
{
    constexpr std::array<double, 4> kUsual{8.0 / 255.0, 0.5, 12.0, 10.0};
    return kUsual[static_cast<std::size_t>(norm)];
}

const std::vector<AttackDescription> &attacks()
{
    static const std::vector<AttackDescription> descriptions = [] {
        std::vector<AttackDescription> all;
        for (const auto &attack : registry()) all.push_back(attack->description());
        return all;
    }();
    return descriptions;
}

const AttackDescription *describedAttack(std::string_view name)
{
    const Attack *found = findAttack(name);
    return found == nullptr ? nullptr : &found->description();
}

double usualEpsilon(const AttackDescription &attack, Norm norm, const graph::DataFacts &facts)
{
    constexpr std::array<double, 4> kDeviations{0.25, 1.0, 2.0, 1.0};
    if (attack.usualEpsilon) return *attack.usualEpsilon;
    return facts.input.isMaps() ? usualEpsilon(norm) : kDeviations[static_cast<std::size_t>(norm)];
}

std::int64_t stepsOf(const AttackOptions &options)
{
    if (options.steps > 0) return options.steps;
    const AttackDescription *known = describedAttack(options.attack);
    return known == nullptr ? 0 : known->defaultSteps;
}

const Attack *findAttack(std::string_view name)
{
    const auto found = std::ranges::find_if(
        registry(), [&](const auto &attack) { return attack->description().name == name; });
    return found == registry().end() ? nullptr : found->get();
}

} // namespace ostrich::attack
