// ostrich-cli bench: samples/s of the reference networks against the floor measured on this
// machine.
#include "cli/answer.hpp"
#include "cli/verb.hpp"
#include "engine/machine.hpp"
#include "project/templates.hpp"
#include "train/benchmark.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string model;
    std::string device = "auto";
};

const std::vector<std::string> kReferenceNetworks{"mlp", "lenet", "vgg-small", "resnet8"};

nlohmann::json toJson(const train::BenchmarkLine &line, const std::string &device)
{
    return {{"model", line.model},
            {"mode", line.mode},
            {"batch", line.batch},
            {"precision", line.precision},
            {"device", device},
            {"samples_per_second", line.samples_per_second},
            {"floor_ratio", line.floor_ratio},
            {"peak_memory_bytes", line.peak_memory_bytes}};
}

int bench(const Options &options, const Context &context)
{
    const auto device = engine::resolveDevice(options.device);
    if (!device) return fail(context, device.error());
    engine::setThreadCount(engine::machineFacts().cores);
    const auto names = options.model.empty() ? kReferenceNetworks : std::vector{options.model};
    std::vector<std::vector<std::string>> rows{
        {text(context, "cli.network"), text(context, "cli.mode"), "batch",
         text(context, "cli.precision"), text(context, "cli.per_second"),
         text(context, "cli.floor_ratio"), text(context, "cli.memory")}};
    for (const std::string &name : names) {
        const auto project = project::newProject(name);
        if (!project) return fail(context, project.error());
        const auto measured =
            train::benchmark(name, *project, *device, [&](const train::BenchmarkLine &line) {
                if (context.json) {
                    printLine(toJson(line, *device));
                    return;
                }
                rows.push_back({line.model, line.mode, std::to_string(line.batch), line.precision,
                                grouped(static_cast<std::int64_t>(line.samples_per_second)),
                                percent(line.floor_ratio), bytes(line.peak_memory_bytes)});
            });
        if (!measured) return fail(context, measured.error(), kAnswerIsNo);
    }
    if (!context.json) print(table(rows));
    return kDone;
}

} // namespace

Work declareBench(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    app.add_option("--model", options->model, text(context, "cli.help_model"));
    app.add_option("--device", options->device, text(context, "cli.help_device"));
    return [options, &context] { return bench(*options, context); };
}

} // namespace ostrich::cli
