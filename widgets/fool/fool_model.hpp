// What Fool is about: one picture, one attack on the trained network (behind a defence, where one
// is chosen), and the curve over many test pictures.
#pragma once

#include "attack/filter.hpp"
#include "attack/threat.hpp"
#include "fool/live_attack.hpp"
#include "fool/surrogate.hpp"
#include "model/background.hpp"
#include "model/data_model.hpp"

#include <QImage>
#include <QObject>

#include <filesystem>
#include <optional>
#include <vector>

namespace ostrich::ui {

struct Session;

class FoolModel : public QObject {
    Q_OBJECT
public:
    explicit FoolModel(Session *session, QObject *parent = nullptr);

    /// What the data are, as far as Fool can do something with them. Pictures: or none yet.
    enum class Reads { Pictures, Sentences, Series, Other };
    Reads reads() const;
    /// Why no picture can be fooled yet, and what to do; empty: all is there.
    QString obstacle() const;
    /// The same, whatever the network reads.
    QString networkObstacle() const;
    bool lacksPictures() const { return reads() != Reads::Pictures; }

    const Array &picture() const { return m_picture; } // (C, H, W)
    const std::optional<SampleRef> &sample() const
    {
        return m_sample;
    } // empty: a picture from outside
    void useSample(SampleRef sample);
    void useFile(const QString &path);
    void useImage(const QImage &image);
    /// The first test pictures that the network reads rightly, of the class that is fooled most
    /// tellingly first.
    std::vector<SampleRef> suggestions(int count) const;

    const attack::AttackOptions &options() const { return m_options; }
    void setOptions(const attack::AttackOptions &options); // attacks anew
    void setEpsilon(double epsilon);
    double largestEpsilon() const; // of the slider, in the units of options().norm

    /// What cleans the pictures before the network sees them; empty: nothing.
    const std::optional<attack::FilterChoice> &defence() const { return m_defence; }
    void setDefence(const std::optional<attack::FilterChoice> &defence);
    /// The network as it is attacked: behind the defence.
    const attack::Subject &subject() const { return m_subject; }
    /// Whether there is another run of these data, on which a transfer attack can be made.
    bool hasSurrogate() const { return surrogateFolder().has_value(); }

    /// Step by step, and how to pause it.
    LiveAttack &live() { return m_live; }
    /// Runs the attack once more, slowly or paused at its start.
    void watch(LiveAttack::Pace pace);

    const std::optional<attack::AttackResult> &result() const { return m_result; }
    std::optional<double> flip() const
    {
        return m_flip;
    } // the smallest epsilon that flips this picture

    void startSweep(int pictures);
    void cancelSweep();
    bool sweeping() const { return m_sweeping; }
    const std::vector<attack::SweepPoint> &sweep() const { return m_sweep; }
    int sweepPictures() const { return m_sweepPictures; }
    /// What the curve was drawn with: the options without a target.
    attack::AttackOptions sweepOptions() const;

signals:
    void pictureChanged();
    void optionsChanged();
    void resultChanged();
    void flipChanged();
    void sweepChanged();
    void sweepProgressed(double fraction); // negative: ended
    void sweepFinished();                  // the whole curve is there
    void statusMessage(const QString &text, bool isError);

private:
    engine::ModelHandle usableModel() const; // null: none, or the data are other ones by now
    bool ready();                            // false: told why not
    /// False: there is no network, no picture, or the other network is still being read or cannot
    /// be (told).
    bool canAttack();
    void dropResult();
    void modelChanged();
    void attackNow(bool isOther = false); // picture, network or noise
    void becomeSubject();
    void takeResult(const attack::AttackResult &result);
    std::optional<std::filesystem::path> surrogateFolder() const;
    void findFlip();
    void forgetFlip();
    Background::Job sweepJob(std::vector<std::int64_t> indices);
    void takeSweep(const Result<std::vector<attack::SweepPoint>> &points);
    void clearSweep();
    void dropPicture();
    void showFirstPicture();    // one's own, or one that the network reads rightly
    bool usesSurrogate() const; // the attack is made on another network
    void takeSurrogate();
    void setPicture(Array picture, std::optional<SampleRef> sample);
    void tell(const Error &error);

    Session *m_session;
    engine::ModelHandle m_model;
    attack::Subject m_subject;
    std::optional<attack::FilterChoice> m_defence;
    graph::DataFacts m_known; // of the data whose picture, epsilon and target these are
    Array m_picture;
    Array m_own; // the picture from outside, while there is no network for it
    std::optional<SampleRef> m_sample;
    std::optional<std::int64_t> m_label;
    attack::AttackOptions m_options;
    std::optional<attack::AttackResult> m_result;
    std::optional<double> m_flip;
    std::vector<attack::SweepPoint> m_sweep;
    int m_sweepPictures = 0, m_sweepSerial = 0; // of the curve at hand
    int m_sweepWanted = 0;                      // pictures, as soon as the other network is read
    bool m_sweeping = false, m_flipKnown = false;
    Surrogate m_surrogate;
    LiveAttack m_live;
    Background m_flipper, m_sweeper; // last: they join first
};

} // namespace ostrich::ui
