// One series and one attack on it: the newest settings win.
#pragma once

#include "attack/threat.hpp"
#include "fool/flip_search.hpp"
#include "fool/live_attack.hpp"
#include "fool/surrogate.hpp"
#include "model/data_model.hpp"

#include <QObject>

#include <optional>
#include <vector>

namespace ostrich::ui {

struct Session;
class FoolModel;

class SeriesModel : public QObject {
    Q_OBJECT
public:
    /// `fool` knows the network at hand, and the other ones.
    SeriesModel(Session *session, FoolModel *fool, QObject *parent = nullptr);

    /// Why no series can be fooled yet, and what to do; empty: one can.
    QString obstacle() const;
    FoolModel &fool() const { return *m_fool; }

    const Array &series() const { return m_series; } // (T, F), data units
    const std::optional<SampleRef> &sample() const { return m_sample; }
    void useSample(const SampleRef &sample);
    /// Test series that the network reads rightly, one of each class.
    std::vector<SampleRef> suggestions(int count) const;

    /// Epsilon in training standard deviations, for L0 in values.
    const attack::AttackOptions &options() const { return m_options; }
    void setOptions(const attack::AttackOptions &options); // attacks anew
    void setEpsilon(double epsilon);
    double largestEpsilon() const; // of the slider
    /// A step is one value: L0 counts either.
    bool hasOneFeature() const { return m_series.shape.size() == 2 && m_series.dim(1) == 1; }

    /// Step by step, and how to pause it.
    LiveAttack &live() { return m_live; }
    const LiveAttack &live() const { return m_live; }
    /// Makes the attack once more, slowly or paused at its start.
    void watch(LiveAttack::Pace pace);

    const std::optional<attack::AttackResult> &result() const { return m_result; }
    /// What result() was found with: while the next attack goes on, options() are of that one.
    const attack::AttackOptions &resultOptions() const { return m_resultOptions; }
    const FlipSearch &flip() const { return m_flip; }

signals:
    void seriesChanged();
    void optionsChanged();
    void resultChanged();
    void statusMessage(const QString &text, bool isError);

private:
    void follow();
    std::optional<SampleRef> firstSample() const;
    void become(const SampleRef &sample);
    void drop();
    void forget();
    void dropResult();
    bool usesSurrogate() const; // the attack is made on another network
    void followSurrogate();
    bool canAttack();
    void attackNow();
    void take(const attack::AttackResult &result);
    LiveAttack::Request request() const;
    std::optional<std::int64_t> label() const;

    Session *m_session;
    FoolModel *m_fool;
    engine::ModelHandle m_network;
    graph::DataFacts m_known; // of the data whose sample, epsilon and target these are
    Array m_series;
    std::optional<SampleRef> m_sample;
    Array m_own; // the series at hand, while there is no network for it
    std::optional<SampleRef> m_ownSample;
    attack::AttackOptions m_options, m_resultOptions;
    std::optional<attack::AttackResult> m_result;
    Surrogate m_surrogate;
    LiveAttack m_live;
    FlipSearch m_flip;
};

} // namespace ostrich::ui
