// What the studies that attack share.
#include "robustness/trial.hpp"

#include "attack/objection.hpp"
#include "data/option.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ostrich::robustness {

namespace {

/// In training standard deviations: as good as everywhere.
constexpr double kFarAway = 10.0;

Error notSmallest(const std::string &name)
{
    std::vector<std::string> known;
    for (const auto &attack : attack::attacks())
        if (attack.smallest) known.push_back(attack.name);
    return {"attacks",
            {"attack.not_smallest", {name}},
            {"attack.unknown_hint", {fmt::format("{}", fmt::join(known, ", "))}}};
}

/// What speaks against `name`, whatever epsilon is.
std::optional<Error> unfit(const StudyRequest &request, const std::string &name, bool smallest)
{
    if (smallest && !attack::describedAttack(name)->smallest) return notSmallest(name);
    attack::AttackOptions options = optionsFor(request, name);
    options.epsilon = 0.0;
    for (const attack::Subject &subject : request.subjects) {
        if (auto error = attack::objection(subject, options, samplesOf(request).sampleShape))
            return error;
    }
    return std::nullopt;
}

} // namespace

graph::ParameterSpec attacksOption(std::string value, bool smallest, Words help)
{
    graph::ParameterSpec spec =
        data::textOption("attacks", std::move(value), {"Attacks", "Attaques"}, std::move(help));
    for (const attack::AttackDescription &attack : attack::attacks()) {
        if (smallest ? !attack.smallest : attack.norms.empty()) continue;
        spec.choices.push_back(attack.name);
        spec.choiceLabels.push_back(attack.label);
    }
    return spec;
}

Result<std::vector<std::string>> attacksFrom(const std::string &text)
{
    std::vector<std::string> names;
    std::string name;
    for (const char letter : text + ',') {
        if (letter != ',') {
            if (letter != ' ') name += letter;
            continue;
        }
        if (name.empty()) continue;
        if (!attack::describedAttack(name)) {
            std::vector<std::string> known;
            for (const auto &attack : attack::attacks()) known.push_back(attack.name);
            return Error{"attacks",
                         {"attack.unknown", {name}},
                         {"attack.unknown_hint", {fmt::format("{}", fmt::join(known, ", "))}}};
        }
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
        name.clear();
    }
    if (names.empty())
        return Error{"attacks", {"robustness.no_attack", {}}, {"robustness.no_attack_hint", {}}};
    return names;
}

Result<Fitting> fitting(const StudyRequest &request, const std::vector<std::string> &names,
                        bool smallest)
{
    Fitting fitting;
    std::optional<Error> first;
    for (const std::string &name : names) {
        const auto error = unfit(request, name, smallest);
        if (error)
            fitting.leftOut.push_back(error->what);
        else
            fitting.names.push_back(name);
        if (!first) first = error;
    }
    if (fitting.names.empty()) return *first;
    return fitting;
}

attack::AttackOptions optionsFor(const StudyRequest &request, const std::string &attack)
{
    attack::AttackOptions options = request.attack;
    options.target.reset();
    options.untilFooled = true;
    if (attack == options.attack) return options;
    options.attack = attack;
    options.steps = 0;
    options.parameters = {};
    return options;
}

const data::Samples &samplesOf(const StudyRequest &request)
{
    return request.dataset->split(request.split);
}

bool arePictures(const StudyRequest &request)
{
    constexpr std::size_t kPictureAxes = 3;
    return request.sample ? request.sample->x.shape.size() == kPictureAxes
                          : samplesOf(request).pictures();
}

std::vector<std::int64_t> firstOf(const StudyRequest &request, std::int64_t most)
{
    std::vector<std::int64_t> first = request.indices;
    if (std::ssize(first) > most) first.resize(static_cast<std::size_t>(most));
    return first;
}

double boundless(const data::Samples &samples, attack::Norm norm)
{
    auto values = static_cast<double>(samples.valuesPerSample());
    if (samples.sequences()) { // of one step
        std::int64_t longest = 1;
        for (std::int64_t i = 0; i < samples.count(); ++i)
            longest = std::max(longest, samples.steps(i));
        values *= static_cast<double>(longest);
    }
    const double side = samples.pictures() ? 1.0 : kFarAway;
    switch (norm) {
    case attack::Norm::Linf:
        return side;
    case attack::Norm::L2:
        return side * std::sqrt(values);
    case attack::Norm::L1:
        return side * values;
    case attack::Norm::L0:
        return samples.pictures()
                   ? static_cast<double>(samples.sampleShape[1] * samples.sampleShape[2])
                   : values;
    }
    return side;
}

