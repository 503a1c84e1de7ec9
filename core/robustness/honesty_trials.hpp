// The attacks that the honesty checklist runs, each on the same samples, and how two of them
// compare. No LibTorch.
#pragma once

#include "robustness/trial.hpp"

#include <map>

namespace ostrich::robustness {

/// With fewer samples chance could have done whatever was seen (Comparison::chance).
inline constexpr std::int64_t kFewest = 7;

/// By sample that was right: whether it fell.
using Fell = std::vector<bool>;

std::int64_t count(const Fell &fell);
Fell either(const Fell &a, const Fell &b);

/// Two attacks on the same samples, one of which ought to be at least as strong as the other.
struct Comparison {
    std::int64_t samples = 0;
    std::int64_t onlyStronger = 0, onlyWeaker = 0; // fell to one of them alone
    /// Share of the samples by which the weaker one is ahead; negative: it is behind.
    double gap() const;
    /// How likely chance alone lets the weaker one win this often (exact one-sided sign test).
    double chance() const;
    /// Ahead by more than `tolerance`, a share, and not by chance (1 %).
    bool isUpsideDown(double tolerance) const;
};
Comparison compared(const Fell &stronger, const Fell &weaker);

/// Runs attacks on the samples that the first subject gets right, and measures what they did.
class Trials {
public:
    /// Error: what attack::answersOf() tells.
    static Result<Trials> begin(const StudyRequest &request, std::stop_token stop);

    const StudyRequest &request() const { return *m_request; }
    const attack::Subject &subject() const { return request().subjects.front(); }
    const data::Samples &samples() const { return samplesOf(request()); }
    const std::vector<std::int64_t> &right() const { return m_right; }
    std::int64_t total() const { return m_total; }
    std::stop_token stopToken() const { return m_stop; }

    /// The request's threat model for another attack.
    attack::AttackOptions options(const std::string &attack, double epsilon) const;
    /// Whether there is such an attack in the request's norm.
    bool has(const std::string &attack) const;
    /// Half of the request's epsilon, it, twice it, half of all there is, all there is.
    std::vector<double> growing() const;

    /// Who falls to it; each attack is run once, however often it is asked for.
    Result<Fell> fell(const attack::AttackOptions &options);
    /// The same with PGD, which most questions are about.
    Result<Fell> pgd(double epsilon);
    /// Who falls to what is found on another network (attack "transfer").
    Result<Fell> fellToTransfer(const attack::Subject &surrogate);

    /// How many of all samples are still right, given who fell.
    std::int64_t left(const Fell &fell) const { return std::ssize(m_right) - count(fell); }
    /// "8/255: 31.0 %"
    std::string leftText(double epsilon, const Fell &fell) const;

    /// Over all attacks so far.
    struct Measured {
        double largestRatio = 0.0;          // of a perturbation's size to its epsilon
        double lowest = 1.0, highest = 0.0; // values, in data units
        std::int64_t perturbed = 0;
    };
    const Measured &measured() const { return m_measured; }

private:
    struct Run {
        attack::AttackOptions options;
        Fell fell;
    };
    void measure(const attack::AttackResult &result, const attack::AttackOptions &options);

    const StudyRequest *m_request = nullptr;
    std::stop_token m_stop;
    std::int64_t m_total = 0;
    std::vector<std::int64_t> m_right;
    std::vector<Run> m_runs;
    Measured m_measured;
};

} // namespace ostrich::robustness
