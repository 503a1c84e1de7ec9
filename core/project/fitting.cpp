// Repairs one after the other.
#include "project/fitting.hpp"

#include "graph/group.hpp"

#include <algorithm>

namespace ostrich::project {

namespace {

/// A slip of the pen is not for us to guess at.
bool isSound(const graph::Network &network, const graph::KindSet &kinds)
{
    return std::ranges::all_of(network.blocks, [&](const graph::Block &block) {
        const auto kind = graph::kindOf(block, kinds);
        return kind != nullptr
               && !graph::checkParameters(block.parameters, kind->description().parameters)
               && (!block.inside || isSound(*block.inside, kinds));
    });
}

} // namespace

Fitted fitted(const graph::Network &network, const graph::KindSet &kinds,
              const graph::DataFacts &facts)
{
    constexpr int kMostRepairs = 50; // more than blocks that may not fit; two repairs may disagree
    if (!isSound(network, kinds)) return {network, {}, {}};
    Fitted fitted{network, {}, {}};
    for (int i = 0; i < kMostRepairs; ++i) {
        const graph::Analysis analysis = graph::analyse(fitted.network, kinds, facts);
        if (analysis.ok()) return fitted;
        const auto mendable =
            std::ranges::find_if(analysis.problems, [](const graph::Problem &problem) {
                return !problem.repair.empty();
            });
        if (mendable == analysis.problems.end() || !graph::apply(mendable->repair, fitted.network))
            break;
        fitted.changes.push_back(mendable->repairName);
        const std::vector<graph::Change> &changes = mendable->repair.changes;
        fitted.edit.changes.insert(fitted.edit.changes.end(), changes.begin(), changes.end());
    }
    return {network, {}, {}};
}

} // namespace ostrich::project
