// Starter projects: embedded .ostrich files (resources/templates), data and no code.
#pragma once

#include "data/dataset.hpp"
#include "project/project.hpp"

#include <map>
#include <optional>
#include <vector>

namespace ostrich::project {

/// Trained weights that a template brings: a file of another program, fetched once.
struct PublishedWeights {
    std::string file;            // its name in weightsFolder()
    std::string sha256;          // of all of it, in hexadecimal
    data::Statistics statistics; // what Input normalised by when they were trained
    /// What the file calls the blocks, as graph::expand() names them, that hold weights:
    /// "stem.0.conv_1" is "_conv_stem"; tensors are then called alike, "_conv_stem.weight".
    std::map<std::string, std::string> blocks;
};

struct Template {
    std::string name; // "lenet"
    Words title;
    Words help;
    std::optional<PublishedWeights> weights; // with them it is trained from the start
};

/// Where files of published weights are kept, in the user's cache (app/fetch-weights puts them
/// there).
std::filesystem::path weightsFolder();

/// From the embedded files' extra keys "title", "help" and "weights"; sorted by teaching order (key
/// "order").
const std::vector<Template> &templates();
/// Null: no such template.
const Template *findTemplate(std::string_view name);
/// Error: no such template (names those that there are).
Result<Project> newProject(const std::string &templateName);

} // namespace ostrich::project
