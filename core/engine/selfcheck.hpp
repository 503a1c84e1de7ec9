// Does every block kind compute what it should on this machine?
#pragma once

#include "base/message.hpp"

#include <string>
#include <vector>

namespace ostrich::engine {

struct KindCheck {
    std::string kind;
    bool ok = false;
    double max_output_difference = 0.0;   // relative to the largest value
    double max_gradient_difference = 0.0; // likewise
    std::string note;                     // what it was tried on, or what LibTorch objected
};

/// Each kind on a small example with its default parameters. On "cpu": gradients of inputs and
/// parameters against central finite differences in double at some sixty places of each tensor
/// (outputs are run twice and must agree). On a CUDA device: outputs and gradients in float32
/// against the CPU's. A second or so; on the calling thread. An unknown device fails every kind
/// with a note. Notes are in `language`.
std::vector<KindCheck> selfcheck(const std::string &device, Language language = Language::English);

} // namespace ostrich::engine
