// One attack on one picture or series, seen step by step: it can be paused, stepped, slowed and
// cancelled at any time, and the window never waits for it.
#pragma once

#include "attack/threat.hpp"
#include "model/background.hpp"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace ostrich::ui {

class LiveAttack : public QObject {
    Q_OBJECT
public:
    /// Fast: as it can, its steps shown as they come. Slow: one step after the other, to be
    /// followed by the eye. Paused: only by stepOnce().
    enum class Pace { Fast, Slow, Paused };

    struct Request {
        attack::Subject subject;
        Array picture; // (C, H, W), or a series (T, F)
        std::optional<std::int64_t> label;
        attack::AttackOptions options;
    };
    struct Seen {
        std::int64_t step = 0;
        double loss = 0.0;
        bool fooled = false;
        bool operator==(const Seen &) const = default;
    };

    explicit LiveAttack(QObject *parent = nullptr);
    ~LiveAttack() override;

    /// In the place of the one at hand. `isOther`: picture or network are others than before.
    void start(Request request, Pace pace, bool isOther);
    void cancel();
    /// What was seen is of another picture or network than the next attack.
    void forget();
    void setPace(Pace pace);
    void stepOnce(); // pauses it first where it runs

    bool running() const { return m_running; }
    Pace pace() const { return m_pace; }
    /// The newest step that is shown; empty: none yet, or the attack has ended.
    const std::optional<attack::AttackStep> &step() const { return m_step; }
    const std::vector<Seen> &seen() const { return m_seen; } // all steps, in order
    std::int64_t planned() const { return m_planned; }       // steps; 0: not known
    /// The picture before any attack, and under noise: there as soon as the network has answered.
    const std::optional<attack::AttackResult> &start() const { return m_start; }

signals:
    void stateChanged(); // running(), pace()
    void stepped();      // at most some thirty times a second
    void ended(const attack::AttackResult &result);
    void failed(const Error &error);
    void cancelled();
    void forgotten();

private:
    class Channel;
    void collect();
    void end();

    std::shared_ptr<Channel> m_channel; // of the attack at hand
    bool m_running = false;
    Pace m_pace = Pace::Fast;
    std::optional<attack::AttackStep> m_step;
    std::vector<Seen> m_seen;
    std::int64_t m_planned = 0;
    std::optional<attack::AttackResult> m_start;
    QTimer m_frames;
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
