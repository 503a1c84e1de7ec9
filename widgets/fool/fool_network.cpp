// Which network is attacked: the run at hand or a file, behind a defence; and on which other one a
// transfer attack is made.
#include "fool/fool_model.hpp"
#include "model/session.hpp"

#include <algorithm>
#include <utility>

namespace ostrich::ui {

namespace fs = std::filesystem;

engine::ModelHandle FoolModel::usableModel() const
{
    const bool usable = m_session->run.sameData() && m_session->data.dataset();
    return usable ? m_session->run.model() : nullptr;
}

bool FoolModel::isCurrent() const
{
    return usableModel() == m_model
           && (!m_file.dataset() || m_file.dataset() == m_session->data.dataset());
}

void FoolModel::follow()
{
    if (!isCurrent()) modelChanged();
}

FoolModel::Reads FoolModel::reads() const
{
    const auto dataset = m_session->data.dataset();
    if (!dataset || dataset->split(data::Split::Test).pictures()) return Reads::Pictures;
    if (dataset->facts.task != graph::Task::Classify) return Reads::Other;
    const graph::Shape &input = dataset->facts.input;
    if (input.isTokens()) return Reads::Sentences;
    return input.isSequence() ? Reads::Series : Reads::Other;
}

QString FoolModel::obstacle() const
{
    switch (reads()) {
    case Reads::Pictures:
        return networkObstacle();
    case Reads::Sentences:
    case Reads::Series:
        return tr("This network reads no pictures: choose digits, animals or your own pictures as "
                  "data, and train on them.");
    case Reads::Other:
        return tr("Fool needs pictures, texts or series with classes: choose some, and train.");
    }
    return {};
}

QString FoolModel::networkObstacle() const
{
    const bool hasData = m_session->data.dataset() != nullptr;
    if (hasNetwork() && hasData) return {};
    if (m_session->run.running())
        return tr("The network is still learning. When the run ends, it can be fooled here.");
    if (m_session->run.measuring())
        return tr("The run has ended. Its best weights are being measured…");
    if (m_file.isOpening()) return tr("The network is being opened…");
    if (hasData && !runs().empty())
        return tr("Choose one of your runs as the network above, or train another: press Play.");
    return tr("Train a network first: press Play. Then come back and fool it.");
}

std::vector<fs::path> FoolModel::runs() const
{
    const ProjectModel &project = m_session->project;
    const std::string data = project.dataSource();
    const std::uint64_t seed = project.project().recipe.seed;
    std::vector<fs::path> folders;
    for (const train::Run &run : m_session->run.runs()) {
        // The run at hand may be of weights from elsewhere, which read whatever fits.
        const bool isAtHand = m_model && run.folder == m_session->run.runFolder();
        const project::Project &own = run.manifest.project;
        if (isAtHand || (run.manifest.summary && own.data == data && own.recipe.seed == seed))
            folders.insert(folders.begin(), run.folder);
    }
    return folders;
}

void FoolModel::chooseRun(const fs::path &folder)
{
    RunModel &run = m_session->run;
    if (run.running()) return;
    const bool hadFile = m_file.subject() || m_file.isOpening();
    m_file.forget();
    if (folder != run.runFolder())
        run.openRun(fs::path(folder)); // its model comes when it has been measured
    if (hadFile) modelChanged();       // also where that run could not be opened
}

void FoolModel::chooseFile(const attack::TorchScriptChoice &choice)
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) return;
    m_file.open(choice, dataset);
    emit networkChanged();
}

QString FoolModel::networkName() const
{
    if (m_file.subject()) return QString::fromStdString(m_file.subject()->name);
    return m_model ? runName(m_session->run.runFolder()) : QString();
}

QString FoolModel::runName(const fs::path &folder) const
{
    return QStringLiteral("%1 %2").arg(m_session->project.name(),
                                       QString::fromStdString(folder.filename().string()));
}

