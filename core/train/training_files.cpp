// How a run begins: checks, compiling, its folder, going on from `last`; and what is written on the
// way.
#include "train/memory.hpp"
#include "train/precision_torch.hpp"
#include "train/run_files.hpp"
#include "train/schedule.hpp"
#include "train/training_torch.hpp"

#include "base/random.hpp"
#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"
#include "graph/group.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/ops/aminmax.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ostrich::train {

namespace fs = std::filesystem;

namespace {

at::Generator generatorFor(const at::Device &device)
{
    if (device.is_cpu()) return at::detail::createCPUGenerator();
    // A copy of the device's own one needs no CUDA header.
    return at::globalContext().defaultGenerator(device).clone();
}

/// `wanted` of `count` samples, in rising order; always the same ones, by seed.
std::vector<std::int64_t> someOf(std::int64_t count, std::int64_t wanted, std::uint64_t seed,
                                 std::string_view purpose)
{
    std::vector<std::int64_t> indices(static_cast<std::size_t>(count));
    std::iota(indices.begin(), indices.end(), 0);
    if (wanted >= count) return indices;
    RandomStream(seed, purpose).shuffle(std::span(indices));
    indices.resize(static_cast<std::size_t>(wanted));
    std::sort(indices.begin(), indices.end());
    return indices;
}

/// The training samples that an epoch's training figures come from. All of them would cost a third
/// of the epoch again (a forward pass is about a third of a step). Taken: 45 % of them, some 15 %
/// of the epoch's time, but at least 2,000 and at most 10,000.
std::vector<std::int64_t> measuredSamples(std::int64_t count, std::uint64_t seed)
{
    const std::int64_t wanted = std::clamp<std::int64_t>(count * 45 / 100, 2000, 10000);
    return someOf(count, wanted, seed, "measured training samples");
}

/// The validation samples that a defence is measured on: an attack on each costs as much as ten
/// forward passes.
std::vector<std::int64_t> judgedSamples(std::int64_t count, std::uint64_t seed)
{
    constexpr std::int64_t kEnough = 2000;
    return someOf(count, kEnough, seed, "judged validation samples");
}

Manifest manifestFor(const TrainerSetup &setup, const std::string &device,
                     const graph::Analysis &analysis)
{
    const engine::MachineFacts machine = engine::machineFacts();
    const auto copy = [](const std::shared_ptr<const data::Tokenizer> &tokenizer) {
        return tokenizer ? std::optional(*tokenizer) : std::nullopt;
    };
    return {.project = setup.project,
            .data_checksum = setup.dataset->checksum,
            .statistics = setup.dataset->statistics,
            .facts = setup.dataset->facts,
            .tokenizer = copy(setup.dataset->tokenizer),
            .targetTokenizer = copy(setup.dataset->targetTokenizer),
            .device = device,
            .threads = std::max(machine.cores, 1),
            .precision =
                resolvePrecision(setup.project.recipe.precision, device, analysis.multiplyAdds),
            .torch_version = machine.torchVersion,
            .ostrich_version = OSTRICH_VERSION,
            .started = timeStamp(),
            .summary = {}};
}

/// The extremes carry a NaN or an infinity on; a tensor of flags would take memory.
bool isFinite(const at::Tensor &tensor)
{
    if (!tensor.is_floating_point() || tensor.numel() == 0) return true;
    const auto [least, most] = at::aminmax(tensor.detach());
    return std::isfinite(least.item<double>()) && std::isfinite(most.item<double>());
}

Result<void> checkData(const TrainerSetup &setup)
{
    const bool usable = setup.dataset && setup.dataset->split(data::Split::Train).count() > 0
                        && setup.dataset->split(data::Split::Validation).count() > 0;
    if (!usable)
        return Error{setup.project.data, {"train.no_samples", {}}, {"train.no_samples_hint", {}}};
    return {};
}

} // namespace

