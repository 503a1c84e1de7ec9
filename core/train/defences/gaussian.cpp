// Gaussian augmentation: each batch in noise, so that the network stays right where randomized
// smoothing asks it.
#include "train/defence_torch.hpp"

#include <ATen/ops/randn.h>

namespace ostrich::train::gaussian {

namespace {

/// Cohen, Rosenfeld and Kolter 2019, Certified adversarial robustness via randomized smoothing,
/// section 3.3: one draw of noise for each sample, not cut off at black and white, because the
/// smoothed network is asked in such noise too.
class Gaussian : public Defence {
public:
    std::string name() const override { return "gaussian"; }

    at::Tensor loss(const DefenceBatch &batch) const override
    {
        // Drawn on the CPU whatever the device is, so that a seed means the same everywhere.
        const at::Tensor noise =
            at::randn(batch.x.sizes(), batch.generator, batch.x.options().device(at::kCPU));
        return batch.loss(
            batch.logits(batch.x + batch.recipe.defence_sigma * noise.to(batch.x.device())));
    }
};

} // namespace

std::unique_ptr<Defence> create()
{
    return std::make_unique<Gaussian>();
}

} // namespace ostrich::train::gaussian
