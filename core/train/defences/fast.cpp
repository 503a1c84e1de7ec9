// Fast adversarial training: one step from a random start, for the price of two passes.
#include "train/defence_torch.hpp"

namespace ostrich::train::fast {

namespace {

/// Wong, Rice and Kolter 2020, Fast is better than free: revisiting adversarial training. Their
/// step of 1.25 epsilon: longer ones make the network learn this one attack and fall to all others
/// ("catastrophic overfitting"), from which no setting is wholly safe: attack the result with PGD.
class Fast : public Defence {
public:
    std::string name() const override { return "fast"; }

    at::Tensor loss(const DefenceBatch &batch) const override
    {
        constexpr double kStepLength = 1.25; // epsilons
        const at::Tensor moved =
            climbed(batch, randomStart(batch), 1, kStepLength * batch.recipe.defence_epsilon);
        return batch.loss(batch.logits(moved));
    }
};

} // namespace

std::unique_ptr<Defence> create()
{
    return std::make_unique<Fast>();
}

} // namespace ostrich::train::fast
