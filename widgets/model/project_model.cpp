// The project document: edits through the undo stack, files, recent files.
#include "model/project_model.hpp"

#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "model/commands.hpp"
#include "theme/theme.hpp"

#include <QFileInfo>
#include <QSettings>
#include <QUuid>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr auto kRecentKey = "recentFiles";
constexpr int kRecentCount = 8;
constexpr std::chrono::seconds kAutosaveDelay{3};

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

ProjectModel::ProjectModel(QObject *parent) : QObject(parent), m_id(newId())
{
    connect(&m_undo, &QUndoStack::cleanChanged, this, &ProjectModel::fileChanged);
    connect(&m_undo, &QUndoStack::indexChanged, this, &ProjectModel::followUndo);
    m_autosaveTimer.setSingleShot(true);
    m_autosaveTimer.setInterval(kAutosaveDelay);
    connect(&m_autosaveTimer, &QTimer::timeout, this, &ProjectModel::autosave);
    readFacts();
    analyse();
}

ProjectModel::~ProjectModel()
{
    disconnect(&m_undo, nullptr, this, nullptr);
}

void ProjectModel::readFacts()
{
    const auto facts = data::factsOf(dataSource());
    m_dataProblem =
        facts ? QString() : QString::fromStdString(ostrich::sentence(facts.error(), language()));
    m_facts = facts ? *facts : graph::DataFacts();
}

void ProjectModel::analyse()
{
    m_analysis = graph::analyse(m_project.network, blocks::Registry::instance(), m_facts);
}

bool ProjectModel::apply(const graph::Edit &edit, const QString &mergeKey)
{
    if (edit.empty()) return false;
    graph::Network trial = m_project.network;
    if (const auto done = graph::apply(edit, trial); !done) {
        emit statusMessage(QString::fromStdString(ostrich::sentence(done.error(), language())),
                           true);
        return false;
    }
    const QString key = mergeKey.isEmpty() ? QString() : mergeKey + QString::number(m_mergeSerial);
    m_undo.push(new NetworkCommand(this, edit, key));
    return true;
}

void ProjectModel::setRecipeValue(const std::string &field, const graph::ParameterValue &value)
{
    project::Recipe after = m_project.recipe;
    if (const auto done = project::setRecipeValue(after, field, value); !done) {
        emit statusMessage(QString::fromStdString(ostrich::sentence(done.error(), language())),
                           true);
        return;
    }
    if (after == m_project.recipe) return;
    const auto &fields = project::recipeFields();
    const auto spec = std::find_if(fields.begin(), fields.end(),
                                   [&](const graph::ParameterSpec &f) { return f.name == field; });
    const QString text = tr("Change %1").arg(words(spec->label));
    const QString key =
        QStringLiteral("recipe/%1/%2").arg(QString::fromStdString(field)).arg(m_mergeSerial);
    m_undo.push(new RecipeCommand(this, std::move(after), text, key));
}

void ProjectModel::setData(const std::string &source)
{
    if (source == m_project.data) return;
    m_undo.push(new DataCommand(this, source, tr("Change data")));
    if (m_dataProblem.isEmpty() && !m_analysis.ok() && !fitting().changes.empty())
        emit fittingOffered();
}

project::Fitted ProjectModel::fitting() const
{
    return project::fitted(m_project.network, blocks::Registry::instance(), m_facts);
}

void ProjectModel::fit()
{
    const graph::Edit edit = fitting().edit;
    if (edit.empty()) return;
    // Named as what it does: the repairs' own names are in the order of their making.
    m_undo.push(new NetworkCommand(this, edit, {}, tr("Fit the network to the data")));
}

void ProjectModel::retryData()
{
    readFacts();
    analyse();
    emit dataChanged();
    emit networkChanged();
}

void ProjectModel::finishMerge()
{
    ++m_mergeSerial;
}

QString ProjectModel::name() const
{
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).completeBaseName();
}

void ProjectModel::setProject(project::Project project, const QString &filePath)
{
    become(std::move(project), filePath, newId());
}

void ProjectModel::become(project::Project project, const QString &filePath, const QString &id)
{
    m_keepsRuns = false;
    m_undo.clear(); // while it is still the former document that changes
    m_undo.setClean();
    discardAutosave();
    m_project = std::move(project);
    m_path = filePath;
    m_id = id;
    readFacts();
    analyse();
    emit replaced();
    emit dataChanged();
    emit recipeChanged();
    emit networkChanged();
    emit fileChanged();
}

std::filesystem::path ProjectModel::runsFolder() const
{
    if (m_path.isEmpty()) return unsavedRunsFolder(m_id);
    return project::runsFolder(m_path.toStdString());
}

Result<void> ProjectModel::open(const QString &filePath)
{
    auto project = project::loadProject(filePath.toStdString());
    if (!project) return project.error();
    setProject(std::move(*project), QFileInfo(filePath).absoluteFilePath());
    rememberRecent(m_path);
    return {};
}

Result<void> ProjectModel::save(const QString &filePath)
{
    const QString path = QFileInfo(filePath).absoluteFilePath();
    project::Project saved = m_project;
    // Beside another file, a folder named from the old one's place would not be found.
    if (!m_path.isEmpty() && QFileInfo(m_path).path() != QFileInfo(path).path())
        saved.data = dataSource();
    if (const auto done = project::saveProject(saved, path.toStdString()); !done) return done;
    m_project.data = saved.data;
    m_path = path;
    m_keepsRuns = false;
    m_undo.setClean();
    discardAutosave();
    rememberRecent(path);
    emit fileChanged();
    return {};
}

QStringList ProjectModel::recentFiles() const
{
    QStringList files = QSettings().value(kRecentKey).toStringList();
    files.removeIf([](const QString &file) { return !QFileInfo::exists(file); });
    return files;
}

void ProjectModel::rememberRecent(const QString &filePath)
{
    QStringList files = recentFiles();
    files.removeAll(filePath);
    files.prepend(filePath);
    QSettings().setValue(kRecentKey, QStringList(files.mid(0, kRecentCount)));
}

} // namespace ostrich::ui
