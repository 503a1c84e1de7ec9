// `ostrich-cli attack RUN --attack words`: the fewest words whose exchange changes the answer.
#include "cli/attack_text.hpp"

#include "attack/words.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "cli/attack_answers.hpp"
#include "cli/attack_name.hpp"
#include "cli/attack_task.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/progress_bar.hpp"
#include "data/option.hpp"
#include "data/tokenizer.hpp"
#include "train/typed_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ostrich::cli {

namespace {

/// What there is to ask for here. The rest is about numbers that are moved, and would be passed
/// over without a word.
Result<void> checkOptions(const AttackArguments &arguments)
{
    constexpr std::array<std::string_view, 10> kKnown{
        "run",     "--attack", "--set",   "--samples", "--split",
        "--class", "--target", "--input", "--save",    "--device"};
    for (const std::string &option : arguments.given)
        if (std::ranges::find(kKnown, option) == kKnown.end())
            return notTogether(option, fmt::format("--attack {}", attack::kWordAttack));
    if (arguments.runs.size() != 1) return Error{"--attack words", {"cli.words_one_run", {}}, {}};
    if (arguments.samples < 1)
        return Error{"--samples", {"attack.bad_count", {std::to_string(arguments.samples)}}, {}};
    if (!arguments.save.empty() && !arguments.save.ends_with(".json"))
        return Error{
            "--save " + arguments.save, {"cli.words_json", {}}, {"cli.words_json_hint", {}}};
    const auto name = attackedName(arguments.runs.front());
    if (!name) return name.error();
    if (name->filter)
        return Error{name->filterText,
                     {"attack.filter_pictures", {name->filter->filter}},
                     {"attack.pictures_only_hint", {}}};
    return {};
}

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

/// Everything that was found, for --save.
Result<void> saved(const AttackArguments &arguments, const attack::WordOptions &options,
                   const nlohmann::json &texts)
{
    if (arguments.save.empty()) return {};
    nlohmann::json json{{"attack", attack::kWordAttack}, {"run", arguments.runs.front()},
                        {"most", options.most},          {"beam", options.beam},
                        {"nearest", options.nearest},    {"texts", texts}};
    if (options.target) json["target"] = *options.target;
    return writeFile(arguments.save, jsonText(json, 1) + '\n');
}

int attackOwnText(const AttackArguments &arguments, const attack::WordOptions &options,
                  std::optional<std::int64_t> label, const TrainedNetwork &network,
                  const Context &context)
{
    const train::Manifest &manifest = network.run.manifest;
    const auto typed = train::typedInput(manifest, arguments.photo);
    if (!typed) return fail(context, typed.error());
    const auto result =
        attack::attackWords(network.model, typed->ids, manifest.tokenizer->pieces(),
                            data::Tokenizer::kSpecials, label, options, interruption());
    if (!result) return failAttack(context, result.error());
    nlohmann::json json = toJson(manifest.facts, *result);
    json["input"] = arguments.photo;
    if (const auto done = saved(arguments, options, nlohmann::json::array({json})); !done)
        return fail(context, done.error());
    if (context.json)
        printLine(json);
    else
        printText(manifest.facts, *result, context);
    return kDone;
}

/// What came of all texts of a split.
struct Tally {
    std::int64_t samples = 0, right = 0, fooled = 0, queries = 0;
    std::vector<std::int64_t> needed; // words, of those that were right and are fooled
    double seconds = 0.0;

