// What a group is worth, once its blocks are known.
#pragma once

#include "graph/analysis.hpp"

#include <string>
#include <vector>

namespace ostrich::graph {

/// A problem whose repair is an edit of the network within the groups `within`.
struct GroupProblem {
    std::vector<std::string> within;
    Problem problem;
};

/// Adds to `analysis`, which has the facts of all blocks of `network`, what every group of it takes
/// in, puts out and costs. What is wrong with the groups themselves: a parameter, a wire to a port
/// that is not there.
std::vector<GroupProblem> addGroupFacts(const Network &network, const KindSet &kinds,
                                        Analysis &analysis);

} // namespace ostrich::graph
