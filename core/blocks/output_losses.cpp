// Losses in LibTorch.
#include "blocks/output_losses_torch.hpp"

#include <ATen/ops/clamp.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/mse_loss.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

namespace ostrich::blocks {

namespace {

/// What all Outputs share: the logits are the network's.
class PassingOutput : public OutputModule {
public:
    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {inputs[0]};
    }
};

class CrossEntropyOutput final : public PassingOutput {
public:
    at::Tensor loss(const at::Tensor &logits, const at::Tensor &target,
                    double labelSmoothing) const override
    {
        return at::cross_entropy_loss(logits.reshape({-1, logits.size(-1)}), target.reshape({-1}),
                                      {}, at::Reduction::Mean, kNoLabel, labelSmoothing);
    }

    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return at::softmax(logits, -1);
    }
};

class ClassErrorOutput final : public PassingOutput {
public:
    at::Tensor loss(const at::Tensor &logits, const at::Tensor &target, double) const override
    {
        return at::mse_loss(logits, at::one_hot(target, logits.size(1)).to(logits.scalar_type()));
    }

    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return at::clamp(logits, 0.0, 1.0);
    }
};

class NumbersOutput final : public PassingOutput {
public:
    NumbersOutput(NumbersLoss loss, const BuildRequest &request) : m_loss(loss)
    {
        const auto options = at::TensorOptions().dtype(request.dtype);
        const Normalisation &fitted = request.normalisation;
        const std::int64_t count = request.facts.answers();
        const bool known = std::ssize(fitted.answerMean) == count;
        buffers = {{"answer_mean",
                    known ? at::tensor(fitted.answerMean, options) : at::zeros({count}, options)},
                   {"answer_deviation", known ? at::tensor(fitted.answerDeviation, options)
                                              : at::ones({count}, options)}};
    }

    at::Tensor loss(const at::Tensor &logits, const at::Tensor &target, double) const override
    {
        const at::Tensor numbers = target.dim() == 1 ? target.unsqueeze(1) : target;
        const at::Tensor wanted =
            numbers.to(logits.scalar_type()).sub(buffers[0].tensor).div(buffers[1].tensor);
        if (m_loss == NumbersLoss::AbsoluteError) return at::l1_loss(logits, wanted);
        if (m_loss == NumbersLoss::Quantiles) return pinball(logits, wanted);
        return at::mse_loss(logits, wanted);
    }

    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        const at::Tensor answers =
            m_loss == NumbersLoss::Quantiles ? parts(logits).select(1, 1) : logits;
        return answers.mul(buffers[1].tensor).add(buffers[0].tensor);
    }

private:
    /// (N, 3·V) as (N, 3, V).
    at::Tensor parts(const at::Tensor &logits) const
    {
        return logits.reshape({logits.size(0), kQuantileCount, buffers[0].tensor.size(0)});
    }

    at::Tensor pinball(const at::Tensor &logits, const at::Tensor &wanted) const
    {
        const at::Tensor gap = wanted.unsqueeze(1).sub(parts(logits));
        const at::Tensor quantiles =
            at::tensor({0.1, 0.5, 0.9}, at::TensorOptions().dtype(logits.scalar_type()))
                .to(logits.device())
                .view({1, kQuantileCount, 1});
        return at::maximum(quantiles.mul(gap), quantiles.sub(1.0).mul(gap)).mean();
    }

    NumbersLoss m_loss;
};

} // namespace

std::unique_ptr<OutputModule> crossEntropyOutput()
{
    return std::make_unique<CrossEntropyOutput>();
}

std::unique_ptr<OutputModule> classErrorOutput()
{
    return std::make_unique<ClassErrorOutput>();
}

std::unique_ptr<OutputModule> numbersOutput(NumbersLoss loss, const BuildRequest &request)
{
    return std::make_unique<NumbersOutput>(loss, request);
}

} // namespace ostrich::blocks
