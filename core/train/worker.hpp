// The trainer's thread: takes commands between batches, puts events and snapshots where readers
// find them.
#pragma once

#include "train/trainer.hpp"
#include "train/training_torch.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace ostrich::train {

struct Command {
    enum class Kind { Play, Pause, StepBatch, StepEpoch, Stop, Reset, SetLearningRate };
    Kind kind = Kind::Play;
    double rate = 0.0; // SetLearningRate only
};

class Trainer::Worker {
public:
    /// `first`: the snapshot that readers find at first.
    Worker(std::unique_ptr<Training> training, engine::SnapshotHandle first,
           std::filesystem::path folder);
    ~Worker(); // within the batch at hand

    // Any thread.
    void post(Command command);
    std::vector<Event> takeEvents();
    std::vector<Event> waitForEvents(std::chrono::milliseconds timeout);
    State state() const;
    engine::SnapshotHandle snapshot() const;
    const std::filesystem::path &folder() const { return m_folder; }

private:
    /// What the thread works towards; Rest: nothing.
    enum class Goal { Rest, Run, Batch, Epoch };

    // The trainer's thread alone.
    void run(std::stop_token stop);
    void saveAtTheEnd();
    void giveUp(const Error &error);
    bool waitForCommands(std::stop_token stop);
    void obey(const Command &command, std::stop_token stop);
    void begin(Goal goal);
    void advance(std::stop_token stop);
    bool trainBatch(); // false: failed
    void rest();
    void finish(const std::string &stoppedBy, std::stop_token stop);
    void fail(const Error &error, std::stop_token stop);
    void publishSnapshot();
    void publishSnapshotIfDue();
    void push(Event event);
    void setState(State state);
    bool ended() const;

    using Clock = std::chrono::steady_clock;

    const std::filesystem::path m_folder;
    std::unique_ptr<Training> m_training; // the thread's own
    Goal m_goal = Goal::Rest;
    std::optional<Error> m_error; // of the batch at hand
    Clock::time_point m_reported;
    Clock::time_point m_published;
    Clock::duration m_snapshotInterval{};

    mutable std::mutex m_mutex; // for what follows
    std::condition_variable_any m_commandCame;
    std::condition_variable m_eventCame;
    std::deque<Command> m_commands;
    std::vector<Event> m_events;
    State m_state = State::Ready;
    engine::SnapshotHandle m_snapshot;

    std::jthread m_thread; // last: starts when all else is there
};

} // namespace ostrich::train
