// GroupOutput: where a signal leaves the group in which the block stands.
#include "blocks/group_port.hpp"

namespace ostrich::blocks::group_output {

std::unique_ptr<BlockKind> create()
{
    return groupPortKind({
        .name = "GroupOutput",
        .category = graph::Category::Structure,
        .role = graph::Role::GroupOutput,
        .label = {"Group output", "Sortie de groupe"},
        .help = {"A way out of the group in which it stands: from outside, a port with its name.",
                 "Une sortie du groupe où ce bloc se trouve : vue du dehors, un port à son nom."},
        .formula = "y = x",
        .icon = "group_out",
        .searchWords = {"group", "groupe", "port", "identity", "identité"},
        .pill = true,
        .idStem = "out",
        .parameters = {},
    });
}

} // namespace ostrich::blocks::group_output
