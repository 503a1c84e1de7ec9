// The bad example: training at a high temperature. Without it, the softmax saturates, and its slope
// is rounded to zero: gradient attacks stand still, and the network is as fragile as before.
#include "train/defence_torch.hpp"

namespace ostrich::train::masked {

namespace {

/// What does the hiding in defensive distillation (Papernot, McDaniel, Wu, Jha and Swami 2016,
/// Distillation as a defense to adversarial perturbations against deep neural networks), without
/// its second network. Carlini and Wagner 2017 (Towards evaluating the robustness of neural
/// networks) broke it by attacking the logits.
class Masked : public Defence {
public:
    std::string name() const override { return "masked"; }

    at::Tensor loss(const DefenceBatch &batch) const override
    {
        return batch.loss(batch.logits(batch.x) / batch.recipe.defence_temperature);
    }
};

} // namespace

std::unique_ptr<Defence> create()
{
    return std::make_unique<Masked>();
}

} // namespace ostrich::train::masked
