// The trainer as its owner sees it: each call becomes a command for the thread.
#include "train/trainer.hpp"

#include "train/worker.hpp"

namespace ostrich::train {

Result<std::unique_ptr<Trainer>> Trainer::create(TrainerSetup setup)
{
    auto training = Training::create(setup);
    if (!training) return training.error();
    auto first = (*training)->snapshot();
    if (!first) return Error{"", {"engine.out_of_memory", {}}, {"engine.out_of_memory_hint", {}}};
    auto worker = std::make_unique<Worker>(std::move(*training), std::move(first), setup.runFolder);
    return std::unique_ptr<Trainer>(new Trainer(std::move(worker)));
}

Trainer::Trainer(std::unique_ptr<Worker> worker) : m_worker(std::move(worker)) {}

Trainer::~Trainer() = default;

void Trainer::play()
{
    m_worker->post({Command::Kind::Play});
}

void Trainer::pause()
{
    m_worker->post({Command::Kind::Pause});
}

void Trainer::stepBatch()
{
    m_worker->post({Command::Kind::StepBatch});
}

void Trainer::stepEpoch()
{
    m_worker->post({Command::Kind::StepEpoch});
}

void Trainer::stop()
{
    m_worker->post({Command::Kind::Stop});
}

void Trainer::reset()
{
    m_worker->post({Command::Kind::Reset});
}

void Trainer::setLearningRate(double rate)
{
    m_worker->post({Command::Kind::SetLearningRate, rate});
}

std::vector<Event> Trainer::takeEvents()
{
    return m_worker->takeEvents();
}

std::vector<Event> Trainer::waitForEvents(std::chrono::milliseconds timeout)
{
    return m_worker->waitForEvents(timeout);
}

State Trainer::state() const
{
    return m_worker->state();
}

engine::SnapshotHandle Trainer::snapshot() const
{
    return m_worker->snapshot();
}

const std::filesystem::path &Trainer::runFolder() const
{
    return m_worker->folder();
}

} // namespace ostrich::train
