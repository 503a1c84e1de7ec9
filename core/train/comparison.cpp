// The trainings of a comparison, one after the other.
#include "train/comparison.hpp"

#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "engine/machine.hpp"
#include "graph/analysis.hpp"
#include "train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace ostrich::train {

namespace {

using DatasetHandle = std::shared_ptr<const data::Dataset>;

/// `error` with the entry's name in front.
Error named(const Entry &entry, Error error)
{
    error.where = error.where.empty() ? entry.name : fmt::format("{}: {}", entry.name, error.where);
    return error;
}

/// What can be told before hours are spent.
Result<void> checkPlan(const Plan &plan)
{
    if (plan.entries.empty())
        return Error{"", {"train.compare_nothing", {}}, {"train.compare_nothing_hint", {}}};
    if (plan.seeds.empty())
        return Error{"", {"train.compare_no_seed", {}}, {"train.compare_no_seed_hint", {}}};
    if (const auto device = engine::resolveDevice(plan.device); !device) return device.error();
    for (const Entry &entry : plan.entries) {
        const auto facts = data::factsOf(entry.project.data);
        if (!facts) return named(entry, facts.error());
        const auto analysis =
            graph::analyse(entry.project.network, blocks::Registry::instance(), *facts);
        if (analysis.ok()) continue;
        const graph::Problem &problem = analysis.problems.front();
        return named(entry, {problem.block, problem.message, problem.hint});
    }
    return {};
}

/// The data set that was used last: entries of one seed mostly share theirs.
class Shelf {
public:
    Result<DatasetHandle> take(const std::string &source, std::uint64_t seed, std::stop_token stop)
    {
        if (m_dataset && m_source == source && m_seed == seed) return m_dataset;
        m_dataset.reset(); // never two of them in memory
        auto loaded = data::load(source, seed, {}, std::move(stop));
        if (!loaded) return loaded;
        m_source = source;
        m_seed = seed;
        m_dataset = *loaded;
        return m_dataset;
    }

private:
    std::string m_source;
    std::uint64_t m_seed = 0;
    DatasetHandle m_dataset;
};

/// How much of one training `event` says is done; nothing where it says nothing of that.
std::optional<double> share(const Event &event, std::int64_t epochs)
{
    double done = 0.0; // in epochs
    if (const auto *step = std::get_if<StepMetrics>(&event))
        done = static_cast<double>(step->step)
               / static_cast<double>(std::max<std::int64_t>(step->stepsPerEpoch, 1));
    else if (const auto *epoch = std::get_if<EpochMetrics>(&event))
        done = static_cast<double>(epoch->epoch);
    else if (std::holds_alternative<Summary>(event))
        return 1.0;
    else
        return {};
    return std::min(done / static_cast<double>(std::max<std::int64_t>(epochs, 1)), 1.0);
}

double secondsPerEpoch(std::span<const EpochMetrics> epochs)
{
    if (epochs.empty()) return std::numeric_limits<double>::quiet_NaN();
    std::vector<double> durations;
    double before = 0.0;
    for (const EpochMetrics &epoch : epochs)
        durations.push_back(epoch.seconds - std::exchange(before, epoch.seconds));
    std::ranges::sort(durations);
    const std::size_t middle = durations.size() / 2;
    return durations.size() % 2 == 1 ? durations[middle]
                                     : (durations[middle - 1] + durations[middle]) / 2.0;
}

/// Of a training that has not said how it ended: it broke down.
Summary brokenDown()
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    Summary summary;
    for (double *figure : {&summary.train_accuracy, &summary.val_accuracy, &summary.test_accuracy,
                           &summary.train_loss, &summary.val_loss, &summary.test_loss})
        *figure = kNone;
    summary.stopped_by = "error";
    return summary;
}

bool isOver(State state)
{
    return state == State::Finished || state == State::Failed;
}