void FoolModel::modelChanged()
{
    const engine::ModelHandle former = std::exchange(m_model, usableModel());
    if (m_model && m_model != former) m_file.forget(); // the newest network counts
    if (m_file.dataset() && m_file.dataset() != m_session->data.dataset()) m_file.forget();
    if (!m_picture.empty() && !m_sample) m_own = std::move(m_picture);
    m_live.cancel(); // answers about another picture
    m_live.forget();
    m_result.reset();
    m_surrogate.forget();
    m_flip.forget();
    clearSweep();
    becomeSubject();
    if (hasNetwork() && obstacle().isEmpty()) {
        const auto &facts = m_session->data.dataset()->facts;
        if (facts != m_known) beginWith(facts);
        showFirstPicture();
    } else {
        dropPicture();
    }
    emit networkChanged();
    emit pictureChanged();
    emit resultChanged();
}

const std::vector<train::Answer> &FoolModel::answers() const
{
    static const std::vector<train::Answer> kNone;
    if (m_file.subject()) return m_file.answers();
    const auto &evaluation = m_session->run.evaluation(data::Split::Test);
    return m_model && evaluation ? evaluation->answers : kNone;
}

bool FoolModel::readsNone() const
{
    const auto isRight = [](const train::Answer &answer) {
        return answer.predicted == answer.label;
    };
    return !answers().empty() && std::ranges::none_of(answers(), isRight);
}

void FoolModel::setDefence(const std::optional<attack::FilterChoice> &defence)
{
    m_defence = defence;
    m_flip.forget();
    clearSweep();
    becomeSubject();
    dropResult(); // of the network without it
    emit optionsChanged();
    attackNow(true);
}

void FoolModel::becomeSubject()
{
    m_subject = {};
    if (m_file.subject())
        m_subject = *m_file.subject();
    else if (m_model)
        m_subject = attack::Subject(m_model);
    else
        return;
    if (m_defence && !lacksPictures()) {
        auto behind = attack::behindFilter(m_subject, *m_defence);
        behind ? void(m_subject = std::move(*behind)) : tell(behind.error());
    }
    const auto folder = usesSurrogate() ? surrogateFolder() : std::nullopt;
    if (!folder) return;
    m_surrogate.read(*folder);
    m_subject.surrogate = m_surrogate.classifier();
}

std::vector<fs::path> FoolModel::surrogates() const
{
    const RunModel &run = m_session->run;
    const bool isRun = !m_file.subject();
    if (isRun && !run.runProject()) return {};
    const std::string data = isRun ? run.runProject()->data : m_session->project.dataSource();
    std::vector<fs::path> folders;
    for (const train::Run &other : run.runs())
        if (other.manifest.summary && (!isRun || other.folder != run.runFolder())
            && other.manifest.project.data == data)
            folders.insert(folders.begin(), other.folder);
    return folders;
}

std::optional<fs::path> FoolModel::surrogateFolder() const
{
    const auto all = surrogates();
    if (all.empty()) return {};
    return std::ranges::find(all, m_wantedSurrogate) == all.end() ? all.front() : m_wantedSurrogate;
}

void FoolModel::setSurrogate(const fs::path &folder)
{
    if (folder == surrogateFolder()) return;
    m_wantedSurrogate = folder;
    m_flip.forget();
    clearSweep();
    becomeSubject();
    dropResult(); // made on the former one
    emit optionsChanged();
    attackNow(true);
}

bool FoolModel::usesSurrogate() const
{
    const auto *described = attack::describedAttack(m_options.attack);
    return described && described->usesSurrogate;
}

void FoolModel::takeSurrogate()
{
    if (!usesSurrogate()) return; // another attack was chosen meanwhile
    becomeSubject();
    attackNow(true);
    if (m_sweepWanted == 0) return;
    m_surrogate.problem() ? cancelSweep() : startSweep(m_sweepWanted);
}

} // namespace ostrich::ui
