// SiLU, also called swish: each value times its sigmoid (Elfwing et al. 2018).
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/silu.h>

namespace ostrich::blocks::silu {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "SiLU",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"SiLU", "SiLU"},
            .help = {"A smooth ReLU: each value times its sigmoid.",
                     "Un ReLU lissé : chaque valeur multipliée par sa sigmoïde."},
            .formula = "y = x / (1 + e<sup>−x</sup>)",
            .icon = "act",
            .searchWords = {"swish", "sigmoid linear unit", "activation", "smooth", "lisse"},
            .pill = true,
            .idStem = "silu",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::silu(x); }, "nn.functional.silu({x0})");
}

} // namespace ostrich::blocks::silu
