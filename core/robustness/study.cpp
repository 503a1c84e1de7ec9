// The list of studies, and how one is asked.
#include "robustness/study.hpp"

#include "attack/objection.hpp"
#include "robustness/trial.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>

namespace ostrich::robustness {

namespace {

std::int64_t samplesLookedAt(const StudyRequest &request, const StudyDescription &study)
{
    if (study.single) return 1;
    const auto all = std::ssize(request.indices);
    const auto most = std::ranges::find(study.parameters, "samples", &graph::ParameterSpec::name);
    return most == study.parameters.end()
               ? all
               : std::min(all, graph::integer(request.parameters, "samples"));
}

/// "-40", what stands behind the attack's name in "PGD-40"; empty: it takes no steps.
std::string stepsText(const attack::AttackOptions &options)
{
    const auto *described = attack::describedAttack(options.attack);
    return described && described->defaultSteps > 0 ? fmt::format("-{}", attack::stepsOf(options))
                                                    : std::string();
}

/// Whether the request names all that a study of one sample looks at.
bool isGiven(const StudyRequest &request, const StudyDescription &study)
{
    return study.single && request.sample.has_value();
}

/// What is wrong with the samples.
std::optional<Error> objectionTo(const StudyRequest &request, const StudyDescription &study)
{
    if (study.picturesOnly && !arePictures(request))
        return Error{
            study.name, {"robustness.pictures_only", {}}, {"robustness.pictures_only_hint", {}}};
    if (isGiven(request, study)) return std::nullopt; // attack::attackPicture looks at it
    for (const attack::Subject &subject : request.subjects) {
        if (auto wrong = attack::objection(subject.facts, samplesOf(request), request.indices))
            return wrong;
    }
    return std::nullopt;
}

/// `request` has its parameters completed.
Message askedWith(const StudyRequest &request, const StudyDescription &study)
{
    const attack::AttackOptions &options = request.attack;
    const auto *described = attack::describedAttack(options.attack);
    const bool isHeld = described && !described->norms.empty();
    const bool inLevels = options.norm == attack::Norm::Linf && arePictures(request);
    const std::string norm = normLabel(options.norm), title = labelOf(options.attack),
                      steps = stepsText(options), epsilon = epsilonText(options.epsilon, inLevels),
                      samples = std::to_string(samplesLookedAt(request, study)),
                      seed = std::to_string(options.seed);
    switch (study.heeds) {
    case Heeds::Nothing:
        break;
    case Heeds::Norm:
        return {"robustness.asked_norm", {norm, samples, seed}};
    case Heeds::Ball:
        return {"robustness.asked_ball", {norm, epsilon, samples, seed}};
    case Heeds::Attack:
        return isHeld ? Message{"robustness.asked_attack",
                                {title, norm, epsilon, samples, seed, steps}}
                      : Message{"robustness.asked_unheld", {title, samples, seed, steps}};
    }
    return {"robustness.asked_samples", {samples, seed}};
}

} // namespace

const std::vector<std::unique_ptr<Study>> &studies()
{
    static const std::vector<std::unique_ptr<Study>> all = [] {
        auto made = createAllStudies();
        std::ranges::sort(made, {}, [](const auto &study) { return study->description().name; });
        return made;
    }();
    return all;
}

const Study *findStudy(std::string_view name)
{
    const auto found = std::ranges::find_if(
        studies(), [&](const auto &study) { return study->description().name == name; });
    return found == studies().end() ? nullptr : found->get();
}

Result<Findings> study(std::string_view name, StudyRequest request, const StudyWatcher &watcher,
                       std::stop_token stop)
{
    const Study *found = findStudy(name);
    if (found == nullptr) {
        std::vector<std::string> names;
        for (const auto &known : studies()) names.push_back(known->description().name);
        return Error{"study",
                     {"robustness.unknown", {std::string(name)}},
                     {"attack.unknown_hint", {fmt::format("{}", fmt::join(names, ", "))}}};
    }
    const StudyDescription &description = found->description();
    assert(!request.subjects.empty() && (request.dataset || isGiven(request, description)));
    if (auto wrong = graph::checkParameters(request.parameters, description.parameters))
        return Error{description.name, *wrong, {}};
    if (auto wrong = objectionTo(request, description)) return *wrong;
    request.parameters = graph::withDefaults(request.parameters, description.parameters);
    const Message asked = askedWith(request, description);
    StudyWatcher told = watcher;
    if (watcher.partial)
        told.partial = [&](const Findings &known) {
            Findings partial = known;
            partial.study = description.name;
            partial.asked = asked;
            watcher.partial(partial);
        };
    const auto begin = std::chrono::steady_clock::now();
    auto findings = found->run(request, told, stop);
    if (!findings) return findings;
    findings->study = description.name;
    findings->asked = asked;
    findings->seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return findings;
}

std::string_view name(Check::Verdict verdict)
{
    constexpr std::array<std::string_view, 3> kNames{"pass", "fail", "unknown"};
    return kNames[static_cast<std::size_t>(verdict)];
}

ShareInterval clopperPearson(std::int64_t count, std::int64_t total, double confidence)
{
    assert(total > 0 && count >= 0 && count <= total);
    using Binomial = boost::math::binomial_distribution<double>;
    const double tail = (1.0 - confidence) / 2.0;
    const auto trials = static_cast<double>(total), successes = static_cast<double>(count);
    const auto exact = Binomial::clopper_pearson_exact_interval;
    return {successes / trials, Binomial::find_lower_bound_on_p(trials, successes, tail, exact),
            Binomial::find_upper_bound_on_p(trials, successes, tail, exact)};
}

} // namespace ostrich::robustness
