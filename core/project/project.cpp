// The project file: its text, its versions, its place on the disk.
#include "project/project.hpp"

#include "base/file.hpp"
#include "base/json.hpp"
#include "data/source.hpp"

#include <algorithm>
#include <array>

namespace ostrich::project {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{64} << 20;

using Migration = void (*)(nlohmann::json &);
/// Entry v-1 turns version v into v+1, in place. Version 1 is the newest.
constexpr std::array<Migration, kFormatVersion - 1> kMigrations{};

/// "net.ostrich: recipe.epochs": the file, then the place in it.
Error inFile(Error error, const std::string &where)
{
    error.where = error.where.empty() ? where : where + ": " + error.where;
    return error;
}

Error notAProject(const std::string &where, const char *id, std::vector<std::string> arguments = {})
{
    return {where, {id, std::move(arguments)}, {"project.file_hint", {}}};
}

/// The JSON of this version, from text of any version that we know.
Result<nlohmann::json> currentJson(std::string_view text, const std::string &where)
{
    auto json = parseJson(text, where);
    if (!json) return json.error();
    if (!json->is_object()) return notAProject(where, "project.not_a_project");
    const auto format = json->find("format");
    if (format == json->end() || !format->is_string())
        return notAProject(where, "project.not_a_project");
    if (*format != "ostrich")
        return notAProject(where, "project.other_format", {format->get<std::string>()});
    const auto version = json->find("version");
    if (version == json->end() || !version->is_number_integer() || version->get<double>() < 1.0)
        return notAProject(where, "project.no_version");
    if (version->get<double>() > kFormatVersion) // as int, 2^64 - 1 would be -1
        return Error{where,
                     {"project.newer_version", {version->dump(), std::to_string(kFormatVersion)}},
                     {"project.newer_version_hint", {}}};
    for (auto i = version->get<std::size_t>() - 1; i < kMigrations.size(); ++i)
        kMigrations[i](*json);
    return json;
}

Result<graph::Network> networkOf(const nlohmann::json &json, const std::string &where)
{
    const auto network = json.find("network");
    if (network == json.end()) return notAProject(where, "project.key_missing", {"network"});
    auto read = graph::networkFromJson(*network);
    if (!read) return inFile(read.error(), where);
    return read;
}

/// A text under `key`; missing: `fallback`.
Result<std::string> textOf(const nlohmann::json &json, const char *key, std::string fallback,
                           const std::string &where)
{
    const auto entry = json.find(key);
    if (entry == json.end()) return fallback;
    if (!entry->is_string()) return notAProject(where, "project.not_a_text", {key});
    return entry->get<std::string>();
}

/// The words that only templates have are let through.
Result<void> checkKeys(const nlohmann::json &json, const std::string &where)
{
    const std::vector<std::string> known{"data",  "format", "help",  "network", "notes",
                                         "order", "recipe", "title", "version", "weights"};
    for (const auto &[key, value] : json.items()) {
        if (std::ranges::find(known, key) == known.end())
            return notAProject(where, "project.key_unknown", {key});
    }
    return {};
}

nlohmann::json header()
{
    return {{"format", "ostrich"}, {"version", kFormatVersion}};
}

} // namespace

std::string toText(const Project &project)
{
    nlohmann::json json = header();
    json["network"] = graph::toJson(project.network);
    json["data"] = project.data;
    json["recipe"] = toJson(project.recipe);
    json["notes"] = project.notes;
    return jsonText(json, 2) + "\n";
}

Result<Project> projectFromText(std::string_view text, const std::string &where)
{
    const auto json = currentJson(text, where);
    if (!json) return json.error();
    if (auto checked = checkKeys(*json, where); !checked) return checked.error();
    auto network = networkOf(*json, where);
    if (!network) return network.error();
    auto data = textOf(*json, "data", Project{}.data, where);
    if (!data) return data.error();
    auto notes = textOf(*json, "notes", "", where);
    if (!notes) return notes.error();
    auto recipe = recipeFromJson(json->value("recipe", nlohmann::json::object()));
    if (!recipe) return inFile(recipe.error(), where);
    return Project{*std::move(network), *std::move(data), *std::move(recipe), *std::move(notes)};
}

Result<Project> loadProject(const fs::path &file)
{
    const auto text = readFile(file, kMaxFileBytes);
    if (!text) return text.error();
    return projectFromText(*text, file.string());
}

Result<void> saveProject(const Project &project, const fs::path &file)
{
    return writeFile(file, toText(project));
}

std::string dataSource(const Project &project, const fs::path &file)
{
    auto spec = data::parseSource(project.data);
    if (!spec || spec->path.empty() || fs::path(spec->path).is_absolute()) return project.data;
    std::error_code error;
    const fs::path current = fs::current_path(error);
    for (const fs::path &folder : {current / file.parent_path(), current}) {
        const fs::path path = (folder / spec->path).lexically_normal();
        if (!fs::exists(path, error)) continue;
        spec->path = path.string();
        return data::toString(*spec);
    }
    return project.data;
}

std::string fragmentText(const graph::Network &fragment)
{
    nlohmann::json json = header();
    json["network"] = graph::toJson(fragment);
    return jsonText(json, 2) + "\n";
}

Result<graph::Network> fragmentFromText(std::string_view text)
{
    const std::string where = "network";
    const auto json = currentJson(text, where);
    if (!json) return json.error();
    return networkOf(*json, where);
}

fs::path runsFolder(const fs::path &projectFile)
{
    fs::path folder = projectFile;
    return folder.replace_extension(".runs");
}

} // namespace ostrich::project
