// A project's runs on disk: the list, opening one, its best weights measured, the move beside the
// project at its first save.
#include "model/run_model.hpp"

#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "theme/theme.hpp"
#include "train/imported_run.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

/// The weights to look at: the best, or what an unfinished run has.
Result<engine::SnapshotHandle> weightsOf(const train::Run &run)
{
    const auto model = train::loadModel(run);
    if (!model) return model.error();
    return engine::snapshotOf(*model);
}

bool isImported(const std::optional<train::Summary> &summary)
{
    return summary && summary->stopped_by == train::kImported;
}

} // namespace

void RunModel::openRun(std::filesystem::path folder)
{
    const auto run = train::openRun(folder);
    if (!run) {
        emit statusMessage(sentence(run.error()), true);
        return;
    }
    const auto weights = weightsOf(*run);
    if (!weights) {
        emit statusMessage(sentence(weights.error()), true);
        return;
    }
    clearRun();
    m_runProject = run->manifest.project;
    if (!run->manifest.summary)
        m_runProject.recipe.learning_rate = m_project->project().recipe.learning_rate;
    m_runFolder = folder;
    m_hasRun = true;
    m_epochs = run->epochs;
    m_summary = run->manifest.summary;
    m_statistics = run->manifest.statistics;
    if (isImported(m_summary)) adoptData();
    m_snapshot = *weights;
    m_state = m_summary ? train::State::Finished : train::State::Paused;
    emit stateChanged();
    emit epochDone();
    emit snapshotChanged();
    refreshRuns();
    if (m_summary) evaluateBest(folder);
}

void RunModel::importWeights(const project::PublishedWeights &published)
{
    m_background.run([this, published, project = projectNow(),
                      folder = m_runsFolder](std::stop_token stop) -> Background::Finish {
        const auto weights = train::publishedWeights(published);
        if (stop.stop_requested()) return {};
        const auto run = weights ? train::importPublished(project, published, *weights, folder)
                                 : Result<train::Run>(weights.error());
        if (stop.stop_requested()) { // another project has come
            std::error_code ignored;
            if (run) std::filesystem::remove_all(run->folder, ignored);
            return {};
        }
        return [this, run] {
            if (!run) {
                emit failed(sentence(run.error()));
                return;
            }
            refreshRuns();
            if (m_data->dataset()) showImported();
        };
    });
}

void RunModel::showImported()
{
    if (!m_hasRun) {
        if (!m_runs.empty() && isImported(m_runs.back().manifest.summary))
            openRun(m_runs.back().folder);
        return;
    }
    if (!isImported(m_summary) || sameData()) return;
    adoptData();
    if (!sameData()) return;
    m_validation.reset();
    m_test.reset();
    evaluateBest(m_runFolder);
}

void RunModel::adoptData()
{
    const auto run = train::openRun(m_runFolder);
    const auto dataset = m_data->dataset();
    if (!run || !dataset || run->manifest.facts.input != dataset->facts.input
        || run->manifest.facts.classNames != dataset->facts.classNames)
        return;
    const project::Project now = projectNow();
    m_runProject.data = now.data;
    m_runProject.recipe.seed = now.recipe.seed;
}

void RunModel::evaluateBest(const std::filesystem::path &folder)
{
    m_measuring = true;
    emit measured(0.0);
    const auto dataset = m_dataset ? m_dataset : m_data->dataset();
    m_background.run([this, folder, dataset](std::stop_token stop) -> Background::Finish {
        const auto run = train::openRun(folder);
        const auto model = run ? train::loadModel(*run) : Result<engine::ModelHandle>(run.error());
        std::optional<train::Evaluation> answers[2];
        const data::Split splits[2] = {data::Split::Validation, data::Split::Test};
        for (int i = 0; model && dataset && i < 2; ++i) {
            const auto tell = [this, i](double fraction) {
                QMetaObject::invokeMethod(
                    this,
                    [this, share = (i + fraction) / 2] {
                        if (m_measuring) emit measured(share);
                    },
                    Qt::QueuedConnection);
            };
            if (auto evaluation = train::evaluate(*model, *dataset, splits[i], 0, tell, stop))
                answers[i] = std::move(*evaluation);
        }
        if (stop.stop_requested()) return {};
        return [this, model, validation = std::move(answers[0]), test = std::move(answers[1])] {
            m_measuring = false;
            emit measured(-1.0);
            if (model) {
                m_model = *model;
                m_validation = validation;
                m_test = test;
                emit evaluated();
            } else {
                emit statusMessage(sentence(model.error()), true);
            }
            moveRuns();
        };
    });
}

void RunModel::refreshRuns()
{
    m_runs = train::listRuns(m_move ? m_move->from : m_runsFolder);
    std::erase_if(m_runs, [this](const train::Run &run) {
        const bool atHand = run.folder == m_runFolder && !ended(); // the transport tells of it
        return !run.manifest.summary && (atHand || !train::canResume(run));
    });
    emit runsChanged();
}

void RunModel::becomeAnother()
{
    const bool unwanted = m_unsaved && m_project->runsFolder() != m_runsFolder;
    clearRun();
    if (unwanted) discardUnsavedRuns();
    m_runsFolder = m_project->runsFolder();
    m_unsaved = m_project->filePath().isEmpty();
    refreshRuns();
}

void RunModel::discardUnsavedRuns()
{
    if (!m_unsaved) return;
    clearRun();
    std::error_code ignored; // what stays is in nobody's way
    std::filesystem::remove_all(m_runsFolder, ignored);
}

void RunModel::followFile()
{
    const auto now = m_project->runsFolder();
    if (now == m_runsFolder) return;
    if (m_unsaved) m_move = {m_runsFolder, now};
    m_runsFolder = now;
    m_unsaved = false;
    moveRuns();
    refreshRuns();
}

void RunModel::moveRuns()
{
    if (!m_move || m_measuring || (m_trainer && !ended())) return;
    const train::MovedRun folders = *std::exchange(m_move, std::nullopt);
    const auto moved = train::moveRuns(folders.from, folders.to);
    if (!moved) {
        emit statusMessage(sentence(moved.error()), true);
    } else {
        for (const train::MovedRun &run : *moved)
            if (run.from == m_runFolder) m_runFolder = run.to;
    }
    refreshRuns();
}

} // namespace ostrich::ui
