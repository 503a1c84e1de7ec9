// The loader's thread: fills a short queue of batches ahead of its consumer.
#include "data/loader.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>

namespace ostrich::data {

struct Loader::State {
    std::shared_ptr<const Dataset> dataset;
    Split split = Split::Train;
    Options options;

    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<Batch> ready;
    bool finished = false;
    std::exception_ptr failure;
    std::jthread thread; // last: it stops and joins before what it uses is gone

    const Samples &samples() const { return dataset->split(split); }
    std::int64_t batchSize() const { return std::max<std::int64_t>(1, options.batchSize); }
    std::int64_t batches() const { return (samples().count() + batchSize() - 1) / batchSize(); }

    std::vector<std::int64_t> order() const
    {
        if (options.shuffle) return epochOrder(samples().count(), options.seed, options.epoch);
        std::vector<std::int64_t> order(static_cast<std::size_t>(samples().count()));
        std::iota(order.begin(), order.end(), std::int64_t{0});
        return order;
    }

    Batch prepare(std::span<const std::int64_t> indices) const
    {
        Batch batch;
        batch.indices.assign(indices.begin(), indices.end());
        batch.x.shape = samples().sampleShape;
        batch.x.shape.insert(batch.x.shape.begin(), static_cast<std::int64_t>(indices.size()));
        batch.x.values.resize(indices.size()
                              * static_cast<std::size_t>(samples().valuesPerSample()));
        samples().gather(indices, batch.x.values.data());
        for (const std::int64_t index : indices)
            batch.y.push_back(samples().labels[static_cast<std::size_t>(index)]);
        return batch;
    }

    void fill(const std::stop_token &stop)
    {
        const std::vector<std::int64_t> all = order();
        const auto ahead = static_cast<std::size_t>(std::max(1, options.prefetch));
        for (std::int64_t i = std::max<std::int64_t>(0, options.skipBatches); i < batches(); ++i) {
            const std::int64_t first = i * batchSize();
            const std::int64_t size = std::min(batchSize(), samples().count() - first);
            Batch batch = prepare(std::span(all).subspan(static_cast<std::size_t>(first),
                                                         static_cast<std::size_t>(size)));
            std::unique_lock lock(mutex);
            if (!changed.wait(lock, stop, [&] { return ready.size() < ahead; })) return;
            ready.push_back(std::move(batch));
            changed.notify_all();
        }
    }

    void run(const std::stop_token &stop)
    {
        std::exception_ptr caught;
        try {
            fill(stop);
        } catch (...) {
            caught = std::current_exception(); // out of memory: the consumer has to know
        }
        const std::lock_guard lock(mutex);
        failure = caught;
        finished = true;
        changed.notify_all();
    }
};

Loader::Loader(std::shared_ptr<const Dataset> dataset, Split split, Options options)
    : m_state(std::make_unique<State>())
{
    m_state->dataset = std::move(dataset);
    m_state->split = split;
    m_state->options = options;
    m_state->thread =
        std::jthread([state = m_state.get()](const std::stop_token &stop) { state->run(stop); });
}

Loader::~Loader() = default;

std::optional<Batch> Loader::next()
{
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait(lock, [this] { return !m_state->ready.empty() || m_state->finished; });
    if (!m_state->ready.empty()) {
        Batch batch = std::move(m_state->ready.front());
        m_state->ready.pop_front();
        m_state->changed.notify_all();
        return batch;
    }
    if (m_state->failure) std::rethrow_exception(m_state->failure);
    return {};
}

std::int64_t Loader::batches() const
{
    return m_state->batches();
}

std::vector<std::int64_t> epochOrder(std::int64_t count, std::uint64_t seed, std::int64_t epoch)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(std::max<std::int64_t>(0, count)));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    RandomStream random(seed, "epoch/" + std::to_string(epoch));
    random.shuffle(std::span(order));
    return order;
}

} // namespace ostrich::data
