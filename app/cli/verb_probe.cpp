// ostrich-cli probe: looks inside a trained network, and writes what it finds as numbers or as a
// picture.
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/npz.hpp"
#include "data/option.hpp"
#include "probe/heat_map.hpp"
#include "probe/probe.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string run;
    std::string what;
    std::string split = "test";
    std::string file;
    std::string device = "auto";
    probe::ProbeOptions probe;
};

std::vector<std::string> probeNames()
{
    std::vector<std::string> names;
    for (const auto &probe : probe::probes()) names.push_back(probe->description().name);
    return names;
}

Result<const probe::Probe *> probeFrom(const std::string &what)
{
    if (const probe::Probe *probe = probe::findProbe(what)) return probe;
    return Error{"--what " + what,
                 {"cli.no_such_probe", {}},
                 {"cli.no_such_probe_hint", {data::joined(probeNames())}}};
}

bool isPicture(const std::string &file)
{
    return std::filesystem::path(file).extension() == ".png";
}

Result<void> checkFile(const std::string &file)
{
    if (isPicture(file) || std::filesystem::path(file).extension() == ".npz") return {};
    return Error{"--out " + file, {"cli.probe_file", {}}, {"cli.probe_file_hint", {}}};
}

Result<void> save(const probe::ProbeResult &result, const std::string &file)
{
    if (isPicture(file)) return probe::saveHeatMap(result, file);
    std::vector<data::NpzEntry> entries;
    for (const auto &[name, array] : result.arrays) entries.push_back({name, array});
    return data::saveNpz(entries, file);
}

void printResult(const Options &options, const train::Run &run, const probe::ProbeResult &result,
                 const Context &context)
{
    if (context.json) {
        nlohmann::json shapes = nlohmann::json::object();
        for (const auto &[name, array] : result.arrays) shapes[name] = array.shape;
        nlohmann::json answer{{"run", run.folder.string()}, {"what", options.what},
                              {"block", result.block},      {"sample", options.probe.sample},
                              {"arrays", shapes},           {"file", options.file}};
        if (!result.steps.empty()) answer["steps"] = result.steps;
        if (!result.keys.empty()) answer["keys"] = result.keys;
        printLine(answer);
        return;
    }
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.array"), text(context, "cli.shape")}};
    for (const auto &[name, array] : result.arrays)
        rows.push_back({name, fmt::format("({})", fmt::join(array.shape, ", "))});
    print(table(rows));
    print(text(context, "cli.probe_saved", {options.file}));
}

int look(Options options, const Context &context)
{
    const auto probe = probeFrom(options.what);
    if (!probe) return fail(context, probe.error());
    if (const auto checked = checkFile(options.file); !checked)
        return fail(context, checked.error());
    const auto split = splitFrom(options.split);
    if (!split) return fail(context, split.error());
    options.probe.split = *split;
    auto trained = openTrained(options.run, options.device);
    if (!trained) return fail(context, trained.error());
    const probe::ProbeSubject subject{trained->run.manifest.project.network, trained->model,
                                      trained->dataset};
    const auto result = (*probe)->look(subject, options.probe, interruption());
    if (!result) {
        const bool stopped = result.error().what.id == "probe.cancelled";
        return fail(context, result.error(), stopped ? kAnswerIsNo : kBadInput);
    }
    if (const auto saved = save(*result, options.file); !saved) return fail(context, saved.error());
    printResult(options, trained->run, *result, context);
    return kDone;
}

} // namespace

Work declareProbe(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    const auto help = [&](const char *id, std::vector<std::string> arguments = {}) {
        return text(context, std::string("cli.help_") + id, std::move(arguments));
    };
    app.add_option("run", options->run, help("run"))->required();
    app.add_option("--what", options->what, help("what", {data::joined(probeNames())}))->required();
    app.add_option("--sample", options->probe.sample, help("probe_sample"));
    app.add_option("--split", options->split, help("split"));
    app.add_option("--block", options->probe.block, help("probe_block"));
    app.add_option("-o,--out", options->file, help("probe_out"))->required();
    app.add_option("--device", options->device, help("device"));
    return [options, &context] { return look(*options, context); };
}

} // namespace ostrich::cli
