// The training loop's body: one batch, one epoch's end, the run's end.
#include "train/forecast_figures.hpp"
#include "train/precision_torch.hpp"
#include "train/run_files.hpp"
#include "train/schedule.hpp"
#include "train/training_torch.hpp"
#include "train/translation.hpp"

#include "base/random.hpp"

#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace ostrich::train {

namespace {

/// Adds the time that its scope takes to a sum.
class Stopwatch {
public:
    explicit Stopwatch(double &seconds) : m_seconds(seconds) {}
    ~Stopwatch() { m_seconds += elapsed(); }
    Stopwatch(const Stopwatch &) = delete;
    Stopwatch &operator=(const Stopwatch &) = delete;
    double elapsed() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    }

private:
    double &m_seconds;
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

double perSecond(std::int64_t samples, double seconds)
{
    return seconds > 0.0 ? static_cast<double>(samples) / seconds : 0.0;
}

} // namespace

void Training::nextLoader()
{
    m_loader =
        std::make_unique<data::Loader>(m_dataset, data::Split::Train,
                                       data::Loader::Options{.batchSize = recipe().batch_size,
                                                             .shuffle = true,
                                                             .seed = recipe().seed,
                                                             .epoch = m_position.epochs + 1,
                                                             .skipBatches = m_position.batch});
    m_epochSamples = 0;
    m_epochSeconds = 0.0;
}

double Training::rate() const
{
    return m_baseRate * scheduleFactor(recipe(), m_position.step, m_plannedSteps);
}

std::vector<engine::Model::Output> Training::trainedForward(const engine::Model::Feeds &feeds)
{
    std::vector<engine::Model::Output> outputs;
    {
        const Autocast autocast(m_model->device().type(), m_manifest.precision == "bf16");
        outputs = m_model->forward(feeds, {.training = true, .generator = m_dropout});
    }
    // The loss in full precision: a softmax in bfloat16 has two digits.
    for (auto &output : outputs) output.logits = output.logits.to(m_model->dtype());
    return outputs;
}

at::Tensor Training::trainOn(const data::Batch &batch)
{
    const std::string moment = fmt::format("{} {}", m_position.epochs + 1, m_position.step);
    m_dropout.set_current_seed(hashSeed(recipe().seed, "dropout " + moment));
    if (m_defence != nullptr) return defendedLoss(batch, moment, true);
    return m_model->loss(trainedForward(m_model->feeds(batch)), m_model->target(batch),
                         recipe().label_smoothing);
}

void Training::update(const at::Tensor &loss)
{
    m_optimizer->clearGradients();
    loss.backward();
    if (recipe().clip_norm > 0.0) m_optimizer->clipGradients(recipe().clip_norm);
    m_lastRate = rate();
    m_optimizer->step(m_lastRate);
}

Error Training::notFinite(double loss, std::int64_t step) const
{
    return {"",
            {std::isnan(loss) ? "train.loss_nan" : "train.loss_infinite",
             {std::to_string(m_position.epochs + 1), std::to_string(step)}},
            {recipe().clip_norm > 0.0 ? "train.loss_hint_clipped" : "train.loss_hint",
             {fmt::format("{:g}", m_baseRate), fmt::format("{:g}", m_baseRate / 10.0)}}};
}

Result<std::optional<double>> Training::trainBatch(bool measure)
{
    double seconds = 0.0;
    std::int64_t samples = 0;
    std::optional<double> value;
    const auto ran = [&] {
        const Stopwatch stopwatch(seconds);
        return engine::guarded("", [&] {
            if (!m_loader) nextLoader();
            const auto batch = m_loader->next();
            if (!batch) { // cannot be: the loader counts as we do
                m_position.batch = m_stepsPerEpoch;
                return;
            }
            samples = std::ssize(batch->indices);
            const bool lastOfEpoch = m_position.batch + 1 >= m_stepsPerEpoch;
            const at::Tensor loss = trainOn(*batch);
            if (measure || lastOfEpoch || m_model->device().is_cpu()) value = loss.item<double>();
            if (!value || std::isfinite(*value)) update(loss);
        });
    }();
    if (!ran) return ran.error();
    if (value && !std::isfinite(*value)) return notFinite(*value, m_position.step + 1);
    ++m_position.batch;
    ++m_position.step;
    m_position.seconds += seconds;
    m_position.training_seconds += seconds;
    m_position.training_samples += samples;
    m_epochSeconds += seconds;
    m_epochSamples += samples;
    m_unsaved = true;
    constexpr double kSaveEvery = 60.0; // seconds: what a crash within a long epoch may cost
    if (m_position.seconds - m_savedAt > kSaveEvery) {
        if (auto saved = save(); !saved) return saved.error();
    }
    return value;
}

StepMetrics Training::stepMetrics(double loss) const
{
    const std::int64_t stepsLeft = std::max<std::int64_t>(m_plannedSteps - m_position.step, 0);
    const double perStep = m_position.step > 0
                               ? m_position.training_seconds / static_cast<double>(m_position.step)
                               : 0.0;
    const auto epochsLeft = static_cast<double>(stepsLeft) / static_cast<double>(m_stepsPerEpoch);
    double left = static_cast<double>(stepsLeft) * perStep + epochsLeft * m_measureSeconds;
    if (recipe().max_seconds > 0.0)
        left = std::min(left, std::max(recipe().max_seconds - m_position.seconds, 0.0));
    return {.epoch = m_position.epochs + 1,
            .step = m_position.step,
            .stepsPerEpoch = m_stepsPerEpoch,
            .loss = loss,
            .learning_rate = m_lastRate,
            .samples_per_second = perSecond(m_epochSamples, m_epochSeconds),
            .seconds_left = left};
}

