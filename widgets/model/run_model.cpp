// The transport: commands to the trainer, its events drained once a frame, figures when it ends.
#include "model/run_model.hpp"

#include "graph/group.hpp"
#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr std::chrono::milliseconds kFrame{16};

} // namespace

RunModel::RunModel(ProjectModel *project, DataModel *data, QObject *parent)
    : QObject(parent), m_project(project), m_data(data), m_background(1)
{
    m_timer.setInterval(kFrame);
    connect(&m_timer, &QTimer::timeout, this, &RunModel::drain);
    connect(project, &ProjectModel::replaced, this, &RunModel::becomeAnother);
    connect(project, &ProjectModel::fileChanged, this, &RunModel::followFile);
    m_runsFolder = project->runsFolder();
    // Play wakes or sleeps with the network and the data.
    connect(project, &ProjectModel::networkChanged, this, &RunModel::stateChanged);
    connect(project, &ProjectModel::recipeChanged, this, [this] {
        setLearningRate(m_project->project().recipe.learning_rate);
        emit stateChanged(); // another seed loads the data anew
    });
    connect(data, &DataModel::loaded, this, &RunModel::showImported);
    connect(data, &DataModel::loaded, this, &RunModel::stateChanged);
    connect(data, &DataModel::failed, this, &RunModel::stateChanged);
}

RunModel::~RunModel()
{
    m_trainer.reset();
    moveRuns();
}

bool RunModel::canPlay(QString *reason) const
{
    const auto because = [reason](const QString &text) {
        if (reason) *reason = text;
        return false;
    };
    if (!m_project->dataProblem().isEmpty()) return because(m_project->dataProblem());
    const auto &problems = m_project->wholeAnalysis().problems;
    if (!problems.empty()) return because(sentence(problems.front().message));
    if (!m_data->errorText().isEmpty()) return because(m_data->errorText());
    if (!m_data->dataset()) return because(tr("The data are being prepared."));
    return true;
}

std::int64_t RunModel::bestEpoch() const
{
    const auto best =
        std::min_element(m_epochs.begin(), m_epochs.end(),
                         [](const auto &a, const auto &b) { return a.val_loss < b.val_loss; });
    return best == m_epochs.end() ? 0 : best->epoch;
}

std::int64_t RunModel::plannedEpochs() const
{
    return m_hasRun ? m_runProject.recipe.epochs : m_project->project().recipe.epochs;
}

const project::Project *RunModel::runProject() const
{
    return m_hasRun ? &m_runProject : nullptr;
}

project::Project RunModel::projectNow() const
{
    project::Project now = m_project->project();
    now.data = m_project->dataSource();
    return now;
}

bool RunModel::sameData() const
{
    const project::Project now = projectNow();
    return m_hasRun && m_runProject.data == now.data && m_runProject.recipe.seed == now.recipe.seed;
}

const std::optional<train::Evaluation> &RunModel::evaluation(data::Split split) const
{
    return split == data::Split::Test ? m_test : m_validation;
}

void RunModel::setDevice(const QString &device)
{
    if (device == m_device) return;
    m_device = device;
    emit stateChanged();
}

bool RunModel::ended() const
{
    return m_state == train::State::Finished || m_state == train::State::Failed;
}

bool RunModel::goesOn() const
{
    return m_hasRun && !ended() && sameTraining(m_runProject, projectNow());
}

bool RunModel::canStop() const
{
    return running() || (m_state == train::State::Paused && (m_trainer || goesOn()));
}

bool RunModel::begin()
{
    // A run owns a copy of its project; a changed project, or one that has ended, starts a new run.
    if (running() || (m_trainer && goesOn())) return true;
    QString reason;
    if (!canPlay(&reason)) {
        emit failed(reason);
        return false;
    }
    if (goesOn()) return createTrainer(m_runFolder, true);
    clearRun();
    const auto folder = train::newRunFolder(m_project->runsFolder());
    if (!folder) {
        emit failed(sentence(folder.error()));
        return false;
    }
    m_runProject = projectNow();
    if (createTrainer(*folder, false)) {
        m_project->keepRuns();
        refreshRuns(); // an unfinished one before it can be gone on with
        return true;
    }
    std::error_code ignored;
    std::filesystem::remove(*folder, ignored); // empty: nothing ran
    return false;
}

