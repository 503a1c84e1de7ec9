// manifest.json: everything that repeats a run, as JSON and back.
#include "train/run_files.hpp"

#include "base/file.hpp"
#include "base/json.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace ostrich::train {

namespace {

using nlohmann::json;

constexpr char kFormat[] = "ostrich-run";
constexpr int kVersion = 1;
/// By graph::Task.
const std::vector<std::string> kTasks{"classify", "label_steps", "regress", "translate"};

json toJson(const graph::Shape &shape)
{
    json axes = json::array();
    for (const graph::Dimension &dimension : shape.dimensions) {
        axes.push_back({{"axis", std::string(1, graph::letter(dimension.axis))},
                        {"size", dimension.size ? json(*dimension.size) : json()}});
    }
    return axes;
}

std::optional<graph::Axis> axisOf(const std::string &letter)
{
    using graph::Axis;
    for (const Axis axis : {Axis::N, Axis::C, Axis::H, Axis::W, Axis::T, Axis::F}) {
        if (letter == std::string(1, graph::letter(axis))) return axis;
    }
    return {};
}

graph::Shape shapeFromJson(const json &axes)
{
    graph::Shape shape;
    for (const json &entry : axes) {
        const auto axis = axisOf(entry.at("axis").get<std::string>());
        if (!axis) throw json::type_error::create(302, "axis", &entry); // caught with the others
        graph::Dimension dimension{*axis, {}};
        if (!entry.at("size").is_null()) dimension.size = entry.at("size").get<std::int64_t>();
        shape.dimensions.push_back(dimension);
    }
    return shape;
}

json toJson(const graph::DataFacts &facts)
{
    json written{{"input", toJson(facts.input)},
                 {"classes", facts.classes},
                 {"class_names", facts.classNames},
                 {"title", facts.title},
                 {"task", kTasks[static_cast<std::size_t>(facts.task)]},
                 {"vocabulary", facts.input.vocabulary},
                 {"longest", facts.longest},
                 {"values", facts.values},
                 {"relative", facts.relative},
                 {"targets", facts.targets}};
    if (facts.task == graph::Task::Translate)
        written["target"] = {{"input", toJson(facts.target.shape)},
                             {"vocabulary", facts.target.shape.vocabulary},
                             {"longest", facts.target.longest}};
    return written;
}

graph::Task taskFrom(const json &entry)
{
    const auto known = std::ranges::find(kTasks, entry.get<std::string>());
    if (known == kTasks.end()) throw json::type_error::create(302, "task", &entry);
    return static_cast<graph::Task>(known - kTasks.begin());
}

graph::DataFacts factsFromJson(const json &facts)
{
    graph::DataFacts read;
    read.input = shapeFromJson(facts.at("input"));
    read.classes = facts.at("classes").get<std::int64_t>();
    read.classNames = facts.at("class_names").get<std::vector<std::string>>();
    read.title = facts.at("title").get<std::string>();
    if (!facts.contains("task")) return read; // written before there were sequences
    read.task = taskFrom(facts.at("task"));
    read.input.vocabulary = facts.at("vocabulary").get<std::int64_t>();
    read.longest = facts.at("longest").get<std::int64_t>();
    read.values = facts.at("values").get<std::int64_t>();
    read.relative = facts.at("relative").get<bool>();
    read.targets = facts.at("targets").get<std::vector<std::int64_t>>();
    if (read.task != graph::Task::Translate) return read;
    const json &target = facts.at("target");
    read.target.shape = shapeFromJson(target.at("input"));
    read.target.shape.vocabulary = target.at("vocabulary").get<std::int64_t>();
    read.target.longest = target.at("longest").get<std::int64_t>();
    return read;
}

/// As text: 64 bits do not fit the numbers of every JSON reader.
std::string hexadecimal(std::uint64_t value)
{
    return fmt::format("{:016x}", value);
}

std::uint64_t fromHexadecimal(const json &entry)
{
    const auto text = entry.get<std::string>();
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (code != std::errc() || end != text.data() + text.size())
        throw json::type_error::create(302, "checksum", &entry);
    return value;
}

Error broken(const std::string &where, const std::string &detail)
{
    return {where, {"train.manifest_broken", {detail}}, {"train.manifest_broken_hint", {}}};
}

std::optional<data::Tokenizer> tokenizerFrom(const json &source, const char *key)
{
    const auto entry = source.find(key);
    if (entry == source.end()) return {};
    auto read = data::Tokenizer::fromJson(*entry);
    if (!read) throw json::type_error::create(302, key, &*entry);
    return *std::move(read);
}

/// All but the project. Throws nlohmann's exceptions.
void readFields(const json &source, Manifest &manifest)
{
    manifest.data_checksum = fromHexadecimal(source.at("data_checksum"));
    const json &statistics = source.at("statistics");
    manifest.statistics.mean = statistics.at("mean").get<std::vector<float>>();
    manifest.statistics.deviation = statistics.at("deviation").get<std::vector<float>>();
    if (statistics.contains("answer_mean")) {
        manifest.statistics.answerMean = statistics.at("answer_mean").get<std::vector<float>>();
        manifest.statistics.answerDeviation =
            statistics.at("answer_deviation").get<std::vector<float>>();
    }
    manifest.facts = factsFromJson(source.at("facts"));
    manifest.tokenizer = tokenizerFrom(source, "tokenizer");
    manifest.targetTokenizer = tokenizerFrom(source, "target_tokenizer");
    manifest.device = source.at("device").get<std::string>();
    manifest.threads = source.at("threads").get<int>();
    manifest.precision = source.at("precision").get<std::string>();
    manifest.torch_version = source.at("torch_version").get<std::string>();
    manifest.ostrich_version = source.at("ostrich_version").get<std::string>();
    manifest.started = source.at("started").get<std::string>();
}

} // namespace

