// The starter projects out of the program's own files.
#include "project/templates.hpp"

#include "base/embedded.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "data/option.hpp"

#include <algorithm>

namespace ostrich::project {

namespace {

constexpr std::string_view kFolder = "templates/";
constexpr std::string_view kEnding = ".ostrich";

Words wordsOf(const nlohmann::json &json, const char *key)
{
    const auto entry = json.find(key);
    if (entry == json.end() || !entry->is_object()) return {};
    return {entry->value("en", ""), entry->value("fr", "")};
}

/// Throws nlohmann's exceptions: these files are ours.
std::optional<PublishedWeights> weightsOf(const nlohmann::json &json)
{
    const auto entry = json.find("weights");
    if (entry == json.end()) return {};
    const nlohmann::json &statistics = entry->at("statistics");
    PublishedWeights weights;
    weights.file = entry->at("file").get<std::string>();
    weights.sha256 = entry->at("sha256").get<std::string>();
    weights.statistics.mean = statistics.at("mean").get<std::vector<float>>();
    weights.statistics.deviation = statistics.at("deviation").get<std::vector<float>>();
    weights.blocks = entry->at("blocks").get<std::map<std::string, std::string>>();
    return weights;
}

std::vector<Template> readTemplates()
{
    std::vector<std::pair<int, Template>> found;
    for (const std::string_view file : embeddedResourceNames()) {
        if (!file.starts_with(kFolder) || !file.ends_with(kEnding)) continue;
        const std::string name(
            file.substr(kFolder.size(), file.size() - kFolder.size() - kEnding.size()));
        const auto json = parseJson(embeddedResource(file).value_or(""), std::string(file));
        assert(json && json->is_object()); // a test reads every one of them
        if (json)
            found.push_back(
                {json->value("order", 1000),
                 {name, wordsOf(*json, "title"), wordsOf(*json, "help"), weightsOf(*json)}});
    }
    std::ranges::stable_sort(found, {}, [](const auto &entry) { return entry.first; });
    std::vector<Template> all;
    for (auto &[order, entry] : found) all.push_back(std::move(entry));
    return all;
}

} // namespace

const std::vector<Template> &templates()
{
    static const std::vector<Template> all = readTemplates();
    return all;
}

const Template *findTemplate(std::string_view name)
{
    const auto known = std::ranges::find(templates(), name, &Template::name);
    return known == templates().end() ? nullptr : &*known;
}

std::filesystem::path weightsFolder()
{
    return cacheFolder() / "weights";
}

Result<Project> newProject(const std::string &templateName)
{
    if (findTemplate(templateName) == nullptr) {
        std::vector<std::string> names;
        for (const Template &entry : templates()) names.push_back(entry.name);
        return Error{templateName.empty() ? "template" : templateName,
                     {"project.template_unknown", {templateName}},
                     {"project.template_hint", {data::joined(names)}}};
    }
    const std::string file = std::string(kFolder) + templateName + std::string(kEnding);
    return projectFromText(embeddedResource(file).value_or(""), file);
}

} // namespace ostrich::project
