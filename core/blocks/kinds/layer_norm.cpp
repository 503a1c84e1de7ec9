// LayerNorm: every row of features to mean 0 and deviation 1, by itself (Ba et al. 2016); then a
// learned scale and shift.
#include "blocks/row_norm_torch.hpp"

#include <ATen/ops/layer_norm.h>

namespace ostrich::blocks::layer_norm {

std::unique_ptr<BlockKind> create()
{
    return rowNormKind(
        {
            .name = "LayerNorm",
            .category = graph::Category::Normalisation,
            .role = graph::Role::Hidden,
            .label = {"LayerNorm", "LayerNorm"},
            .help = {"Brings the features of each sample, or of each step, to mean 0 and deviation "
                     "1. No other sample has a say.",
                     "Ramène les valeurs de chaque exemple, ou de chaque pas, à moyenne 0 et écart "
                     "type 1. Aucun autre exemple n'intervient."},
            .formula = "y<sub>f</sub> = γ<sub>f</sub> (x<sub>f</sub> − μ) / √(σ<sup>2</sup> + ε) + "
                       "β<sub>f</sub>",
            .icon = "norm",
            .searchWords = {"layer normalization", "layer norm", "normalisation par couche",
                            "transformer", "transformeur"},
            .pill = false,
            .idStem = "layer_norm",
            .parameters = {},
        },
        {.function =
             [](const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                double epsilon) {
                 return at::layer_norm(x, x.sizes().slice(static_cast<std::size_t>(x.dim()) - 1),
                                       weight, bias, epsilon);
             },
         .shifts = true,
         .pytorch = "nn.LayerNorm"});
}

} // namespace ostrich::blocks::layer_norm