    void add(const attack::WordResult &result, std::int64_t label)
    {
        ++samples;
        seconds += result.seconds;
        queries += result.queries;
        const bool wasRight = result.y_pred == label;
        right += wasRight;
        if (!wasRight || !result.fooled) return;
        ++fooled;
        needed.push_back(std::ssize(result.changes));
    }
    double share(std::int64_t part, std::int64_t whole) const
    {
        return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    }
    double median() const
    {
        auto sorted = needed;
        std::ranges::sort(sorted);
        return sorted.empty() ? 0.0 : static_cast<double>(sorted[sorted.size() / 2]);
    }
};

void printTally(const Tally &tally, const attack::WordOptions &options, const Context &context)
{
    const double clean = tally.share(tally.right, tally.samples),
                 robust = tally.share(tally.right - tally.fooled, tally.samples);
    if (context.json)
        printLine({{"attack", attack::kWordAttack},
                   {"samples", tally.samples},
                   {"most", options.most},
                   {"clean_accuracy", clean},
                   {"robust_accuracy", robust},
                   {"success_rate", tally.share(tally.fooled, tally.right)},
                   {"median_norm", tally.median()},
                   {"queries", tally.queries},
                   {"seconds", tally.seconds}});
    else
        print(text(context, "cli.words_samples",
                   {std::to_string(tally.samples), percent(clean), percent(robust),
                    std::to_string(options.most), fmt::format("{:g}", tally.median()),
                    duration(tally.seconds)}));
}

Result<Tally> attackedTexts(const std::vector<std::int64_t> &indices, const Trained &trained,
                            const data::Samples &samples, const attack::WordOptions &options,
                            nlohmann::json &texts, const Context &context)
{
    ProgressBar bar(context, std::string(attack::kWordAttack));
    Tally tally;
    for (const std::int64_t index : indices) {
        const auto place = static_cast<std::size_t>(index);
        const auto begin = samples.tokens.begin() + samples.starts[place];
        const auto result =
            attack::attackWords(trained.model, {begin, begin + samples.steps(index)},
                                trained.dataset->tokenizer->pieces(), data::Tokenizer::kSpecials,
                                samples.labels[place], options, interruption());
        if (!result) return result.error();
        tally.add(*result, samples.labels[place]);
        texts.push_back(toJson(trained.dataset->facts, *result));
        texts.back().update({{"index", index}, {"truth", samples.labels[place]}});
        bar.show(static_cast<double>(tally.samples) / static_cast<double>(indices.size()));
    }
    return tally;
}

int attackSplit(const AttackArguments &arguments, const attack::WordOptions &options,
                std::optional<std::int64_t> onlyClass, data::Split split, const Context &context)
{
    const auto trained = openTrained(arguments.runs.front(), arguments.device);
    if (!trained) return fail(context, trained.error());
    const data::Samples &samples = trained->dataset->split(split);
    const auto indices = chosen(samples, arguments.samples, onlyClass);
    if (indices.empty())
        return fail(context,
                    {"--class", {"attack.no_samples", {}}, {"attack.no_samples_hint", {}}});
    auto texts = nlohmann::json::array();
    const auto tally = attackedTexts(indices, *trained, samples, options, texts, context);
    if (!tally) return failAttack(context, tally.error());
    if (const auto done = saved(arguments, options, texts); !done)
        return fail(context, done.error());
    printTally(*tally, options, context);
    return kDone;
}

} // namespace

int attackTexts(const AttackArguments &arguments, const Context &context)
{
    if (const auto fits = checkOptions(arguments); !fits) return fail(context, fits.error());
    const auto parameters = parametersFrom(arguments.settings);
    if (!parameters) return fail(context, parameters.error());
    const auto split = splitFrom(arguments.split);
    if (!split) return fail(context, split.error());
    const auto network = openNetwork(arguments.runs.front(), arguments.device);
    if (!network) return fail(context, network.error());
    const train::Manifest &manifest = network->run.manifest;
    if (!manifest.tokenizer || manifest.facts.task != graph::Task::Classify)
        return fail(
            context,
            {arguments.runs.front(), {"attack.no_words", {}}, {"attack.no_words_hint", {}}});
    std::optional<std::int64_t> target, onlyClass;
    for (const auto &[argument, words, place] :
         {std::tuple("--target", arguments.target, &target),
          std::tuple("--class", arguments.onlyClass, &onlyClass)}) {
        if (words.empty()) continue;
        const auto index = classFrom(manifest.facts, argument, words);
        if (!index) return fail(context, index.error());
        *place = *index;
    }
    const attack::WordOptions options = attack::wordOptions(*parameters, target);
    return arguments.photo.empty()
               ? attackSplit(arguments, options, onlyClass, *split, context)
               : attackOwnText(arguments, options, onlyClass, *network, context);
}

} // namespace ostrich::cli
