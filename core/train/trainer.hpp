// Training on a thread of its own: commands in, events and snapshots out; never blocks on a reader.
#pragma once

#include "data/dataset.hpp"
#include "engine/model.hpp"
#include "project/project.hpp"
#include "train/metrics.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace ostrich::train {

struct TrainerSetup {
    project::Project project; // a copy: edits never touch a run
    std::shared_ptr<const data::Dataset> dataset;
    std::string device = "auto";
    std::filesystem::path runFolder; // made by the trainer; empty: nothing is written
    bool resume = false;             // runFolder holds a run: go on from its `last`
};

/// All members are called from one thread (the window's or the command line's) and return at once,
/// but for create (compiles: milliseconds) and the destructor (waits for the batch at hand).
class Trainer {
public:
    /// Errors: the network's first problem; too large for memory (with the estimate); device; run
    /// folder; a run that does not fit.
    static Result<std::unique_ptr<Trainer>> create(TrainerSetup setup);
    ~Trainer(); // stops, writes `last`, joins

    void play();      // until the end of the recipe, a stop or a pause
    void pause();     // after the batch at hand
    void stepBatch(); // one batch, then paused
    void stepEpoch(); // to the end of this epoch, then paused
    void stop();  // ends the run: best weights restored, test measured, Summary, stopped_by "user"
    void reset(); // back to the same initial weights, epoch 0; the run's metrics so far are dropped
    void setLearningRate(double rate); // from the next batch on

    /// Takes what has happened since the last call. Never blocks.
    std::vector<Event> takeEvents();
    /// The same, waiting up to `timeout` for the first event (command line).
    std::vector<Event> waitForEvents(std::chrono::milliseconds timeout);

    State state() const;
    /// The latest weights, renewed at most 8 times a second while running; never null (initial
    /// weights at first).
    engine::SnapshotHandle snapshot() const;
    const std::filesystem::path &runFolder() const;

    /// What a run with this setup needs, before it starts.
    static Result<std::int64_t> estimateBytes(const TrainerSetup &setup);

private:
    class Worker;
    explicit Trainer(std::unique_ptr<Worker> worker);
    std::unique_ptr<Worker> m_worker;
};

} // namespace ostrich::train
