// One series and one attack on it: the newest settings win.
#pragma once

#include "attack/threat.hpp"
#include "fool/live_attack.hpp"
#include "model/background.hpp"
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
    /// `fool` knows the network at hand.
    SeriesModel(Session *session, FoolModel *fool, QObject *parent = nullptr);

    /// Why no series can be fooled yet, and what to do; empty: one can.
    QString obstacle() const;

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

    LiveAttack &live() { return m_live; }
    const std::optional<attack::AttackResult> &result() const { return m_result; }
    /// The smallest epsilon that flips this series; empty: not known, or none does.
    std::optional<double> flip() const { return m_flip; }

signals:
    void seriesChanged();
    void optionsChanged();
    void resultChanged();
    void flipChanged();
    void statusMessage(const QString &text, bool isError);

private:
    void follow();
    std::optional<SampleRef> firstSample() const;
    void become(const SampleRef &sample);
    void drop();
    void forget();
    void dropResult();
    void attackNow();
    void take(const attack::AttackResult &result);
    void forgetFlip();
    void findFlip();
    std::optional<std::int64_t> label() const;

    Session *m_session;
    FoolModel *m_fool;
    engine::ModelHandle m_network;
    graph::DataFacts m_known; // of the data whose sample, epsilon and target these are
    Array m_series;
    std::optional<SampleRef> m_sample;
    Array m_own; // the series at hand, while there is no network for it
    std::optional<SampleRef> m_ownSample;
    attack::AttackOptions m_options;
    std::optional<attack::AttackResult> m_result;
    std::optional<double> m_flip;
    bool m_flipSought = false;
    LiveAttack m_live;
    Background m_flipper; // last: joins first
};

} // namespace ostrich::ui
