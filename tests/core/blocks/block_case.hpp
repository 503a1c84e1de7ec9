// A block to try, as data.
#pragma once

#include "graph/kind.hpp"

#include <optional>
#include <string>
#include <vector>

struct BlockCase {
    std::string title;
    std::string kind;
    ostrich::graph::Parameters parameters;
    std::vector<ostrich::graph::Shape> inputs; // for an Input: what the data are

    ostrich::graph::Task task = ostrich::graph::Task::Classify;
    /// Per sample, worked out beside the block. Conv2d and Linear are counted by loops instead;
    /// other kinds without it must cost nothing.
    std::optional<std::int64_t> multiplyAdds = {};
    std::string workNotCounted =
        {}; // why the multiply-adds are left unchecked; empty: they are not
    /// Real steps of each of the three samples, input by input, where T is variable; empty: 5, 3
    /// and 1 for every input.
    std::vector<std::vector<std::int64_t>> lengths = {};
};
