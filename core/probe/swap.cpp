// Copies of a sample, each with another step swapped, in batches.
#include "probe/swap_torch.hpp"

#include "data/tokenizer.hpp"
#include "probe/slope_torch.hpp"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <algorithm>

namespace ostrich::probe {

namespace {

constexpr std::int64_t kRows = 64; // that go through the network at once
constexpr std::int64_t kStandIns = 3;
/// A change below this share of the answer is rounding: a row is not computed to the last bit alike
/// in batches of different sizes.
constexpr double kRounding = 1e-6;

/// One row: the sample with this at step `step`.
struct Swap {
    std::int64_t step = 0;
    std::int64_t id = 0; // tokens only
};

std::vector<Swap> swapsOf(const at::Tensor &x, std::int64_t vocabulary)
{
    std::vector<Swap> swaps;
    for (std::int64_t step = 0; step < x.size(1); ++step) {
        if (vocabulary == 0) {
            swaps.push_back({step, 0});
            continue;
        }
        const auto id = static_cast<std::int64_t>(x.select(0, 0).select(0, step).item<double>());
        for (const std::int64_t other : standIns(id, vocabulary)) swaps.push_back({step, other});
    }
    return swaps;
}

/// The one row of `tensor` so many times; undefined stays undefined.
at::Tensor copies(const at::Tensor &tensor, std::int64_t rows)
{
    if (!tensor.defined()) return {};
    std::vector<std::int64_t> sizes = tensor.sizes().vec();
    sizes.front() = rows;
    return tensor.expand(sizes).clone(at::MemoryFormat::Contiguous);
}

/// One sample and what the network says of it.
class Experiment {
public:
    Experiment(const engine::Model &model, const data::Statistics &fitted, const data::Batch &batch)
        : m_model(model), m_feeds(model.feeds(batch)), m_steps(answerSteps(model, batch))
    {
        if (!model.facts().input.isTokens())
            m_mean = fitted.mean.empty() ? at::zeros({x().size(2)}, x().options())
                                         : onModel(fitted.mean);
        m_answer = answer({});
        if (std::ssize(fitted.answerDeviation) == m_answer.size(1)) {
            m_unit = onModel(fitted.answerDeviation);
            m_answer = m_answer.div(m_unit);
        }
        m_rounding = kRounding * std::max(1.0, m_answer.norm().item<double>());
    }

    const at::Tensor &x() const { return m_feeds.at("x").tensor; }

    /// The norm of the answer's change under each of the swaps.
    std::vector<double> changes(std::span<const Swap> swaps) const
    {
        at::Tensor after = answer(swaps);
        if (m_unit.defined()) after = after.div(m_unit);
        const Array norms = engine::toArray(after.sub(m_answer).square().sum(1).sqrt());
        std::vector<double> changes(norms.values.begin(), norms.values.end());
        for (double &change : changes)
            if (change <= m_rounding) change = 0.0;
        return changes;
    }

private:
    at::Tensor onModel(const std::vector<float> &values) const
    {
        return at::tensor(values, at::TensorOptions().dtype(m_model.dtype())).to(m_model.device());
    }

    /// Probabilities of the sample under each of the swaps, or as it is: (rows, K).
    at::Tensor answer(std::span<const Swap> swaps) const
    {
        const auto rows = std::max<std::int64_t>(1, std::ssize(swaps));
        engine::Model::Feeds many;
        for (const auto &[field, signal] : m_feeds)
            many[field] = {copies(signal.tensor, rows), copies(signal.lengths, rows)};
        for (std::size_t row = 0; row < swaps.size(); ++row) {
            const at::Tensor place = many.at("x")
                                         .tensor.select(0, static_cast<std::int64_t>(row))
                                         .select(0, swaps[row].step);
            m_mean.defined() ? place.copy_(m_mean) : place.fill_(swaps[row].id);
        }
        const at::Tensor said = m_model.probabilities(m_model.forward(many, {}).front().logits);
        if (m_steps.empty()) return said;
        return atSteps(said, std::vector(static_cast<std::size_t>(rows), m_steps.front()));
    }

    const engine::Model &m_model;
    engine::Model::Feeds m_feeds;
    std::vector<std::int64_t> m_steps; // at which the answer is read
    at::Tensor m_mean;                 // undefined: tokens
    at::Tensor m_answer;
    at::Tensor m_unit; // what forecasts are told in; undefined: as they are
    double m_rounding = 0.0;
};

} // namespace

std::vector<std::int64_t> standIns(std::int64_t id, std::int64_t vocabulary)
{
    const std::int64_t specials = data::Tokenizer::kSpecials;
    const std::int64_t first = vocabulary > specials + 1 ? specials : 0;
    const std::int64_t count = vocabulary - first;
    std::vector<std::int64_t> others;
    for (std::int64_t i = 1; i <= kStandIns && count > 0; ++i) {
        const std::int64_t apart = std::max<std::int64_t>(1, i * count / (kStandIns + 1));
        const std::int64_t other = first + (std::max<std::int64_t>(0, id - first) + apart) % count;
        if (other != id && std::ranges::find(others, other) == others.end())
            others.push_back(other);
    }
    return others;
}

std::int64_t swapRows(const engine::Model &model, std::int64_t steps)
{
    return model.facts().input.isTokens() ? kStandIns * steps : steps;
}

std::optional<std::vector<double>> swapChanges(const engine::Model &model,
                                               const data::Statistics &fitted,
                                               const data::Batch &batch,
                                               const std::stop_token &stop)
{
    const c10::NoGradGuard noGrad;
    const Experiment experiment(model, fitted, batch);
    const graph::Shape &input = model.facts().input;
    const auto swaps = swapsOf(experiment.x(), input.isTokens() ? input.vocabulary : 0);
    const auto most = static_cast<std::size_t>(engine::boundedBatch(model, kRows, false));
    std::vector<double> sum(static_cast<std::size_t>(experiment.x().size(1)), 0.0);
    std::vector<double> rows(sum.size(), 0.0);
    for (std::size_t done = 0; done < swaps.size(); done += most) {
        if (stop.stop_requested()) return {};
        const auto part = std::span(swaps).subspan(done, std::min(most, swaps.size() - done));
        const std::vector<double> changes = experiment.changes(part);
        for (std::size_t row = 0; row < part.size(); ++row) {
            const auto step = static_cast<std::size_t>(part[row].step);
            sum[step] += changes[row];
            rows[step] += 1.0;
        }
    }
    for (std::size_t step = 0; step < sum.size(); ++step) sum[step] /= std::max(1.0, rows[step]);
    return sum;
}

} // namespace ostrich::probe