nlohmann::json toJson(const Manifest &manifest)
{
    const auto project = parseJson(project::toText(manifest.project), kManifestFile);
    json written{{"format", kFormat},
                 {"version", kVersion},
                 {"project", project ? *project : json()},
                 {"data_checksum", hexadecimal(manifest.data_checksum)},
                 {"statistics",
                  {{"mean", manifest.statistics.mean},
                   {"deviation", manifest.statistics.deviation},
                   {"answer_mean", manifest.statistics.answerMean},
                   {"answer_deviation", manifest.statistics.answerDeviation}}},
                 {"facts", toJson(manifest.facts)},
                 {"device", manifest.device},
                 {"threads", manifest.threads},
                 {"precision", manifest.precision},
                 {"torch_version", manifest.torch_version},
                 {"ostrich_version", manifest.ostrich_version},
                 {"started", manifest.started},
                 {"summary", manifest.summary ? toJson(*manifest.summary) : json()}};
    if (manifest.tokenizer) written["tokenizer"] = manifest.tokenizer->toJson();
    if (manifest.targetTokenizer) written["target_tokenizer"] = manifest.targetTokenizer->toJson();
    return written;
}

Result<Manifest> manifestFromJson(const nlohmann::json &source, const std::string &where)
{
    if (!source.is_object() || source.value("format", json()) != kFormat)
        return Error{where, {"train.not_a_run", {}}, {"train.not_a_run_hint", {}}};
    const json version = source.value("version", json());
    if (version.is_number_integer() && version.get<std::int64_t>() > kVersion)
        return Error{where, {"train.run_newer", {version.dump()}}, {"train.run_newer_hint", {}}};
    if (!version.is_number_integer() || !source.contains("project"))
        return broken(where, version.is_number_integer() ? "project" : "version");

    Manifest manifest;
    auto project = project::projectFromText(jsonText(source["project"]), where);
    if (!project) return project.error();
    manifest.project = std::move(*project);
    try {
        readFields(source, manifest);
    } catch (const json::exception &exception) {
        return broken(where, exception.what());
    }
    if (const json summary = source.value("summary", json()); !summary.is_null()) {
        auto read = summaryFromJson(summary);
        if (!read) return broken(where, read.error().where);
        manifest.summary = std::move(*read);
    }
    return manifest;
}

std::string timeStamp()
{
    std::tm parts{};
    const std::time_t time = std::time(nullptr);
    gmtime_r(&time, &parts);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", parts);
}

Result<void> saveManifest(const Manifest &manifest, const std::filesystem::path &folder)
{
    return writeFile(folder / kManifestFile, jsonText(toJson(manifest), 2) + "\n");
}

Result<Manifest> loadManifest(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / kManifestFile;
    std::error_code code;
    const bool isFolder = std::filesystem::is_directory(folder, code);
    if (isFolder && !std::filesystem::exists(file, code))
        return Error{folder.string(), {"train.not_a_run", {}}, {"train.not_a_run_hint", {}}};
    const auto text = isFolder ? readFile(file) : readFile(folder);
    if (!text) return text.error();
    if (!isFolder)
        return Error{folder.string(), {"train.not_a_run", {}}, {"train.not_a_run_hint", {}}};
    const auto json = parseJson(*text, file.string());
    if (!json) return json.error();
    return manifestFromJson(*json, file.string());
}

} // namespace ostrich::train
