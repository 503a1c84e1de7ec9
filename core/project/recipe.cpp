// The recipe's fields, described once in a table: JSON, settings from text and the window's panel
// all read it.
#include "project/recipe.hpp"

#include "data/option.hpp"

#include <algorithm>
#include <functional>

#include <nlohmann/json.hpp>

namespace ostrich::project {

namespace {

using graph::ParameterSpec;
using graph::ParameterValue;

// JSON's numbers are exact up to here in every program.
constexpr std::int64_t kMaxSeed = (std::int64_t{1} << 53) - 1;

/// A field's description, and how its value gets out of a recipe and into one.
struct Field {
    ParameterSpec spec;
    std::function<ParameterValue(const Recipe &)> get;
    std::function<void(Recipe &, const ParameterValue &)> set;
};

/// `T` is how the value travels: an unsigned seed as an integer.
template <typename T, typename Member>
Field field(ParameterSpec spec, Member Recipe::*member)
{
    return {
        std::move(spec),
        [member](const Recipe &recipe) { return ParameterValue(static_cast<T>(recipe.*member)); },
        [member](Recipe &recipe, const ParameterValue &value) {
            recipe.*member = static_cast<Member>(std::get<T>(value));
        }};
}

Field wholeNumber(std::int64_t Recipe::*member, const char *name, std::int64_t minimum,
                  std::int64_t maximum, Words label, Words help)
{
    return field<std::int64_t>(data::integerOption(name, Recipe{}.*member, minimum, maximum,
                                                   std::move(label), std::move(help)),
                               member);
}

Field realNumber(double Recipe::*member, const char *name, double minimum, double maximum,
                 Words label, Words help)
{
    return field<double>(data::realOption(name, Recipe{}.*member, minimum, maximum,
                                          std::move(label), std::move(help)),
                         member);
}

Field yesOrNo(bool Recipe::*member, const char *name, Words label, Words help)
{
    return field<bool>(
        data::booleanOption(name, Recipe{}.*member, std::move(label), std::move(help)), member);
}

Field choice(std::string Recipe::*member, const char *name, std::vector<std::string> choices,
             std::vector<Words> choiceLabels, Words label, Words help)
{
    return field<std::string>(data::choiceOption(name, Recipe{}.*member, std::move(choices),
                                                 std::move(choiceLabels), std::move(label),
                                                 std::move(help)),
                              member);
}

std::vector<Field> optimizerFields()
{
    return {
        choice(&Recipe::optimizer, "optimizer", {"sgd", "adam", "adamw"},
               {{"SGD", "SGD"}, {"Adam", "Adam"}, {"AdamW", "AdamW"}}, {"Optimizer", "Optimiseur"},
               {"How a gradient becomes a step.", "Comment un gradient devient un pas."}),
        realNumber(&Recipe::learning_rate, "learning_rate", 1e-9, 100.0,
                   {"Learning rate", "Taux d'appr."},
                   {"The size of each step; the peak where the schedule changes it.",
                    "La taille de chaque pas ; le maximum si la planification le fait varier."}),
        realNumber(
            &Recipe::momentum, "momentum", 0.0, 0.9999, {"Momentum", "Inertie"},
            {"How much of the last step SGD keeps.", "Part du pas précédent que SGD conserve."}),
        yesOrNo(&Recipe::nesterov, "nesterov", {"Nesterov", "Nesterov"},
                {"SGD looks ahead along its momentum.",
                 "SGD regarde en avant le long de son inertie."}),
        realNumber(&Recipe::weight_decay, "weight_decay", 0.0, 10.0,
                   {"Weight decay", "Décr. des poids"},
                   {"Pulls weights towards zero: less overfitting.",
                    "Tire les poids vers zéro : moins de surapprentissage."}),
        choice(&Recipe::schedule, "schedule", {"constant", "cosine", "one-cycle"},
               {{"Constant", "Constante"}, {"Cosine", "Cosinus"}, {"One cycle", "Un cycle"}},
               {"Schedule", "Planification"},
               {"How the learning rate changes over the run.",
                "Comment le taux d'apprentissage évolue pendant l'entraînement."}),
        wholeNumber(&Recipe::warmup_steps, "warmup_steps", 0, 1'000'000,
                    {"Warm-up steps", "Pas d'échauffement"},
                    {"Steps during which the learning rate grows from zero.",
                     "Nombre de pas pendant lesquels le taux part de zéro."})};
}

std::vector<Field> lengthFields()
{
    return {wholeNumber(&Recipe::batch_size, "batch_size", 1, 65536,
                        {"Batch size", "Taille de lot"},
                        {"Samples seen for each step.", "Exemples vus pour chaque pas."}),
            wholeNumber(&Recipe::epochs, "epochs", 1, 100'000, {"Epochs", "Époques"},
                        {"How often the training data are gone through at most.",
                         "Nombre maximal de passages sur les données d'entraînement."}),
            wholeNumber(&Recipe::max_steps, "max_steps", 0, 1'000'000'000,
                        {"Largest number of steps", "Nombre maximal de pas"},
                        {"Ends the run after so many batches; 0: no limit.",
                         "Arrête après ce nombre de lots ; 0 : sans limite."}),
            realNumber(&Recipe::max_seconds, "max_seconds", 0.0, 1e7,
                       {"Longest time", "Durée maximale"},
                       {"Ends the run after so many seconds; 0: no limit.",
                        "Arrête après ce nombre de secondes ; 0 : sans limite."})};
}

std::vector<Field> otherFields()
{
    return {
        realNumber(&Recipe::label_smoothing, "label_smoothing", 0.0, 0.99,
                   {"Label smoothing", "Lissage des étiquettes"},
                   {"Share of each label that is spread over all classes.",
                    "Part de chaque étiquette répartie sur toutes les classes."}),
        realNumber(&Recipe::clip_norm, "clip_norm", 0.0, 1e6, {"Clip norm", "Norme limite"},
                   {"Longer gradients are shortened to this norm; 0: never.",
                    "Les gradients plus longs sont ramenés à cette norme ; 0 : jamais."}),
        yesOrNo(&Recipe::early_stopping, "early_stopping", {"Early stopping", "Arrêt anticipé"},
                {"Stop when the validation loss no longer falls.",
                 "Arrêter quand la perte de validation ne baisse plus."}),
        wholeNumber(&Recipe::patience, "patience", 1, 100'000, {"Patience", "Patience"},
                    {"Epochs without a better validation loss before the stop.",
                     "Époques sans meilleure perte de validation avant l'arrêt."}),
        choice(&Recipe::precision, "precision", {"auto", "fp32", "bf16"},
               {{"Automatic", "Automatique"}, {"fp32", "fp32"}, {"bf16", "bf16"}},
               {"Precision", "Précision"},
               {"fp32 is exact, bf16 faster; automatic takes what costs no accuracy.",
                "fp32 est exact, bf16 plus rapide ; automatique choisit sans perte de justesse."}),
        field<std::int64_t>(
            data::integerOption("seed", static_cast<std::int64_t>(Recipe{}.seed), 0, kMaxSeed,
                                {"Seed", "Graine"},
                                {"Same seed, same weights, splits and order.",
                                 "Même graine, mêmes poids, mêmes parts et même ordre."}),
            &Recipe::seed)};
}

Field defenceField()
{
    return choice(
        &Recipe::defence, "defence",
        {"none", "adversarial", "fast", "trades", "gaussian", "masked"},
        {{"None", "Aucune"},
         {"Adversarial (PGD)", "Antagoniste (PGD)"},
         {"Fast (FGSM)", "Rapide (FGSM)"},
         {"TRADES", "TRADES"},
         {"Gaussian noise", "Bruit gaussien"},
         {"Masked gradients", "Gradients masqués"}},
        {"Defence", "Défense"},
        {"Trains against attacks, at a price in time. Masked gradients are a bad example: they "
         "only "
         "hide the slope from the attack.",
         "Entraîne contre les attaques, au prix du temps. Les gradients masqués sont un mauvais "
         "exemple : ils ne font que cacher la pente à l'attaque."});
}

std::vector<Field> defenceFields()
{
    return {
        defenceField(),
        realNumber(&Recipe::defence_epsilon, "defence_epsilon", 0.0, 100.0, {"Epsilon", "Epsilon"},
                   {"How far the attack in training may go: 0.2 suits digits, 8/255 = 0.0314 "
                    "pictures in colour.",
                    "Jusqu'où va l'attaque à l'entraînement : 0,2 convient aux chiffres, 8/255 = "
                    "0,0314 aux images en couleur."}),
        choice(&Recipe::defence_norm, "defence_norm", {"linf", "l2"}, {{"L∞", "L∞"}, {"L2", "L2"}},
               {"Norm", "Norme"},
               {"L∞: each value by epsilon at most. L2: the whole change together.",
                "L∞ : chaque valeur d'epsilon au plus. L2 : le changement tout entier."}),
        wholeNumber(
            &Recipe::defence_steps, "defence_steps", 1, 1000, {"Attack steps", "Pas de l'attaque"},
            {"Steps uphill for each batch; training takes about so many times as long.",
             "Pas de montée pour chaque lot ; l'entraînement dure à peu près autant de fois "
             "plus."}),
        realNumber(&Recipe::defence_beta, "defence_beta", 0.0, 1000.0, {"Beta", "Bêta"},
                   {"TRADES: the weight of robustness against accuracy.",
                    "TRADES : le poids de la robustesse face à la justesse."}),
        realNumber(&Recipe::defence_sigma, "defence_sigma", 0.0, 100.0,
                   {"Noise sigma", "Sigma du bruit"},
                   {"Standard deviation of the noise, 1 being black to white; certificates want "
                    "the same one.",
                    "Écart type du bruit, 1 allant du noir au blanc ; les certificats veulent le "
                    "même."}),
        realNumber(
            &Recipe::defence_temperature, "defence_temperature", 1.0, 10000.0,
            {"Temperature", "Température"},
            {"What the logits are divided by in training only: later the softmax saturates.",
             "Ce qui divise les logits pendant l'entraînement seulement : ensuite le softmax "
             "sature."})};
}

/// A field that means something only where another has one of these values.
struct Condition {
    const char *field;
    const char *on;
    std::vector<ParameterValue> values;
};

const std::vector<Condition> &conditions()
{
    using Text = std::string;
    static const std::vector<Condition> all{
        {"momentum", "optimizer", {Text("sgd")}},
        {"nesterov", "optimizer", {Text("sgd")}},
        {"patience", "early_stopping", {true}},
        {"defence_epsilon", "defence", {Text("adversarial"), Text("fast"), Text("trades")}},
        {"defence_norm", "defence", {Text("adversarial"), Text("fast"), Text("trades")}},
        {"defence_steps", "defence", {Text("adversarial"), Text("trades")}},
        {"defence_beta", "defence", {Text("trades")}},
        {"defence_sigma", "defence", {Text("gaussian")}},
        {"defence_temperature", "defence", {Text("masked")}}};
    return all;
}

const std::vector<Field> &fields()
{
    static const std::vector<Field> all = [] {
        std::vector<Field> made = optimizerFields();
        for (auto part : {lengthFields(), otherFields(), defenceFields()})
            std::ranges::move(part, std::back_inserter(made));
        return made;
    }();
    return all;
}

const Field *findField(const std::string &name)
{
    const auto found =
        std::ranges::find(fields(), name, [](const Field &field) { return field.spec.name; });
    return found == fields().end() ? nullptr : &*found;
}

std::string whereOf(const std::string &field)
{
    return "recipe." + field;
}

Error unknownField(const std::string &name)
{
    std::vector<std::string> names;
    for (const Field &field : fields()) names.push_back(field.spec.name);
    return {whereOf(name),
            {"project.recipe_unknown", {name}},
            {"project.recipe_known_hint", {data::joined(names)}}};
}

/// What a JSON value is as a setting; nothing for null, lists and objects.
std::optional<ParameterValue> settingFrom(const nlohmann::json &json)
{
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_float()) return json.get<double>();
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX)
        return json.get<double>(); // out of every range, and told so
    if (json.is_number_integer()) return json.get<std::int64_t>();
    if (json.is_string()) return json.get<std::string>();
    return {};
}

} // namespace

