// Tanh: squeezes every value between -1 and 1.
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/tanh.h>

namespace ostrich::blocks::tanh {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "Tanh",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"Tanh", "Tanh"},
            .help = {"Squeezes every value smoothly between -1 and 1.",
                     "Comprime chaque valeur en douceur entre -1 et 1."},
            .formula = "y = (e<sup>x</sup> − e<sup>−x</sup>) / (e<sup>x</sup> + e<sup>−x</sup>)",
            .icon = "sigmoid",
            .searchWords = {"hyperbolic tangent", "tangente hyperbolique", "activation"},
            .pill = true,
            .idStem = "tanh",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::tanh(x); }, "torch.tanh({x0})");
}

} // namespace ostrich::blocks::tanh
