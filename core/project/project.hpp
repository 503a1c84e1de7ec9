// A project: network, data source, recipe, notes. One readable JSON file, NAME.ostrich.
#pragma once

#include "base/result.hpp"
#include "graph/network.hpp"
#include "project/recipe.hpp"

#include <filesystem>
#include <string>

namespace ostrich::project {

struct Project {
    graph::Network network;
    std::string data = "glyphs"; // a data source as text
    Recipe recipe;
    std::string notes;

    bool operator==(const Project &) const = default;
};

inline constexpr int kFormatVersion = 1;

/// {"format":"ostrich","version":1,"network":..,"data":..,"recipe":..,"notes":..}: sorted keys,
/// indented, newline at the end.
std::string toText(const Project &project);
/// `where` names the file in errors. Newer versions, other formats, broken JSON: one clear error.
Result<Project> projectFromText(std::string_view text, const std::string &where);

Result<Project> loadProject(const std::filesystem::path &file);
Result<void> saveProject(const Project &project, const std::filesystem::path &file);

/// The project's data source with its relative path made absolute: from `file`'s folder where it
/// is there, else from the current folder where it is there, else left as it is. What is loaded and
/// what a run keeps; the file keeps what was written, so that a project with its data can be moved.
/// An empty `file` (an unsaved project) means the current folder.
std::string dataSource(const Project &project, const std::filesystem::path &file);

/// A copied selection as text, and back ({"format":"ostrich","version":1,"network":..}); a whole
/// project's text is taken too.
std::string fragmentText(const graph::Network &fragment);
Result<graph::Network> fragmentFromText(std::string_view text);

/// The folder that a project's runs live in: NAME.runs beside NAME.ostrich.
std::filesystem::path runsFolder(const std::filesystem::path &projectFile);

} // namespace ostrich::project
