// One run as a computation: batches, epochs, best weights, files. Knows neither threads nor
// commands.
#pragma once

#include "data/loader.hpp"
#include "engine/model_torch.hpp"
#include "train/checkpoint.hpp"
#include "train/defence_torch.hpp"
#include "train/evaluation.hpp"
#include "train/optimizer_torch.hpp"
#include "train/run.hpp"
#include "train/trainer.hpp"

#include <memory>
#include <optional>
#include <stop_token>

namespace ostrich::train {

/// Used by one thread at a time. What it computes depends on project, data, device and thread count
/// alone: shuffles come from (seed, epoch), drop-out and a defence's attacks from (seed, epoch,
/// step).
class Training {
public:
    /// Checks, compiles, opens or makes the run's folder. Errors as Trainer::create tells.
    static Result<std::unique_ptr<Training>> create(const TrainerSetup &setup);

    /// Trains the next batch. Returns its loss; nothing where reading it would make a GPU wait and
    /// `measure` does not ask for it. Errors: the loss is not finite; LibTorch's.
    Result<std::optional<double>> trainBatch(bool measure);
    /// All batches of the epoch at hand are trained.
    bool epochTrained() const { return m_position.batch >= m_stepsPerEpoch; }
    /// Measures and closes the epoch. Errors: "train.cancelled"; the loss is not finite; a file.
    Result<EpochMetrics> finishEpoch(std::stop_token stop);
    /// Why the recipe is over: "epochs", "early_stopping", "steps", "time"; empty: it goes on.
    std::string endReason() const;
    /// Writes `last`, restores the best weights, measures all splits, writes everything.
    Result<Summary> finish(const std::string &stoppedBy, std::stop_token stop);
    /// Writes `last` and, if there is a new one, `best`. Nothing to do where nothing changed since.
    /// Error: weights that are no longer finite; `last` is then the one from before.
    Result<void> save();
    /// Initial weights, epoch 0, empty files, the recipe's learning rate.
    Result<void> reset();

    void setLearningRate(double rate) { m_baseRate = rate; }
    /// What a reader wants to know after a batch, with `loss`.
    StepMetrics stepMetrics(double loss) const;
    /// A copy of the weights; null where there is no memory for one.
    engine::SnapshotHandle snapshot() const;
    const Manifest &manifest() const { return m_manifest; }

private:
    Training(const TrainerSetup &setup, Manifest manifest, engine::ModelHandle model);

    Result<void> openFolder(const TrainerSetup &setup);
    Result<void> resume();
    Result<void> restoreFrom(const Checkpoint &checkpoint);
    void nextLoader();
    at::Tensor trainOn(const data::Batch &batch);
    std::vector<engine::Model::Output> trainedForward(const engine::Model::Feeds &feeds);
    at::Tensor defendedLoss(const data::Batch &batch, std::string_view purpose, bool training);
    Result<double> judgedLoss(const Evaluation &validation, std::stop_token stop);
    void update(const at::Tensor &loss);
    Error notFinite(double loss, std::int64_t step) const;
    Result<void> write() const;
    Result<void> drawInitialWeights();
    Result<Evaluation> evaluateTraining(std::stop_token stop) const;
    void noteBest(const EpochMetrics &metrics, double judgedLoss);
    double rate() const;
    bool writes() const { return !m_folder.empty(); }
    const project::Recipe &recipe() const { return m_manifest.project.recipe; }

    Manifest m_manifest;
    std::filesystem::path m_folder;
    std::shared_ptr<const data::Dataset> m_dataset;
    engine::ModelHandle m_model;
    std::unique_ptr<Optimizer> m_optimizer;
    at::Generator m_dropout;
    const Defence *m_defence = nullptr;   // null: none
    attack::ClassifierHandle m_attacked;  // the network as the defence's attacks see it
    std::vector<std::int64_t> m_judged;   // validation samples that a defence is measured on
    engine::SnapshotHandle m_best;        // null: no whole epoch yet
    std::vector<std::int64_t> m_measured; // training samples that an epoch's figures are taken from

    std::unique_ptr<data::Loader> m_loader; // of the epoch at hand; null: not begun
    Position m_position;
    std::int64_t m_stepsPerEpoch = 0;
    std::int64_t m_plannedSteps = 0;
    double m_baseRate = 0.0;         // the recipe's, or the one set live
    double m_lastRate = 0.0;         // of the last step
    std::int64_t m_epochSamples = 0; // in this epoch, since the run was opened
    double m_epochSeconds = 0.0;     // of training steps, the same
    double m_measureSeconds = 0.0;   // what the last epoch's evaluation took
    bool m_unsaved = false;
    bool m_bestUnsaved = false;
    double m_savedAt = 0.0; // in position seconds
};

} // namespace ostrich::train
