// The starter projects out of the program's own files.
#include "project/templates.hpp"

#include "base/embedded.hpp"
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
            found.push_back({json->value("order", 1000),
                             {name, wordsOf(*json, "title"), wordsOf(*json, "help")}});
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

Result<Project> newProject(const std::string &templateName)
{
    const auto known = std::ranges::find(templates(), templateName, &Template::name);
    if (known == templates().end()) {
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
