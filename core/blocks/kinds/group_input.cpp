// GroupInput: where a signal comes into the group in which the block stands.
#include "blocks/group_port.hpp"

namespace ostrich::blocks::group_input {

std::unique_ptr<BlockKind> create()
{
    return groupPortKind({
        .name = "GroupInput",
        .category = graph::Category::Structure,
        .role = graph::Role::GroupInput,
        .label = {"Group input", "Entrée de groupe"},
        .help = {"A way into the group in which it stands: from outside, a port with its name.",
                 "Une entrée du groupe où ce bloc se trouve : vue du dehors, un port à son nom."},
        .formula = "y = x",
        .icon = "group_in",
        .searchWords = {"group", "groupe", "port", "identity", "identité"},
        .pill = true,
        .idStem = "in",
        .parameters = {},
    });
}

} // namespace ostrich::blocks::group_input
