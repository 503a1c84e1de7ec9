// What most blocks have to say about their inside.
#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

std::vector<NamedTensor> Module::inside(std::span<const Signal>) const
{
    return {};
}

} // namespace ostrich::blocks
