// The list of studies, and how one is asked.
#include "robustness/study.hpp"

#include "attack/objection.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <chrono>

namespace ostrich::robustness {

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
    assert(!request.subjects.empty() && request.dataset);
    const StudyDescription &description = found->description();
    if (auto wrong = graph::checkParameters(request.parameters, description.parameters))
        return Error{description.name, *wrong, {}};
    if (description.picturesOnly && !request.dataset->split(request.split).pictures())
        return Error{description.name,
                     {"robustness.pictures_only", {}},
                     {"robustness.pictures_only_hint", {}}};
    for (const attack::Subject &subject : request.subjects) {
        if (auto wrong = attack::objection(subject.facts, request.dataset->split(request.split),
                                           request.indices))
            return *wrong;
    }
    request.parameters = graph::withDefaults(request.parameters, description.parameters);
    const auto begin = std::chrono::steady_clock::now();
    auto findings = found->run(request, watcher, stop);
    if (!findings) return findings;
    findings->study = description.name;
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
