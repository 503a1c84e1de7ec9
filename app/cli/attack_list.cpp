// ostrich-cli attack --list: what there is to attack with, to hide behind and to study.
#include "attack/filter.hpp"
#include "attack/words.hpp"
#include "cli/attack_answers.hpp"
#include "cli/schema.hpp"
#include "data/option.hpp"
#include "robustness/study.hpp"

namespace ostrich::cli {

namespace {

std::vector<std::string> normNames(const attack::AttackDescription &attack)
{
    std::vector<std::string> names;
    for (const attack::Norm norm : attack.norms) names.emplace_back(attack::name(norm));
    return names;
}

/// The attack on texts, described as the others are; it moves words, not numbers.
attack::AttackDescription wordAttack()
{
    return {.name = std::string(attack::kWordAttack),
            .label = {"Words", "Mots"},
            .help = {"The fewest words of a text whose exchange changes the answer.",
                     "Le moins de mots d'un texte dont l'échange change la réponse."},
            .source = "Ebrahimi et al. 2018, HotFlip: white-box adversarial examples for text "
                      "classification",
            .norms = {},
            .smallest = true,
            .parameters = attack::wordParameters()};
}

std::vector<attack::AttackDescription> allAttacks()
{
    auto all = attack::attacks();
    all.push_back(wordAttack());
    return all;
}

/// Each with `adaptive`, which it takes beside its own parameters.
std::vector<attack::FilterDescription> allFilters()
{
    auto all = attack::filters();
    for (attack::FilterDescription &filter : all)
        filter.parameters.push_back(attack::adaptiveOption());
    return all;
}

/// What attacks, filters and studies all say of themselves.
template <typename Description>
nlohmann::json described(const Description &description)
{
    return {{"name", description.name},
            {"label", toJson(description.label)},
            {"help", toJson(description.help)},
            {"source", description.source},
            {"parameters", schema(description.parameters)}};
}

nlohmann::json listed()
{
    auto attacks = nlohmann::json::array(), filters = attacks, studies = attacks;
    for (const attack::AttackDescription &attack : allAttacks()) {
        auto json = described(attack);
        json.update({{"norms", normNames(attack)},
                     {"steps", attack.defaultSteps},
                     {"restarts", attack.usesRestarts},
                     {"white_box", attack.usesGradient},
                     {"targeted", attack.canTarget},
                     {"smallest", attack.smallest},
                     {"surrogate", attack.usesSurrogate}});
        attacks.push_back(std::move(json));
    }
    for (const attack::FilterDescription &filter : allFilters())
        filters.push_back(described(filter));
    for (const auto &study : robustness::studies()) {
        auto json = described(study->description());
        json.update(
            {{"several", study->description().several}, {"single", study->description().single}});
        studies.push_back(std::move(json));
    }
    return {{"attacks", attacks}, {"filters", filters}, {"studies", studies}};
}

template <typename Description>
std::vector<std::string> row(const Description &description, const Context &context)
{
    return {description.name, description.help.in(context.language),
            shortSchema(description.parameters)};
}

} // namespace

void printAttacks(const Context &context)
{
    if (context.json) {
        printLine(listed());
        return;
    }
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.list_attack"), text(context, "cli.list_norms"),
         text(context, "cli.list_steps"), text(context, "cli.options"),
         text(context, "cli.list_source")}};
    for (const attack::AttackDescription &attack : allAttacks())
        rows.push_back({attack.name, data::joined(normNames(attack)),
                        attack.defaultSteps > 0 ? std::to_string(attack.defaultSteps) : "",
                        shortSchema(attack.parameters), attack.source});
    print(table(rows) + '\n');
    rows = {{text(context, "cli.list_filter"), text(context, "cli.what_it_is"),
             text(context, "cli.options")}};
    for (const attack::FilterDescription &filter : allFilters())
        rows.push_back(row(filter, context));
    if (rows.size() > 1) print(table(rows) + '\n');
    rows = {{text(context, "cli.list_study"), text(context, "cli.what_it_is"),
             text(context, "cli.options")}};
    for (const auto &study : robustness::studies())
        rows.push_back(row(study->description(), context));
    print(table(rows));
}

} // namespace ostrich::cli
