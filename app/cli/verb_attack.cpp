// ostrich-cli attack: tries to fool a trained network, on samples of its data or on a photograph.
#include "attack/threat.hpp"
#include "cli/answer.hpp"
#include "cli/epsilon.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "data/fitted_picture.hpp"
#include "data/npz.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string run;
    std::string norm = "linf";
    std::string epsilons;
    std::string target;
    std::string onlyClass;
    std::string split = "test";
    std::int64_t samples = 1000;
    std::string photo;
    std::string save;
    std::string device = "auto";
    attack::AttackOptions attack;
};

/// What the arguments say by themselves, before anything is opened.
struct Request {
    attack::Norm norm = attack::Norm::Linf;
    std::vector<double> epsilons;
    data::Split split = data::Split::Test;
};

std::string attackNames()
{
    std::string names;
    for (const auto &attack : attack::attacks()) names += (names.empty() ? "" : ", ") + attack.name;
    return names;
}

Result<Request> requestFrom(const Options &options)
{
    const auto known = std::ranges::find(attack::attacks(), options.attack.attack,
                                         &attack::AttackDescription::name);
    if (known == attack::attacks().end())
        return Error{"--attack " + options.attack.attack,
                     {"cli.no_such_attack", {}},
                     {"attack.unknown_hint", {attackNames()}}};
    const auto norm = attack::normFromName(options.norm);
    if (!norm)
        return Error{
            "--norm " + options.norm, {"cli.no_such_norm", {}}, {"cli.no_such_norm_hint", {}}};
    // 8/255 is the field's habit for Linf on pictures, 0.5 for L2.
    const std::string usual = *norm == attack::Norm::Linf ? "8/255" : "0.5";
    const auto epsilons = epsilonsFrom(options.epsilons.empty() ? usual : options.epsilons);
    if (!epsilons) return epsilons.error();
    if (!options.save.empty() && epsilons->size() > 1)
        return Error{"--save", {"cli.save_one_epsilon", {}}, {}};
    if (options.samples < 1)
        return Error{"--samples", {"attack.bad_count", {std::to_string(options.samples)}}, {}};
    const auto split = splitFrom(options.split);
    if (!split) return split.error();
    return Request{*norm, *epsilons, *split};
}

/// The first `count` samples of the split, of one class if `onlyClass` says so.
std::vector<std::int64_t> chosen(const data::Samples &samples, std::int64_t count,
                                 std::optional<std::int64_t> onlyClass)
{
    std::vector<std::int64_t> indices;
    for (std::int64_t i = 0; i < samples.count() && std::ssize(indices) < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!onlyClass || (at < samples.labels.size() && samples.labels[at] == *onlyClass))
            indices.push_back(i);
    }
    return indices;
}

Result<void> save(const attack::AttackResult &result, const std::string &file)
{
    if (file.empty()) return {};
    return data::saveNpz({{"x", result.x},
                          {"x_adv", result.x_adv},
                          {"y", result.y},
                          {"y_pred", result.y_pred},
                          {"y_adv", result.y_adv}},
                         file);
}

nlohmann::json header(const attack::AttackOptions &options)
{
    nlohmann::json json{{"attack", options.attack},
                        {"norm", attack::name(options.norm)},
                        {"eps", options.epsilon},
                        {"steps", options.steps},
                        {"restarts", options.restarts}};
    if (options.target) json["target"] = *options.target;
    return json;
}

void printSamples(const attack::AttackOptions &options, const attack::AttackResult &result,
                  const Context &context)
{
    if (context.json) {
        nlohmann::json json = header(options);
        json.update({{"samples", result.y.size()},
                     {"clean_accuracy", result.clean_accuracy},
                     {"robust_accuracy", result.robust_accuracy},
                     {"noise_accuracy", result.noise_accuracy},
                     {"success_rate", result.success_rate},
                     {"max_norm", result.max_norm},
                     {"median_norm", result.median_norm},
                     {"seconds", result.seconds}});
        printLine(json);
        return;
    }
    print(text(context, "cli.attack_head",
               {options.attack, std::string(attack::name(options.norm)),
                fmt::format("{:.4g}", options.epsilon), std::to_string(result.y.size()),
                duration(result.seconds)}));
    print(table({{"", ""},
                 {text(context, "cli.clean_accuracy"), percent(result.clean_accuracy)},
                 {text(context, "cli.noise_accuracy"), percent(result.noise_accuracy)},
                 {text(context, "cli.robust_accuracy"), percent(result.robust_accuracy)},
                 {text(context, "cli.success_rate"), percent(result.success_rate)},
                 {text(context, "cli.max_norm"), fmt::format("{:.5g}", result.max_norm)},
                 {text(context, "cli.median_norm"), fmt::format("{:.5g}", result.median_norm)}})
              .substr(1));
}

