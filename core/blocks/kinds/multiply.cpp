// Multiply: two signals of one shape, multiplied value by value; one opens and shuts the other.
#include "blocks/pairwise_torch.hpp"

#include <ATen/ops/mul.h>

namespace ostrich::blocks::multiply {

std::unique_ptr<BlockKind> create()
{
    return pairwiseKind(
        {
            .name = "Multiply",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Multiply", "Multiplication"},
            .help = {"Multiplies two signals value by value: behind a Sigmoid, one is the gate of "
                     "the other.",
                     "Multiplie deux signaux valeur par valeur : derrière un Sigmoid, l'un est la "
                     "porte de l'autre."},
            .formula = "y = a ⊙ b",
            .icon = "multiply",
            .searchWords = {"product", "produit", "gate", "porte", "times", "fois", "mul"},
            .pill = true,
            .idStem = "multiply",
            .parameters = {},
        },
        [](const at::Tensor &a, const at::Tensor &b) { return at::mul(a, b); }, "{x0} * {x1}");
}

} // namespace ostrich::blocks::multiply
