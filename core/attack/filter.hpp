// A filter in front of a network, which is to clean away an attack: JPEG, fewer bits, blur (one
// file each in attack/filters/). No LibTorch.
#pragma once

#include "attack/subject.hpp"
#include "base/result.hpp"
#include "graph/parameter.hpp"

#include <string>
#include <vector>

namespace ostrich::attack {

struct FilterDescription {
    std::string name; // "jpeg"
    Words label;
    Words help;
    std::string source;
    std::vector<graph::ParameterSpec> parameters = {};
};

const std::vector<FilterDescription> &filters(); // by name
/// What every filter takes beside its own parameters: FilterChoice::adaptive.
graph::ParameterSpec adaptiveOption();

/// Which filter, with what, and whether the attack knows of it.
struct FilterChoice {
    std::string filter;
    graph::Parameters parameters = {}; // missing ones have their defaults
    /// True: the attack takes the filter's slope for 1 (BPDA, Athalye et al. 2018), as one who
    /// knows of it does. False: it takes the slope that there is, which may be zero: the mistake
    /// that makes a broken defence look good.
    bool adaptive = true;
};
/// "jpeg?quality=50&adaptive=0".
Result<FilterChoice> filterFromText(const std::string &text);

/// `subject` behind a filter. Errors: unknown filter (names those there are), a parameter out of
/// range, no pictures.
Result<Subject> behindFilter(const Subject &subject, const FilterChoice &choice);

/// A TorchScript file as a classifier. It is code: ask before this is called.
struct TorchScriptChoice {
    std::string file;
    std::vector<float> mean = {}, deviation = {}; // what it wants subtracted and divided by, per
                                                  // channel in [0, 1] units; empty: nothing
    std::string device = "cpu";
};
/// `facts` tells what it reads and the classes that it tells apart. Errors: not a TorchScript file;
/// it does not answer (N, classes) to (N, C, H, W).
Result<Subject> openTorchScript(const TorchScriptChoice &choice, const graph::DataFacts &facts);

} // namespace ostrich::attack
