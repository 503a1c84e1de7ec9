// How `ostrich-cli attack` tells what came of an attack.
#include "cli/attack_answers.hpp"

#include "cli/attack_study.hpp"
#include "cli/opening.hpp"
#include "robustness/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ostrich::cli {

namespace {

/// {"class", "probability"} of the most probable class.
nlohmann::json top(const graph::DataFacts &facts, const Array &probabilities)
{
    const auto best = std::ranges::max_element(probabilities.values);
    return {{"class", className(facts, best - probabilities.values.begin())},
            {"probability", *best}};
}

} // namespace

bool isCancelled(const Error &error)
{
    return error.what.id == "attack.cancelled";
}

int failAttack(const Context &context, const Error &error)
{
    return fail(context, error, isCancelled(error) ? kAnswerIsNo : kBadInput);
}

nlohmann::json attackHeader(const attack::AttackOptions &options)
{
    nlohmann::json json{{"attack", options.attack},
                        {"norm", attack::name(options.norm)},
                        {"eps", options.epsilon},
                        {"steps", attack::stepsOf(options)},
                        {"restarts", options.restarts}};
    if (options.target) json["target"] = *options.target;
    return json;
}

void printSamples(const attack::AttackOptions &options, const attack::AttackResult &result,
                  const robustness::Findings *honesty, const Context &context)
{
    const auto count = std::ssize(result.y);
    const auto robust = std::lround(result.robust_accuracy * static_cast<double>(count));
    const auto interval = robustness::clopperPearson(robust, count);
    if (context.json) {
        nlohmann::json json = attackHeader(options);
        json.update({{"samples", count},
                     {"clean_accuracy", result.clean_accuracy},
                     {"robust_accuracy", result.robust_accuracy},
                     {"low", interval.low},
                     {"high", interval.high},
                     {"noise_accuracy", result.noise_accuracy},
                     {"success_rate", result.success_rate},
                     {"max_norm", result.max_norm},
                     {"median_norm", result.median_norm},
                     {"seconds", result.seconds}});
        if (honesty) json["honesty"] = honestyJson(*honesty);
        printLine(json);
        return;
    }
    print(text(context, "cli.attack_head",
               {options.attack, std::string(attack::name(options.norm)),
                fmt::format("{:.4g}", options.epsilon), std::to_string(count),
                duration(result.seconds)}));
    print(table({{"", ""},
                 {text(context, "cli.clean_accuracy"), percent(result.clean_accuracy)},
                 {text(context, "cli.noise_accuracy"), percent(result.noise_accuracy)},
                 {text(context, "cli.robust_accuracy"), percent(result.robust_accuracy)},
                 {text(context, "cli.interval"),
                  fmt::format("{:.1f} - {}", interval.low * 100.0, percent(interval.high))},
                 {text(context, "cli.success_rate"), percent(result.success_rate)},
                 {text(context, "cli.max_norm"), fmt::format("{:.5g}", result.max_norm)},
                 {text(context, "cli.median_norm"), fmt::format("{:.5g}", result.median_norm)}})
              .substr(1));
    if (!honesty) return;
    for (const Message &said : honesty->sentences) print(sentence(said, context.language));
}

void printPhoto(const std::string &photo, const attack::AttackOptions &options,
                const graph::DataFacts &facts, const attack::AttackResult &result,
                const Context &context)
{
    const auto before = top(facts, result.before), after = top(facts, result.after),
               noise = top(facts, result.noise);
    if (context.json) {
        nlohmann::json json = attackHeader(options);
        json.update({{"input", photo},
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
               {photo, words(before), words(after), words(noise),
                fmt::format("{:.4g}", options.epsilon), duration(result.seconds)}));
}

} // namespace ostrich::cli
