// ReLU6: ReLU that stops at 6.
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/hardtanh.h>

namespace ostrich::blocks::relu6 {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "ReLU6",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"ReLU6", "ReLU6"},
            .help = {"Like ReLU, but no value grows beyond 6.",
                     "Comme ReLU, mais aucune valeur ne dépasse 6."},
            .formula = "y = min(max(0, x), 6)",
            .icon = "relu6",
            .searchWords = {"rectifier", "activation", "mobilenet"},
            .pill = true,
            .idStem = "relu6",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::hardtanh(x, 0, 6); }, "nn.functional.relu6({x0})");
}

} // namespace ostrich::blocks::relu6
