// What an attack can, from its description.
#include "fool/attack_options.hpp"

#include "fool/epsilon_text.hpp"

#include <algorithm>
#include <utility>

namespace ostrich::ui {

attack::AttackOptions withMethod(attack::AttackOptions options, const std::string &method)
{
    options.attack = method;
    options.steps = 0;
    options.parameters.clear();
    const auto *described = attack::describedAttack(method);
    if (!described || !described->canTarget) options.target.reset();
    return options;
}

attack::AttackOptions ballOf(const attack::AttackOptions &options)
{
    attack::AttackOptions ball;
    ball.norm = options.norm;
    ball.epsilon = options.epsilon;
    ball.seed = options.seed;
    return ball;
}

attack::AttackOptions withKnownNorm(attack::AttackOptions options)
{
    const auto *described = attack::describedAttack(options.attack);
    if (described && !described->norms.empty()
        && std::ranges::find(described->norms, options.norm) == described->norms.end())
        options.norm = described->norms.front();
    return options;
}

attack::AttackOptions wantedAfter(const attack::AttackOptions &before, attack::AttackOptions wanted,
                                  const graph::DataFacts &facts)
{
    const auto ownOf = [](const attack::AttackOptions &options) {
        const auto *described = attack::describedAttack(options.attack);
        return described ? described->usualEpsilon : std::nullopt;
    };
    wanted = withKnownNorm(std::move(wanted));
    if (wanted.norm != before.norm || ownOf(wanted) != ownOf(before))
        wanted.epsilon = usualEpsilon(wanted, facts);
    return wanted;
}

bool isHeld(const attack::AttackOptions &options)
{
    const auto *described = attack::describedAttack(options.attack);
    return described && !described->norms.empty();
}

bool sameButEpsilon(attack::AttackOptions one, const attack::AttackOptions &other)
{
    one.epsilon = other.epsilon;
    return one == other;
}

} // namespace ostrich::ui
