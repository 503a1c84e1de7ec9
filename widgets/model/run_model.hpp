// Training as the window sees it: the transport, the curves so far, the finished figures, the
// trained model.
#pragma once

#include "model/background.hpp"
#include "project/templates.hpp"
#include "train/evaluation.hpp"
#include "train/run.hpp"
#include "train/trainer.hpp"

#include <QObject>
#include <QTimer>

#include <optional>

namespace ostrich::ui {

class ProjectModel;
class DataModel;

class RunModel : public QObject {
    Q_OBJECT
public:
    RunModel(ProjectModel *project, DataModel *data, QObject *parent = nullptr);
    ~RunModel() override; // ends the training cleanly

    /// Ready also means: no run yet. `canPlay` false: `reason` says why in one sentence (a problem,
    /// data still loading).
    train::State state() const { return m_state; }
    bool canPlay(QString *reason = nullptr) const;
    bool running() const { return m_state == train::State::Running; }
    /// Whether Play goes on with the run at hand: it has not ended, and the project is still its
    /// own.
    bool goesOn() const;
    bool canStop() const;
    bool measuring() const { return m_measuring; } // the best weights of a run that has ended

    const std::vector<train::EpochMetrics> &epochs() const { return m_epochs; }
    const std::optional<train::StepMetrics> &step() const { return m_step; }
    const std::optional<train::Summary> &summary() const { return m_summary; }
    /// 0: none yet. The epoch with the smallest validation loss so far.
    std::int64_t bestEpoch() const;
    std::int64_t plannedEpochs() const;
    engine::SnapshotHandle snapshot() const { return m_snapshot; } // null: untrained
    /// What the network of a run that was opened normalises by; nothing: as the data say.
    const std::optional<data::Statistics> &statistics() const { return m_statistics; }
    const project::Project *runProject() const; // the copy that the run owns; null: no run
    /// Whether the project still has the data that the run was trained on: only then do the
    /// indices of its answers belong to the loaded samples.
    bool sameData() const;

    /// Once a run has ended (or one was opened): its best model, and its answers on validation and
    /// test.
    engine::ModelHandle model() const { return m_model; }
    const std::optional<train::Evaluation> &evaluation(data::Split split) const;

    /// The runs of this project on disk that have ended or can be gone on with, oldest first.
    const std::vector<train::Run> &runs() const { return m_runs; }
    const std::filesystem::path &runFolder() const { return m_runFolder; } // empty: no run
    /// Shows a run. One that has not ended is paused: Play goes on with it.
    void openRun(std::filesystem::path folder); // a copy: runs() is read anew
    void refreshRuns();                         // reads runs() anew: others have added some
    /// Makes a run of the weights that the project's template brings, in the background, and shows
    /// it once the data are there. failed() tells why there is none.
    void importWeights(const project::PublishedWeights &published);
    /// Deletes the runs of a project that has no file: its work is not wanted.
    void discardUnsavedRuns();
    QString device() const { return m_device; }
    void setDevice(const QString &device); // "auto", "cpu", "cuda:0"; for the next run

public slots:
    void play(); // goes on with the run at hand, or starts a new one: see goesOn
    void pause();
    void stepBatch();
    void stepEpoch();
    void stop();
    void reset(); // same initial weights, epoch 0; a run that has ended stays in the list
    void setLearningRate(double rate); // live

signals:
    void stateChanged();
    void stepped(); // at most once a frame while running
    void epochDone();
    void finished(); // summary() is there
    void failed(const QString &text);
    void snapshotChanged();         // new weights to look at
    void measured(double fraction); // of the evaluation; negative: it is over
    void evaluated();               // model() and evaluation() are there
    void runsChanged();
    void statusMessage(const QString &text, bool isError);

private:
    bool begin(); // creates the trainer when there is none; false: told by failed
    bool createTrainer(const std::filesystem::path &folder, bool resume);
    void drain();
    void take(const train::Event &event);
    bool ended() const;
    project::Project projectNow() const; // as a run would own it: its data are found from anywhere
    /// Whether a run of `a` is a run of `b`: positions and notes do not count, nor does the
    /// learning rate, which may change on the way.
    static bool sameTraining(const project::Project &a, const project::Project &b);
    void clearRun();
    void clearFigures();

    // widgets/model/runs_on_disk.cpp
    /// Imported weights are trained from the start and belong to no data: the newest run, if it is
    /// of such, is shown without being asked for, and measured on whatever is loaded.
    void showImported();
    void adoptData();
    void evaluateBest(const std::filesystem::path &folder);
    void becomeAnother(); // document
    void followFile();
    void moveRuns(); // as soon as no run is in use

    ProjectModel *m_project;
    DataModel *m_data;
    std::unique_ptr<train::Trainer> m_trainer;
    std::shared_ptr<const data::Dataset> m_dataset;
    project::Project m_runProject;
    bool m_hasRun = false, m_measuring = false;
    int m_resets = 0; // that the trainer has not come to yet
    QTimer m_timer;
    Background m_background;
    train::State m_state = train::State::Ready;
    std::vector<train::EpochMetrics> m_epochs;
    std::optional<train::StepMetrics> m_step;
    std::optional<train::Summary> m_summary;
    std::optional<data::Statistics> m_statistics;
    engine::SnapshotHandle m_snapshot;
    engine::ModelHandle m_model;
    std::optional<train::Evaluation> m_validation, m_test;
    std::filesystem::path m_runFolder, m_runsFolder;
    std::optional<train::MovedRun> m_move; // runs folders: of the project, before and after its
                                           // first save
    bool m_unsaved = true;                 // m_runsFolder is one of a project without a file
    std::vector<train::Run> m_runs;
    QString m_device = QStringLiteral("auto");
};

} // namespace ostrich::ui
