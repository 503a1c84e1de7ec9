// Adversarial training: the loss on the worst pictures that PGD finds around each batch.
#include "train/defence_torch.hpp"

namespace ostrich::train::adversarial {

namespace {

/// Madry, Makelov, Schmidt, Tsipras and Vladu 2018, Towards deep learning models resistant to
/// adversarial attacks: a random start, then recipe.defence_steps steps, 7 on colour pictures and
/// 40 on digits in the paper. In a step's length lies what carries it across the ball and back.
class Adversarial : public Defence {
public:
    std::string name() const override { return "adversarial"; }

    at::Tensor loss(const DefenceBatch &batch) const override
    {
        const project::Recipe &recipe = batch.recipe;
        const double stepLength =
            2.5 * recipe.defence_epsilon / static_cast<double>(recipe.defence_steps);
        const at::Tensor worst =
            climbed(batch, randomStart(batch), recipe.defence_steps, stepLength);
        return batch.loss(batch.logits(worst));
    }
};

} // namespace

std::unique_ptr<Defence> create()
{
    return std::make_unique<Adversarial>();
}

} // namespace ostrich::train::adversarial
