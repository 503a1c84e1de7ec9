// Running an attack over batches: the noise beside it, the check of ball and range, the figures.
#pragma once

#include "attack/attack_torch.hpp"

#include <span>

namespace ostrich::attack {

/// Samples attacked at a time: few enough to stay in a CPU's caches and to hear a stop soon, enough
/// for a GPU not to idle.
inline constexpr std::int64_t kAttackBatch = 128;

/// Samples `indices` as (N, ...), in data units; series must have the same number of steps.
Array gathered(const data::Samples &samples, std::span<const std::int64_t> indices);
/// Their labels.
std::vector<std::int64_t> labelsOf(const data::Samples &samples,
                                   std::span<const std::int64_t> indices);
/// One sample as a batch of one.
Array batched(const Array &x);

Error cancelled();

/// Fills the figures of a result from its answers and norms.
void summarise(AttackResult &result, std::optional<std::int64_t> target);

/// One attack on one subject: takes batches, gathers a result. `subject` and `options` outlive it.
class Lab {
public:
    /// What is asked of the attack: the worst point within epsilon, or the nearest that fools.
    enum class Goal { WithinEpsilon, Smallest };

    Lab(const Subject &subject, const AttackOptions &options, bool pictures, std::stop_token stop,
        Goal goal = Goal::WithinEpsilon, AttackWatcher watcher = {});
    /// With an attack that need not be the registry's; it outlives the lab.
    Lab(const Attack &attack, const Subject &subject, const AttackOptions &options, bool pictures,
        std::stop_token stop, Goal goal = Goal::WithinEpsilon, AttackWatcher watcher = {});

    /// Which batch of the whole comes next: random numbers depend on it.
    void beginAt(std::int64_t batch) { m_batches = batch; }
    /// `x` (N, ...) in data units.
    AttackBatch batch(const Array &x, const std::vector<std::int64_t> &labels,
                      const AttackOptions &options) const;
    /// Attacks a batch. An empty `labels` stands for the network's own answers. May throw
    /// LibTorch's exceptions.
    std::optional<Error> add(const Array &x, const std::vector<std::int64_t> &labels);
    AttackResult finish();

private:
    at::Tensor tensor(const Array &array) const;
    at::Tensor inDataUnits(const at::Tensor &x) const;
    at::Tensor inRange(const at::Tensor &x) const;
    at::Tensor inside(const Attack &attack, const AttackBatch &batch,
                      const at::Tensor &found) const;
    at::Tensor lengths(const AttackBatch &batch, const at::Tensor &found) const;
    decltype(AttackBatch::watch) watch(const AttackBatch &batch) const;
    std::optional<Error> outside(const AttackBatch &batch, const at::Tensor &found,
                                 double tolerance) const;
    void record(const AttackBatch &batch, const at::Tensor &found, const at::Tensor &logits);
    void recordNoise(const AttackBatch &batch);

    const Classifier &m_classifier;
    const Classifier *m_surrogate;
    const AttackOptions &m_options;
    const Attack &m_attack;
    Goal m_goal;
    bool m_boxed;
    std::stop_token m_stop;
    AttackWatcher m_watcher;
    at::Tensor m_scale; // data units per unit of epsilon; undefined: 1
    std::int64_t m_batches = 0;
    AttackResult m_result;
};

} // namespace ostrich::attack
