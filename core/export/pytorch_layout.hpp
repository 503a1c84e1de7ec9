// How the exported network lays out its weights in memory.
#pragma once

#include "export/pytorch_class.hpp"

namespace ostrich::exporting {

/// Where `classes` convolve pictures, the network's own (the last) takes the layout that
/// engine/compile.cpp takes: with AVX-512 a LeNet's forward pass takes a third of the time.
void layOutForConvolution(std::vector<PythonClass> &classes);

} // namespace ostrich::exporting
