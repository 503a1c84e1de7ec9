// The worker behind Background: one thread, one waiting job at most.
#include "model/background.hpp"

#include "engine/machine.hpp"

#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace ostrich::ui {

class Background::Worker {
public:
    Worker(int threads, Background *owner) : m_owner(owner), m_threads(threads)
    {
        m_thread = std::jthread([this](std::stop_token stop) { loop(stop); });
    }

    ~Worker()
    {
        m_thread.request_stop();
        {
            const std::scoped_lock lock(m_mutex);
            m_jobStop.request_stop();
            m_waiting.reset();
        }
        m_wake.notify_all();
    }

    void run(Job job)
    {
        const std::scoped_lock lock(m_mutex);
        m_jobStop.request_stop();
        ++m_serial;
        m_waiting = std::move(job);
        m_wake.notify_all();
    }

    void cancel()
    {
        const std::scoped_lock lock(m_mutex);
        m_jobStop.request_stop();
        ++m_serial;
        m_waiting.reset();
    }

    bool busy() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_working || m_waiting;
    }

private:
    void loop(std::stop_token stop)
    {
        engine::lowerPriority();
        engine::setThreadCount(
            m_threads > 0 ? m_threads : static_cast<int>(std::thread::hardware_concurrency()));
        while (!stop.stop_requested()) {
            Job job;
            std::uint64_t serial = 0;
            std::stop_token jobStop;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [&] { return stop.stop_requested() || m_waiting; });
                if (stop.stop_requested()) return;
                job = std::move(*m_waiting);
                m_waiting.reset();
                m_jobStop = std::stop_source();
                jobStop = m_jobStop.get_token();
                serial = m_serial;
                m_working = true;
            }
            tellBusy(true);
            Finish finish = job(jobStop);
            {
                const std::scoped_lock lock(m_mutex);
                m_working = false;
            }
            deliver(serial, std::move(finish));
        }
    }

    void deliver(std::uint64_t serial, Finish finish)
    {
        QMetaObject::invokeMethod(
            m_owner,
            [this, serial, finish = std::move(finish)] {
                bool current = false, idle = false;
                {
                    const std::scoped_lock lock(m_mutex);
                    current = serial == m_serial;
                    idle = !m_working && !m_waiting;
                }
                if (current && finish) finish();
                if (idle) emit m_owner->busyChanged(false);
            },
            Qt::QueuedConnection);
    }

    void tellBusy(bool busy)
    {
        QMetaObject::invokeMethod(
            m_owner, [this, busy] { emit m_owner->busyChanged(busy); }, Qt::QueuedConnection);
    }

    // Outlives the thread: the destructor of Background joins before QObject drops queued calls.
    Background *m_owner;
    int m_threads;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Job> m_waiting;
    std::stop_source m_jobStop;
    std::uint64_t m_serial = 0;
    bool m_working = false;
    std::jthread m_thread; // last: joins first
};

Background::Background(int threads, QObject *parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(threads, this))
{
}

Background::~Background() = default;

void Background::run(Job job)
{
    m_worker->run(std::move(job));
}

void Background::cancel()
{
    m_worker->cancel();
}

bool Background::busy() const
{
    return m_worker->busy();
}

} // namespace ostrich::ui
