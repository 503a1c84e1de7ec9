// What Fool is about: one picture, one attack on a network (the run at hand, or a TorchScript file;
// behind a defence, where one is chosen), and the curve over many test pictures.
#pragma once

#include "attack/filter.hpp"
#include "attack/threat.hpp"
#include "fool/flip_search.hpp"
#include "fool/live_attack.hpp"
#include "fool/script_network.hpp"
#include "fool/surrogate.hpp"
#include "model/background.hpp"
#include "model/data_model.hpp"

#include <QImage>
#include <QObject>

#include <filesystem>
#include <functional>
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

    /// The runs that can be attacked with these data, newest first, the one at hand among them.
    std::vector<std::filesystem::path> runs() const;
    /// Shows a run here and everywhere, in the place of a file.
    void chooseRun(const std::filesystem::path &folder);
    /// Attacks a file that is a program in the place of the run, as soon as it is open: who calls
    /// has asked. It stays until another network is chosen or trained, or the data are others.
    void chooseFile(const attack::TorchScriptChoice &choice);
    const ScriptNetwork &file() const { return m_file; }
    /// "lenet 003", "net.pt"; empty: there is none.
    QString networkName() const;
    QString runName(const std::filesystem::path &folder) const; // "lenet 003"

    const Array &picture() const { return m_picture; } // (C, H, W)
    const std::optional<SampleRef> &sample() const
    {
        return m_sample;
    } // empty: a picture from outside
    const std::optional<std::int64_t> &label() const { return m_label; } // empty: not known
    void useSample(SampleRef sample);
    void useFile(const QString &path);                   // in the background
    void useImage(const QImage &image);                  // in the background
    const QString &opening() const { return m_opening; } // the picture's name; empty: none is
    /// The first test pictures that the network reads rightly, of the class that is fooled most
    /// tellingly first, none of the target's; where it reads none, the first of each class.
    std::vector<SampleRef> suggestions(int count) const;
    /// Of a test picture of which the network reads none: what helps most; empty otherwise.
    QString hint() const;

    const attack::AttackOptions &options() const { return m_options; }
    void setOptions(const attack::AttackOptions &options); // attacks anew
    void setEpsilon(double epsilon);
    double largestEpsilon() const; // of the slider, in the units of options().norm

    /// What cleans the pictures before the network sees them; empty: nothing.
    const std::optional<attack::FilterChoice> &defence() const { return m_defence; }
    void setDefence(const std::optional<attack::FilterChoice> &defence);
    /// The network as it is attacked: behind the defence.
    const attack::Subject &subject() const { return m_subject; }
    /// Other runs of these data, on which a transfer attack can be made, newest first.
    std::vector<std::filesystem::path> surrogates() const;
    bool hasSurrogate() const { return !surrogates().empty(); }
    /// That which is taken: the newest, unless another was chosen.
    std::optional<std::filesystem::path> surrogateFolder() const;
    void setSurrogate(const std::filesystem::path &folder);
    bool usesSurrogate() const; // the attack is made on another network
    /// Whether the attack is held by epsilon: others know limits of their own alone.
    bool isHeld() const;

    /// Step by step, and how to pause it.
    LiveAttack &live() { return m_live; }
    const LiveAttack &live() const { return m_live; }
    /// Runs the attack once more, slowly or paused at its start.
    void watch(LiveAttack::Pace pace);

    const std::optional<attack::AttackResult> &result() const { return m_result; }
    /// What result() was found with: while the next attack goes on, options() are of that one.
    const attack::AttackOptions &resultOptions() const { return m_resultOptions; }
    const FlipSearch &flip() const { return m_flip; }

    /// Why no curve can be drawn of this attack on this network; empty: it can.
    QString sweepObstacle() const;
    void startSweep(int pictures);
    void cancelSweep();
    bool sweeping() const { return m_sweeping; }
    const std::vector<attack::SweepPoint> &sweep() const { return m_sweep; }
    int sweepPictures() const { return m_sweepPictures; }
    /// What the curve was drawn with: the options without a target.
    attack::AttackOptions sweepOptions() const;

signals:
    void networkChanged(); // which it is, or which there are
    void openingChanged();
    void pictureChanged();
    void optionsChanged();
    void resultChanged();
    void sweepChanged();
    void sweepProgressed(double fraction); // negative: ended
    void sweepFinished();                  // the whole curve is there
    void statusMessage(const QString &text, bool isError);

private:
    // widgets/fool/fool_network.cpp
    bool hasNetwork() const { return m_subject.classifier != nullptr; }
    engine::ModelHandle usableModel() const; // null: none, or the data are other ones by now
    bool isCurrent() const;                  // the network at hand is still what is there
    void follow();
    void modelChanged();
    void becomeSubject();
    void takeSurrogate();
    const std::vector<train::Answer> &answers() const; // to test pictures
    bool readsNone() const;

    // widgets/fool/fool_pictures.cpp
    bool ready();                                  // false: told why not
    void beginWith(const graph::DataFacts &facts); // data of another kind
    void dropPicture();
    void showFirstPicture(); // one's own, or one that the network reads rightly
    std::int64_t avoidedClass() const;
    std::vector<SampleRef> readRightly(int count) const;
    std::vector<SampleRef> firstOfClasses(int count) const;
    void showSample(SampleRef sample);
    void setPicture(Array picture, std::optional<SampleRef> sample);
    void open(const QString &name, std::function<Result<Array>()> read);
    void takeOpened(const Result<Array> &picture);
    void endOpening();

    /// False: there is no network, no picture, or the other network is still being read or cannot
    /// be (told).
    bool canAttack();
    void dropResult();
    void attackNow(bool isOther = false); // picture, network or noise
    void takeResult(const attack::AttackResult &result);
    LiveAttack::Request request() const;
    void tell(const Error &error);

    // widgets/fool/fool_sweep.cpp
    Background::Job sweepJob(std::vector<std::int64_t> indices);
    void takeSweep(const Result<std::vector<attack::SweepPoint>> &points);
    void clearSweep();

    Session *m_session;
    engine::ModelHandle m_model; // of the run at hand
    ScriptNetwork m_file;
    attack::Subject m_subject; // whichever of the two is attacked
    std::optional<attack::FilterChoice> m_defence;
    graph::DataFacts m_known; // of the data whose picture, epsilon and target these are
    Array m_picture;
    Array m_own; // the picture from outside, while there is no network for it
    std::optional<SampleRef> m_sample;
    std::optional<std::int64_t> m_label;
    attack::AttackOptions m_options, m_resultOptions;
    std::optional<attack::AttackResult> m_result;
    std::vector<attack::SweepPoint> m_sweep;
    int m_sweepPictures = 0, m_sweepSerial = 0; // of the curve at hand
    int m_sweepWanted = 0;                      // pictures, as soon as the other network is read
    bool m_sweeping = false;
    std::filesystem::path m_wantedSurrogate; // empty: the newest
    Surrogate m_surrogate;
    QString m_opening;
    LiveAttack m_live;
    FlipSearch m_flip;
    Background m_opener, m_sweeper; // last: they join first
};

} // namespace ostrich::ui
