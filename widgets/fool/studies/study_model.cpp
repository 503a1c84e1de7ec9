// Choosing networks, and running one study in the background.
#include "fool/studies/study_model.hpp"

#include "fool/epsilon_text.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <QFileInfo>

#include <algorithm>
#include <numeric>

namespace ostrich::ui {

namespace {

constexpr int kAllCores = 0;

QString runName(const QString &project, const std::filesystem::path &folder)
{
    return QStringLiteral("%1 %2").arg(project, QString::fromStdString(folder.filename().string()));
}

/// On the worker: weights are read from the disk.
Result<attack::Subject> opened(const StudyNetwork &network, const engine::ModelHandle &atHand,
                               const graph::DataFacts &facts)
{
    const std::string name = network.name.toStdString();
    if (network.origin == StudyNetwork::Origin::AtHand) return attack::Subject(atHand, name);
    if (network.origin == StudyNetwork::Origin::File) {
        auto subject = attack::openTorchScript(network.file, facts);
        if (subject) subject->name = name;
        return subject;
    }
    const auto run = train::openRun(network.folder);
    if (!run) return run.error();
    const auto model = train::loadModel(*run);
    if (!model) return model.error();
    return attack::Subject(*model, name);
}

/// A transfer attack on one is made on the next of them.
void pairUp(std::vector<attack::Subject> &subjects)
{
    if (subjects.size() < 2) return;
    for (std::size_t i = 0; i < subjects.size(); ++i)
        subjects[i].surrogate = subjects[(i + 1) % subjects.size()].classifier;
}

} // namespace

StudyModel::StudyModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_background(kAllCores)
{
    connect(&session->run, &RunModel::evaluated, this, &StudyModel::refreshNetworks);
    connect(&session->run, &RunModel::stateChanged, this, &StudyModel::refreshNetworks);
    connect(&session->run, &RunModel::runsChanged, this, &StudyModel::refreshNetworks);
    connect(&session->data, &DataModel::loaded, this, &StudyModel::followData);
    connect(&session->project, &ProjectModel::replaced, this, &StudyModel::becomeAnother);
    connect(&session->project, &ProjectModel::dataChanged, this, &StudyModel::refreshNetworks);
    refreshNetworks();
}

QString StudyModel::obstacle(const robustness::StudyDescription &study) const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return tr("The data are still being loaded.");
    if (dataset->facts.input.isTokens())
        return tr("A study changes numbers a little; words cannot be changed so. Choose pictures "
                  "or series as data, and train on them.");
    const data::Samples &test = dataset->split(data::Split::Test);
    if (study.picturesOnly && !test.pictures())
        return tr("This study is about pictures. The data of this project are none.");
    if (test.labels.empty())
        return tr("A study needs data whose samples each belong to one class.");
    const RunModel &run = m_session->run;
    if (m_networks.empty() && run.running())
        return tr("The network is still learning. When the run ends, it can be studied here.");
    if (m_networks.empty() && run.measuring())
        return tr("The run has ended. Its best weights are being measured…");
    if (m_networks.empty())
        return tr("Train a network first: press Play. Then come back and study it.");
    if (std::ranges::none_of(m_networks, &StudyNetwork::isChosen))
        return tr("Tick at least one network.");
    return {};
}

/// Even on the same data: findings are of the networks of a document.
void StudyModel::becomeAnother()
{
    m_data.reset();
    forget();
    followData();
}

void StudyModel::followData()
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return refreshNetworks();
    // Another seed draws other samples from the same source.
    std::pair now(dataset->source, m_session->project.project().recipe.seed);
    if (now == m_data) return refreshNetworks();
    m_data = std::move(now);
    m_attack.epsilon = usualEpsilon(dataset->facts, m_attack.norm);
    forget();
    emit settingsChanged();
}

void StudyModel::forget()
{
    cancel();
    m_findings.clear();
    m_problems.clear();
    m_stopped.clear();
    std::erase_if(m_networks, [](const StudyNetwork &network) { return !network.isOwn; });
    refreshNetworks();
    for (const auto &study : robustness::studies()) emit findingsChanged(study->description().name);
}

