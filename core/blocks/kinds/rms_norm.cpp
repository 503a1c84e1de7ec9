// RMSNorm: every row of features to root mean square 1 (Zhang and Sennrich 2019), then a learned
// scale.
#include "blocks/row_norm_torch.hpp"

#include <ATen/ops/rms_norm.h>

namespace ostrich::blocks::rms_norm {

std::unique_ptr<BlockKind> create()
{
    return rowNormKind(
        {
            .name = "RMSNorm",
            .category = graph::Category::Normalisation,
            .role = graph::Role::Hidden,
            .label = {"RMSNorm", "RMSNorm"},
            .help = {"Brings the features of each sample, or of each step, to root mean square 1: "
                     "a LayerNorm without mean and shift.",
                     "Ramène les valeurs de chaque exemple, ou de chaque pas, à moyenne "
                     "quadratique 1 : un LayerNorm sans moyenne ni décalage."},
            .formula = "y<sub>f</sub> = γ<sub>f</sub> x<sub>f</sub> / √(mean(x<sup>2</sup>) + ε)",
            .icon = "norm",
            .searchWords = {"root mean square", "moyenne quadratique", "layer norm",
                            "normalisation", "transformer", "transformeur"},
            .pill = false,
            .idStem = "rms_norm",
            .parameters = {},
        },
        {.function =
             [](const at::Tensor &x, const at::Tensor &weight, const at::Tensor &, double epsilon) {
                 const std::optional<at::Tensor> scale =
                     weight.defined() ? std::optional(weight) : std::nullopt;
                 return at::rms_norm(x, x.sizes().slice(static_cast<std::size_t>(x.dim()) - 1),
                                     scale, epsilon);
             },
         .shifts = false,
         .pytorch = "nn.RMSNorm"});
}

} // namespace ostrich::blocks::rms_norm
