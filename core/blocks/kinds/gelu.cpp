// GELU: each value times the share of a normal distribution that lies below it (Hendrycks and
// Gimpel 2016).
#include "blocks/elementwise_torch.hpp"

#include <ATen/ops/gelu.h>

namespace ostrich::blocks::gelu {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "GELU",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"GELU", "GELU"},
            .help =
                {"A smooth ReLU: each value is weighted by how large it is. Usual in transformers.",
                 "Un ReLU lissé : chaque valeur est pondérée par sa grandeur. Courant dans les "
                 "transformeurs."},
            .formula = "y = x Φ(x)",
            .icon = "act",
            .searchWords = {"gaussian error linear unit", "activation", "transformer",
                            "transformeur", "smooth", "lisse"},
            .pill = true,
            .idStem = "gelu",
            .parameters = {},
        },
        [](const at::Tensor &x) { return at::gelu(x); }, "nn.functional.gelu({x0})");
}

} // namespace ostrich::blocks::gelu