void StudyModel::refreshNetworks()
{
    std::vector<StudyNetwork> now;
    const RunModel &run = m_session->run;
    const QString project = m_session->project.name();
    if (run.model() && run.sameData() && m_session->data.dataset())
        now.push_back({.origin = StudyNetwork::Origin::AtHand,
                       .name = runName(project, run.runFolder()),
                       .isChosen = true});
    for (const train::Run &other : run.runs())
        if (other.manifest.summary && other.folder != run.runFolder() && fits(other.manifest.facts))
            now.push_back({.name = runName(project, other.folder), .folder = other.folder});
    for (const StudyNetwork &known : m_networks)
        if (!known.isOwn) now.push_back(known);
    for (StudyNetwork &network : now)
        for (const StudyNetwork &known : m_networks)
            if (known.isSame(network)) network.isChosen = known.isChosen;
    m_networks = std::move(now);
    emit networksChanged();
}

bool StudyModel::fits(const graph::DataFacts &facts) const
{
    const auto dataset = m_session->data.dataset();
    return dataset && dataset->facts.classes == facts.classes && dataset->facts.input == facts.input
           && dataset->facts.task == facts.task && dataset->facts.classNames == facts.classNames;
}

void StudyModel::setChosen(std::size_t index, bool chosen)
{
    if (index >= m_networks.size()) return; // asked before the networks became others
    m_networks[index].isChosen = chosen;
    emit networksChanged();
}

bool StudyModel::addProject(const QString &path)
{
    const auto runs = train::listRuns(project::runsFolder(path.toStdString()));
    bool any = false;
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (!run->manifest.summary || !fits(run->manifest.facts)) continue;
        StudyNetwork network{.name = runName(QFileInfo(path).completeBaseName(), run->folder),
                             .folder = run->folder,
                             .isChosen = !any,
                             .isOwn = false};
        any = true;
        if (std::ranges::none_of(m_networks,
                                 [&](const auto &known) { return known.isSame(network); }))
            addNetwork(std::move(network));
    }
    if (!any)
        emit statusMessage(tr("%1 has no run that reads these pictures and tells these classes "
                              "apart. Train it on the same data first.")
                               .arg(QFileInfo(path).fileName()),
                           true);
    emit networksChanged();
    return any;
}

void StudyModel::addTorchScript(const attack::TorchScriptChoice &choice)
{
    addNetwork({.origin = StudyNetwork::Origin::File,
                .name = QFileInfo(QString::fromStdString(choice.file)).fileName(),
                .file = choice,
                .isChosen = true,
                .isOwn = false});
    emit networksChanged();
}

/// Files in two folders may have one name; figures tell networks apart by theirs.
void StudyModel::addNetwork(StudyNetwork network)
{
    const QString name = network.name;
    for (int i = 2;
         std::ranges::find(m_networks, network.name, &StudyNetwork::name) != m_networks.end(); ++i)
        network.name = QStringLiteral("%1 (%2)").arg(name).arg(i);
    m_networks.push_back(std::move(network));
}

int StudyModel::allPictures() const
{
    const auto dataset = m_session->data.dataset();
    return dataset ? static_cast<int>(dataset->split(data::Split::Test).count()) : 0;
}

void StudyModel::setPictures(int count)
{
    if (count == m_pictures) return;
    m_pictures = count;
    emit settingsChanged();
}

void StudyModel::setAttack(const attack::AttackOptions &options)
{
    attack::AttackOptions wanted = options;
    const auto *described = attack::describedAttack(wanted.attack);
    if (described && !described->norms.empty()
        && std::ranges::find(described->norms, wanted.norm) == described->norms.end())
        wanted.norm = described->norms.front();
    if (wanted.norm != m_attack.norm) {
        const auto dataset = m_session->data.dataset();
        wanted.epsilon = usualEpsilon(dataset ? dataset->facts : graph::DataFacts(), wanted.norm);
    }
    if (wanted == m_attack) return;
    m_attack = wanted;
    emit settingsChanged();
}

graph::Parameters StudyModel::parameters(const std::string &study) const
{
    const auto known = m_parameters.find(study);
    return known == m_parameters.end() ? graph::Parameters() : known->second;
}

