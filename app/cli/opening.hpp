// What the verbs open: projects, runs, settings, classes; every error names the argument it came
// from.
#pragma once

#include "base/result.hpp"
#include "cli/answer.hpp"
#include "data/dataset.hpp"
#include "engine/model.hpp"
#include "project/project.hpp"
#include "train/run.hpp"

#include <string>
#include <vector>

namespace ostrich::cli {

/// The project with its data where they are: see project::dataSource().
Result<project::Project> openProject(const std::string &file);
/// As the command line names it: from the current folder.
void setData(project::Project &project, const std::string &source);

/// Makes the network fit data that it was not drawn for (words where numbers were, a label a step
/// instead of one) by the repairs that the blocks propose, and tells what was changed.
void fitNetwork(project::Project &project, const graph::DataFacts &facts, const Context &context);

/// `--set` arguments: "recipe.FIELD=VALUE" or "data=SOURCE".
Result<void> applySettings(project::Project &project, const std::vector<std::string> &settings);

/// A run's folder, or a project's file, which stands for its newest run that has weights.
Result<train::Run> openRunOf(const std::string &runOrProject);

/// A run with its best weights.
struct TrainedNetwork {
    train::Run run;
    engine::ModelHandle model;
};
/// Loads it without its data, which what comes from outside does not need. LibTorch gets all cores
/// for the calling thread; `device` as the command line gives it.
Result<TrainedNetwork> openNetwork(const std::string &runOrProject, const std::string &device);

/// The same with its data.
struct Trained {
    train::Run run;
    std::shared_ptr<const data::Dataset> dataset;
    engine::ModelHandle model;
};
Result<Trained> openTrained(const std::string &runOrProject, const std::string &device);

/// A class by its name, or else its index. `argument` is named in the error ("--class").
Result<std::int64_t> classFrom(const graph::DataFacts &facts, const std::string &argument,
                               const std::string &text);
/// "train", "validation", "test".
Result<data::Split> splitFrom(const std::string &text);

std::string className(const graph::DataFacts &facts, std::int64_t index);

} // namespace ostrich::cli
