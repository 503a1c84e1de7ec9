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

/// A copied selection as text, and back ({"format":"ostrich","version":1,"network":..}); a whole
/// project's text is taken too.
std::string fragmentText(const graph::Network &fragment);
Result<graph::Network> fragmentFromText(std::string_view text);

/// The folder that a project's runs live in: NAME.runs beside NAME.ostrich; for an unsaved project
/// (empty path) a folder in the user's data folder.
std::filesystem::path runsFolder(const std::filesystem::path &projectFile);

} // namespace ostrich::project
