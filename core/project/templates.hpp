// Starter projects: embedded .ostrich files (resources/templates), data and no code.
#pragma once

#include "project/project.hpp"

#include <vector>

namespace ostrich::project {

struct Template {
    std::string name; // "lenet"
    Words title;
    Words help;
};

/// From the embedded files' extra keys "title" and "help"; sorted by teaching order (key "order").
const std::vector<Template> &templates();
/// Error: no such template (names those that there are).
Result<Project> newProject(const std::string &templateName);

} // namespace ostrich::project
