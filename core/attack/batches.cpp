// Samples of one shape under attack, batch by batch.
#include "attack/batches_torch.hpp"

#include "attack/rows.hpp"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace ostrich::attack {

namespace {

void append(AttackResult &all, AttackResult &&part)
{
    for (const auto &member : {&AttackResult::x, &AttackResult::x_adv, &AttackResult::before,
                               &AttackResult::after, &AttackResult::noise})
        appendRows(all.*member, std::move(part.*member));
    for (const auto &member :
         {&AttackResult::y, &AttackResult::y_pred, &AttackResult::y_adv, &AttackResult::y_noise})
        appendRows(all.*member, std::move(part.*member));
    appendRows(all.norms, std::move(part.norms));
}

/// The batches of one attack, taken one after the other by whoever is free.
class Batches {
public:
    Batches(const Subject &subject, const data::Samples &samples,
            std::span<const std::int64_t> indices, const AttackOptions &options,
            const std::stop_token &stop, Lab::Goal goal)
        : m_subject(subject),
          m_samples(samples),
          m_indices(indices),
          m_options(options),
          m_stop(stop),
          m_goal(goal),
          m_size(describedAttack(options.attack)->together
                     ? std::ssize(indices)
                     : subject.classifier->largestBatch(kAttackBatch))
    {
        const std::int64_t count = (std::ssize(indices) + m_size - 1) / m_size;
        m_results.resize(static_cast<std::size_t>(count));
        m_errors.resize(static_cast<std::size_t>(count));
    }

    /// How many at once: as many as there are cores, where that leaves few of them idle. Large
    /// samples come in small batches; each of those keeps all cores busy by itself.
    std::int64_t workers() const
    {
        const std::int64_t threads = at::get_num_threads(), count = std::ssize(m_results);
        const bool areSmall = m_size == kAttackBatch && m_subject.classifier->device().is_cpu();
        return areSmall && 2 * count > threads ? std::min(count, threads) : 1;
    }

    void work(const Progress &progress)
    {
        while (!m_isOver) {
            const std::size_t batch = m_next++;
            if (batch >= m_results.size()) return;
            m_errors[batch] = attack(batch);
            if (m_errors[batch]) m_isOver = true;
            report(progress, static_cast<double>(++m_done) / static_cast<double>(m_results.size()));
        }
    }

    Result<AttackResult> result()
    {
        AttackResult all;
        for (std::size_t batch = 0; batch < m_results.size(); ++batch) {
            if (m_errors[batch]) return *m_errors[batch];
            append(all, std::move(m_results[batch]));
        }
        summarise(all, m_options.target);
        return all;
    }

private:
    std::optional<Error> attack(std::size_t batch)
    {
        if (m_stop.stop_requested()) return cancelled();
        const std::size_t first = batch * static_cast<std::size_t>(m_size);
        const auto here = m_indices.subspan(
            first, std::min(static_cast<std::size_t>(m_size), m_indices.size() - first));
        Lab lab(m_subject, m_options, m_samples.pictures(), m_stop, m_goal);
        lab.beginAt(static_cast<std::int64_t>(batch));
        std::optional<Error> failure;
        const auto ran = engine::guarded("attack", [&] {
            failure = lab.add(gathered(m_samples, here), labelsOf(m_samples, here));
        });
        if (!ran) return ran.error();
        if (!failure) m_results[batch] = lab.finish();
        return failure;
    }

    const Subject &m_subject;
    const data::Samples &m_samples;
    std::span<const std::int64_t> m_indices;
    const AttackOptions &m_options;
    const std::stop_token &m_stop;
    Lab::Goal m_goal;
    std::int64_t m_size; // of all batches but the last
    std::vector<AttackResult> m_results;
    std::vector<std::optional<Error>> m_errors;
    std::atomic<std::size_t> m_next = 0, m_done = 0;
    std::atomic<bool> m_isOver = false;
};

} // namespace

Result<AttackResult> attackBatches(const Subject &subject, const data::Samples &samples,
                                   std::span<const std::int64_t> indices,
                                   const AttackOptions &options, const Progress &progress,
                                   const std::stop_token &stop, Lab::Goal goal)
{
    Batches batches(subject, samples, indices, options, stop, goal);
    const std::int64_t workers = batches.workers();
    if (workers == 1) {
        batches.work(progress);
    } else {
        // Inside, LibTorch's own loops keep to one core.
        at::parallel_for(0, workers, 1, [&](std::int64_t begin, std::int64_t end) {
            for (; begin < end; ++begin)
                batches.work(at::get_thread_num() == 0 ? progress : Progress());
        });
        report(progress, 1.0); // another core may have done the last
    }
    return batches.result();
}

} // namespace ostrich::attack
