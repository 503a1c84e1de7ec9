// Beam search: several beginnings of a translation are followed at once.
#include "train/translation.hpp"

#include "data/tokenizer.hpp"
#include "engine/model_torch.hpp"

#include <ATen/ops/log_softmax.h>
#include <ATen/ops/topk.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace ostrich::train {

namespace {

using data::Tokenizer;

constexpr std::int64_t kMore = 5; // tokens, than the longest known target

/// A beginning that is followed.
struct Hypothesis {
    std::vector<std::int32_t> ids; // without kBegin
    double sum = 0.0;              // of its tokens' log-probabilities
    std::int64_t node = -1;

    double score() const { return sum / static_cast<double>(std::max<std::size_t>(ids.size(), 1)); }
};

/// A token that one of them may go on with.
struct Candidate {
    std::size_t behind = 0;
    std::int32_t token = 0;
    double logProbability = 0.0;
    double sum = 0.0;
};

class Beam {
public:
    Beam(const engine::Model &model, std::span<const std::int32_t> source, std::int64_t width)
        : m_model(model), m_width(std::min(width, model.facts().classes))
    {
        Array ids{{1, std::ssize(source)}, {}};
        for (const std::int32_t id : source) ids.values.push_back(static_cast<float>(id));
        m_source = model.tensor(ids);
    }

    BeamSearch search(const std::stop_token &stop)
    {
        const std::int64_t most = m_model.facts().target.longest + kMore;
        for (std::int64_t step = 0; step < most && !m_alive.empty(); ++step) {
            if (stop.stop_requested()) return {};
            if (std::ssize(m_result.found) >= m_width) break;
            follow(candidates());
        }
        for (const Hypothesis &unfinished : m_alive)
            m_result.found.push_back({unfinished.ids, unfinished.score()});
        std::ranges::stable_sort(m_result.found, std::greater{}, &Translation::score);
        return std::move(m_result);
    }

private:
    /// The m_width likeliest tokens behind each hypothesis.
    std::vector<Candidate> candidates() const
    {
        const std::int64_t count = std::ssize(m_alive);
        Array prefixes{{count, 1 + std::ssize(m_alive.front().ids)}, {}};
        for (const Hypothesis &hypothesis : m_alive) {
            prefixes.values.push_back(static_cast<float>(Tokenizer::kBegin));
            for (const std::int32_t id : hypothesis.ids)
                prefixes.values.push_back(static_cast<float>(id));
        }
        const at::Tensor sources = m_source.expand({count, m_source.size(1)});
        const auto outputs =
            m_model.forward({{"x", {sources, {}}}, {"target", {m_model.tensor(prefixes), {}}}}, {});
        const at::Tensor &logits = outputs.front().logits;
        const auto [values, indices] =
            at::topk(at::log_softmax(logits.select(1, logits.size(1) - 1), 1), m_width, 1);
        const Array likely = engine::toArray(values), tokens = engine::toArray(indices);
        std::vector<Candidate> all;
        for (std::size_t i = 0; i < likely.values.size(); ++i) {
            const std::size_t behind = i / static_cast<std::size_t>(m_width);
            const auto one = static_cast<double>(likely.values[i]);
            all.push_back({behind, static_cast<std::int32_t>(tokens.values[i]), one,
                           m_alive[behind].sum + one});
        }
        return all;
    }

    /// Keeps the likeliest of `all`, as many as there is room beside the finished ones.
    void follow(std::vector<Candidate> all)
    {
        std::ranges::stable_sort(all, std::greater{}, &Candidate::sum);
        const std::int64_t room = m_width - std::ssize(m_result.found);
        if (std::ssize(all) > room) all.resize(static_cast<std::size_t>(room));
        std::vector<Hypothesis> next;
        for (const Candidate &candidate : all) {
            Hypothesis longer = m_alive[candidate.behind];
            m_result.nodes.push_back({longer.node, candidate.token, candidate.logProbability});
            longer.node = std::ssize(m_result.nodes) - 1;
            longer.sum = candidate.sum;
            longer.ids.push_back(candidate.token);
            if (candidate.token != Tokenizer::kEnd) {
                next.push_back(std::move(longer));
                continue;
            }
            const double score = longer.score();
            longer.ids.pop_back();
            m_result.found.push_back({std::move(longer.ids), score});
        }
        m_alive = std::move(next);
    }

    const engine::Model &m_model;
    std::int64_t m_width;
    at::Tensor m_source; // (1, S)
    std::vector<Hypothesis> m_alive{Hypothesis{}};
    BeamSearch m_result;
};

} // namespace

Result<BeamSearch> beamSearch(const engine::ModelHandle &model,
                              std::span<const std::int32_t> source, std::int64_t width,
                              std::stop_token stop)
{
    if (model->facts().task != graph::Task::Translate)
        return Error{"network", {"train.no_translation", {}}, {"train.no_translation_hint", {}}};
    BeamSearch search;
    const auto searched = engine::guarded("translate", [&] {
        const c10::NoGradGuard noGrad;
        search = Beam(*model, source, std::max<std::int64_t>(width, 1)).search(stop);
    });
    if (!searched) return searched.error();
    if (stop.stop_requested()) return Error{"translate", {"train.cancelled", {}}, {}};
    return search;
}

} // namespace ostrich::train
