// The list of attacks and the names of norms.
#include "attack/attack_torch.hpp"

#include <algorithm>

namespace ostrich::attack {

namespace {

/// By name; noise, which is a baseline more than an attack, comes last.
const std::vector<std::unique_ptr<Attack>> &registry()
{
    static const std::vector<std::unique_ptr<Attack>> all = [] {
        auto made = createAllAttacks();
        std::ranges::sort(made, {}, [](const std::unique_ptr<Attack> &attack) {
            const AttackDescription &description = attack->description();
            return std::pair(!description.usesGradient, description.name);
        });
        return made;
    }();
    return all;
}

} // namespace

std::string_view name(Norm norm)
{
    return norm == Norm::Linf ? "linf" : "l2";
}

std::optional<Norm> normFromName(std::string_view text)
{
    for (const Norm norm : {Norm::Linf, Norm::L2}) {
        if (text == name(norm)) return norm;
    }
    return std::nullopt;
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

const Attack *findAttack(std::string_view name)
{
    const auto found = std::ranges::find_if(
        registry(), [&](const auto &attack) { return attack->description().name == name; });
    return found == registry().end() ? nullptr : found->get();
}

} // namespace ostrich::attack
