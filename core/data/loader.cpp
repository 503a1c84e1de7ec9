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
        if (options.shuffle)
            return bucketed(epochOrder(samples().count(), options.seed, options.epoch), samples(),
                            batchSize(), options.seed, options.epoch);
        std::vector<std::int64_t> order(static_cast<std::size_t>(samples().count()));
        std::iota(order.begin(), order.end(), std::int64_t{0});
        return order;
    }

    void fill(const std::stop_token &stop)
    {
        const std::vector<std::int64_t> all = order();
        const auto ahead = static_cast<std::size_t>(std::max(1, options.prefetch));
        for (std::int64_t i = std::max<std::int64_t>(0, options.skipBatches); i < batches(); ++i) {
            const std::int64_t first = i * batchSize();
            const std::int64_t size = std::min(batchSize(), samples().count() - first);
            Batch batch =
                batchOf(samples(), std::span(all).subspan(static_cast<std::size_t>(first),
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

std::vector<std::int64_t> bucketed(std::vector<std::int64_t> order, const Samples &samples,
                                   std::int64_t batchSize, std::uint64_t seed, std::int64_t epoch)
{
    constexpr std::size_t kPool = 50; // batches
    const auto steps = [&samples](std::int64_t index) { return samples.steps(index); };
    if (!samples.sequences() || order.empty()) return order;
    const auto [least, most] = std::ranges::minmax(order, {}, steps);
    if (steps(least) == steps(most)) return order;

    const auto size = static_cast<std::size_t>(batchSize);
    for (std::size_t first = 0; first < order.size(); first += kPool * size) {
        const std::size_t end = std::min(first + kPool * size, order.size());
        std::ranges::stable_sort(std::span(order).subspan(first, end - first), {}, steps);
    }
    // Whole batches change places; a shorter one stays last.
    std::vector<std::size_t> batches(order.size() / size);
    std::iota(batches.begin(), batches.end(), std::size_t{0});
    RandomStream(seed, "buckets/" + std::to_string(epoch)).shuffle(std::span(batches));
    std::vector<std::int64_t> mixed;
    mixed.reserve(order.size());
    for (const std::size_t batch : batches) {
        const auto begin = order.begin() + static_cast<std::ptrdiff_t>(batch * size);
        mixed.insert(mixed.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
    }
    mixed.insert(mixed.end(), order.begin() + static_cast<std::ptrdiff_t>(mixed.size()),
                 order.end());
    return mixed;
}

} // namespace ostrich::data