void StudyModel::setParameters(const std::string &study, const graph::Parameters &parameters)
{
    m_parameters[study] = parameters;
}

robustness::StudyRequest StudyModel::request(const std::string &study) const
{
    robustness::StudyRequest request;
    request.dataset = m_session->data.dataset();
    request.attack = m_attack;
    request.parameters = parameters(study);
    request.indices.resize(static_cast<std::size_t>(std::min(m_pictures, allPictures())));
    std::iota(request.indices.begin(), request.indices.end(), 0);
    return request;
}

const robustness::Findings *StudyModel::findings(const std::string &study) const
{
    const auto known = m_findings.find(study);
    return known == m_findings.end() ? nullptr : &known->second;
}

bool StudyModel::hasFindings() const
{
    return std::ranges::any_of(m_findings,
                               [this](const auto &each) { return each.first != m_running; });
}

QString StudyModel::problem(const std::string &study) const
{
    const auto known = m_problems.find(study);
    return known == m_problems.end() ? QString() : known->second;
}

void StudyModel::cancel()
{
    if (!running()) return;
    const std::string study = m_running;
    m_background.cancel();
    if (!bringFormerBack(study)) m_stopped.insert(study);
    end();
    emit findingsChanged(study);
}

/// Half of an answer is none: what was found before it is there again.
bool StudyModel::bringFormerBack(const std::string &study)
{
    m_findings.erase(study);
    return m_findings.insert(std::move(m_former)).inserted;
}

void StudyModel::end()
{
    ++m_serial;
    m_running.clear();
    m_former = {};
    emit stateChanged();
}

void StudyModel::begin(const std::string &study)
{
    m_running = study;
    m_progress = 0.0;
    m_former = m_findings.extract(study);
    m_problems.erase(study);
    m_stopped.erase(study);
    ++m_serial;
    emit stateChanged();
    emit findingsChanged(study);
}

void StudyModel::take(const std::string &study, robustness::Findings findings)
{
    m_findings[study] = std::move(findings);
    end();
    emit findingsChanged(study);
}

void StudyModel::giveUp(const std::string &study, const Error &error)
{
    const QString why = sentence(error);
    if (bringFormerBack(study))
        emit statusMessage(why, true); // in whose place it would be said
    else
        m_problems[study] = why;
    end();
    emit findingsChanged(study);
}

void StudyModel::run(const std::string &study)
{
    cancel();
    begin(study);
    m_background.run(job(study));
}

/// What is done on the worker.
Background::Job StudyModel::job(const std::string &study)
{
    std::vector<StudyNetwork> chosen;
    std::ranges::copy_if(m_networks, std::back_inserter(chosen), &StudyNetwork::isChosen);
    return [this, study, serial = m_serial, chosen, atHand = m_session->run.model(),
            request = request(study)](std::stop_token stop) mutable -> Background::Finish {
        const auto later = [this, serial](auto &&work) {
            const auto isCurrent = [this, serial, work] {
                if (serial == m_serial) work();
            };
            QMetaObject::invokeMethod(this, isCurrent, Qt::QueuedConnection);
        };
        const auto failed = [this, study](const Error &error) -> Background::Finish {
            return [this, study, error] { giveUp(study, error); };
        };
        for (const StudyNetwork &network : chosen) {
            auto subject = opened(network, atHand, request.dataset->facts);
            if (!subject) return failed(subject.error());
            request.subjects.push_back(std::move(*subject));
        }
        pairUp(request.subjects);
        robustness::StudyWatcher watcher;
        watcher.progress = [&](double fraction) {
            later([this, fraction] {
                m_progress = fraction;
                emit stateChanged();
            });
        };
        watcher.partial = [&](const robustness::Findings &known) {
            later([this, study, known] {
                m_findings[study] = known;
                emit findingsChanged(study);
            });
        };
        auto findings = robustness::study(study, std::move(request), watcher, stop);
        if (stop.stop_requested()) return {};
        if (!findings) return failed(findings.error());
        return [this, study, findings = std::move(*findings)] { take(study, findings); };
    };
}

} // namespace ostrich::ui