bool RunModel::createTrainer(const std::filesystem::path &folder, bool resume)
{
    train::TrainerSetup setup;
    setup.project = m_runProject;
    setup.dataset = m_data->dataset();
    setup.device = m_device.toStdString();
    setup.runFolder = folder;
    setup.resume = resume;
    auto trainer = train::Trainer::create(std::move(setup));
    if (!trainer) {
        emit failed(sentence(trainer.error()));
        return false;
    }
    if (resume) { // epochs after the last saved state are learned again
        if (const auto run = train::openRun(folder)) m_epochs = run->epochs;
        (*trainer)->setLearningRate(m_runProject.recipe.learning_rate);
    }
    m_trainer = std::move(*trainer);
    m_dataset = m_data->dataset();
    m_runFolder = folder;
    m_hasRun = true;
    m_timer.start();
    return true;
}

bool RunModel::sameTraining(const project::Project &a, const project::Project &b)
{
    project::Recipe recipe = a.recipe;
    recipe.learning_rate = b.recipe.learning_rate;
    return a.data == b.data && recipe == b.recipe && graph::sameNetwork(a.network, b.network);
}

void RunModel::play()
{
    if (begin()) m_trainer->play();
}

void RunModel::pause()
{
    if (m_trainer) m_trainer->pause();
}

void RunModel::stepBatch()
{
    if (begin()) m_trainer->stepBatch();
}

void RunModel::stepEpoch()
{
    if (begin()) m_trainer->stepEpoch();
}

void RunModel::stop()
{
    if (canStop() && (m_trainer || begin())) m_trainer->stop();
}

void RunModel::reset()
{
    if (!m_trainer || ended()) {
        clearRun();
        return;
    }
    ++m_resets;
    clearFigures();
    m_trainer->reset();
    m_trainer->setLearningRate(m_runProject.recipe.learning_rate); // as it stands in the recipe now
    emit epochDone();
}

void RunModel::setLearningRate(double rate)
{
    if (!m_hasRun || ended() || rate == m_runProject.recipe.learning_rate) return;
    m_runProject.recipe.learning_rate = rate;
    if (m_trainer) m_trainer->setLearningRate(rate);
}

void RunModel::drain()
{
    bool sawStep = false;
    for (const train::Event &event : m_trainer->takeEvents()) {
        sawStep = sawStep || std::holds_alternative<train::StepMetrics>(event);
        take(event);
    }
    if (sawStep) emit stepped();
    if (m_resets > 0) return;
    if (const auto latest = m_trainer->snapshot(); latest != m_snapshot) {
        m_snapshot = latest;
        emit snapshotChanged();
    }
    if (ended()) m_timer.stop();
}

void RunModel::take(const train::Event &event)
{
    const auto *changed = std::get_if<train::StateChanged>(&event);
    // What the trainer did before it came to the reset belongs to nothing any more.
    if (m_resets > 0 && !std::holds_alternative<train::Failed>(event)) {
        if (changed && changed->state == train::State::Ready) --m_resets;
        if (changed && changed->state == train::State::Failed) m_resets = 0;
        if (m_resets > 0) return;
    }
    if (changed) {
        m_state = changed->state;
        emit stateChanged();
    } else if (const auto *step = std::get_if<train::StepMetrics>(&event)) {
        m_step = *step;
    } else if (const auto *epoch = std::get_if<train::EpochMetrics>(&event)) {
        m_epochs.push_back(*epoch);
        emit epochDone();
    } else if (const auto *summary = std::get_if<train::Summary>(&event)) {
        m_summary = *summary;
        emit finished();
        evaluateBest(m_trainer->runFolder());
        refreshRuns();
    } else if (const auto *failure = std::get_if<train::Failed>(&event)) {
        emit failed(sentence(failure->error));
    }
}

void RunModel::clearRun()
{
    m_timer.stop();
    m_trainer.reset();
    m_dataset.reset();
    m_hasRun = false;
    m_resets = 0;
    m_runFolder.clear();
    clearFigures();
    m_snapshot.reset();
    m_statistics.reset();
    m_state = train::State::Ready;
    moveRuns();
    emit stateChanged();
    emit epochDone();
    emit snapshotChanged();
}

void RunModel::clearFigures()
{
    m_background.cancel();
    if (m_measuring) emit measured(-1.0);
    m_measuring = false;
    m_epochs.clear();
    m_step.reset();
    m_summary.reset();
    m_model.reset();
    m_validation.reset();
    m_test.reset();
}

} // namespace ostrich::ui