/// {"class", "probability"} of the most probable class.
nlohmann::json top(const graph::DataFacts &facts, const Array &probabilities)
{
    const auto best = std::ranges::max_element(probabilities.values);
    return {{"class", className(facts, best - probabilities.values.begin())},
            {"probability", *best}};
}

void printPhoto(const Options &options, const attack::AttackOptions &tried,
                const graph::DataFacts &facts, const attack::AttackResult &result,
                const Context &context)
{
    const auto before = top(facts, result.before), after = top(facts, result.after),
               noise = top(facts, result.noise);
    if (context.json) {
        nlohmann::json json = header(tried);
        json.update({{"input", options.photo},
                     {"before", before},
                     {"after", after},
                     {"noise", noise},
                     {"max_norm", result.max_norm},
                     {"seconds", result.seconds}});
        printLine(json);
        return;
    }
    const auto words = [](const nlohmann::json &answer) {
        return fmt::format("{} ({})", answer["class"].get<std::string>(),
                           percent(answer["probability"].get<double>()));
    };
    print(text(context, "cli.attack_photo",
               {options.photo, words(before), words(after), words(noise),
                fmt::format("{:.4g}", tried.epsilon), duration(result.seconds)}));
}

int attackWith(const Options &options, const Context &context)
{
    const auto request = requestFrom(options);
    if (!request) return fail(context, request.error());
    const auto trained = openTrained(options.run, options.device);
    if (!trained) return fail(context, trained.error());
    const graph::DataFacts &facts = trained->dataset->facts;
    attack::AttackOptions tried = options.attack;
    tried.norm = request->norm;
    std::optional<std::int64_t> onlyClass;
    for (const auto &[argument, words, place] :
         {std::tuple("--target", options.target, &tried.target),
          std::tuple("--class", options.onlyClass, &onlyClass)}) {
        if (words.empty()) continue;
        const auto index = classFrom(facts, argument, words);
        if (!index) return fail(context, index.error());
        *place = *index;
    }
    Array photo;
    if (!options.photo.empty()) {
        auto fitted = data::fitPicture(options.photo, facts);
        if (!fitted) return fail(context, fitted.error());
        photo = std::move(*fitted);
    }
    const data::Samples &samples = trained->dataset->split(request->split);
    const auto indices = chosen(samples, options.samples, onlyClass);
    for (const double epsilon : request->epsilons) {
        tried.epsilon = epsilon;
        const auto result =
            photo.empty()
                ? attack::attackSamples(trained->model, samples, indices, tried, {}, interruption())
                : attack::attackPicture(trained->model, photo, onlyClass, tried, interruption());
        if (!result) {
            const bool stopped = result.error().what.id == "attack.cancelled";
            return fail(context, result.error(), stopped ? kAnswerIsNo : kBadInput);
        }
        if (const auto saved = save(*result, options.save); !saved)
            return fail(context, saved.error());
        if (photo.empty())
            printSamples(tried, *result, context);
        else
            printPhoto(options, tried, facts, *result, context);
    }
    return kDone;
}

} // namespace

Work declareAttack(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    const auto help = [&](const char *id, std::vector<std::string> arguments = {}) {
        return text(context, std::string("cli.help_") + id, std::move(arguments));
    };
    app.add_option("run", options->run, help("run"))->required();
    app.add_option("--attack", options->attack.attack, help("attack", {attackNames()}));
    app.add_option("--norm", options->norm, help("norm"));
    app.add_option("--eps", options->epsilons, help("eps"));
    app.add_option("--steps", options->attack.steps, help("steps"));
    app.add_option("--restarts", options->attack.restarts, help("restarts"));
    app.add_option("--seed", options->attack.seed, help("seed"));
    app.add_option("--samples", options->samples, help("samples"));
    app.add_option("--split", options->split, help("split"));
    app.add_option("--class", options->onlyClass, help("class"));
    app.add_option("--target", options->target, help("target"));
    app.add_option("--input", options->photo, help("photo"));
    app.add_option("--save", options->save, help("save"));
    app.add_option("--device", options->device, help("device"));
    return [options, &context] { return attackWith(*options, context); };
}

} // namespace ostrich::cli
