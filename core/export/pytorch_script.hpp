// What lies beside model.py: train.py, README.md, and the arrays that train.py reads.
#pragma once

#include "data/npz.hpp"
#include "export/exporter.hpp"
#include "export/pytorch_model.hpp"

#include <string>
#include <vector>

namespace ostrich::exporting {

/// train.py: the recipe of `subject` as a plain training loop. `start` names the file of weights
/// that it begins with.
std::string trainingScript(const Subject &subject, const PytorchModel &model,
                           const std::string &start);

/// README.md: how to load and run, and the run's figures. `files`: what else lies in the folder.
std::string readme(const Subject &subject, const PytorchModel &model,
                   const std::vector<std::string> &files);

/// The three splits under the names that train.py reads: "x", "y", "lengths" ... of training,
/// "x_validation" ..., "x_test" ...
std::vector<data::NpzEntry> trainingArrays(const data::Dataset &dataset);

} // namespace ostrich::exporting
