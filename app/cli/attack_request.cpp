// What the arguments of `ostrich-cli attack` say by themselves.
#include "cli/attack_request.hpp"

#include "attack/words.hpp"
#include "cli/epsilon.hpp"
#include "cli/opening.hpp"
#include "data/option.hpp"
#include "robustness/study.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace ostrich::cli {

namespace {

std::vector<std::string> parts(const std::string &text)
{
    std::vector<std::string> all;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        all.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
    }
    return all;
}

Result<std::vector<std::string>> studiesFrom(const std::string &text)
{
    if (text.empty()) return std::vector<std::string>();
    std::vector<std::string> names = parts(text), known;
    for (const auto &study : robustness::studies()) known.push_back(study->description().name);
    for (const std::string &name : names) {
        if (!robustness::findStudy(name))
            return Error{"--study " + name,
                         {"robustness.unknown", {name}},
                         {"attack.unknown_hint", {data::joined(known)}}};
    }
    return names;
}

/// Reads `value` for the setting `key` if it is among `specs`.
Result<bool> set(graph::Parameters &parameters, const std::vector<graph::ParameterSpec> &specs,
                 const std::string &key, const std::string &value)
{
    const auto spec = std::ranges::find(specs, key, &graph::ParameterSpec::name);
    if (spec == specs.end()) return false;
    auto read = data::valueFromText(*spec, value, "--set " + key);
    if (!read) return read.error();
    parameters[key] = *read;
    return true;
}

/// A setting belongs to each of the studies that know it, else to the attack.
Result<void> apply(const std::string &setting, AttackRequest &request)
{
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos)
        return Error{"--set " + setting, {"cli.set_form", {}}, {"cli.attack_set_hint", {}}};
    const std::string key = setting.substr(0, equals), value = setting.substr(equals + 1);
    bool isKnown = false;
    std::vector<std::string> names;
    for (const std::string &study : request.studies) {
        const auto &specs = robustness::findStudy(study)->description().parameters;
        const auto done = set(request.studyParameters[study], specs, key, value);
        if (!done) return done.error();
        isKnown = isKnown || *done;
        for (const auto &spec : specs) names.push_back(spec.name);
    }
    if (isKnown) return {};
    const auto &specs = attack::describedAttack(request.attack.attack)->parameters;
    const auto done = set(request.attack.parameters, specs, key, value);
    if (!done) return done.error();
    if (*done) return {};
    for (const auto &spec : specs) names.push_back(spec.name);
    if (names.empty())
        return Error{"--set " + key, {"cli.attack_set_none", {request.attack.attack}}, {}};
    return Error{
        "--set " + key, {"cli.set_unknown", {}}, {"attack.unknown_hint", {data::joined(names)}}};
}

Result<attack::Norm> normOf(const AttackArguments &arguments,
                            const attack::AttackDescription &attack)
{
    if (arguments.norm.empty())
        return attack.norms.empty() ? attack::Norm::Linf : attack.norms.front();
    const auto norm = attack::normFromName(arguments.norm);
    if (!norm)
        return Error{
            "--norm " + arguments.norm, {"cli.no_such_norm", {}}, {"cli.no_such_norm_hint", {}}};
    return *norm;
}

/// Where the pictures go: --save takes an archive, or a folder for PNG files.
Result<void> setPlaces(const AttackArguments &arguments, AttackRequest &request)
{
    std::error_code ignored;
    const bool isFolder =
        arguments.save.ends_with('/') || std::filesystem::is_directory(arguments.save, ignored);
    if (isFolder && !arguments.savePng.empty())
        return Error{"--save-png", {"cli.one_folder", {}}, {}};
    request.npz = isFolder ? "" : arguments.save;
    request.folder = isFolder ? arguments.save : arguments.savePng;
    const bool saves = !request.npz.empty() || !request.folder.empty();
    const char *argument = arguments.save.empty() ? "--save-png" : "--save";
    if (saves && request.epsilons.size() > 1)
        return Error{argument, {"cli.save_one_epsilon", {argument}}, {}};
    if (saves && !request.studies.empty())
        return Error{argument, {"cli.study_saves_nothing", {argument}}, {}};
    return {};
}

/// What an attack has no use for. No error: who compares attacks writes one budget for all.
std::vector<Message> passedOver(const AttackArguments &arguments,
                                const attack::AttackDescription &attack)
{
    std::vector<Message> notes;
    if (arguments.attack.steps != 0 && attack.defaultSteps == 0)
        notes.push_back({"cli.no_steps", {attack.name}});
    if (arguments.attack.restarts != 1 && !attack.usesRestarts)
        notes.push_back({"cli.no_restarts", {attack.name}});
    return notes;
}

/// --sample and --input beside studies: which of them look at a single sample?
Result<void> checkSample(const AttackArguments &arguments, const AttackRequest &request)
{
    const std::string option = arguments.sample ? "--sample" : "--input";
    const bool isPhotoAlone = !arguments.sample && request.studies.empty();
    if ((!arguments.sample && arguments.photo.empty()) || isPhotoAlone) return {};
    if (arguments.sample && !arguments.photo.empty()) return notTogether("--sample", "--input");
    if (std::ranges::any_of(request.studies, looksAtOne)) return {};
    std::vector<std::string> names;
    for (const auto &study : robustness::studies())
        if (study->description().single) names.push_back(study->description().name);
    return Error{
        option, {"cli.study_of_one", {}}, {"cli.study_of_one_hint", {data::joined(names)}}};
}

