// A training run with a defence: what its batches are trained on, and what its epochs are judged
// by.
#include "train/precision_torch.hpp"
#include "train/training_torch.hpp"

#include "base/random.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>

namespace ostrich::train {

namespace {

/// The network in evaluation mode, its matrix products in bfloat16 where the run's are.
class InPrecision final : public attack::Classifier {
public:
    InPrecision(engine::ModelHandle model, bool bfloat16)
        : m_exact(attack::classifierOf(std::move(model))), m_bfloat16(bfloat16)
    {
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        const Autocast autocast(m_exact->device().type(), m_bfloat16);
        return m_exact->logits(x).to(m_exact->dtype());
    }
    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return m_exact->probabilities(logits);
    }
    at::Device device() const override { return m_exact->device(); }
    at::ScalarType dtype() const override { return m_exact->dtype(); }
    at::Tensor scale() const override { return m_exact->scale(); }
    std::int64_t largestBatch(std::int64_t wanted) const override
    {
        return m_exact->largestBatch(wanted);
    }

private:
    attack::ClassifierHandle m_exact;
    bool m_bfloat16;
};

} // namespace

attack::ClassifierHandle attackedInPrecision(engine::ModelHandle model, bool bfloat16)
{
    return std::make_shared<InPrecision>(std::move(model), bfloat16);
}

/// What the defence makes small: of a training batch, or (`training` false) in evaluation mode and
/// without label smoothing. `purpose` seeds its random numbers.
at::Tensor Training::defendedLoss(const data::Batch &batch, std::string_view purpose, bool training)
{
    const at::Tensor target = m_model->target(batch);
    const at::Tensor scale = m_attacked->scale(); // data units per unit of epsilon
    const at::Tensor x = m_model->feeds(batch).at("x").tensor;
    const DefenceBatch defended{
        .classifier = *m_attacked,
        .x = scale.defined() ? x / scale : x,
        .target = target,
        .recipe = recipe(),
        .boxed = m_manifest.facts.input.isMaps(),
        .generator = at::make_generator<at::CPUGeneratorImpl>(
            hashSeed(recipe().seed, fmt::format("defence {}", purpose))),
        .logits =
            [&](const at::Tensor &moved) {
                if (!training) return m_attacked->logits(moved);
                const at::Tensor read = scale.defined() ? moved * scale : moved;
                return trainedForward({{"x", {read, {}}}}).front().logits;
            },
        .loss =
            [&](const at::Tensor &logits) {
                return m_model->loss({{.block = {}, .logits = logits, .lengths = {}}}, target,
                                     training ? recipe().label_smoothing : 0.0);
            }};
    return m_defence->loss(defended);
}

/// What chooses the best epoch and ends a run early: the validation loss; with a defence, what the
/// defence makes small, on validation samples. The plain loss would be the wrong judge: it rises
/// while a network becomes robust, and robust overfitting does not show in it (Rice, Wong and
/// Kolter 2020, Overfitting in adversarially robust deep learning).
Result<double> Training::judgedLoss(const Evaluation &validation, std::stop_token stop)
{
    if (m_defence == nullptr) return validation.loss;
    const data::Samples &samples = m_dataset->split(data::Split::Validation);
    const auto largest =
        static_cast<std::size_t>(m_attacked->largestBatch(graph::kEvaluationBatch));
    double sum = 0.0;
    for (std::size_t done = 0; done < m_judged.size(); done += largest) {
        if (stop.stop_requested()) return Error{"validation", {"train.cancelled", {}}, {}};
        const auto part =
            std::span(m_judged).subspan(done, std::min(largest, m_judged.size() - done));
        const auto ran = engine::guarded("validation", [&] {
            const c10::NoGradGuard noGrad;
            // The same random numbers each epoch: epochs differ by their weights alone.
            const at::Tensor loss = defendedLoss(data::batchOf(samples, part),
                                                 fmt::format("validation {}", done), false);
            sum += loss.item<double>() * static_cast<double>(part.size());
        });
        if (!ran) return ran.error();
    }
    return sum / static_cast<double>(m_judged.size());
}

} // namespace ostrich::train
