// Measured one after the other, the newest choice first, and kept.
#include "inside/other_runs.hpp"

#include "blocks/block_kind.hpp"
#include "curves/run_figures.hpp"
#include "model/session.hpp"
#include "probe/probe.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr float kHalf = 0.5f;

void addRecurrent(const graph::Network &network, QStringList &names)
{
    for (const graph::Block &block : network.blocks) {
        if (block.inside) addRecurrent(*block.inside, names);
        const auto *kind = blocks::Registry::instance().find(block.kind);
        if (!kind || kind->description().category != graph::Category::Recurrent) continue;
        const QString name = words(kind->description().label);
        if (!names.contains(name)) names << name;
    }
}

} // namespace

std::optional<int> halfMemoryOf(const std::vector<float> &depth)
{
    for (std::size_t k = depth.size(); k-- > 0;)
        if (depth[k] >= kHalf) return static_cast<int>(k);
    return {};
}

QString recurrentName(const graph::Network &network)
{
    QStringList names;
    addRecurrent(network, names);
    return names.join(QStringLiteral(" + "));
}

OtherRuns::OtherRuns(Session *session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session->run, &RunModel::runsChanged, this, &OtherRuns::refresh);
    connect(&session->run, &RunModel::stateChanged, this, &OtherRuns::refresh);
    connect(&session->data, &DataModel::loaded, this, &OtherRuns::refresh);
    refresh();
}

const train::Run *OtherRuns::runIn(const std::string &folder) const
{
    const auto &runs = m_session->run.runs();
    const auto found = std::ranges::find(runs, std::filesystem::path(folder), &train::Run::folder);
    return found == runs.end() ? nullptr : &*found;
}

/// Which there are: after a run has ended, another is opened, or other data have come.
void OtherRuns::refresh()
{
    const auto whole = m_session->data.dataset();
    if (whole != m_whole) {
        m_background.cancel();
        m_asked.clear();
        m_told.clear();
        m_whole = whole;
    }
    std::vector<Item> before = std::exchange(m_items, {});
    for (const train::Run &run : m_session->run.runs()) {
        const bool same = whole && run.manifest.data_checksum == whole->checksum;
        if (!same || !run.manifest.summary || run.folder == m_session->run.runFolder()) continue;
        Item item;
        item.folder = run.folder.string();
        item.name = recurrentName(run.manifest.project.network);
        item.accuracy = validationText(run);
        if (!item.name.isEmpty()) m_items.push_back(std::move(item));
    }
    numberNames();
    std::erase_if(m_chosen, [this](const auto &chosen) {
        return std::ranges::find(m_items, chosen.first, &Item::folder) == m_items.end();
    });
    fill();
    ask();
    if (m_items != before) emit changed();
}

/// A kind that is there more than once, the run at hand counted, is told apart by its run's number.
void OtherRuns::numberNames()
{
    QStringList names;
    if (const project::Project *own = m_session->run.runProject())
        names << recurrentName(own->network);
    for (const Item &item : m_items) names << item.name;
    for (Item &item : m_items)
        if (names.count(item.name) > 1)
            item.name =
                tr("%1, run %2")
                    .arg(item.name,
                         QString::fromStdString(std::filesystem::path(item.folder).filename()));
}

void OtherRuns::choose(const std::string &folder, bool chosen)
{
    const auto known = std::ranges::find(m_chosen, folder, &std::pair<std::string, int>::first);
    const bool there = std::ranges::find(m_items, folder, &Item::folder) != m_items.end();
    if (!there || chosen == (known != m_chosen.end())) return;
    if (chosen) {
        int place = 0; // the first that is free: the others keep their colours
        while (std::ranges::find(m_chosen, place, &std::pair<std::string, int>::second)
               != m_chosen.end())
            ++place;
        m_chosen.emplace_back(folder, place);
    } else {
        m_chosen.erase(known);
    }
    fill();
    ask();
    emit changed();
}

/// Puts what is known into the items.
void OtherRuns::fill()
{
    for (Item &item : m_items) {
        const auto chosen =
            std::ranges::find(m_chosen, item.folder, &std::pair<std::string, int>::first);
        item.place = chosen == m_chosen.end() ? -1 : chosen->second;
        item.depth.clear();
        item.trouble.clear();
        const auto told = m_told.find(item.folder);
        if (item.place < 0 || told == m_told.end()) continue;
        item.depth = told->second.depth;
        if (told->second.error)
            item.trouble =
                QString::fromStdString(ostrich::sentence(told->second.error->what, language()));
    }
}

void OtherRuns::ask()
{
    const auto wanted = std::find_if(m_chosen.rbegin(), m_chosen.rend(), [this](const auto &one) {
        return !m_told.contains(one.first);
    });
    const std::string now = wanted == m_chosen.rend() ? std::string() : wanted->first;
    if (now == m_asked) return;
    m_asked = now;
    const train::Run *run = runIn(now);
    if (!run) return m_background.cancel();
    m_background.run(
        [this, run = *run, whole = m_whole](std::stop_token stop) -> Background::Finish {
            auto told = std::make_shared<Told>(measured(run, whole, stop));
            if (stop.stop_requested()) return {};
            return [this, folder = run.folder.string(), told] {
                m_told[folder] = std::move(*told);
                fill();
                ask();
                emit changed();
            };
        });
}

OtherRuns::Told OtherRuns::measured(const train::Run &run, const DatasetHandle &whole,
                                    std::stop_token stop)
{
    const probe::Probe *probe = probe::findProbe("memory");
    if (!probe) return {};
    auto model = train::loadModel(run);
    if (!model) return {{}, model.error()};
    const probe::ProbeSubject subject{run.manifest.project.network, std::move(*model), whole};
    auto result = probe->look(subject, {.split = data::Split::Validation}, std::move(stop));
    if (!result) return {{}, result.error()};
    return {std::move(result->arrays["depth"].values), {}};
}

} // namespace ostrich::ui
