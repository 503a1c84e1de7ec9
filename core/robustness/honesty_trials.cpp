// The attacks that the honesty checklist runs.
#include "robustness/honesty_trials.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace ostrich::robustness {

namespace {

constexpr double kChance = 0.01;

} // namespace

std::int64_t count(const Fell &fell)
{
    return std::ranges::count(fell, true);
}

Fell either(const Fell &a, const Fell &b)
{
    Fell all = a;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = all[i] || b[i];
    return all;
}

double Comparison::gap() const
{
    if (samples == 0) return 0.0;
    return static_cast<double>(onlyWeaker - onlyStronger) / static_cast<double>(samples);
}

double Comparison::chance() const
{
    if (onlyWeaker == 0) return 1.0;
    // Where both are as strong, either of them is alone with a sample as often as the other.
    const boost::math::binomial_distribution<double> tosses(
        static_cast<double>(onlyStronger + onlyWeaker), 0.5);
    return boost::math::cdf(boost::math::complement(tosses, static_cast<double>(onlyWeaker) - 1.0));
}

bool Comparison::isUpsideDown(double tolerance) const
{
    return gap() > tolerance && chance() < kChance;
}

Comparison compared(const Fell &stronger, const Fell &weaker)
{
    assert(stronger.size() == weaker.size());
    Comparison comparison{.samples = std::ssize(stronger)};
    for (std::size_t i = 0; i < stronger.size(); ++i) {
        comparison.onlyStronger += stronger[i] && !weaker[i];
        comparison.onlyWeaker += weaker[i] && !stronger[i];
    }
    return comparison;
}

Result<Trials> Trials::begin(const StudyRequest &request, std::stop_token stop)
{
    Trials trials;
    trials.m_request = &request;
    trials.m_stop = stop;
    const auto indices = firstOf(request, graph::integer(request.parameters, "samples"));
    trials.m_total = std::ssize(indices);
    auto right = rightOf(request.subjects.front(), samplesOf(request), indices, stop);
    if (!right) return right.error();
    trials.m_right = std::move(*right);
    return trials;
}

attack::AttackOptions Trials::options(const std::string &attack, double epsilon) const
{
    attack::AttackOptions options = optionsFor(request(), attack);
    options.epsilon = epsilon;
    options.restarts = 1;
    return options;
}

bool Trials::has(const std::string &attack) const
{
    const attack::AttackDescription *known = attack::describedAttack(attack);
    return known && std::ranges::find(known->norms, request().attack.norm) != known->norms.end();
}

std::vector<double> Trials::growing() const
{
    const double epsilon = request().attack.epsilon;
    const double all = boundless(samples(), request().attack.norm);
    std::vector<double> sizes;
    for (const double size : {epsilon / 2.0, epsilon, 2.0 * epsilon, all / 2.0, all})
        if (size > 0.0 && size <= all) sizes.push_back(size);
    std::ranges::sort(sizes);
    const auto same = std::ranges::unique(sizes);
    sizes.erase(same.begin(), same.end());
    return sizes;
}

Result<Fell> Trials::fell(const attack::AttackOptions &options)
{
    const auto known = std::ranges::find(m_runs, options, &Run::options);
    if (known != m_runs.end()) return known->fell;
    Fell fell;
    if (!m_right.empty()) {
        const auto result =
            attack::attackSamples(subject(), samples(), m_right, options, {}, m_stop);
        if (!result) return result.error();
        measure(*result, options);
        for (std::size_t i = 0; i < m_right.size(); ++i)
            fell.push_back(result->y_adv[i] != result->y[i]);
    }
    m_runs.push_back({options, fell});
    return fell;
}

Result<Fell> Trials::pgd(double epsilon)
{
    return fell(options("pgd", epsilon));
}

Result<Fell> Trials::fellToTransfer(const attack::Subject &surrogate)
{
    Fell fell;
    if (m_right.empty()) return fell;
    attack::Subject victim = subject();
    victim.surrogate = surrogate.classifier;
    const attack::AttackOptions carried = options("transfer", request().attack.epsilon);
    const auto result = attack::attackSamples(victim, samples(), m_right, carried, {}, m_stop);
    if (!result) return result.error();
    measure(*result, carried);
    for (std::size_t i = 0; i < m_right.size(); ++i)
        fell.push_back(result->y_adv[i] != result->y[i]);
    return fell;
}

std::string Trials::leftText(double epsilon, const Fell &fell) const
{
    return fmt::format("{}: {}", epsilonText(epsilon, request().attack.norm, samples()),
                       percentText(static_cast<double>(left(fell)) / static_cast<double>(m_total)));
}

void Trials::measure(const attack::AttackResult &result, const attack::AttackOptions &options)
{
    // Points are measured in deviations, which only the lab knows; its own norms serve there.
    const std::vector<double> lengths =
        samples().pictures() ? attack::distances(result.x, result.x_adv, options.norm)
                             : result.norms;
    m_measured.largestRatio =
        std::max(m_measured.largestRatio, std::ranges::max(lengths) / options.epsilon);
    const auto [low, high] = std::ranges::minmax(result.x_adv.values);
    m_measured.lowest = std::min(m_measured.lowest, static_cast<double>(low));
    m_measured.highest = std::max(m_measured.highest, static_cast<double>(high));
    m_measured.perturbed += std::ssize(result.y);
}

} // namespace ostrich::robustness
