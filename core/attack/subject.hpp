// What is attacked: a run of ours, a TorchScript file from outside, or either behind a defence. No
// LibTorch.
#pragma once

#include "engine/model.hpp"
#include "graph/kind.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ostrich::attack {

class Classifier; // attack/classifier_torch.hpp
using ClassifierHandle = std::shared_ptr<const Classifier>;

struct Subject {
    Subject() = default;
    /// A network of ours, said by the way: wherever a subject is asked for, a model does.
    Subject(engine::ModelHandle model, std::string name = {});

    std::string name; // as plots and tables show it: "lenet 003"; may be empty
    ClassifierHandle classifier;
    graph::DataFacts facts;          // sample shape and classes
    engine::ModelHandle model;       // null: a network from outside
    ClassifierHandle surrogate = {}; // what a transfer attack works on instead; null: none
    std::optional<double> trainingSeconds = {}; // as its run tells; empty: nobody wrote it down
};

} // namespace ostrich::attack
