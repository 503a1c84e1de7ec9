// ELU: negative values level off smoothly at -alpha (Clevert et al. 2016).
#include "blocks/elementwise_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/elu.h>

namespace ostrich::blocks::elu {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "ELU",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"ELU", "ELU"},
            .help = {"Lets positive values through; negative ones level off smoothly.",
                     "Laisse passer les valeurs positives ; les négatives plafonnent en douceur."},
            .formula = "y = max(0, x) + α (e<sup>min(0, x)</sup> − 1)",
            .icon = "act",
            .searchWords = {"exponential linear unit", "exponentielle", "activation"},
            .pill = true,
            .idStem = "elu",
            .parameters = {realSpec({"alpha",
                                     {"Depth", "Profondeur"},
                                     {"Very negative values come out as minus this.",
                                      "Les valeurs très négatives sortent à moins ce nombre."}},
                                    1.0, 0.0, 100.0)},
        },
        [](const at::Tensor &x, const graph::Parameters &given) {
            return at::elu(x, graph::real(given, "alpha"));
        },
        "nn.functional.elu({x0}, {alpha})");
}

} // namespace ostrich::blocks::elu
