// What Inside is about: one block of the trained network, one sample, and what the probes tell of
// both. Follows the training; no pixels.
#pragma once

#include "inside/look.hpp"
#include "inside/looker.hpp"
#include "inside/other_runs.hpp"
#include "model/background.hpp"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace ostrich::ui {

struct Session;

class InsideModel : public QObject {
    Q_OBJECT
public:
    explicit InsideModel(Session *session, QObject *parent = nullptr);
    ~InsideModel() override;

    /// Why there is nothing to look into, and what to do; empty: there is.
    QString obstacle() const;
    /// Only an active model asks the probes: while its place is seen.
    void setActive(bool active);

    struct Entry {
        std::string id;
        QString name, fact, icon; // "LSTM", "24 units", "rec"
        graph::Category category = graph::Category::Structure;
        bool offers = false; // a probe can look into it
        bool operator==(const Entry &) const = default;
    };
    /// In flow order.
    const std::vector<Entry> &blocks() const { return m_entries; }
    const Entry *current() const; // null: none is looked into
    void setBlock(const std::string &id);
    const graph::Network *network() const; // of the run; null: no run
    const graph::Block *block() const;
    const graph::Block *block(const std::string &id) const; // "layer_1.0.attention_1" too

    std::vector<Look> looks() const;
    Look look() const { return m_look; }
    void setLook(Look look);

    const DatasetHandle &sample() const { return m_sample; } // null: none
    const SampleSteps &steps() const { return m_steps; }
    bool edited() const { return m_edited; } // not as the data have it: changed, or typed
    bool takesText() const;
    void useSample(const SampleRef &sample);
    void changeStep(int step, int choice);
    void setText(const QString &text); // empty: back to the sample

    int cursor() const { return m_cursor; } // a step; -1: none
    void setCursor(int step);
    int head() const { return m_head; } // of attention; -1: their mean
    int row() const { return m_row; }   // who looks
    void setAttention(int head, int row);
    /// All layers together instead of one head of one of them, where that is told.
    bool rollout() const { return m_rollout; }
    void setRollout(bool rollout);
    /// A decoder: its look at its own words, instead of that at its source.
    bool atItself() const { return m_atItself; }
    void setAtItself(bool atItself);
    /// Whether the gradient is laid beside the attention.
    bool beside() const { return m_beside; }
    void setBeside(bool beside);

    /// Null: not told, or not yet.
    const probe::ProbeResult *result(const std::string &probe) const;
    const Array *array(const std::string &name) const; // of any result
    const Array &weights() const { return m_weights; }
    const QString &trouble() const { return m_trouble; } // what a probe said instead
    const Array &answer() const { return m_answer; }
    /// The step whose answer counts: the only one that is asked, else the cursor; -1: the sample
    /// has one answer.
    int answerStep() const;
    std::vector<float> answerRow() const; // probabilities by class at that step
    bool waiting() const { return m_quick.working || m_slow.working; }

    struct Depth {
        int epoch = 0;
        std::vector<float> depth; // by steps back, at most 1
        std::vector<float> swap; // the change of the answer when that step is swapped; may be empty
    };
    const std::vector<Depth> &depths() const { return m_depths; } // newest last
    std::optional<int> halfMemory() const; // of the newest; empty: not measured
    OtherRuns &others() { return m_others; }
    const OtherRuns &others() const { return m_others; }
    int epoch() const;
    bool following() const; // the training goes on

signals:
    void subjectChanged(); // blocks, the one looked into, the looks, whether there is an obstacle
    void sampleChanged();
    void resultsChanged();
    void cursorChanged();
    void attentionChanged();

private:
    struct Desk { // one worker and its compiled network
        explicit Desk(QObject *owner) : background(1, owner) {}
        Background background;
        std::shared_ptr<Looker> looker = std::make_shared<Looker>();
        bool working = false, again = false;
    };

    void runChanged();
    void weightsChanged();
    void followSelection();
    void chooseBlock(const std::string &id);
    void refreshEntries();
    void takeSample();
    void setSample(DatasetHandle sample, bool edited);
    void forget(); // answers about another block
    void askSoon();
    void ask();
    void askQuick();
    void askSlow(bool anew);
    void start(Desk &desk, LookRequest request, bool slow);
    void take(Desk &desk, bool slow, int epoch, LookAnswer answer);
    void keepDepth(int epoch);
    LookRequest request() const;
    LookSubject subject() const;

    Session *m_session;
    OtherRuns m_others;
    Desk m_quick, m_slow;
    QTimer m_soon, m_follow;
    bool m_active = false, m_edited = false, m_translates = false;
    std::vector<Entry> m_entries;
    Offers m_offers;
    std::string m_block;
    Look m_look = Look::Gates;
    std::string m_run; // the folder whose depths are kept
    DatasetHandle m_whole, m_sample, m_given;
    SampleRef m_ref;
    struct Asked { // of the slow probes
        engine::SnapshotHandle snapshot;
        std::string block;
        std::vector<std::string> probes;
        bool operator==(const Asked &) const = default;
    } m_asked;
    SampleSteps m_steps;
    int m_cursor = -1, m_head = 0, m_row = 0;
    bool m_beside = false, m_rollout = false, m_atItself = false;
    std::map<std::string, probe::ProbeResult> m_results;
    Array m_answer, m_weights;
    std::vector<Depth> m_depths;
    QString m_trouble;
};

} // namespace ostrich::ui