Result<Evaluation> Training::evaluateTraining(std::stop_token stop) const
{
    return evaluateSamples(m_model, *m_dataset, data::Split::Train, m_measured, {},
                           std::move(stop));
}

Result<EpochMetrics> Training::finishEpoch(std::stop_token stop)
{
    m_optimizer->clearGradients(); // room for the evaluation's activations
    m_measureSeconds = 0.0;
    Result<Evaluation> training = Evaluation{};
    Result<Evaluation> validation = Evaluation{};
    {
        const Stopwatch stopwatch(m_measureSeconds);
        training = evaluateTraining(stop);
        if (training)
            validation = evaluate(m_model, *m_dataset, data::Split::Validation, 0, {}, stop);
    }
    m_position.seconds += m_measureSeconds;
    if (!training) return training.error();
    if (!validation) return validation.error();
    for (const double loss : {training->loss, validation->loss}) {
        if (!std::isfinite(loss)) return notFinite(loss, m_position.step);
    }

    const auto judged = judgedLoss(*validation, stop);
    if (!judged) return judged.error();
    if (!std::isfinite(*judged)) return notFinite(*judged, m_position.step);

    EpochMetrics metrics{.epoch = m_position.epochs + 1,
                         .step = m_position.step,
                         .train_loss = training->loss,
                         .val_loss = validation->loss,
                         .train_accuracy = training->accuracy,
                         .val_accuracy = validation->accuracy,
                         .learning_rate = m_lastRate,
                         .samples_per_second = perSecond(m_epochSamples, m_epochSeconds),
                         .seconds = m_position.seconds,
                         .figures = named("val_", validation->figures)};
    if (m_defence != nullptr) metrics.figures["val_defended"] = *judged;
    noteBest(metrics, *judged);
    if (writes()) {
        if (auto appended = appendMetrics(metrics, m_folder); !appended) return appended.error();
    }
    constexpr double kSaveAtMostEvery =
        2.0; // seconds: syncing a disk takes longer than a small epoch
    if (m_position.seconds - m_savedAt > kSaveAtMostEvery) {
        if (auto saved = save(); !saved) return saved.error();
    }
    return metrics;
}

void Training::noteBest(const EpochMetrics &metrics, double judgedLoss)
{
    ++m_position.epochs;
    m_position.batch = 0;
    m_loader.reset();
    m_unsaved = true;
    if (judgedLoss >= m_position.best_val_loss) return;
    auto best = snapshot();
    if (!best) return;
    m_best = std::move(best);
    m_position.best_val_loss = judgedLoss;
    m_position.best_epoch = metrics.epoch;
    m_bestUnsaved = true;
}

std::string Training::endReason() const
{
    const std::int64_t sinceBest = m_position.epochs - m_position.best_epoch;
    if (recipe().early_stopping && m_position.batch == 0 && m_position.epochs > 0
        && sinceBest >= recipe().patience)
        return "early_stopping";
    if (m_position.epochs >= recipe().epochs) return "epochs";
    // An epoch whose last batch ends the run is still measured.
    if (epochTrained()) return {};
    if (recipe().max_steps > 0 && m_position.step >= recipe().max_steps) return "steps";
    if (recipe().max_seconds > 0.0 && m_position.seconds >= recipe().max_seconds) return "time";
    return {};
}

Result<Summary> Training::finish(const std::string &stoppedBy, std::stop_token stop)
{
    m_loader.reset();
    m_optimizer->clearGradients();
    // After an error the weights are no state to go on from: `last` stays that of an earlier
    // moment.
    if (stoppedBy != "error") {
        if (auto saved = save(); !saved) return saved.error();
    }
    // From here on weights, moments and position no longer belong together.
    m_unsaved = false;
    if (m_best) {
        if (auto restored = engine::restore(m_model, m_best); !restored) return restored.error();
    }
    // Weights of a first epoch that diverged are no one's best.
    if (writes() && (m_best || stoppedBy != "error")) {
        const auto best = m_best ? m_best : snapshot();
        if (!best) return Error{m_folder.string(), {"engine.out_of_memory", {}}, {}};
        if (auto saved = engine::saveWeights(best, (m_folder / kBestFile).string()); !saved)
            return saved.error();
        m_bestUnsaved = false;
    }
    const auto training = evaluate(m_model, *m_dataset, data::Split::Train, 0, {}, stop);
    if (!training) return training.error();
    const auto validation = evaluate(m_model, *m_dataset, data::Split::Validation, 0, {}, stop);
    if (!validation) return validation.error();
    const auto test = evaluate(m_model, *m_dataset, data::Split::Test, 0, {}, stop);
    if (!test) return test.error();

    Summary summary{.run = m_folder.string(),
                    .epochs = m_position.epochs,
                    .best_epoch = m_position.best_epoch,
                    .train_accuracy = training->accuracy,
                    .val_accuracy = validation->accuracy,
                    .test_accuracy = test->accuracy,
                    .train_loss = training->loss,
                    .val_loss = validation->loss,
                    .test_loss = test->loss,
                    .samples_per_second =
                        perSecond(m_position.training_samples, m_position.training_seconds),
                    .seconds = m_position.seconds,
                    .stopped_by = stoppedBy,
                    .parameters = m_model->parameterCount(),
                    .figures = named("test_", test->figures)};
    if (m_manifest.facts.task == graph::Task::Translate) {
        const auto exact = exactShare(m_model, *m_dataset, data::Split::Test, {}, stop);
        if (!exact) return exact.error();
        summary.figures["test_exact"] = *exact;
    }
    m_manifest.summary = summary;
    if (writes()) {
        if (auto saved = saveManifest(m_manifest, m_folder); !saved) return saved.error();
    }
    return summary;
}

} // namespace ostrich::train
