// The list of training defences, the attack that most of them train against, and what they fit.
#include "train/defence_torch.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"

#include <algorithm>

namespace ostrich::train {

namespace {

std::int64_t outputsOf(const graph::Network &network)
{
    const graph::KindSet &kinds = blocks::Registry::instance();
    const graph::Expansion flat = graph::expand(network, kinds);
    return std::ranges::count_if(flat.network.blocks, [&](const graph::Block &block) {
        const graph::Kind *kind = kinds.find(block.kind);
        return kind != nullptr && kind->description().role == graph::Role::Output;
    });
}

} // namespace

const Defence *findDefence(std::string_view name)
{
    static const std::vector<std::unique_ptr<Defence>> all = createAllDefences();
    const auto found =
        std::ranges::find_if(all, [&](const auto &defence) { return defence->name() == name; });
    return found == all.end() ? nullptr : found->get();
}

attack::Norm normOf(const project::Recipe &recipe)
{
    return attack::normFromName(recipe.defence_norm).value_or(attack::Norm::Linf);
}

at::Tensor climbed(const DefenceBatch &batch, const at::Tensor &start, std::int64_t steps,
                   double stepLength, const attack::LossFunction &loss)
{
    attack::AttackOptions options;
    options.norm = normOf(batch.recipe);
    options.epsilon = batch.recipe.defence_epsilon;
    const attack::AttackBatch attacked{.classifier = batch.classifier,
                                       .x = batch.x,
                                       .y = batch.target,
                                       .boxed = batch.boxed,
                                       .options = options,
                                       .generator = batch.generator};
    const auto inside = [&](const at::Tensor &x) {
        return attack::project(x, batch.x, options.norm, options.epsilon, batch.boxed);
    };
    at::Tensor x = inside(start);
    for (std::int64_t step = 0; step < steps; ++step) {
        const at::Tensor gradient = attack::ascend(attacked, x, loss).gradient;
        x = inside(x + stepLength * attack::steepest(gradient, options.norm));
    }
    return x;
}

at::Tensor randomStart(const DefenceBatch &batch)
{
    at::Generator generator = batch.generator;
    return batch.x
           + attack::randomInBall(batch.x, normOf(batch.recipe), batch.recipe.defence_epsilon,
                                  generator);
}

std::optional<Error> defenceMisfit(const project::Recipe &recipe, const graph::DataFacts &facts,
                                   const graph::Network &network)
{
    if (recipe.defence == "none") return std::nullopt;
    const graph::Shape &input = facts.input;
    const bool pushable =
        !input.isTokens() && (!input.isSequence() || input.size(graph::Axis::T).has_value());
    if (facts.task == graph::Task::Classify && pushable && outputsOf(network) == 1)
        return std::nullopt;
    return Error{"recipe.defence",
                 {"train.defence_unfit", {recipe.defence}},
                 {"train.defence_unfit_hint", {}}};
}

bool sameDefence(const project::Recipe &a, const project::Recipe &b)
{
    return std::ranges::all_of(project::recipeFields(), [&](const graph::ParameterSpec &field) {
        const bool counts = field.name.starts_with("defence")
                            && (project::applies(a, field.name) || project::applies(b, field.name));
        return !counts
               || project::recipeValue(a, field.name) == project::recipeValue(b, field.name);
    });
}

} // namespace ostrich::train
