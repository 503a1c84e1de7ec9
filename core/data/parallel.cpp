// The threads behind parallel.hpp; they live for one call.
#include "data/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ostrich::data {

namespace {

constexpr std::chrono::milliseconds kProgressPause{40};

struct Shared {
    std::atomic<std::int64_t> next{0};
    std::atomic<std::int64_t> done{0};
    std::atomic<bool> failed{false};
    std::mutex mutex;
    std::condition_variable ended;
    std::size_t running = 0;
    std::exception_ptr failure;
};

void workThrough(Shared &shared, std::int64_t count, const std::function<void(std::int64_t)> &work,
                 const std::stop_token &stop)
{
    try {
        while (!stop.stop_requested() && !shared.failed) {
            const std::int64_t index = shared.next++;
            if (index >= count) break;
            work(index);
            ++shared.done;
        }
    } catch (...) {
        const std::lock_guard lock(shared.mutex);
        if (!shared.failed.exchange(true)) shared.failure = std::current_exception();
    }
    const std::lock_guard lock(shared.mutex);
    --shared.running;
    shared.ended.notify_all();
}

} // namespace

bool forEachIndex(std::int64_t count, const std::function<void(std::int64_t)> &work,
                  const Progress &progress, const std::stop_token &stop)
{
    Shared shared;
    const std::int64_t cores = std::max(1U, std::thread::hardware_concurrency());
    shared.running = static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, cores));
    std::vector<std::jthread> threads;
    for (std::size_t i = shared.running; i > 0; --i)
        threads.emplace_back([&] { workThrough(shared, count, work, stop); });

    std::unique_lock lock(shared.mutex);
    while (!shared.ended.wait_for(lock, kProgressPause, [&] { return shared.running == 0; })) {
        lock.unlock();
        report(progress, static_cast<double>(shared.done) / static_cast<double>(count));
        lock.lock();
    }
    lock.unlock();
    if (shared.failure) std::rethrow_exception(shared.failure);
    return shared.done == count;
}

} // namespace ostrich::data
