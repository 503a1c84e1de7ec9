// TRADES: the loss on the pictures as they are, and beside it how far an attack can carry the
// network's answer away.
#include "train/defence_torch.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/randn.h>

namespace ostrich::train::trades {

namespace {

/// KL(p || q) of each row (N), both given as logarithms (N, K).
at::Tensor divergence(const at::Tensor &logP, const at::Tensor &logQ)
{
    return (logP.exp() * (logP - logQ)).sum(1);
}

/// Zhang, Yu, Jiao, Xing, El Ghaoui and Jordan 2019, Theoretically principled trade-off between
/// robustness and accuracy, equation 5: loss(x) + beta · max KL(f(x) || f(x')).
class Trades : public Defence {
public:
    std::string name() const override { return "trades"; }

    at::Tensor loss(const DefenceBatch &batch) const override
    {
        const at::Tensor moved = farthest(batch);
        const at::Tensor clean = batch.logits(batch.x);
        const at::Tensor pushed = batch.logits(moved);
        const at::Tensor apart =
            divergence(at::log_softmax(clean, 1), at::log_softmax(pushed, 1)).mean();
        return batch.loss(clean) + batch.recipe.defence_beta * apart;
    }

private:
    /// The point of the ball whose answer is farthest from that at x.
    static at::Tensor farthest(const DefenceBatch &batch)
    {
        const project::Recipe &recipe = batch.recipe;
        at::Tensor answer;
        {
            const at::NoGradGuard noGradient;
            answer = at::log_softmax(batch.classifier.logits(batch.x).to(at::kDouble), 1);
        }
        // At x itself the divergence is flat: one step aside, as small as the authors take it.
        constexpr double kAside = 1e-3;
        const at::Tensor aside =
            at::randn(batch.x.sizes(), batch.generator, batch.x.options().device(at::kCPU));
        const double stepLength =
            2.5 * recipe.defence_epsilon / static_cast<double>(recipe.defence_steps);
        return climbed(batch, batch.x + kAside * aside.to(batch.x.device()), recipe.defence_steps,
                       stepLength, [&](const at::Tensor &logits) {
                           return divergence(answer, at::log_softmax(logits.to(at::kDouble), 1));
                       });
    }
};

} // namespace

std::unique_ptr<Defence> create()
{
    return std::make_unique<Trades>();
}

} // namespace ostrich::train::trades
