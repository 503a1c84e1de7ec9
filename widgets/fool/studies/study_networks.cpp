// Which networks can be asked, and which are.
#include "fool/studies/study_model.hpp"
#include "model/session.hpp"
#include "train/run.hpp"

#include <QFileInfo>

#include <algorithm>

namespace ostrich::ui {

namespace {

QString runName(const QString &project, const std::filesystem::path &folder)
{
    return QStringLiteral("%1 %2").arg(project, QString::fromStdString(folder.filename().string()));
}

/// Nothing: nobody measured it.
std::optional<double> trainingSeconds(const train::Manifest &manifest)
{
    const auto &summary = manifest.summary;
    return summary && summary->stopped_by != train::kImported ? std::optional(summary->seconds)
                                                              : std::nullopt;
}

/// Files in two folders may have one name; figures tell networks apart by theirs.
void addUnderOwnName(std::vector<StudyNetwork> &networks, StudyNetwork network)
{
    const QString name = network.name;
    for (int i = 2;
         std::ranges::find(networks, network.name, &StudyNetwork::name) != networks.end(); ++i)
        network.name = QStringLiteral("%1 (%2)").arg(name).arg(i);
    networks.push_back(std::move(network));
}

} // namespace

std::vector<StudyNetwork> StudyModel::ownNetworks() const
{
    std::vector<StudyNetwork> own;
    const RunModel &run = m_session->run;
    const QString project = m_session->project.name();
    if (run.model() && run.sameData() && m_session->data.dataset())
        own.push_back({.origin = StudyNetwork::Origin::AtHand,
                       .name = runName(project, run.runFolder()),
                       .isChosen = true});
    for (const train::Run &other : run.runs()) {
        if (other.folder == run.runFolder()) {
            if (!own.empty()) own.front().trainingSeconds = trainingSeconds(other.manifest);
        } else if (other.manifest.summary && fits(other.manifest.facts)) {
            own.push_back({.name = runName(project, other.folder),
                           .folder = other.folder,
                           .trainingSeconds = trainingSeconds(other.manifest)});
        }
    }
    for (StudyNetwork &network : own)
        for (const StudyNetwork &known : m_networks)
            if (known.isOwn && known.isSame(network)) network.isChosen = known.isChosen;
    return own;
}

void StudyModel::refreshNetworks()
{
    std::vector<StudyNetwork> now = ownNetworks();
    const bool hasAtHand = !now.empty() && now.front().origin == StudyNetwork::Origin::AtHand;
    for (StudyNetwork added : m_added) {
        if (added.origin == StudyNetwork::Origin::AtHand) {
            if (!hasAtHand) continue; // it is there again after the next run
            added.name = nameBehind(now.front().name, *added.filter);
            added.trainingSeconds = now.front().trainingSeconds;
        }
        addUnderOwnName(now, std::move(added));
    }
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
    for (StudyNetwork &added : m_added)
        if (!m_networks[index].isOwn && added.isSame(m_networks[index])) added.isChosen = chosen;
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
                             .trainingSeconds = trainingSeconds(run->manifest),
                             .isChosen = !any,
                             .isOwn = false};
        any = true;
        if (std::ranges::none_of(m_networks,
                                 [&](const auto &known) { return known.isSame(network); }))
            m_added.push_back(std::move(network));
    }
    if (!any)
        emit statusMessage(tr("%1 has no run that reads these pictures and tells these classes "
                              "apart. Train it on the same data first.")
                               .arg(QFileInfo(path).fileName()),
                           true);
    refreshNetworks();
    return any;
}

void StudyModel::addTorchScript(const attack::TorchScriptChoice &choice,
                                const std::vector<std::string> &classNames)
{
    const auto isIt = [&](const StudyNetwork &added) {
        return added.origin == StudyNetwork::Origin::File && added.file.file == choice.file;
    };
    if (std::erase_if(m_added, isIt) > 0) m_honesty.forget(); // it may answer otherwise now
    m_added.push_back({.origin = StudyNetwork::Origin::File,
                       .name = QFileInfo(QString::fromStdString(choice.file)).fileName(),
                       .file = choice,
                       .classNames = classNames,
                       .isChosen = true,
                       .isOwn = false});
    refreshNetworks();
}

bool StudyModel::canFilter() const
{
    return !m_networks.empty() && m_networks.front().origin == StudyNetwork::Origin::AtHand
           && facts().input.isMaps();
}

void StudyModel::addFilter(const attack::FilterChoice &choice)
{
    StudyNetwork network{
        .origin = StudyNetwork::Origin::AtHand, .filter = choice, .isChosen = true, .isOwn = false};
    std::erase_if(m_added, [&](const StudyNetwork &added) { return added.isSame(network); });
    m_added.push_back(std::move(network));
    refreshNetworks();
}

void StudyModel::askAlone(const std::optional<attack::TorchScriptChoice> &file,
                          const std::optional<attack::FilterChoice> &filter)
{
    StudyNetwork wanted{.origin = StudyNetwork::Origin::AtHand, .filter = filter};
    if (file) {
        const QString name = QFileInfo(QString::fromStdString(file->file)).fileName();
        wanted.origin = StudyNetwork::Origin::File;
        wanted.name = filter ? nameBehind(name, *filter) : name;
        wanted.file = *file;
    }
    wanted.isOwn = !file && !filter;
    const auto isIt = [&](const StudyNetwork &each) { return each.isSame(wanted); };
    const auto answersOtherwise = [&](const StudyNetwork &each) {
        return isIt(each)
               && (each.file.mean != wanted.file.mean || !each.classNames.empty()
                   || each.file.deviation != wanted.file.deviation);
    };
    if (std::ranges::any_of(m_added, answersOtherwise)) m_honesty.forget();
    std::erase_if(m_added, isIt);
    if (!wanted.isOwn) m_added.push_back(wanted);
    for (auto *all : {&m_networks, &m_added})
        for (StudyNetwork &each : *all) each.isChosen = isIt(each);
    refreshNetworks();
}

} // namespace ostrich::ui
