// `ostrich-cli attack RUN --attack words`: the fewest words whose exchange changes the answer.
#include "cli/attack_text.hpp"

#include "attack/words.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "data/option.hpp"
#include "data/tokenizer.hpp"
#include "train/typed_input.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ostrich::cli {

namespace {

Result<graph::Parameters> parametersFrom(const std::vector<std::string> &settings)
{
    graph::Parameters parameters;
    for (const std::string &setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            return Error{"--set " + setting, {"cli.set_form", {}}, {"cli.attack_set_hint", {}}};
        const std::string key = setting.substr(0, equals);
        const auto &specs = attack::wordParameters();
        const auto spec = std::ranges::find(specs, key, &graph::ParameterSpec::name);
        if (spec == specs.end()) {
            std::vector<std::string> names;
            for (const auto &known : specs) names.push_back(known.name);
            return Error{"--set " + key,
                         {"cli.set_unknown", {}},
                         {"attack.unknown_hint", {data::joined(names)}}};
        }
        auto value = data::valueFromText(*spec, setting.substr(equals + 1), "--set " + key);
        if (!value) return value.error();
        parameters[key] = *value;
    }
    return parameters;
}

nlohmann::json answer(const graph::DataFacts &facts, std::int64_t index,
                      const std::vector<double> &probabilities)
{
    return {{"class", className(facts, index)},
            {"probability", probabilities[static_cast<std::size_t>(index)]}};
}

nlohmann::json toJson(const graph::DataFacts &facts, const attack::WordResult &result)
{
    nlohmann::json changes = nlohmann::json::array();
    for (const attack::WordChange &change : result.changes)
        changes.push_back({{"step", change.step}, {"from", change.from}, {"to", change.to}});
    return {{"words", result.words},
            {"changes", changes},
            {"fooled", result.fooled},
            {"proven_smallest", result.provenSmallest},
            {"before", answer(facts, result.y_pred, result.before)},
            {"after", answer(facts, result.y_adv, result.after)},
            {"queries", result.queries},
            {"seconds", result.seconds}};
}

/// The sentence, each exchange as "great→dull".
std::string inWords(const attack::WordResult &result)
{
    std::string sentence;
    for (std::size_t step = 0; step < result.words.size(); ++step) {
        const auto changed = std::ranges::find(result.changes, static_cast<std::int64_t>(step),
                                               &attack::WordChange::step);
        if (!sentence.empty()) sentence += ' ';
        sentence += changed == result.changes.end()
                        ? result.words[step]
                        : fmt::format("[{} → {}]", changed->from, changed->to);
    }
    return sentence;
}

void printText(const graph::DataFacts &facts, const attack::WordResult &result,
               const Context &context)
{
    const auto told = [&](std::int64_t index, const std::vector<double> &probabilities) {
        return fmt::format("{} ({})", className(facts, index),
                           percent(probabilities[static_cast<std::size_t>(index)]));
    };
    print(text(
        context, "cli.words_answer",
        {inWords(result), told(result.y_pred, result.before), told(result.y_adv, result.after)}));
}

int attackOwnText(const AttackArguments &arguments, const attack::WordOptions &options,
                  const TrainedNetwork &network, const Context &context)
{
    const train::Manifest &manifest = network.run.manifest;
    const auto typed = train::typedInput(manifest, arguments.photo);
    if (!typed) return fail(context, typed.error());
    const auto result =
        attack::attackWords(network.model, typed->ids, manifest.tokenizer->pieces(),
                            data::Tokenizer::kSpecials, {}, options, interruption());
    if (!result) return fail(context, result.error());
    if (context.json) {
        nlohmann::json json = toJson(manifest.facts, *result);
        json["input"] = arguments.photo;
        printLine(json);
    } else {
        printText(manifest.facts, *result, context);
    }
    return kDone;
}

int attackSplit(const AttackArguments &arguments, const attack::WordOptions &options,
                const Trained &trained, data::Split split, const Context &context)
{
    const data::Samples &samples = trained.dataset->split(split);
    const auto count = std::min(arguments.samples, samples.count());
    std::int64_t right = 0, fooled = 0, queries = 0;
    std::vector<std::int64_t> needed; // words, of those that were right and are fooled
    double seconds = 0.0;
    for (std::int64_t index = 0; index < count; ++index) {
        const auto begin = samples.tokens.begin() + samples.starts[static_cast<std::size_t>(index)];
        const std::vector<std::int32_t> ids(begin, begin + samples.steps(index));
        const auto result = attack::attackWords(
            trained.model, ids, trained.dataset->tokenizer->pieces(), data::Tokenizer::kSpecials,
            samples.labels[static_cast<std::size_t>(index)], options, interruption());
        if (!result) {
            const bool stopped = result.error().what.id == "attack.cancelled";
            return fail(context, result.error(), stopped ? kAnswerIsNo : kBadInput);
        }
        seconds += result->seconds;
        queries += result->queries;
        const bool wasRight = result->y_pred == samples.labels[static_cast<std::size_t>(index)];
        right += wasRight;
        if (!wasRight || !result->fooled) continue;
        ++fooled;
        needed.push_back(std::ssize(result->changes));
    }
    const auto share = [](std::int64_t part, std::int64_t whole) {
        return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    std::ranges::sort(needed);
    const double median = needed.empty() ? 0.0 : static_cast<double>(needed[needed.size() / 2]);
    if (context.json)
        printLine({{"attack", attack::kWordAttack},
                   {"samples", count},
                   {"most", options.most},
                   {"clean_accuracy", share(right, count)},
                   {"robust_accuracy", share(right - fooled, count)},
                   {"success_rate", share(fooled, right)},
                   {"median_norm", median},
                   {"queries", queries},
                   {"seconds", seconds}});
    else
        print(text(context, "cli.words_samples",
                   {std::to_string(count), percent(share(right, count)),
                    percent(share(right - fooled, count)), std::to_string(options.most),
                    fmt::format("{:g}", median), duration(seconds)}));
    return kDone;
}

} // namespace

int attackTexts(const AttackArguments &arguments, const Context &context)
{
    const auto parameters = parametersFrom(arguments.settings);
    if (!parameters) return fail(context, parameters.error());
    const auto split = splitFrom(arguments.split);
    if (!split) return fail(context, split.error());
    if (arguments.runs.size() != 1)
        return fail(context, {"--attack words", {"cli.words_one_run", {}}, {}});
    if (arguments.samples < 1)
        return fail(context,
                    {"--samples", {"attack.bad_count", {std::to_string(arguments.samples)}}, {}});
    const auto network = openNetwork(arguments.runs.front(), arguments.device);
    if (!network) return fail(context, network.error());
    const train::Manifest &manifest = network->run.manifest;
    if (!manifest.tokenizer || manifest.facts.task != graph::Task::Classify)
        return fail(
            context,
            {arguments.runs.front(), {"attack.no_words", {}}, {"attack.no_words_hint", {}}});
    std::optional<std::int64_t> target;
    if (!arguments.target.empty()) {
        const auto index = classFrom(manifest.facts, "--target", arguments.target);
        if (!index) return fail(context, index.error());
        target = *index;
    }
    const attack::WordOptions options = attack::wordOptions(*parameters, target);
    if (!arguments.photo.empty()) return attackOwnText(arguments, options, *network, context);
    const auto trained = openTrained(arguments.runs.front(), arguments.device);
    if (!trained) return fail(context, trained.error());
    return attackSplit(arguments, options, *trained, *split, context);
}

} // namespace ostrich::cli
