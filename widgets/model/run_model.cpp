// The transport: commands to the trainer, its events drained once a frame, figures when it ends.
#include "model/run_model.hpp"

#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr std::chrono::milliseconds kFrame{16};

QString sentenceOf(const Error &error)
{
    return QString::fromStdString(ostrich::sentence(error, language()));
}

} // namespace

RunModel::RunModel(ProjectModel *project, DataModel *data, QObject *parent)
    : QObject(parent), m_project(project), m_data(data), m_background(1)
{
    m_timer.setInterval(kFrame);
    connect(&m_timer, &QTimer::timeout, this, &RunModel::drain);
    connect(project, &ProjectModel::replaced, this, [this] {
        clearRun();
        refreshRuns();
    });
    // Play wakes or sleeps with the network and the data.
    connect(project, &ProjectModel::networkChanged, this, &RunModel::stateChanged);
    connect(project, &ProjectModel::recipeChanged, this,
            [this] { setLearningRate(m_project->project().recipe.learning_rate); });
    connect(data, &DataModel::loaded, this, &RunModel::stateChanged);
    connect(data, &DataModel::failed, this, &RunModel::stateChanged);
}

RunModel::~RunModel() = default;

bool RunModel::canPlay(QString *reason) const
{
    const auto because = [reason](const QString &text) {
        if (reason) *reason = text;
        return false;
    };
    if (!m_project->dataProblem().isEmpty()) return because(m_project->dataProblem());
    const auto &problems = m_project->analysis().problems;
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

bool RunModel::sameData() const
{
    const project::Project &now = m_project->project();
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

bool RunModel::begin()
{
    // A run owns a copy of its project; a changed project, or one that has ended, starts a new run.
    const bool changed = m_hasRun && !sameTraining(m_runProject, m_project->project());
    const bool ended = m_state == train::State::Finished || m_state == train::State::Failed;
    if (m_trainer && !changed && !ended) return true;
    QString reason;
    if (!canPlay(&reason)) {
        emit failed(reason);
        return false;
    }
    clearRun();
    auto folder = train::newRunFolder(project::runsFolder(m_project->filePath().toStdString()));
    if (!folder) {
        emit failed(sentenceOf(folder.error()));
        return false;
    }
    train::TrainerSetup setup;
    setup.project = m_project->project();
    setup.dataset = m_data->dataset();
    setup.device = m_device.toStdString();
    setup.runFolder = *folder;
    auto trainer = train::Trainer::create(std::move(setup));
    if (!trainer) {
        std::error_code ignored;
        std::filesystem::remove(*folder, ignored); // empty: nothing ran
        emit failed(sentenceOf(trainer.error()));
        return false;
    }
    m_trainer = std::move(*trainer);
    m_dataset = m_data->dataset();
    m_runProject = m_project->project();
    m_hasRun = true;
    m_timer.start();
    return true;
}

bool RunModel::sameTraining(const project::Project &a, const project::Project &b)
{
    if (a.data != b.data || a.recipe != b.recipe || a.network.wires != b.network.wires)
        return false;
    return std::equal(a.network.blocks.begin(), a.network.blocks.end(), b.network.blocks.begin(),
                      b.network.blocks.end(), [](const graph::Block &x, const graph::Block &y) {
                          return x.id == y.id && x.kind == y.kind && x.parameters == y.parameters;
                      });
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
    if (m_trainer) m_trainer->stop();
}

void RunModel::reset()
{
    if (!m_trainer) {
        clearRun();
        return;
    }
    m_epochs.clear();
    m_step.reset();
    m_summary.reset();
    m_model.reset();
    m_validation.reset();
    m_test.reset();
    m_trainer->reset();
    m_trainer->setLearningRate(m_runProject.recipe.learning_rate); // as it stands in the recipe now
    m_timer.start();
    emit epochDone();
}

void RunModel::setLearningRate(double rate)
{
    const bool ended = m_state == train::State::Finished || m_state == train::State::Failed;
    if (!m_trainer || ended || rate == m_runProject.recipe.learning_rate) return;
    m_runProject.recipe.learning_rate = rate; // so that the run goes on after a pause
    m_trainer->setLearningRate(rate);
}

void RunModel::drain()
{
    bool sawStep = false;
    for (const train::Event &event : m_trainer->takeEvents()) {
        sawStep = sawStep || std::holds_alternative<train::StepMetrics>(event);
        take(event);
    }
    if (sawStep) emit stepped();
    if (const auto latest = m_trainer->snapshot(); latest != m_snapshot) {
        m_snapshot = latest;
        emit snapshotChanged();
    }
    if (m_state == train::State::Finished || m_state == train::State::Failed) m_timer.stop();
}

void RunModel::take(const train::Event &event)
{
    if (const auto *changed = std::get_if<train::StateChanged>(&event)) {
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
        emit failed(sentenceOf(failure->error));
    }
}

void RunModel::evaluateBest(const std::filesystem::path &folder)
{
    const auto dataset = m_dataset ? m_dataset : m_data->dataset();
    m_background.run([this, folder, dataset](std::stop_token stop) -> Background::Finish {
        const auto run = train::openRun(folder);
        const auto model = run ? train::loadModel(*run) : Result<engine::ModelHandle>(run.error());
        if (!model)
            return [this, error = model.error()] { emit statusMessage(sentenceOf(error), true); };
        std::optional<train::Evaluation> answers[2];
        const data::Split splits[2] = {data::Split::Validation, data::Split::Test};
        for (int i = 0; dataset && i < 2; ++i)
            if (auto evaluation = train::evaluate(*model, *dataset, splits[i], 0, {}, stop))
                answers[i] = std::move(*evaluation);
        return [this, model = *model, validation = std::move(answers[0]),
                test = std::move(answers[1])] {
            m_model = model;
            m_validation = validation;
            m_test = test;
            emit evaluated();
        };
    });
}

void RunModel::openRun(const std::filesystem::path &folder)
{
    const auto run = train::openRun(folder);
    if (!run) {
        emit statusMessage(sentenceOf(run.error()), true);
        return;
    }
    const auto weights = engine::loadWeights((folder / "best.safetensors").string());
    if (!weights) {
        emit statusMessage(sentenceOf(weights.error()), true);
        return;
    }
    clearRun();
    m_runProject = run->manifest.project;
    m_hasRun = true;
    m_epochs = run->epochs;
    m_summary = run->manifest.summary;
    m_snapshot = *weights;
    m_state = train::State::Finished;
    emit stateChanged();
    emit epochDone();
    emit snapshotChanged();
    evaluateBest(folder);
}

void RunModel::refreshRuns()
{
    m_runs = train::listRuns(project::runsFolder(m_project->filePath().toStdString()));
    std::erase_if(m_runs, [](const train::Run &run) { return !run.manifest.summary; });
    emit runsChanged();
}

void RunModel::clearRun()
{
    m_timer.stop();
    m_background.cancel();
    m_trainer.reset();
    m_dataset.reset();
    m_hasRun = false;
    m_epochs.clear();
    m_step.reset();
    m_summary.reset();
    m_snapshot.reset();
    m_model.reset();
    m_validation.reset();
    m_test.reset();
    m_state = train::State::Ready;
    emit stateChanged();
    emit epochDone();
    emit snapshotChanged();
}

} // namespace ostrich::ui
