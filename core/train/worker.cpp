// The loop of the trainer's thread.
#include "train/worker.hpp"

#include "engine/machine.hpp"

#include <ATen/Parallel.h>

namespace ostrich::train {

using namespace std::chrono_literals;

Trainer::Worker::Worker(std::unique_ptr<Training> training, engine::SnapshotHandle first,
                        std::filesystem::path folder)
    : m_folder(std::move(folder)),
      m_training(std::move(training)),
      m_snapshot(std::move(first)),
      m_thread([this](std::stop_token stop) { run(stop); })
{
}

Trainer::Worker::~Worker()
{
    m_thread.request_stop();
    m_thread.join();
}

void Trainer::Worker::post(Command command)
{
    const std::lock_guard lock(m_mutex);
    m_commands.push_back(command);
    m_commandCame.notify_one();
}

std::vector<Event> Trainer::Worker::takeEvents()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_events, {});
}

std::vector<Event> Trainer::Worker::waitForEvents(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    m_eventCame.wait_for(lock, timeout, [this] { return !m_events.empty(); });
    return std::exchange(m_events, {});
}

State Trainer::Worker::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

engine::SnapshotHandle Trainer::Worker::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

void Trainer::Worker::run(std::stop_token stop)
{
    engine::lowerPriority();
    // A thread's first look takes the count that any other thread set last; it must not come after
    // ours.
    at::get_num_threads();
    engine::setThreadCount(m_training->manifest().threads);
    while (!stop.stop_requested()) {
        try {
            if (waitForCommands(stop) && m_goal != Goal::Rest) advance(stop);
        } catch (const std::exception &) {
            // Memory gave out where nothing guards it. Passed on to be put in words.
            giveUp(engine::guarded("", [] { throw; }).error());
        }
    }
    saveAtTheEnd();
}

void Trainer::Worker::saveAtTheEnd()
{
    if (state() == State::Failed) return;
    try {
        static_cast<void>(m_training->save());
    } catch (const std::exception &) {
        // Nobody is left to hear of a failed write.
    }
}

/// The computation may have stopped anywhere: it does not go on, and nothing is written any more.
void Trainer::Worker::giveUp(const Error &error)
{
    m_goal = Goal::Rest;
    try {
        push(Failed{error});
        setState(State::Failed);
    } catch (const std::exception &) {
        const std::lock_guard lock(m_mutex); // no room for the event: the state alone tells
        m_state = State::Failed;
    }
}

bool Trainer::Worker::waitForCommands(std::stop_token stop)
{
    std::deque<Command> commands;
    {
        std::unique_lock lock(m_mutex);
        if (m_goal == Goal::Rest)
            m_commandCame.wait(lock, stop, [this] { return !m_commands.empty(); });
        commands.swap(m_commands);
    }
    for (const Command &command : commands) {
        if (!stop.stop_requested()) obey(command, stop);
    }
    return !stop.stop_requested();
}

void Trainer::Worker::obey(const Command &command, std::stop_token stop)
{
    using Kind = Command::Kind;
    switch (command.kind) {
    case Kind::Play:
        return begin(Goal::Run);
    case Kind::StepBatch:
        return begin(Goal::Batch);
    case Kind::StepEpoch:
        return begin(Goal::Epoch);
    case Kind::Pause:
        if (m_goal == Goal::Rest) return;
        rest();
        if (auto saved = m_training->save(); !saved) fail(saved.error(), stop);
        return;
    case Kind::Stop:
        if (!ended()) finish("user", stop);
        return;
    case Kind::Reset:
        m_goal = Goal::Rest;
        if (auto done = m_training->reset(); !done) return fail(done.error(), stop);
        publishSnapshot();
        return setState(State::Ready);
    case Kind::SetLearningRate:
        return m_training->setLearningRate(command.rate);
    }
}

void Trainer::Worker::begin(Goal goal)
{
    if (ended()) return;
    const bool wasResting = m_goal == Goal::Rest;
    m_goal = goal;
    if (wasResting) setState(State::Running);
}

void Trainer::Worker::advance(std::stop_token stop)
{
    if (const std::string reason = m_training->endReason(); !reason.empty())
        return finish(reason, stop);
    bool epochEnded = false;
    if (!m_training->epochTrained() && !trainBatch()) return fail(*m_error, stop);
    if (m_training->epochTrained()) {
        const auto metrics = m_training->finishEpoch(stop);
        if (!metrics && stop.stop_requested()) return;
        if (!metrics) return fail(metrics.error(), stop);
        epochEnded = true;
        push(*metrics);
    }
    publishSnapshotIfDue();
    if (const std::string reason = m_training->endReason(); !reason.empty())
        return finish(reason, stop);
    if (m_goal == Goal::Batch || (m_goal == Goal::Epoch && epochEnded)) rest();
}

bool Trainer::Worker::trainBatch()
{
    constexpr auto kReportEvery = 33ms;
    const bool due = m_goal == Goal::Batch || Clock::now() - m_reported >= kReportEvery;
    const auto loss = m_training->trainBatch(due);
    if (!loss) {
        m_error = loss.error();
        return false;
    }
    if (due && *loss) {
        push(m_training->stepMetrics(**loss));
        m_reported = Clock::now();
    }
    return true;
}

void Trainer::Worker::rest()
{
    m_goal = Goal::Rest;
    publishSnapshot();
    setState(State::Paused);
}

void Trainer::Worker::finish(const std::string &stoppedBy, std::stop_token stop)
{
    m_goal = Goal::Rest;
    const auto summary = m_training->finish(stoppedBy, stop);
    if (!summary && stop.stop_requested()) return;
    publishSnapshot();
    if (!summary) {
        if (stoppedBy != "error") // else the first error is the one to tell
            push(Failed{summary.error()});
        return setState(State::Failed);
    }
    push(*summary);
    setState(stoppedBy == "error" ? State::Failed : State::Finished);
}

void Trainer::Worker::fail(const Error &error, std::stop_token stop)
{
    push(Failed{error});
    finish("error", stop);
}

void Trainer::Worker::publishSnapshot()
{
    const auto begin = Clock::now();
    auto snapshot = m_training->snapshot();
    m_published = Clock::now();
    // At most 8 a second, and never more than 2 % of the time for large networks.
    m_snapshotInterval = std::max<Clock::duration>(125ms, 50 * (m_published - begin));
    const std::lock_guard lock(m_mutex);
    if (snapshot) m_snapshot = std::move(snapshot);
}

void Trainer::Worker::publishSnapshotIfDue()
{
    if (Clock::now() - m_published >= std::max<Clock::duration>(m_snapshotInterval, 125ms))
        publishSnapshot();
}

void Trainer::Worker::push(Event event)
{
    // A reader that never comes must not fill the memory; steps are the many.
    constexpr std::size_t kManyEvents = 10000;
    const std::lock_guard lock(m_mutex);
    if (m_events.size() >= kManyEvents && std::holds_alternative<StepMetrics>(event)) return;
    m_events.push_back(std::move(event));
    m_eventCame.notify_all();
}

void Trainer::Worker::setState(State state)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = state;
    }
    push(StateChanged{state});
}

bool Trainer::Worker::ended() const
{
    const State now = state();
    return now == State::Finished || now == State::Failed;
}

} // namespace ostrich::train
