// Softmax: values become shares that sum to 1, over the features or, in maps, over the channels of
// each pixel.
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/softmax.h>

namespace ostrich::blocks::softmax {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "Softmax",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"Softmax", "Softmax"},
            .help =
                {"Turns values into shares that sum to 1. An Output already does this by itself.",
                 "Change les valeurs en parts dont la somme est 1. Une sortie le fait déjà "
                 "d'elle-même."},
            .formula = "y<sub>k</sub> = e<sup>x<sub>k</sub></sup> / Σ<sub>j</sub> "
                       "e<sup>x<sub>j</sub></sup>",
            .icon = "softmax",
            .searchWords = {"probability", "probabilité", "activation"},
            .pill = true,
            .idStem = "softmax",
            .parameters = {},
        },
        // Axis 1 is F in N×F and C in N×C×H×W.
        [](const at::Tensor &x) { return at::softmax(x, 1); });
}

} // namespace ostrich::blocks::softmax
