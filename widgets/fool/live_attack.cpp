// Between the attack's thread and the window's: a gate at which the attack waits, and a box in
// which the newest step lies.
#include "fool/live_attack.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace ostrich::ui {

namespace {

using std::chrono::milliseconds;

constexpr int kFrame = 33;               // ms: some thirty a second
constexpr milliseconds kSlowStep{150};   // to be followed by the eye
constexpr milliseconds kLongest{15'000}; // for all steps, however many they are
constexpr int kThreads = 2;

} // namespace

class LiveAttack::Channel {
public:
    explicit Channel(Pace pace) : m_pace(pace) {}

    void setPace(Pace pace)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_pace = pace;
            m_allowed = 0;
        }
        m_wake.notify_all();
    }
    void allowOne()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_pace = Pace::Paused;
            ++m_allowed;
        }
        m_wake.notify_all();
    }

    /// On the attack's thread: shows `step`, then waits as the pace wants it.
    void pass(const attack::AttackStep &step, std::stop_token stop)
    {
        std::unique_lock lock(m_mutex);
        m_newest = step;
        m_unseen.push_back({step.step, step.loss, step.fooled});
        if (m_pace == Pace::Slow) {
            const milliseconds shared =
                step.steps > 0 ? kLongest / step.steps : milliseconds::zero();
            m_wake.wait_for(lock, stop, step.steps > 0 ? std::min(kSlowStep, shared) : kSlowStep,
                            [this] { return m_pace != Pace::Slow; });
        }
        m_wake.wait(lock, stop, [this] { return m_pace != Pace::Paused || m_allowed > 0; });
        if (m_pace == Pace::Paused && m_allowed > 0) --m_allowed;
    }
    void setStart(attack::AttackResult start)
    {
        const std::scoped_lock lock(m_mutex);
        m_start = std::move(start);
    }

    struct News {
        std::optional<attack::AttackStep> newest;
        std::vector<Seen> seen;
        std::optional<attack::AttackResult> start;
    };
    News take()
    {
        const std::scoped_lock lock(m_mutex);
        return {std::exchange(m_newest, {}), std::exchange(m_unseen, {}),
                std::exchange(m_start, {})};
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Pace m_pace;
    int m_allowed = 0; // steps, while paused
    std::optional<attack::AttackStep> m_newest;
    std::vector<Seen> m_unseen;
    std::optional<attack::AttackResult> m_start;
};

LiveAttack::LiveAttack(QObject *parent) : QObject(parent), m_background(kThreads)
{
    m_frames.setInterval(kFrame);
    connect(&m_frames, &QTimer::timeout, this, &LiveAttack::collect);
}

LiveAttack::~LiveAttack() = default;

void LiveAttack::start(Request request, Pace pace, bool isOther)
{
    if (isOther) forget();
    m_channel = std::make_shared<Channel>(pace);
    m_pace = pace;
    m_running = true;
    m_step.reset();
    m_seen.clear();
    m_planned = 0;
    m_frames.start();
    emit stateChanged();
    m_background.run([this, request = std::move(request), channel = m_channel,
                      known = m_start.has_value()](std::stop_token stop) -> Background::Finish {
        const auto &[subject, picture, label, options] = request;
        if (!known) {
            attack::AttackOptions noise = options;
            noise.attack = "noise"; // the baseline of every attack: its answer comes at once
            noise.parameters.clear();
            noise.target.reset();
            if (auto start = attack::attackPicture(subject, picture, label, noise, stop))
                channel->setStart(std::move(*start));
        }
        auto result = attack::attackPicture(
            subject, picture, label, options, stop,
            [&](const attack::AttackStep &step) { channel->pass(step, stop); });
        if (stop.stop_requested()) return {};
        return [this, result = std::move(result)] {
            collect();
            end();
            if (result)
                emit ended(*result);
            else
                emit failed(result.error());
        };
    });
}

void LiveAttack::cancel()
{
    if (!m_running) return;
    m_background.cancel();
    collect();
    end();
    emit cancelled();
}

void LiveAttack::forget()
{
    if (m_channel) m_channel->take();
    m_step.reset();
    m_seen.clear();
    m_planned = 0;
    m_start.reset();
    emit forgotten();
}

/// The last step stays where it is seen.
void LiveAttack::end()
{
    m_running = false;
    m_pace = Pace::Fast;
    m_frames.stop();
    emit stateChanged();
}

void LiveAttack::setPace(Pace pace)
{
    if (!m_running || pace == m_pace) return;
    m_pace = pace;
    m_channel->setPace(pace);
    emit stateChanged();
}

void LiveAttack::stepOnce()
{
    if (!m_running) return;
    if (m_pace != Pace::Paused) return setPace(Pace::Paused);
    m_channel->allowOne();
}

void LiveAttack::collect()
{
    if (!m_channel) return;
    Channel::News news = m_channel->take();
    if (!news.newest && !news.start) return;
    if (news.start) m_start = std::move(news.start);
    if (news.newest) {
        m_planned = news.newest->steps;
        m_step = std::move(news.newest);
        m_seen.insert(m_seen.end(), news.seen.begin(), news.seen.end());
    }
    emit stepped();
}

} // namespace ostrich::ui