std::string nameOf(const StudyRequest &request, std::size_t subject)
{
    const std::string &name = request.subjects[subject].name;
    return name.empty() ? fmt::format("{}", subject + 1) : name;
}

std::string labelOf(const std::string &attack)
{
    return attack::describedAttack(attack) ? "attack.label_" + attack : attack;
}

Message curveLabel(const StudyRequest &request, const std::string &attack, std::size_t subject)
{
    const bool isNoise = attack == "noise";
    if (request.subjects.size() == 1)
        return isNoise ? Message{"robustness.noise", {}} : Message{labelOf(attack), {}};
    return isNoise ? Message{"robustness.noise_on", {nameOf(request, subject)}}
                   : Message{"robustness.attack_on", {labelOf(attack), nameOf(request, subject)}};
}

std::string normLabel(attack::Norm norm)
{
    constexpr std::array<const char *, 4> kLabels{"Linf", "L2", "L1", "L0"};
    return kLabels[static_cast<std::size_t>(norm)];
}

Message epsilonLabel(attack::Norm norm)
{
    return {"robustness.epsilon", {normLabel(norm)}};
}

bool areLevels(attack::Norm norm, const data::Samples &samples)
{
    return norm == attack::Norm::Linf && samples.pictures();
}

std::string epsilonText(double epsilon, attack::Norm norm, const data::Samples &samples)
{
    return epsilonText(epsilon, areLevels(norm, samples));
}

std::string epsilonText(double epsilon, bool areLevels)
{
    return areLevels ? fmt::format("{:.3g}/255", epsilon * 255.0) : fmt::format("{:.3g}", epsilon);
}

std::string percentText(double share)
{
    return std::isfinite(share) ? fmt::format("{:.1f} %", share * 100.0) : "–";
}

void addShare(Curve &curve, double x, std::int64_t count, std::int64_t total)
{
    const ShareInterval interval = clopperPearson(count, total);
    curve.x.push_back(x);
    curve.y.push_back(interval.share);
    curve.low.push_back(interval.low);
    curve.high.push_back(interval.high);
}

Figure shareFigure(const std::string &key, Message label, std::int64_t count, std::int64_t total)
{
    Figure figure{.key = key,
                  .label = std::move(label),
                  .value = std::numeric_limits<double>::quiet_NaN(),
                  .isShare = true};
    if (total == 0) return figure;
    const ShareInterval interval = clopperPearson(count, total);
    figure.value = interval.share;
    figure.low = interval.low;
    figure.high = interval.high;
    return figure;
}

Message noneRight(const StudyRequest &request, std::size_t subject)
{
    return {"robustness.none_right", {nameOf(request, subject)}};
}

std::string className(const graph::DataFacts &facts, std::int64_t index)
{
    const auto place = static_cast<std::size_t>(index);
    return place < facts.classNames.size() ? facts.classNames[place] : std::to_string(index);
}

Result<std::vector<std::int64_t>> rightOf(const attack::Subject &subject,
                                          const data::Samples &samples,
                                          const std::vector<std::int64_t> &indices,
                                          std::stop_token stop)
{
    const auto answers = attack::answersOf(subject, samples, indices, std::move(stop));
    if (!answers) return answers.error();
    std::vector<std::int64_t> right;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const auto label = samples.labels[static_cast<std::size_t>(indices[i])];
        if (answers->classes[i] == label) right.push_back(indices[i]);
    }
    return right;
}

Result<std::vector<std::int64_t>> standing(const attack::Subject &subject,
                                           const data::Samples &samples,
                                           const std::vector<std::int64_t> &indices,
                                           attack::AttackOptions options, const Progress &progress,
                                           std::stop_token stop)
{
    if (indices.empty()) return indices;
    options.untilFooled = true;
    const auto result =
        attack::attackSamples(subject, samples, indices, options, progress, std::move(stop));
    if (!result) return result.error();
    std::vector<std::int64_t> left;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (result->y_adv[i] == result->y[i]) left.push_back(indices[i]);
    }
    return left;
}

Progress partOf(const Progress &whole, std::size_t part, std::size_t parts)
{
    if (!whole) return {};
    return [whole, part, parts](double fraction) {
        whole((static_cast<double>(part) + fraction) / static_cast<double>(parts));
    };
}

} // namespace ostrich::robustness
