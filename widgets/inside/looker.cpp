// Compiles once per network, restores per snapshot, asks per request.
#include "inside/looker.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "probe/weights.hpp"
#include "train/translation.hpp"

#include <algorithm>
#include <array>

namespace ostrich::ui {

namespace {

constexpr std::array<std::int64_t, 1> kOnly{0};

std::string outputOf(const graph::Network &network)
{
    const auto &kinds = blocks::Registry::instance();
    for (const graph::Block &block : graph::expand(network, kinds).network.blocks) {
        const auto kind = graph::kindOf(block, kinds);
        if (kind && kind->description().role == graph::Role::Output) return block.id;
    }
    return {};
}

/// The sample with a target that the network wrote itself.
Result<DatasetHandle> translated(const engine::ModelHandle &model, const DatasetHandle &sample,
                                 std::stop_token stop)
{
    const auto written =
        train::translate(model, sample->split(data::Split::Validation), kOnly, {}, stop);
    if (!written) return written.error();
    return withTarget(*sample, written->front());
}

} // namespace

std::optional<Error> Looker::prepare(const LookRequest &request)
{
    if (m_subject != request.subject || !m_model) {
        m_subject.reset(); // the old weights go first
        m_model = nullptr;
        m_used = nullptr;
        m_offers.clear();
        auto model = engine::compile(request.subject.network,
                                     {.facts = request.subject.whole->facts,
                                      .statistics = request.subject.whole->statistics,
                                      .seed = request.subject.seed});
        if (!model) return model.error();
        m_model = std::move(*model);
        m_subject = request.subject;
        const auto subject = subjectFor(request, request.subject.whole);
        for (const auto &probe : probe::probes())
            for (const std::string &block : probe->blocks(subject))
                m_offers[block].insert(probe->description().name);
    }
    if (request.snapshot && request.snapshot != m_used) {
        if (auto restored = engine::restore(m_model, request.snapshot); !restored)
            return restored.error();
        m_used = request.snapshot;
    }
    return {};
}

probe::ProbeSubject Looker::subjectFor(const LookRequest &request, const DatasetHandle &data) const
{
    return {request.subject.network, m_model, data};
}

LookAnswer Looker::look(const LookRequest &request, std::stop_token stop)
{
    LookAnswer answer;
    answer.sample = request.sample;
    answer.error = prepare(request);
    if (answer.error) return answer;
    answer.offers = m_offers;
    if (request.translates && request.sample) {
        auto sample = translated(m_model, request.sample, stop);
        if (sample)
            answer.sample = *sample;
        else
            answer.error = sample.error();
    }
    if (!answer.error) ask(request, stop, answer);
    return answer;
}

void Looker::ask(const LookRequest &request, std::stop_token stop, LookAnswer &answer) const
{
    const auto note = [&answer](const Error &error) {
        if (!answer.error) answer.error = error;
    };
    const auto subject = subjectFor(request, answer.sample ? answer.sample : request.subject.whole);
    const probe::ProbeOptions options{data::Split::Validation, answer.sample ? 0 : request.index,
                                      request.block};
    for (const std::string &name : request.probes) {
        const probe::Probe *probe = probe::findProbe(name);
        if (!probe || stop.stop_requested()) continue;
        const auto offered = m_offers.find(request.block);
        probe::ProbeOptions own = options;
        if (offered == m_offers.end() || !offered->second.contains(name)) own.block.clear();
        auto result = probe->look(subject, own, stop);
        if (result)
            answer.results.emplace(name, std::move(*result));
        else
            note(result.error());
    }
    if (!request.weights.empty()) answer.weights = probe::weightsOf(m_model, request.weights);
    if (!request.answers || !answer.sample || stop.stop_requested()) return;
    const probe::Probe *activations = probe::findProbe("activations");
    if (!activations) return;
    const std::string output = outputOf(request.subject.network);
    auto said = activations->look(subject, {data::Split::Validation, 0, output}, stop);
    if (!said) return note(said.error());
    if (const auto found = said->arrays.find(output); found != said->arrays.end())
        answer.answer = std::move(found->second);
}

} // namespace ostrich::ui