Training::Training(const TrainerSetup &setup, Manifest manifest, engine::ModelHandle model)
    : m_manifest(std::move(manifest)),
      m_folder(setup.runFolder),
      m_dataset(setup.dataset),
      m_model(std::move(model)),
      m_optimizer(makeOptimizer(recipe(), m_model->parameters())),
      m_dropout(generatorFor(m_model->device())),
      m_measured(measuredSamples(m_dataset->split(data::Split::Train).count(), recipe().seed)),
      m_baseRate(recipe().learning_rate)
{
    const std::int64_t count = m_dataset->split(data::Split::Train).count();
    const std::int64_t batch = recipe().batch_size;
    m_stepsPerEpoch = (count + batch - 1) / batch;
    m_plannedSteps = plannedSteps(recipe(), m_stepsPerEpoch);
    m_position.batch_size = batch;
    m_defence = findDefence(recipe().defence);
    if (m_defence == nullptr) return;
    m_attacked = attackedInPrecision(m_model, m_manifest.precision == "bf16");
    m_judged = judgedSamples(m_dataset->split(data::Split::Validation).count(), recipe().seed);
}

Result<std::unique_ptr<Training>> Training::create(const TrainerSetup &setup)
{
    if (auto checked = checkData(setup); !checked) return checked.error();
    const auto device = engine::resolveDevice(setup.device);
    if (!device) return device.error();
    const auto analysis =
        graph::analyse(setup.project.network, blocks::Registry::instance(), setup.dataset->facts);
    // With a problem there is no size to check; compile tells the problem.
    if (analysis.ok()) {
        if (auto fits = checkMemory(footprintOf(setup, analysis), *device); !fits)
            return fits.error();
    }
    Manifest manifest = manifestFor(setup, *device, analysis);
    auto model = engine::compile(setup.project.network, {.facts = manifest.facts,
                                                         .statistics = manifest.statistics,
                                                         .seed = setup.project.recipe.seed,
                                                         .device = *device});
    if (!model) return model.error();
    if (auto misfit = defenceMisfit(setup.project.recipe, manifest.facts, setup.project.network))
        return *misfit;

    std::unique_ptr<Training> training;
    const auto built = engine::guarded(
        "", [&] { training.reset(new Training(setup, std::move(manifest), std::move(*model))); });
    if (!built) return built.error();
    if (auto opened = training->openFolder(setup); !opened) return opened.error();
    return training;
}

Result<void> Training::openFolder(const TrainerSetup &setup)
{
    if (!writes()) return {};
    if (setup.resume) return resume();
    if (auto prepared = prepareRunFolder(m_folder); !prepared) return prepared;
    return saveManifest(m_manifest, m_folder);
}

Result<void> Training::resume()
{
    auto run = openRun(m_folder);
    if (!run) return run.error();
    const std::string where = m_folder.string();
    if (run->manifest.data_checksum != m_manifest.data_checksum)
        return Error{where, {"train.resume_data", {}}, {"train.resume_data_hint", {}}};
    if (!graph::sameNetwork(run->manifest.project.network, m_manifest.project.network))
        return Error{where, {"train.resume_network", {}}, {"train.resume_network_hint", {}}};

    std::error_code code;
    // Interrupted before the first `last` was written: the run begins anew, from the same seed.
    if (const fs::path last = m_folder / kLastFile; fs::exists(last, code)) {
        const auto checkpoint = loadCheckpoint(last);
        if (!checkpoint) return checkpoint.error();
        if (auto restored = restoreFrom(*checkpoint); !restored)
            return Error{last.string(), restored.error().what, restored.error().hint};
    }
    // What was best by another measure is no longer the best.
    if (!sameDefence(run->manifest.project.recipe, recipe()))
        m_position.best_val_loss = std::numeric_limits<double>::infinity();
    m_manifest.started = run->manifest.started;
    // Epochs after `last` are trained once more.
    std::erase_if(run->epochs,
                  [this](const EpochMetrics &epoch) { return epoch.epoch > m_position.epochs; });
    if (auto cut = rewriteMetrics(run->epochs, m_folder); !cut) return cut;
    return saveManifest(m_manifest, m_folder);
}

Result<void> Training::restoreFrom(const Checkpoint &checkpoint)
{
    if (auto restored = engine::restore(m_model, checkpoint.weights); !restored) return restored;
    m_position = checkpoint.position;
    // A batch size changed since: the same samples count as seen, as nearly as whole batches allow.
    if (m_position.batch_size != recipe().batch_size)
        m_position.batch = std::min(m_position.batch * m_position.batch_size / recipe().batch_size,
                                    m_stepsPerEpoch);
    m_position.batch_size = recipe().batch_size;
    m_savedAt = m_position.seconds;
    // A rate set live goes on, unless the recipe asks for another one now.
    if (checkpoint.recipe_rate == recipe().learning_rate) m_baseRate = checkpoint.learning_rate;
    m_lastRate = checkpoint.last_rate.value_or(rate());
    m_best = checkpoint.best;
    if (m_position.best_epoch > 0 && !m_best) m_best = checkpoint.weights;
    return engine::guarded("", [&] {
        // Another optimizer than before begins with a new state.
        if (checkpoint.optimizer) m_optimizer->restore(checkpoint.optimizer->tensors);
    });
}