/// Kept pictures are only looked at again.
Result<void> checkVerify(const AttackArguments &arguments, const AttackRequest &request)
{
    if (arguments.verify.empty()) return {};
    for (const char *option :
         {"--study", "--input", "--report", "--honesty", "--save", "--save-png"})
        if (arguments.has(option)) return notTogether(option, "--verify");
    if (request.epsilons.size() > 1)
        return Error{"--eps", {"cli.save_one_epsilon", {"--verify"}}, {}};
    return {};
}

/// A report is a page of HTML, of whatever was found.
Result<void> checkReport(const AttackArguments &arguments)
{
    if (arguments.report.empty()) return {};
    std::string ending = std::filesystem::path(arguments.report).extension().string();
    std::ranges::transform(ending, ending.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (ending != ".html" && ending != ".htm")
        return Error{
            "--report " + arguments.report, {"cli.report_html", {}}, {"cli.report_html_hint", {}}};
    return {};
}

/// The checklist is about an attack on samples, within a ball.
Result<void> checkHonesty(const AttackArguments &arguments, const AttackRequest &request)
{
    if (!arguments.honesty) return {};
    if (!request.studies.empty())
        return notTogether("--honesty", "--study", {"cli.honesty_study_hint", {}});
    if (!arguments.photo.empty()) return notTogether("--honesty", "--input");
    if (std::ranges::find(request.epsilons, 0.0) != request.epsilons.end())
        return Error{"--honesty", {"robustness.epsilon_needed", {}}, {}};
    return {};
}

} // namespace

bool AttackArguments::has(std::string_view option) const
{
    return std::ranges::find(given, option) != given.end();
}

bool looksAtOne(const std::string &study)
{
    return robustness::findStudy(study)->description().single;
}

Error notTogether(const std::string &option, const std::string &other, Message hint)
{
    return {option, {"cli.not_together", {other}}, std::move(hint)};
}

std::string attackNames()
{
    std::vector<std::string> names;
    for (const auto &attack : attack::attacks()) names.push_back(attack.name);
    names.emplace_back(attack::kWordAttack);
    return data::joined(names);
}

Result<std::vector<float>> numbersFrom(const std::string &argument, const std::string &text)
{
    std::vector<float> numbers;
    if (text.empty()) return numbers;
    for (const std::string &part : parts(text)) {
        float number = 0.0F;
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (problem != std::errc() || end != part.data() + part.size() || !std::isfinite(number))
            return Error{
                argument + " " + text, {"cli.bad_numbers", {}}, {"cli.bad_numbers_hint", {}}};
        numbers.push_back(number);
    }
    return numbers;
}

Result<AttackRequest> attackRequest(const AttackArguments &arguments)
{
    if (arguments.runs.empty())
        return Error{"run", {"cli.usage_missing", {"RUN"}}, {"cli.attack_run_hint", {}}};
    const attack::AttackDescription *attack = attack::describedAttack(arguments.attack.attack);
    if (!attack)
        return Error{"--attack " + arguments.attack.attack,
                     {"cli.no_such_attack", {}},
                     {"attack.unknown_hint", {attackNames()}}};
    AttackRequest request;
    request.attack = arguments.attack;
    const auto norm = normOf(arguments, *attack);
    if (!norm) return norm.error();
    request.attack.norm = *norm;
    if (!arguments.epsilons.empty()) {
        const auto epsilons = epsilonsFrom(arguments.epsilons);
        if (!epsilons) return epsilons.error();
        request.epsilons = *epsilons;
    }
    request.notes = passedOver(arguments, *attack);
    if (arguments.samples < 1)
        return Error{"--samples", {"attack.bad_count", {std::to_string(arguments.samples)}}, {}};
    const auto split = splitFrom(arguments.split);
    if (!split) return split.error();
    request.split = *split;
    const auto studies = studiesFrom(arguments.studies);
    if (!studies) return studies.error();
    request.studies = *studies;
    if (request.studies.empty() && arguments.runs.size() > 1)
        return Error{arguments.runs[1], {"cli.one_network", {}}, {"cli.one_network_hint", {}}};
    if (!request.studies.empty() && request.epsilons.size() > 1)
        return Error{"--eps", {"cli.save_one_epsilon", {"--study"}}, {}};
    if (auto fits = checkVerify(arguments, request); !fits) return fits.error();
    if (auto fits = checkSample(arguments, request); !fits) return fits.error();
    if (auto fits = checkReport(arguments); !fits) return fits.error();
    request.report = arguments.report;
    if (auto fits = checkHonesty(arguments, request); !fits) return fits.error();
    for (const std::string &setting : arguments.settings)
        if (auto done = apply(setting, request); !done) return done.error();
    if (auto placed = setPlaces(arguments, request); !placed) return placed.error();
    // What is shown, kept or studied is the whole attack; to be counted, a sample is fooled or not.
    request.attack.untilFooled = arguments.photo.empty() && request.studies.empty()
                                 && request.npz.empty() && request.folder.empty();
    return request;
}

} // namespace ostrich::cli
