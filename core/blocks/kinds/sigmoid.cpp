// Sigmoid: squeezes every value between 0 and 1.
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/sigmoid.h>

namespace ostrich::blocks::sigmoid {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "Sigmoid",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"Sigmoid", "Sigmoid"},
            .help = {"Squeezes every value smoothly between 0 and 1.",
                     "Comprime chaque valeur en douceur entre 0 et 1."},
            .formula = "y = 1 / (1 + e<sup>−x</sup>)",
            .icon = "sigmoid",
            .searchWords = {"logistic", "logistique", "activation"},
            .pill = true,
            .idStem = "sigmoid",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::sigmoid(x); }, "torch.sigmoid({x0})");
}

} // namespace ostrich::blocks::sigmoid
