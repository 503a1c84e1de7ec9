// Comparing runs: which are ticked, and a whole comparison trained one run after the other in the
// background.
#pragma once

#include "model/background.hpp"
#include "model/compare_job.hpp"
#include "project/variants.hpp"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace ostrich::ui {

class ProjectModel;
class DataModel;
class RunModel;

class CompareModel : public QObject {
    Q_OBJECT
public:
    CompareModel(ProjectModel *project, DataModel *data, RunModel *run, QObject *parent = nullptr);
    ~CompareModel() override; // ends the training cleanly

    /// The runs of the project, oldest first: RunModel's, and those that a comparison has added
    /// since it last looked.
    const std::vector<train::Run> &runs() const { return m_runs; }
    bool isTicked(const std::filesystem::path &folder) const;
    void setTicked(const std::filesystem::path &folder, bool ticked);
    std::vector<train::Run> ticked() const; // oldest first
    /// The run that is being trained, with its epochs so far; empty: none has one.
    const std::optional<train::Run> &live() const { return m_live; }

    /// Whether the comparison stands in the place of the single run: two are ticked, or it was
    /// asked for.
    bool shown() const { return m_asked || m_ticks.size() > 1; }
    void show();
    void close(); // nothing is ticked any more

    /// `reason`, where they cannot: one sentence.
    bool canCompareReaders(QString *reason = nullptr) const;
    bool canAddSeeds(QString *reason = nullptr) const;
    /// Trains what is missing of RNN, LSTM, GRU and attention on the project's task, at equal
    /// parameters, each with `seeds` seeds from the recipe's on; ticks what is there.
    void compareReaders(int seeds);
    /// Trains the project's own network with `count` seeds that it has no run of.
    void addSeeds(int count);

    bool training() const { return m_training; }
    bool cancelling() const { return m_training && m_stop.stop_requested(); }
    double fraction() const { return m_fraction; } // of the comparison, 0 to 1
    QString progressText() const; // "Run 3 of 12: LSTM, seed 1 · 1:20 left"; empty: none is trained

public slots:
    void cancel(); // the run at hand is thrown away, those that have ended stay

signals:
    void changed();         // runs or ticks
    void liveGrew();        // by epochs, some times a second
    void possibleChanged(); // canCompareReaders, canAddSeeds
    void progressed();      // some times a second while it trains, and when that is over
    void statusMessage(const QString &text, bool isError);

private:
    struct Tick {
        std::filesystem::path folder;
        train::Manifest manifest; // finds it again after the first save has moved it
    };

    void refreshRuns();
    void askForVariants();
    bool idle(QString *reason) const;
    /// The folders of the runs that differ from `wanted` in their seed alone, by seed.
    std::map<std::uint64_t, std::filesystem::path> trained(const project::Project &wanted) const;
    void begin(std::vector<CompareBatch> batches);
    CompareListener listener();
    void takeEpoch(const train::Run &at, const train::EpochMetrics &epoch);
    void takeProgress(double fraction, std::size_t index, const QString &what);
    void adopt(const std::filesystem::path &ended);
    void finish(const QString &error);

    ProjectModel *m_project;
    DataModel *m_data;
    RunModel *m_run;
    std::vector<train::Run> m_runs, m_added;
    std::vector<Tick> m_ticks;
    std::optional<train::Run> m_live;
    std::optional<Result<std::vector<project::Variant>>> m_variants; // empty: still asked for
    bool m_asked = false;
    bool m_training = false;
    bool m_follows = false; // what ends is ticked
    bool m_foreign = false; // the document has been replaced: what ends belongs to nobody
    double m_fraction = 0.0;
    std::size_t m_index = 0, m_count = 0;
    int m_done = 0; // runs added by the training at hand
    QString m_what;
    QElapsedTimer m_clock;
    std::stop_source m_stop;
    QTimer m_soon;                 // liveGrew, for epochs that come faster than anybody looks
    Background m_asking, m_worker; // last: they join first
};

} // namespace ostrich::ui
