// Add: two signals of one shape, summed value by value; the end of every short-cut.
#include "blocks/pairwise_torch.hpp"

#include <ATen/ops/add.h>

namespace ostrich::blocks::add {

std::unique_ptr<BlockKind> create()
{
    return pairwiseKind(
        {
            .name = "Add",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Add", "Addition"},
            .help =
                {"Sums two signals value by value: a short-cut past some blocks ends here.",
                 "Additionne deux signaux valeur par valeur : c'est ici que finit un raccourci."},
            .formula = "y = a + b",
            .icon = "add",
            .searchWords = {"sum", "somme", "residual", "résiduel", "skip", "short-cut", "plus"},
            .pill = true,
            .idStem = "add",
            .parameters = {},
        },
        [](const at::Tensor &a, const at::Tensor &b) { return at::add(a, b); }, "{x0} + {x1}");
}

} // namespace ostrich::blocks::add
