// The registry of block kinds, in palette order.
#include "blocks/block_kind.hpp"

#include <algorithm>
#include <tuple>

namespace ostrich::blocks {

Registry::Registry() : m_kinds(createAllKinds())
{
    std::ranges::sort(m_kinds, [](const auto &one, const auto &other) {
        const graph::Description &a = one->description(), &b = other->description();
        return std::tie(a.category, a.name) < std::tie(b.category, b.name);
    });
}

const Registry &Registry::instance()
{
    static const Registry registry;
    return registry;
}

const BlockKind *Registry::find(std::string_view name) const
{
    const auto found = std::ranges::find_if(
        m_kinds, [&](const auto &kind) { return kind->description().name == name; });
    return found == m_kinds.end() ? nullptr : found->get();
}

std::vector<const graph::Kind *> Registry::all() const
{
    std::vector<const graph::Kind *> kinds;
    for (const auto &kind : m_kinds) kinds.push_back(kind.get());
    return kinds;
}

} // namespace ostrich::blocks
