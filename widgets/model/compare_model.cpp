// Ticks, what can be trained, and what the background thread tells while it trains.
#include "model/compare_model.hpp"

#include "blocks/block_kind.hpp"
#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "model/run_model.hpp"
#include "theme/theme.hpp"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ostrich::ui {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kDrawEvery{66};
constexpr double kGuessFrom = 0.01; // of the work, before a time left is told

/// Minutes and seconds, or hours before them.
QString timeText(double seconds)
{
    const int left = static_cast<int>(std::lround(std::min(seconds, 359'999.0)));
    const QString minutes = QStringLiteral("%1:%2")
                                .arg(left / 60 % 60, left >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
                                .arg(left % 60, 2, 10, QLatin1Char('0'));
    return left >= 3600 ? QStringLiteral("%1:%2").arg(left / 3600).arg(minutes) : minutes;
}

bool hasEndedByItself(const train::Run &run)
{
    const auto &done = run.manifest.summary;
    return done && done->stopped_by != "user" && done->stopped_by != "error"
           && done->stopped_by != train::kImported;
}

} // namespace

CompareModel::CompareModel(ProjectModel *project, DataModel *data, RunModel *run, QObject *parent)
    : QObject(parent), m_project(project), m_data(data), m_run(run)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kDrawEvery);
    connect(&m_soon, &QTimer::timeout, this, &CompareModel::liveGrew);
    connect(run, &RunModel::runsChanged, this, &CompareModel::refreshRuns);
    connect(run, &RunModel::stateChanged, this, [this] {
        if (m_training && m_run->running() && !cancelling()) {
            cancel();
            emit statusMessage(tr("Your run goes first: the comparison has stopped. Start it again "
                                  "and it goes on with what is missing."),
                               false);
        }
        emit possibleChanged();
    });
    connect(project, &ProjectModel::networkChanged, this, &CompareModel::askForVariants);
    connect(data, &DataModel::loaded, this, &CompareModel::askForVariants);
    connect(data, &DataModel::failed, this, &CompareModel::possibleChanged);
    connect(project, &ProjectModel::replaced, this, [this] {
        cancel();
        m_foreign = m_training;
        m_asked = false;
        m_added.clear();
        m_ticks.clear();
        m_live.reset();
        refreshRuns();
    });
    refreshRuns();
}

CompareModel::~CompareModel()
{
    m_stop.request_stop();
}

void CompareModel::refreshRuns()
{
    m_runs = m_run->runs();
    std::erase_if(m_added, [this](const train::Run &run) {
        std::error_code none;
        return std::ranges::count(m_runs, run.folder, &train::Run::folder) > 0
               || !fs::exists(run.folder, none);
    });
    m_runs.insert(m_runs.end(), m_added.begin(), m_added.end());
    std::ranges::sort(m_runs, [](const train::Run &a, const train::Run &b) {
        return std::tie(a.manifest.started, a.folder) < std::tie(b.manifest.started, b.folder);
    });
    std::erase_if(m_ticks, [this](Tick &tick) {
        const auto at = std::ranges::find(m_runs, tick.folder, &train::Run::folder);
        if (at != m_runs.end()) return false;
        const auto moved = std::ranges::find_if(m_runs, [&tick](const train::Run &run) {
            return run.manifest.started == tick.manifest.started
                   && run.manifest.project == tick.manifest.project;
        });
        if (moved != m_runs.end()) tick.folder = moved->folder;
        return moved == m_runs.end();
    });
    emit changed();
}

bool CompareModel::isTicked(const fs::path &folder) const
{
    return std::ranges::count(m_ticks, folder, &Tick::folder) > 0;
}

void CompareModel::setTicked(const fs::path &folder, bool ticked)
{
    if (ticked == isTicked(folder)) return;
    const auto run = std::ranges::find(m_runs, folder, &train::Run::folder);
    if (!ticked)
        std::erase_if(m_ticks, [&](const Tick &tick) { return tick.folder == folder; });
    else if (run != m_runs.end())
        m_ticks.push_back({folder, run->manifest});
    emit changed();
}

std::vector<train::Run> CompareModel::ticked() const
{
    std::vector<train::Run> runs;
    std::ranges::copy_if(m_runs, std::back_inserter(runs),
                         [this](const train::Run &run) { return isTicked(run.folder); });
    return runs;
}

void CompareModel::show()
{
    m_asked = true;
    m_follows = m_training;
    emit changed();
}

void CompareModel::close()
{
    m_asked = false;
    m_follows = false;
    m_ticks.clear();
    emit changed();
}

/// In the background: it takes longer than a frame.
void CompareModel::askForVariants()
{
    m_variants.reset();
    if (const auto dataset = m_data->dataset()) {
        project::Project project = m_project->project();
        project.data = m_project->dataSource();
        m_asking.run([this, project, facts = dataset->facts](std::stop_token) {
            auto variants = project::equalVariants(project, facts, blocks::Registry::instance());
            return [this, variants = std::move(variants)] {
                m_variants = variants;
                emit possibleChanged();
            };
        });
    }
    emit possibleChanged();
}

bool CompareModel::idle(QString *reason) const
{
    const auto because = [reason](const QString &text) {
        if (reason) *reason = text;
        return false;
    };
    if (m_training) return because(tr("A comparison is being trained."));
    if (m_run->running()) return because(tr("A run is being trained. Pause it or stop it first."));
    return true;
}

bool CompareModel::canAddSeeds(QString *reason) const
{
    return idle(reason) && m_run->canPlay(reason);
}

bool CompareModel::canCompareReaders(QString *reason) const
{
    if (!idle(reason)) return false;
    const bool waits = m_data->dataset() && m_data->errorText().isEmpty()
                       && m_project->dataProblem().isEmpty() && !m_variants;
    if (waits || !m_data->dataset()) {
        QString text = m_project->dataProblem();
        if (text.isEmpty()) text = m_data->errorText();
        if (text.isEmpty()) text = tr("The data are being prepared.");
        if (reason) *reason = text;
        return false;
    }
    if (m_variants && *m_variants) return true;
    if (reason && m_variants) *reason = sentence(m_variants->error());
    return false;
}

std::map<std::uint64_t, fs::path> CompareModel::trained(const project::Project &wanted) const
{
    std::vector<train::Run> runs;
    std::ranges::copy_if(m_runs, std::back_inserter(runs), hasEndedByItself);
    train::Run mine;
    mine.manifest.project = wanted;
    runs.push_back(mine);
    std::map<std::uint64_t, fs::path> found;
    for (const auto &group : train::groupRuns(runs)) {
        if (std::ranges::count(group, runs.size() - 1) == 0) continue;
        for (const std::size_t i : group)
            if (i + 1 < runs.size())
                found.emplace(runs[i].manifest.project.recipe.seed, runs[i].folder);
    }
    return found;
}

void CompareModel::compareReaders(int seeds)
{
    if (!canCompareReaders()) return;
    std::vector<CompareBatch> batches;
    const std::uint64_t first = m_project->project().recipe.seed;
    for (int i = 0; i < seeds; ++i) batches.push_back({first + static_cast<std::uint64_t>(i), {}});
    for (const project::Variant &variant : **m_variants) {
        train::Entry entry{words(variant.label).toStdString(), variant.project};
        entry.project.data = m_project->dataSource();
        entry.project.recipe = m_project->project().recipe;
        const auto there = trained(entry.project);
        for (CompareBatch &batch : batches) {
            const auto run = there.find(batch.seed);
            if (run == there.end())
                batch.entries.push_back(entry);
            else
                setTicked(run->second, true);
        }
    }
    begin(std::move(batches));
}

void CompareModel::addSeeds(int count)
{
    if (!canAddSeeds()) return;
    train::Entry entry{m_project->name().toStdString(), m_project->project()};
    entry.project.data = m_project->dataSource();
    const auto there = trained(entry.project);
    for (const auto &[seed, folder] : there) setTicked(folder, true);
    std::vector<CompareBatch> batches;
    for (std::uint64_t seed = entry.project.recipe.seed; std::ssize(batches) < count; ++seed)
        if (!there.contains(seed)) batches.push_back({seed, {entry}});
    begin(std::move(batches));
}

void CompareModel::begin(std::vector<CompareBatch> batches)
{
    std::erase_if(batches, [](const CompareBatch &batch) { return batch.entries.empty(); });
    m_asked = true;
    if (batches.empty()) {
        emit changed();
        emit statusMessage(tr("All of it has been trained already: it is ticked."), false);
        return;
    }
    m_count = 0;
    for (const CompareBatch &batch : batches) m_count += batch.entries.size();
    m_training = m_follows = true;
    m_foreign = false;
    m_fraction = 0.0;
    m_index = 0;
    m_done = 0;
    m_what.clear();
    m_stop = {};
    m_clock.start();
    m_worker.run([listener = listener(), batches = std::move(batches), stop = m_stop.get_token(),
                  device = m_run->device().toStdString(), this](std::stop_token) {
        const QString error = trainBatches(batches, device, listener, stop);
        return [this, error] { finish(error); };
    });
    emit changed();
    emit possibleChanged();
    emit progressed();
}

/// Everything crosses to the window's thread as a value.
CompareListener CompareModel::listener()
{
    const auto post = [this](auto call) {
        QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
    };
    return {.epoch =
                [=, this](const train::Run &at, const train::EpochMetrics &epoch) {
                    post([this, at, epoch] { takeEpoch(at, epoch); });
                },
            .progress =
                [=, this](double fraction, std::size_t index, const QString &what) {
                    post([=, this] { takeProgress(fraction, index, what); });
                },
            .ended =
                [=, this](const fs::path &parent, std::shared_ptr<QTemporaryDir> keeper) {
                    post([this, parent, keeper = std::move(keeper)] { adopt(parent); });
                },
            .failed =
                [=, this](const QString &text) {
                    post([this, text] { emit statusMessage(text, true); });
                }};
}

void CompareModel::cancel()
{
    if (!m_training) return;
    m_stop.request_stop();
    emit progressed();
}

void CompareModel::takeEpoch(const train::Run &at, const train::EpochMetrics &epoch)
{
    if (m_foreign || cancelling()) return;
    if (!m_live || m_live->folder != at.folder || epoch.epoch == 1) m_live = at;
    m_live->epochs.push_back(epoch);
    if (!m_soon.isActive()) m_soon.start();
}

void CompareModel::takeProgress(double fraction, std::size_t index, const QString &what)
{
    m_fraction = fraction;
    m_index = index;
    m_what = what;
    emit progressed();
}

QString CompareModel::progressText() const
{
    if (!m_training) return {};
    if (cancelling()) return tr("Stopping the comparison…");
    if (m_what.isEmpty()) return tr("Run %1 of %2").arg(m_index + 1).arg(m_count);
    const QString text = tr("Run %1 of %2: %3").arg(m_index + 1).arg(m_count).arg(m_what);
    if (m_fraction < kGuessFrom) return text;
    const double passed = static_cast<double>(m_clock.elapsed()) / 1000.0;
    return text + QStringLiteral(" · ")
           + tr("%1 left").arg(timeText(passed * (1.0 - m_fraction) / m_fraction));
}

void CompareModel::adopt(const fs::path &ended)
{
    m_live.reset();
    if (m_foreign) return;
    const auto moved = train::moveRuns(ended, m_project->runsFolder());
    if (!moved) {
        emit statusMessage(sentence(moved.error()), true);
        cancel();
        return;
    }
    for (const train::MovedRun &each : *moved) {
        const auto run = train::openRun(each.to);
        if (!run) continue;
        ++m_done;
        m_added.push_back(*run);
        if (m_follows) m_ticks.push_back({run->folder, run->manifest});
    }
    m_project->keepRuns();
    m_run->refreshRuns(); // and so this list too
}

void CompareModel::finish(const QString &error)
{
    const bool whole = error.isEmpty() && !cancelling();
    m_training = false;
    m_live.reset();
    emit changed();
    emit possibleChanged();
    emit progressed();
    if (!error.isEmpty())
        emit statusMessage(error, true);
    else if (whole)
        emit statusMessage(tr("The comparison has ended: %n run(s) trained.", nullptr, m_done),
                           false);
}

} // namespace ostrich::ui
