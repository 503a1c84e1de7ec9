// The page of `ostrich-cli attack --report`, and what a plain attack has to tell there.
#pragma once

#include "cli/attack_task.hpp"
#include "cli/context.hpp"

namespace ostrich::cli {

/// Gathers what one attack did, epsilon by epsilon: figures, a curve where there are several, and a
/// few pictures of the last.
class AttackFindings {
public:
    /// `task` outlives it.
    AttackFindings(const AttackTask &task, const Context &context);

    void add(const attack::AttackOptions &options, const attack::AttackResult &result);
    robustness::Findings finished() const;

private:
    struct Point {
        double epsilon = 0.0;
        std::int64_t robust = 0, noise = 0; // samples still right
    };

    void addSamples(const attack::AttackOptions &options, const attack::AttackResult &result);
    void addPhoto(const attack::AttackOptions &options, const attack::AttackResult &result);
    std::string epsilonText(const attack::AttackOptions &options) const;
    Message asked() const;
    robustness::Plot plot() const;

    const AttackTask &m_task;
    robustness::Findings m_found;
    std::string m_title;    // "PGD-40"
    std::string m_epsilons; // "4/255, 8/255"
    bool m_isHeld = true;   // by a ball
    std::vector<Point> m_points;
    std::int64_t m_total = 0; // samples
};

/// Writes the request's report, if it wants one, and says so on stderr.
Result<void> saveReport(const AttackTask &task, const std::vector<robustness::Findings> &findings,
                        const Context &context);

} // namespace ostrich::cli
