// The list of probes.
#include "probe/probe.hpp"

#include <algorithm>

namespace ostrich::probe {

const std::vector<std::unique_ptr<Probe>> &probes()
{
    static const std::vector<std::unique_ptr<Probe>> all = [] {
        auto made = createAllProbes();
        std::ranges::sort(made, {}, [](const std::unique_ptr<Probe> &probe) {
            return probe->description().name;
        });
        return made;
    }();
    return all;
}

const Probe *findProbe(std::string_view name)
{
    const auto found = std::ranges::find_if(
        probes(), [&](const auto &probe) { return probe->description().name == name; });
    return found == probes().end() ? nullptr : found->get();
}

} // namespace ostrich::probe
