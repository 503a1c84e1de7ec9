// The probe's thread: waits for a request, looks, hands over; a newer request replaces a waiting
// one.
#include "probe/thumbnails.hpp"

#include "engine/machine.hpp"
#include "probe/looking_glass.hpp"

#include <ATen/Parallel.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace ostrich::probe {

class ThumbnailProbe::Worker {
public:
    explicit Worker(std::function<void()> ready)
        : m_ready(std::move(ready)), m_thread([this](std::stop_token stop) { run(stop); })
    {
    }

    void request(ThumbnailRequest request)
    {
        const std::lock_guard lock(m_mutex);
        m_request = std::move(request);
        m_requested.notify_one();
    }

    std::shared_ptr<const Thumbnails> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_result, nullptr);
    }

private:
    void run(std::stop_token stop)
    {
        engine::lowerPriority();
        // A thread's first look takes the count that any other thread set last; it must not come
        // after ours.
        at::get_num_threads();
        engine::setThreadCount(1);
        LookingGlass glass;
        while (const auto request = next(stop)) {
            try {
                answer(glass, *request);
            } catch (const std::exception &) {
                // Memory gave out outside LibTorch: what the glass holds makes room for the answer.
                glass = LookingGlass();
                answerNothing(request->serial);
            }
        }
    }

    void answer(LookingGlass &glass, const ThumbnailRequest &request)
    {
        auto thumbnails = glass.look(request);
        // What cannot be shown is an answer too: no block could be computed.
        if (!thumbnails) thumbnails = Thumbnails{.serial = request.serial, .blocks = {}};
        handOver(std::move(*thumbnails));
    }

    void answerNothing(std::uint64_t serial)
    {
        try {
            handOver({.serial = serial, .blocks = {}});
        } catch (const std::exception &) {
            // Not even that: the asker keeps the pictures it has.
        }
    }

    void handOver(Thumbnails thumbnails)
    {
        auto result = std::make_shared<const Thumbnails>(std::move(thumbnails));
        {
            const std::lock_guard lock(m_mutex);
            m_result = std::move(result);
        }
        if (m_ready) m_ready();
    }

    /// Waits; nothing: the probe is closing.
    std::optional<ThumbnailRequest> next(std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_requested.wait(lock, stop, [this] { return m_request.has_value(); });
        if (stop.stop_requested()) return {};
        return std::exchange(m_request, std::nullopt);
    }

    const std::function<void()> m_ready;
    std::mutex m_mutex; // for what follows
    std::condition_variable_any m_requested;
    std::optional<ThumbnailRequest> m_request;
    std::shared_ptr<const Thumbnails> m_result;
    std::jthread m_thread; // last: starts when all else is there, joins before all else goes
};

ThumbnailProbe::ThumbnailProbe(std::function<void()> ready)
    : m_worker(std::make_unique<Worker>(std::move(ready)))
{
}

ThumbnailProbe::~ThumbnailProbe() = default;

void ThumbnailProbe::request(ThumbnailRequest request)
{
    m_worker->request(std::move(request));
}

std::shared_ptr<const Thumbnails> ThumbnailProbe::take()
{
    return m_worker->take();
}

Result<Thumbnails> thumbnails(const ThumbnailRequest &request)
{
    LookingGlass glass;
    return glass.look(request);
}

} // namespace ostrich::probe