engine::SnapshotHandle Training::snapshot() const
{
    engine::SnapshotHandle copy;
    static_cast<void>(engine::guarded("", [&] { copy = engine::snapshotOf(m_model); }));
    return copy;
}

Result<void> Training::save()
{
    if (!writes() || !m_unsaved) return {};
    Result<void> saved;
    const auto ran = engine::guarded(m_folder.string(), [&] { saved = write(); });
    if (!ran) return ran;
    if (!saved) return saved;
    m_unsaved = m_bestUnsaved = false;
    m_savedAt = m_position.seconds;
    return {};
}

/// The tensors themselves, no copy of them: this thread alone changes them, and it is writing.
Result<void> Training::write() const
{
    auto weights = std::make_shared<engine::Snapshot>();
    for (const auto &tensors : {m_model->parameters(), m_model->buffers()}) {
        for (const auto &[name, tensor] : tensors) {
            if (!isFinite(tensor)) return notFinite(std::nan(""), m_position.step);
            weights->tensors[name] = tensor.detach();
        }
    }
    auto optimizer = std::make_shared<engine::Snapshot>();
    optimizer->tensors = m_optimizer->state();
    Checkpoint checkpoint{.position = m_position,
                          .recipe_rate = recipe().learning_rate,
                          .learning_rate = m_baseRate,
                          .last_rate = m_lastRate,
                          .weights = std::move(weights),
                          .best = m_best,
                          .optimizer = std::move(optimizer)};
    // The best weights are the weights themselves right after the epoch they come from.
    if (m_position.best_epoch == m_position.epochs && m_position.batch == 0)
        checkpoint.best = nullptr;
    if (auto saved = saveCheckpoint(checkpoint, m_folder / kLastFile); !saved) return saved;
    if (!m_bestUnsaved) return {};
    return engine::saveWeights(m_best, (m_folder / kBestFile).string());
}

/// Drawn once more from the seed: a copy kept for this alone would lie in memory all the time.
Result<void> Training::drawInitialWeights()
{
    const auto fresh =
        engine::compile(m_manifest.project.network, {.facts = m_manifest.facts,
                                                     .statistics = m_manifest.statistics,
                                                     .seed = recipe().seed,
                                                     .device = m_model->device().str()});
    if (!fresh) return fresh.error();
    return engine::guarded("", [&] {
        const c10::NoGradGuard noGrad;
        const auto parameters = m_model->parameters(), drawn = (*fresh)->parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i)
            parameters[i].tensor.copy_(drawn[i].tensor);
        const auto buffers = m_model->buffers(), begun = (*fresh)->buffers();
        for (std::size_t i = 0; i < buffers.size(); ++i) buffers[i].tensor.copy_(begun[i].tensor);
    });
}

Result<void> Training::reset()
{
    m_loader.reset();
    const auto cleared = engine::guarded("", [&] {
        m_optimizer->clearGradients();
        m_optimizer->reset();
    });
    if (!cleared) return cleared;
    m_best = nullptr;
    if (auto drawn = drawInitialWeights(); !drawn) return drawn;
    m_position = {};
    m_position.batch_size = recipe().batch_size;
    m_baseRate = recipe().learning_rate;
    m_lastRate = m_measureSeconds = m_savedAt = m_epochSeconds = 0.0;
    m_epochSamples = 0;
    m_unsaved = m_bestUnsaved = false;
    m_manifest.summary.reset();
    if (!writes()) return {};
    std::error_code ignored; // files that were never written
    fs::remove(m_folder / kLastFile, ignored);
    fs::remove(m_folder / kBestFile, ignored);
    if (auto cut = rewriteMetrics({}, m_folder); !cut) return cut;
    return saveManifest(m_manifest, m_folder);
}

} // namespace ostrich::train
