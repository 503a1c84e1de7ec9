// How Inside asks: the newest question wins, and the weights of a running training are looked at a
// few times a second, never so often that a slow probe does not come to its end.
#include "inside/inside_model.hpp"

#include "graph/group.hpp"

#include "model/session.hpp"
#include "theme/theme.hpp"

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr std::size_t kMostDepths = 400;

} // namespace

void InsideModel::forget()
{
    m_quick.background.cancel();
    m_slow.background.cancel();
    m_quick.working = m_slow.working = false;
    m_asked = {};
    m_results.clear();
    m_answer = {};
    m_weights = {};
    m_trouble.clear();
    emit resultsChanged();
}

void InsideModel::askSoon()
{
    if (m_active) m_soon.start();
}

LookSubject InsideModel::subject() const
{
    return {graph::withoutLooks(*network()), m_session->run.runProject()->recipe.seed, m_whole};
}

LookRequest InsideModel::request() const
{
    LookRequest request;
    request.subject = subject();
    request.snapshot = m_session->run.snapshot();
    request.block = m_block;
    return request;
}

void InsideModel::ask()
{
    if (!m_active || !m_whole || !m_sample || !network() || !m_session->run.snapshot()
        || !m_session->run.sameData())
        return;
    askQuick();
    askSlow(true);
}

/// New weights: whoever is still busy with the last ones looks again when done.
void InsideModel::weightsChanged()
{
    if (!m_active) return;
    for (Desk *desk : {&m_quick, &m_slow})
        if (desk->working) desk->again = true;
    if (!m_quick.working && m_whole && m_sample && network() && m_session->run.sameData()
        && m_session->run.snapshot())
        askQuick();
    if (!m_slow.working) askSlow(false);
}

void InsideModel::askQuick()
{
    LookRequest wanted = request();
    wanted.sample = m_sample;
    wanted.translates = m_translates;
    wanted.answers = true;
    if (!m_block.empty()) wanted.probes = probesFor(m_look).onSample;
    if (m_beside && isAttention(m_look)) wanted.probes.push_back("saliency");
    if (m_look == Look::Filters) wanted.weights = m_block + ".weight";
    start(m_quick, std::move(wanted), false);
}

/// `anew`: what is asked may have changed, not only the weights.
void InsideModel::askSlow(bool anew)
{
    if (!m_whole || !network() || !m_session->run.snapshot() || m_block.empty()) return;
    LookRequest wanted = request();
    wanted.probes = probesFor(m_look).onWhole;
    if (wanted.probes.empty()) return;
    wanted.index = m_ref.split == data::Split::Validation ? m_ref.index : 0;
    const Asked now{wanted.snapshot, m_block, wanted.probes};
    if (anew && now == m_asked) return; // an edit of the sample is nothing to it
    m_asked = now;
    start(m_slow, std::move(wanted), true);
}

void InsideModel::start(Desk &desk, LookRequest request, bool slow)
{
    desk.working = true;
    desk.again = false;
    const int epochs = epoch();
    desk.background.run([this, &desk, slow, epochs, looker = desk.looker,
                         request = std::move(request)](std::stop_token stop) -> Background::Finish {
        auto answer = std::make_shared<LookAnswer>(looker->look(request, stop));
        if (stop.stop_requested()) return {};
        return
            [this, &desk, slow, epochs, answer] { take(desk, slow, epochs, std::move(*answer)); };
    });
}

void InsideModel::take(Desk &desk, bool slow, int epochs, LookAnswer answer)
{
    desk.working = false;
    m_trouble = answer.error
                    ? QString::fromStdString(ostrich::sentence(answer.error->what, language()))
                    : QString();
    for (auto &[name, result] : answer.results) m_results[name] = std::move(result);
    if (slow) {
        keepDepth(epochs);
    } else {
        m_answer = std::move(answer.answer);
        m_weights = std::move(answer.weights);
        if (answer.sample && m_translates && answer.sample != m_sample) m_sample = answer.sample;
    }
    if (answer.offers != m_offers && !answer.offers.empty()) {
        m_offers = std::move(answer.offers);
        refreshEntries();
        emit subjectChanged();
    }
    emit resultsChanged();
    if (!std::exchange(desk.again, false) || !m_active || !network()) return;
    slow ? askSlow(false) : askQuick();
}

void InsideModel::keepDepth(int epochs)
{
    const Array *depth = array("depth");
    if (!depth) return;
    Depth fresh{epochs, depth->values, {}};
    if (const Array *swap = array("swap")) fresh.swap = swap->values;
    // The same epoch again, or back to an earlier one: by a reset, or to the best weights.
    std::erase_if(m_depths, [epochs](const Depth &known) { return known.epoch >= epochs; });
    m_depths.push_back(std::move(fresh));
    if (m_depths.size() > kMostDepths) m_depths.erase(m_depths.begin() + 1);
}

std::optional<int> InsideModel::halfMemory() const
{
    return m_depths.empty() ? std::nullopt : halfMemoryOf(m_depths.back().depth);
}

const probe::ProbeResult *InsideModel::result(const std::string &probe) const
{
    const auto found = m_results.find(probe);
    return found == m_results.end() ? nullptr : &found->second;
}

const Array *InsideModel::array(const std::string &name) const
{
    for (const auto &[probe, result] : m_results) {
        const auto found = result.arrays.find(name);
        if (found != result.arrays.end() && !found->second.empty()) return &found->second;
    }
    return nullptr;
}

int InsideModel::answerStep() const
{
    if (m_answer.shape.size() != 2) return -1;
    const auto asked = std::ranges::find_if(m_steps.steps, &Step::asked);
    if (asked != m_steps.steps.end()) return static_cast<int>(asked - m_steps.steps.begin());
    return m_cursor;
}

std::vector<float> InsideModel::answerRow() const
{
    const int step = answerStep();
    if (step < 0) return m_answer.shape.size() == 1 ? m_answer.values : std::vector<float>();
    const std::int64_t classes = m_answer.dim(1);
    if (step >= m_answer.dim(0)) return {};
    const auto first = m_answer.values.begin() + step * classes;
    return {first, first + classes};
}

int InsideModel::epoch() const
{
    const RunModel &run = m_session->run;
    if (run.summary()) return static_cast<int>(run.summary()->best_epoch);
    return static_cast<int>(run.epochs().size());
}

bool InsideModel::following() const
{
    return m_session->run.running();
}

} // namespace ostrich::ui
