// A comparison trains in a folder of its own in the cache: each run leaves it when it has ended, so
// that no half run is ever seen among the project's, whatever happens to the project meanwhile.
#include "model/compare_job.hpp"

#include "base/file.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QTemporaryDir>

namespace ostrich::ui {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kTellEvery{100};

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::CompareModel)
};

class Job {
public:
    Job(const CompareListener &listener, std::shared_ptr<QTemporaryDir> folder, std::size_t count)
        : m_listener(listener), m_folder(std::move(folder)), m_count(count)
    {
    }

    QString train(const CompareBatch &batch, const std::string &device, std::stop_token stop)
    {
        const train::Plan plan{.entries = batch.entries,
                               .seeds = {batch.seed},
                               .device = device,
                               .runsFolder = path() / "training"};
        const train::Watcher watcher{
            .event = [&](const train::Running &running,
                         const train::Event &event) { tell(batch, running, event); },
            .outcome = [&](const train::Outcome &outcome) { keep(batch, outcome); }};
        const auto outcomes = train::compare(plan, watcher, std::move(stop));
        if (!outcomes) return sentence(outcomes.error());
        m_done += batch.entries.size();
        return {};
    }

private:
    fs::path path() const { return m_folder->path().toStdString(); }

    /// "lstm, seed 2"
    static QString nameOf(const train::Entry &entry, std::uint64_t seed)
    {
        return Texts::tr("%1, seed %2").arg(QString::fromStdString(entry.name)).arg(seed);
    }

    void tell(const CompareBatch &batch, const train::Running &running, const train::Event &event)
    {
        const train::Entry &entry = batch.entries[running.entry];
        if (const auto *epoch = std::get_if<train::EpochMetrics>(&event)) {
            train::Run at;
            at.folder = running.folder;
            at.manifest.project = entry.project;
            at.manifest.project.recipe.seed = running.seed;
            m_listener.epoch(at, *epoch);
        }
        const QString what = nameOf(entry, running.seed);
        if (const auto *failed = std::get_if<train::Failed>(&event))
            m_listener.failed(what + QStringLiteral(": ") + sentence(failed->error));
        const auto now = std::chrono::steady_clock::now();
        if (now - m_told < kTellEvery) return;
        m_told = now;
        const double share = running.fraction * static_cast<double>(batch.entries.size());
        m_listener.progress((static_cast<double>(m_done) + share) / static_cast<double>(m_count),
                            m_done + running.index, what);
    }

    /// Out of the way of the next training.
    void keep(const CompareBatch &batch, const train::Outcome &outcome)
    {
        const std::string &how = outcome.summary.stopped_by;
        if (how == "user" || how == "error") return;
        const fs::path parent = path() / std::to_string(++m_kept);
        std::error_code code;
        fs::create_directory(parent, code);
        if (!code) fs::rename(outcome.folder, parent / outcome.folder.filename(), code);
        if (!code) return m_listener.ended(parent, m_folder);
        m_listener.failed(Texts::tr("%1: the run could not be kept (%2)")
                              .arg(nameOf(batch.entries[outcome.entry], outcome.seed),
                                   QString::fromStdString(code.message())));
    }

    const CompareListener &m_listener;
    std::shared_ptr<QTemporaryDir> m_folder;
    std::size_t m_count, m_done = 0; // trainings
    int m_kept = 0;
    std::chrono::steady_clock::time_point m_told;
};

} // namespace

QString trainBatches(const std::vector<CompareBatch> &batches, const std::string &device,
                     const CompareListener &listener, std::stop_token stop)
{
    auto folder = std::make_shared<QTemporaryDir>(
        QString::fromStdString((cacheFolder() / "comparison-XXXXXX").string()));
    if (!folder->isValid())
        return Texts::tr("No folder could be made: %1").arg(folder->errorString());
    std::size_t count = 0;
    for (const CompareBatch &batch : batches) count += batch.entries.size();
    Job job(listener, std::move(folder), count);
    for (const CompareBatch &batch : batches) {
        if (stop.stop_requested()) break;
        if (const QString error = job.train(batch, device, stop); !error.isEmpty()) return error;
    }
    return {};
}

} // namespace ostrich::ui