const std::vector<ParameterSpec> &recipeFields()
{
    static const std::vector<ParameterSpec> all = [] {
        std::vector<ParameterSpec> specs;
        for (const Field &field : fields()) specs.push_back(field.spec);
        return specs;
    }();
    return all;
}

bool applies(const Recipe &recipe, const std::string &field)
{
    const auto condition =
        std::ranges::find(conditions(), field, [](const Condition &one) { return one.field; });
    return condition == conditions().end()
           || std::ranges::find(condition->values, recipeValue(recipe, condition->on))
                  != condition->values.end();
}

ParameterValue recipeValue(const Recipe &recipe, const std::string &field)
{
    const Field *known = findField(field);
    assert(known != nullptr);
    return known->get(recipe);
}

Result<void> setRecipeValue(Recipe &recipe, const std::string &field, const ParameterValue &value)
{
    const Field *known = findField(field);
    if (known == nullptr) return unknownField(field);
    const auto checked = data::checkedValue(known->spec, value, whereOf(field));
    if (!checked) return checked.error();
    known->set(recipe, *checked);
    return {};
}

Result<void> setRecipeText(Recipe &recipe, const std::string &field, const std::string &text)
{
    const Field *known = findField(field);
    if (known == nullptr) return unknownField(field);
    const auto value = data::valueFromText(known->spec, text, whereOf(field));
    if (!value) return value.error();
    known->set(recipe, *value);
    return {};
}

nlohmann::json toJson(const Recipe &recipe)
{
    nlohmann::json json = nlohmann::json::object();
    for (const Field &field : fields())
        std::visit([&](const auto &value) { json[field.spec.name] = value; }, field.get(recipe));
    return json;
}

Result<Recipe> recipeFromJson(const nlohmann::json &json)
{
    if (!json.is_object())
        return Error{"recipe", {"project.not_an_object", {"recipe"}}, {"project.file_hint", {}}};
    Recipe recipe;
    for (const auto &[name, value] : json.items()) {
        const auto setting = settingFrom(value);
        if (!setting)
            return Error{
                whereOf(name), {"project.recipe_no_value", {name}}, {"project.file_hint", {}}};
        if (auto set = setRecipeValue(recipe, name, *setting); !set) return set.error();
    }
    return recipe;
}

} // namespace ostrich::project
