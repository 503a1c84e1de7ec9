// The state of Inside: which block, which look, which sample. What it asks: inside_asking.cpp.
#include "inside/inside_model.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>
#include <optional>

namespace ostrich::ui {

namespace {

constexpr std::chrono::milliseconds kFollow{300}; // between two looks while it trains

/// A block of the unfolded network: the groups around it, and its id within them.
struct Whereabouts {
    std::vector<std::string> groups;
    std::string id;
    QString place; // "Layer 1, 2": for the reader; empty: in no group
};

/// Of "group_1.1.conv_1": group_1, and conv_1 in it.
std::optional<Whereabouts> findBlock(const graph::Network &network, const std::string &flat)
{
    Whereabouts found;
    found.id = flat;
    const graph::Network *around = &network;
    QStringList places;
    for (std::size_t dot = found.id.find('.'); dot != std::string::npos; dot = found.id.find('.')) {
        const std::size_t end = found.id.find('.', dot + 1);
        const graph::Block *group = around->find(found.id.substr(0, dot));
        if (end == std::string::npos || !group || !group->inside) return {};
        const QString title = QString::fromStdString(graph::titleOf(*group));
        const int repetition =
            QString::fromStdString(found.id.substr(dot + 1, end - dot - 1)).toInt() + 1;
        places << (graph::repeatOf(*group) > 1 ? QStringLiteral("%1, %2").arg(title).arg(repetition)
                                               : title);
        found.groups.push_back(group->id);
        around = group->inside.get();
        found.id.erase(0, end + 1);
    }
    if (!around->find(found.id)) return {};
    found.place = places.join(QStringLiteral(" › "));
    return found;
}

const graph::Block *blockAt(const graph::Network &network, const Whereabouts &at)
{
    const graph::Network *within = graph::networkWithin(network, at.groups);
    return within ? within->find(at.id) : nullptr;
}

/// A group's ports pass on what they get: nothing to look into.
bool isPort(const graph::Kind &kind)
{
    const graph::Role role = kind.description().role;
    return role == graph::Role::GroupInput || role == graph::Role::GroupOutput;
}

} // namespace

InsideModel::InsideModel(Session *session, QObject *parent)
    : QObject(parent), m_session(session), m_others(session), m_quick(this), m_slow(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    m_follow.setSingleShot(true);
    m_follow.setInterval(kFollow);
    connect(&m_soon, &QTimer::timeout, this, &InsideModel::ask);
    connect(&m_follow, &QTimer::timeout, this, &InsideModel::weightsChanged);
    connect(&session->run, &RunModel::snapshotChanged, this, [this] {
        if (!m_follow.isActive()) m_follow.start();
    });
    connect(&session->run, &RunModel::stateChanged, this, &InsideModel::runChanged);
    connect(&m_others, &OtherRuns::changed, this, &InsideModel::resultsChanged);
    connect(&session->project, &ProjectModel::dataChanged, this, &InsideModel::runChanged);
    connect(&session->data, &DataModel::loaded, this, &InsideModel::runChanged);
    connect(&session->selection, &Selection::blocksChanged, this, &InsideModel::followSelection);
    connect(&session->selection, &Selection::sampleChanged, this, &InsideModel::takeSample);
    runChanged();
}

InsideModel::~InsideModel() = default;

const graph::Network *InsideModel::network() const
{
    const project::Project *run = m_session->run.runProject();
    return run ? &run->network : nullptr;
}

QString InsideModel::obstacle() const
{
    const RunModel &run = m_session->run;
    if (!m_session->data.errorText().isEmpty()) return m_session->data.errorText();
    if (!m_session->data.dataset())
        return tr("The data are being prepared. In a moment there is something to see.");
    if (!network() || !run.snapshot())
        return tr("The network has not learned anything yet. Press Play: this place follows the "
                  "training while it goes on.");
    if (!run.sameData())
        return tr("The network was trained on other data. Press Play to train it on these.");
    if (m_entries.empty()) return {};
    const bool told = !m_offers.empty();
    const bool any =
        std::ranges::any_of(m_entries, [](const Entry &entry) { return entry.offers; });
    if (told && !any)
        return tr("This network has no block to look into. Put a convolution, an LSTM or an "
                  "attention block in it, then press Play.");
    return {};
}

void InsideModel::setActive(bool active)
{
    if (active == m_active) return;
    m_active = active;
    if (active) runChanged();
}

/// Another run, or one that has moved on.
void InsideModel::runChanged()
{
    const std::string folder = m_session->run.runFolder().string();
    if (folder != m_run) {
        m_run = folder;
        m_depths.clear();
        m_offers.clear();
        m_block.clear();
        forget();
    }
    refreshEntries();
    if (!m_sample || (m_given && !m_edited)) takeSample();
    emit subjectChanged();
    askSoon();
}

void InsideModel::refreshEntries()
{
    std::vector<Entry> entries;
    const graph::Network *shown = network();
    if (shown && m_session->data.dataset()) {
        const auto &facts = m_session->data.dataset()->facts;
        const auto analysis = graph::analyse(*shown, blocks::Registry::instance(), facts);
        for (const std::string &id : analysis.order) {
            const auto at = findBlock(*shown, id);
            const graph::Block *block = at ? blockAt(*shown, *at) : nullptr;
            const auto kind = block ? graph::kindOf(*block, blocks::Registry::instance()) : nullptr;
            if (!kind || isPort(*kind)) continue;
            const graph::BlockFacts *known = analysis.find(id);
            Entry entry{id,
                        ostrich::ui::words(kind->description().label),
                        {},
                        QString::fromStdString(kind->description().icon),
                        kind->description().category,
                        false};
            const auto said = kind->summary(known ? known->parameters : block->parameters, facts);
            if (!said.empty()) entry.fact = ostrich::ui::words(said.front());
            if (!at->place.isEmpty())
                entry.name = QStringLiteral("%1 · %2").arg(entry.name, at->place);
            entry.offers = m_offers.contains(id);
            entries.push_back(std::move(entry));
        }
    }
    m_entries = std::move(entries);
    followSelection();
}

/// The block that is selected anywhere, where it can be looked into; else the most telling one.
void InsideModel::followSelection()
{
    const auto worth = [this](const Entry &entry) {
        const auto found = m_offers.find(entry.id);
        const bool maps = entry.category == graph::Category::Convolution;
        return found == m_offers.end() ? 0 : 2 * interest(found->second) + (maps ? 1 : 0);
    };
    const std::string selected =
        graph::prefixOf(m_session->project.scope()) + m_session->selection.currentBlock();
    const bool known = std::ranges::any_of(
        m_entries, [&](const Entry &entry) { return entry.id == selected && entry.offers; });
    // Any of a group's repetitions is the block that is selected.
    const auto now = network() ? findBlock(*network(), m_block) : std::nullopt;
    const bool meant = now && now->groups == m_session->project.scope()
                       && now->id == m_session->selection.currentBlock();
    if (known && !meant) return chooseBlock(selected);
    const bool stays = std::ranges::any_of(
        m_entries, [&](const Entry &entry) { return entry.id == m_block && entry.offers; });
    if (stays) return;
    std::string best;
    int most = 0;
    for (const Entry &entry : m_entries)
        if (entry.offers && worth(entry) >= most) {
            most = worth(entry);
            best = entry.id;
        }
    chooseBlock(best);
}

void InsideModel::chooseBlock(const std::string &id)
{
    if (id == m_block) return;
    m_block = id;
    forget();
    m_depths.clear();
    const auto possible = looks();
    if (std::ranges::find(possible, m_look) == possible.end() && !possible.empty())
        m_look = std::ranges::find(possible, Look::LinesAndMap) != possible.end()
                     ? Look::LinesAndMap
                     : possible.front();
    emit subjectChanged();
    askSoon();
}

const InsideModel::Entry *InsideModel::current() const
{
    const auto found = std::ranges::find(m_entries, m_block, &Entry::id);
    return found == m_entries.end() ? nullptr : &*found;
}

const graph::Block *InsideModel::block() const
{
    return block(m_block);
}

const graph::Block *InsideModel::block(const std::string &id) const
{
    const auto at = network() ? findBlock(*network(), id) : std::nullopt;
    return at ? blockAt(*network(), *at) : nullptr;
}

void InsideModel::setBlock(const std::string &id)
{
    const auto found = std::ranges::find(m_entries, id, &Entry::id);
    if (found == m_entries.end() || !found->offers) return;
    // On the canvas the group around it opens, unless it is no longer there.
    ProjectModel &project = m_session->project;
    const auto at = findBlock(project.project().network, id);
    if (at) project.setScope(at->groups);
    if (at) m_session->selection.setBlocks({at->id});
    chooseBlock(id);
}

std::vector<Look> InsideModel::looks() const
{
    const Entry *entry = current();
    const auto found = m_offers.find(m_block);
    if (!entry || found == m_offers.end()) return {};
    const bool filters = entry->category == graph::Category::Convolution;
    return looksFor(found->second, filters, probe::findProbe("saliency") != nullptr);
}

void InsideModel::setLook(Look look)
{
    if (look == m_look) return;
    m_look = look;
    m_trouble.clear();
    emit subjectChanged();
    askSoon();
}

bool InsideModel::takesText() const
{
    const auto dataset = m_session->data.dataset();
    return dataset && dataset->tokenizer && dataset->facts.input.isTokens();
}

/// The sample that is chosen for all places; one of another split is looked at too.
void InsideModel::takeSample()
{
    const auto dataset = m_session->data.dataset();
    if (!dataset) {
        m_given = nullptr;
        return setSample(nullptr, false);
    }
    SampleRef chosen = m_session->selection.sample();
    if (chosen.index < 0 || chosen.index >= dataset->split(chosen.split).count()) {
        if (dataset->split(data::Split::Validation).count() == 0) return setSample(nullptr, false);
        chosen = {data::Split::Validation, 0};
    }
    if (m_given && m_sample && !m_edited && m_whole == dataset && m_ref == chosen) return;
    m_whole = dataset;
    m_ref = chosen;
    m_given = alone(*dataset, chosen);
    m_translates = false;
    setSample(m_given, false);
}

void InsideModel::setSample(DatasetHandle sample, bool edited)
{
    m_sample = std::move(sample);
    m_edited = edited;
    m_steps = m_sample ? stepsOf(*m_sample) : SampleSteps();
    const int count = static_cast<int>(m_steps.steps.size());
    if (count == 0)
        m_cursor = -1;
    else if (m_cursor < 0 || m_cursor >= count)
        m_cursor = count / 2;
    emit sampleChanged();
    askSoon();
}

void InsideModel::useSample(const SampleRef &sample)
{
    if (sample == m_session->selection.sample() && m_edited) {
        m_translates = false;
        return setSample(m_given, false);
    }
    m_session->selection.setSample(sample);
}

void InsideModel::changeStep(int step, int choice)
{
    if (!m_sample) return;
    if (step >= 0 && step < static_cast<int>(m_steps.steps.size())
        && m_steps.steps[static_cast<std::size_t>(step)].choice == choice)
        return;
    if (DatasetHandle changed = withChoice(*m_sample, step, choice))
        setSample(std::move(changed), true);
}

void InsideModel::setText(const QString &text)
{
    if (!m_whole) return;
    DatasetHandle sample = typed(*m_whole, text.trimmed().toStdString());
    m_translates = sample && sample->facts.task == graph::Task::Translate;
    if (sample)
        setSample(std::move(sample), true);
    else if (m_edited)
        setSample(m_given, false);
}

void InsideModel::setCursor(int step)
{
    const int last = static_cast<int>(m_steps.steps.size()) - 1;
    step = std::clamp(step, std::min(0, last), last);
    if (step == m_cursor) return;
    m_cursor = step;
    emit cursorChanged();
}

void InsideModel::setAttention(int head, int row)
{
    if (head == m_head && row == m_row) return;
    m_head = head;
    m_row = row;
    emit attentionChanged();
}

void InsideModel::setRollout(bool rollout)
{
    if (rollout == m_rollout) return;
    m_rollout = rollout;
    emit attentionChanged();
}

void InsideModel::setAtItself(bool atItself)
{
    if (atItself == m_atItself) return;
    m_atItself = atItself;
    emit attentionChanged();
}

void InsideModel::setBeside(bool beside)
{
    if (beside == m_beside) return;
    m_beside = beside;
    emit attentionChanged();
    if (beside) askSoon();
}

} // namespace ostrich::ui
