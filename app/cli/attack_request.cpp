// What the arguments of `ostrich-cli attack` say by themselves.
#include "cli/attack_request.hpp"

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

} // namespace

std::string attackNames()
{
    std::vector<std::string> names;
    for (const auto &attack : attack::attacks()) names.push_back(attack.name);
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
    request.epsilons = {attack::usualEpsilon(*norm)};
    if (!arguments.epsilons.empty()) {
        const auto epsilons = epsilonsFrom(arguments.epsilons);
        if (!epsilons) return epsilons.error();
        request.epsilons = *epsilons;
    }
    request.attack.epsilon = request.epsilons.front();
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
    if (!arguments.report.empty() && request.studies.empty())
        return Error{"--report", {"cli.report_of_studies", {}}, {"cli.report_of_studies_hint", {}}};
    request.report = arguments.report;
    if (!request.studies.empty() && !arguments.photo.empty())
        return Error{"--input", {"cli.study_of_samples", {}}, {}};
    for (const std::string &setting : arguments.settings)
        if (auto done = apply(setting, request); !done) return done.error();
    if (auto placed = setPlaces(arguments, request); !placed) return placed.error();
    request.attack.untilFooled =
        arguments.photo.empty() && request.npz.empty() && request.folder.empty();
    return request;
}

} // namespace ostrich::cli
