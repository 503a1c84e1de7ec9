// ReLU: negative values become 0.
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/relu.h>

namespace ostrich::blocks::relu {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "ReLU",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"ReLU", "ReLU"},
            .help = {"Lets positive values through and turns negative ones into 0.",
                     "Laisse passer les valeurs positives et met les négatives à 0."},
            .formula = "y = max(0, x)",
            .icon = "act",
            .searchWords = {"rectifier", "activation", "redresseur"},
            .pill = true,
            .idStem = "relu",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::relu(x); }, "torch.relu({x0})", true);
}

} // namespace ostrich::blocks::relu
