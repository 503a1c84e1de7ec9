// LeakyReLU: negative values are scaled down instead of cut off.
#include "blocks/elementwise_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/leaky_relu.h>

namespace ostrich::blocks::leaky_relu {

std::unique_ptr<BlockKind> create()
{
    return elementwiseKind(
        {
            .name = "LeakyReLU",
            .category = graph::Category::Activation,
            .role = graph::Role::Hidden,
            .label = {"LeakyReLU", "LeakyReLU"},
            .help = {"Lets positive values through and keeps a small share of negative ones: no "
                     "neuron dies.",
                     "Laisse passer les valeurs positives et garde une petite part des négatives : "
                     "aucun neurone ne meurt."},
            .formula = "y = max(0, x) + a · min(0, x)",
            .icon = "act",
            .searchWords = {"leaky rectifier", "activation", "redresseur", "fuite"},
            .pill = true,
            .idStem = "leaky_relu",
            .parameters = {realSpec({"negative_slope",
                                     {"Slope below 0", "Pente sous 0"},
                                     {"What a negative value is multiplied by.",
                                      "Ce par quoi une valeur négative est multipliée."}},
                                    0.01, 0.0, 1.0)},
        },
        [](const at::Tensor &x, const graph::Parameters &given) {
            return at::leaky_relu(x, graph::real(given, "negative_slope"));
        },
        "nn.functional.leaky_relu({x0}, {negative_slope})");
}

} // namespace ostrich::blocks::leaky_relu