/// Plays one training to its end and passes on what it tells.
Outcome played(Trainer &trainer, Running running, std::int64_t epochs, const Watcher &watcher,
               const std::stop_token &stop)
{
    Outcome outcome{.entry = running.entry, .seed = running.seed, .folder = running.folder};
    outcome.summary = brokenDown();
    const double before = running.fraction;
    bool hasEnded = false, isStopping = false;
    trainer.play();
    while (!hasEnded) {
        if (stop.stop_requested() && !std::exchange(isStopping, true)) trainer.stop();
        const auto events = trainer.waitForEvents(std::chrono::milliseconds(100));
        for (const Event &event : events) {
            if (const auto *epoch = std::get_if<EpochMetrics>(&event))
                outcome.epochs.push_back(*epoch);
            else if (const auto *summary = std::get_if<Summary>(&event))
                outcome.summary = *summary;
            else if (const auto *changed = std::get_if<StateChanged>(&event))
                hasEnded = hasEnded || isOver(changed->state);
            if (const auto done = share(event, epochs))
                running.fraction =
                    std::max(running.fraction, before + *done / static_cast<double>(running.count));
            if (watcher.event) watcher.event(running, event);
        }
        // Where memory has given out there may have been no room for the last event.
        hasEnded = hasEnded || (events.empty() && isOver(trainer.state()));
    }
    outcome.seconds_per_epoch = secondsPerEpoch(outcome.epochs);
    outcome.parameters = outcome.summary.parameters;
    return outcome;
}

Result<Outcome> trained(const Plan &plan, Running running, const DatasetHandle &dataset,
                        const Watcher &watcher, const std::stop_token &stop)
{
    const Entry &entry = plan.entries[running.entry];
    if (!plan.runsFolder.empty()) {
        const auto folder = newRunFolder(plan.runsFolder);
        if (!folder) return folder.error();
        running.folder = *folder;
    }
    TrainerSetup setup{.project = entry.project,
                       .dataset = dataset,
                       .device = plan.device,
                       .runFolder = running.folder};
    setup.project.recipe.seed = running.seed;
    const auto trainer = Trainer::create(std::move(setup));
    if (!trainer) {
        std::error_code ignored; // a training that did not begin leaves no folder behind
        if (!running.folder.empty()) std::filesystem::remove(running.folder, ignored);
        return named(entry, trainer.error());
    }
    return played(**trainer, running, entry.project.recipe.epochs, watcher, stop);
}

} // namespace

Result<std::vector<Outcome>> compare(const Plan &plan, const Watcher &watcher, std::stop_token stop)
{
    if (auto checked = checkPlan(plan); !checked) return checked.error();
    std::vector<Outcome> outcomes;
    Shelf shelf;
    const std::size_t count = plan.entries.size() * plan.seeds.size();
    for (std::size_t index = 0; index < count && !stop.stop_requested(); ++index) {
        const Running running{.entry = index % plan.entries.size(),
                              .seed = plan.seeds[index / plan.entries.size()],
                              .index = index,
                              .count = count,
                              .fraction = static_cast<double>(index) / static_cast<double>(count)};
        const Entry &entry = plan.entries[running.entry];
        const auto dataset = shelf.take(entry.project.data, running.seed, stop);
        if (!dataset && stop.stop_requested()) break;
        if (!dataset) return named(entry, dataset.error());
        auto outcome = trained(plan, running, *dataset, watcher, stop);
        if (!outcome) return outcome.error();
        if (watcher.outcome) watcher.outcome(*outcome);
        outcomes.push_back(std::move(*outcome));
    }
    return outcomes;
}

std::optional<Outcome> outcomeOf(const Run &run)
{
    if (!run.manifest.summary) return {};
    const Summary &summary = *run.manifest.summary;
    return Outcome{.entry = 0,
                   .seed = run.manifest.project.recipe.seed,
                   .folder = run.folder,
                   .summary = summary,
                   .seconds_per_epoch = secondsPerEpoch(run.epochs),
                   .parameters = summary.parameters,
                   .epochs = run.epochs};
}

} // namespace ostrich::train
