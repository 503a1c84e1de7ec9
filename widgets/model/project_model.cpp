// The project document: edits through the undo stack, groups, files, recent files.
#include "model/project_model.hpp"

#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "graph/group.hpp"
#include "model/commands.hpp"
#include "theme/theme.hpp"

#include <QFileInfo>
#include <QSettings>
#include <QUuid>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace ostrich::ui {

namespace {

constexpr auto kRecentKey = "recentFiles";
constexpr int kRecentCount = 8;
constexpr std::chrono::seconds kAutosaveDelay{3};

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

bool isHidden(const graph::Block &block)
{
    const auto kind = graph::kindOf(block, blocks::Registry::instance());
    return !kind || kind->description().role == graph::Role::Hidden;
}

/// The shapes; empty where one of them is not known.
std::vector<graph::Shape> known(const std::vector<std::optional<graph::Shape>> &shapes)
{
    std::vector<graph::Shape> all;
    for (const auto &shape : shapes) {
        if (!shape) return {};
        all.push_back(*shape);
    }
    return all;
}

/// The smaller blocks that `block` is made of.
std::optional<graph::Network> insideOf(const graph::Block &block, const graph::BlockFacts *facts)
{
    const auto kind = graph::kindOf(block, blocks::Registry::instance());
    // One that uses another's weights would have its own: no longer the same.
    if (!kind || !facts || block.inside || !block.weightsOf.empty()) return {};
    const auto inputs = known(facts->inputs);
    if (inputs.empty() || known(facts->outputs).empty()) return {};
    return kind->unfolded(inputs, facts->parameters);
}

/// The block `flat` of the unfolded network as a block within the groups `scope` names it; nothing:
/// it cannot.
std::optional<std::string> nameFrom(const std::vector<std::string> &scope, const std::string &flat,
                                    const std::set<std::string> &ids)
{
    for (std::size_t depth = scope.size() + 1; depth-- > 0;) {
        const auto headAt = [&scope](std::size_t end) {
            return graph::prefixOf(
                {scope.begin(), scope.begin() + static_cast<std::ptrdiff_t>(end)});
        };
        const std::string head = headAt(depth);
        if (!flat.starts_with(head)) continue;
        std::string name = flat.substr(head.size());
        // In another repetition of a group that is open: each of them would mean another block.
        if (depth < scope.size() && name.starts_with(scope[depth] + '.')) return {};
        for (std::size_t nearer = depth + 1; nearer <= scope.size(); ++nearer)
            if (ids.contains(headAt(nearer) + name)) return {}; // that one is found first
        return name;
    }
    return {};
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
    m_dataProblem = facts ? QString() : sentence(facts.error());
    m_facts = facts ? *facts : graph::DataFacts();
}

void ProjectModel::analyse()
{
    m_analysis = graph::analyse(m_project.network, blocks::Registry::instance(), m_facts);
    m_view = graph::inView(m_analysis, m_scope);
}

const graph::Network &ProjectModel::network() const
{
    const graph::Network *within = graph::networkWithin(m_project.network, m_scope);
    return within ? *within : m_project.network;
}

bool ProjectModel::apply(const graph::Edit &edit, const QString &mergeKey)
{
    const auto whole = graph::inGroup(m_project.network, m_scope, edit);
    if (!whole) {
        emit statusMessage(sentence(whole.error()), true);
        return false;
    }
    return applyWhole(*whole, mergeKey);
}

bool ProjectModel::applyWhole(const graph::Edit &edit, const QString &mergeKey)
{
    if (edit.empty()) return false;
    graph::Network trial = m_project.network;
    if (const auto done = graph::apply(edit, trial); !done) {
        emit statusMessage(sentence(done.error()), true);
        return false;
    }
    const QString key = mergeKey.isEmpty() ? QString() : mergeKey + QString::number(m_mergeSerial);
    m_undo.push(new NetworkCommand(this, edit, key));
    return true;
}

void ProjectModel::show(std::vector<std::string> path)
{
    while (!graph::networkWithin(m_project.network, path)) path.pop_back();
    if (path == m_scope) return;
    m_scope = std::move(path);
    finishMerge();
}

void ProjectModel::setScope(std::vector<std::string> path)
{
    const auto before = m_scope;
    show(std::move(path));
    if (m_scope == before) return;
    m_view = graph::inView(m_analysis, m_scope);
    emit scopeChanged();
}

void ProjectModel::enter(const std::string &group)
{
    auto path = m_scope;
    path.push_back(group);
    setScope(std::move(path));
}

void ProjectModel::leave()
{
    if (m_scope.empty()) return;
    setScope({m_scope.begin(), m_scope.end() - 1});
}

void ProjectModel::followNetwork(const std::vector<std::string> &path)
{
    const auto before = m_scope;
    show(path);
    analyse();
    if (m_scope != before) emit scopeChanged();
    emit networkChanged();
}

std::string ProjectModel::fold(const std::vector<std::string> &ids)
{
    const graph::Network &shown = network();
    const bool any = std::ranges::any_of(shown.blocks, [&ids](const graph::Block &block) {
        return isHidden(block) && std::ranges::find(ids, block.id) != ids.end();
    });
    const auto taken = [&shown](const QString &title) {
        return std::ranges::any_of(shown.blocks, [&title](const graph::Block &block) {
            return block.inside && graph::titleOf(block) == title.toStdString();
        });
    };
    int number = 1;
    while (taken(tr("Group %1").arg(number))) ++number;
    std::string id;
    const graph::Edit edit = graph::fold(shown, ids, tr("Group %1").arg(number).toStdString(),
                                         blocks::Registry::instance(), &id);
    if (edit.empty()) {
        emit statusMessage(
            any ? tr("A way leads out of these blocks and back in: select what lies between too.")
                : tr("Select blocks to fold first: inputs and outputs stay where they are."),
            true);
        return {};
    }
    return apply(edit) ? id : std::string();
}

std::vector<std::string> ProjectModel::unfold(const std::string &group)
{
    std::set<std::string> before;
    for (const graph::Block &block : network().blocks)
        if (block.id != group) before.insert(block.id);
    if (!apply(graph::unfold(network(), group, blocks::Registry::instance()))) return {};
    std::vector<std::string> fresh;
    for (const graph::Block &block : network().blocks)
        if (!before.contains(block.id)) fresh.push_back(block.id);
    return fresh;
}

bool ProjectModel::canOpenUp(const std::string &id) const
{
    const graph::Block *block = network().find(id);
    return block && insideOf(*block, m_view.find(id));
}

bool ProjectModel::openUp(const std::string &id)
{
    const graph::Block *block = network().find(id);
    auto inside = block ? insideOf(*block, m_view.find(id)) : std::nullopt;
    return inside
           && apply(graph::becomeGroup(network(), id, graph::titleOf(*block), *std::move(inside)));
}

std::vector<std::string> ProjectModel::ownersFor(const std::string &id) const
{
    const auto &kinds = blocks::Registry::instance();
    const graph::Block *user = network().find(id);
    const graph::BlockFacts *facts = m_view.find(id);
    const auto kind = user && !user->inside ? graph::kindOf(*user, kinds) : nullptr;
    if (!kind || !facts) return {};
    const graph::Network flat = graph::expand(m_project.network, kinds).network;
    std::set<std::string> ids;
    for (const graph::Block &block : flat.blocks) ids.insert(block.id);
    std::vector<std::string> owners;
    for (const graph::Block &block : flat.blocks) {
        if (!block.weightsOf.empty() || block.id == graph::prefixOf(m_scope) + id) continue;
        const auto theirs = graph::kindOf(block, kinds);
        const graph::BlockFacts *known = m_analysis.find(block.id);
        if (!theirs || !known || !graph::sharedParameters(*theirs, *known, *kind, *facts)) continue;
        if (const auto name = nameFrom(m_scope, block.id, ids)) owners.push_back(*name);
    }
    return owners;
}

bool ProjectModel::useWeights(const std::string &id, const std::string &owner)
{
    return apply(graph::setWeightsOf(network(), id, owner));
}

void ProjectModel::setRecipeValue(const std::string &field, const graph::ParameterValue &value)
{
    project::Recipe after = m_project.recipe;
    if (const auto done = project::setRecipeValue(after, field, value); !done) {
        emit statusMessage(sentence(done.error()), true);
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
    const bool wasOpen = !std::exchange(m_scope, {}).empty();
    readFacts();
    analyse();
    emit replaced();
    if (wasOpen) emit scopeChanged();
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
