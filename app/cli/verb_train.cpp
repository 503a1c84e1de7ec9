// ostrich-cli train: trains a project's network, or goes on with a run.
#include "cli/answer.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/training_view.hpp"
#include "cli/verb.hpp"
#include "data/source.hpp"
#include "engine/machine.hpp"
#include "graph/group.hpp"
#include "train/trainer.hpp"

#include <CLI/Option.hpp>

#include <memory>

namespace ostrich::cli {

namespace {

struct Options {
    std::string file;
    std::string data;
    std::vector<std::string> settings;
    std::string device = "auto";
    std::string out;
    std::string resume;
};

struct Plan {
    project::Project project;
    std::filesystem::path folder; // empty: the project's next run
    bool folderIsThere = false;
    bool hasOtherData = false; // than the network was drawn for
};

/// The project's file, or the copy of it that the run to resume owns, and where the run shall live.
Result<Plan> planOf(const Options &options)
{
    if (options.resume.empty() && options.file.empty())
        return Error{"train", {"cli.train_what", {}}, {"cli.train_what_hint", {}}};
    if (!options.out.empty() && !options.resume.empty())
        return Error{"--out", {"cli.out_and_resume", {}}, {}};
    Plan plan{.project = {}, .folder = options.out};
    if (!options.file.empty()) {
        auto opened = openProject(options.file);
        if (!opened) return opened.error();
        plan.project = std::move(*opened);
    }
    if (!options.resume.empty()) {
        auto run = openRunOf(options.resume);
        if (!run) return run.error();
        if (!options.file.empty()
            && !graph::sameNetwork(plan.project.network, run->manifest.project.network))
            return Error{options.resume,
                         {"cli.resume_other_network", {options.file}},
                         {"cli.resume_other_network_hint", {}}};
        plan.project = std::move(run->manifest.project);
        plan.project.data =
            project::dataSource(plan.project, run->folder / ".." / ".." / "project");
        plan.folder = run->folder;
    }
    const std::string ownData = plan.project.data;
    if (!options.data.empty()) setData(plan.project, options.data);
    if (auto set = applySettings(plan.project, options.settings); !set) return set.error();
    plan.hasOtherData = options.resume.empty() && plan.project.data != ownData;
    std::error_code ignored;
    plan.folderIsThere = !plan.folder.empty() && std::filesystem::exists(plan.folder, ignored);
    if (options.resume.empty() && plan.folderIsThere
        && !std::filesystem::is_empty(plan.folder, ignored))
        return Error{options.out, {"cli.run_exists", {}}, {"cli.run_exists_hint", {options.out}}};
    return plan;
}

/// A training that did not begin leaves no empty folder behind.
void removeUnused(const Plan &plan, const std::filesystem::path &folder)
{
    if (plan.folderIsThere) return;
    std::error_code isInUse; // then it stays
    if (std::filesystem::remove(folder, isInUse) && plan.folder.empty())
        std::filesystem::remove(folder.parent_path(), isInUse);
}

/// Shows the events until the trainer has said its last. Returns an ExitCode.
int follow(train::Trainer &trainer, TrainingView &view)
{
    const std::stop_token asked = interruption();
    bool stopping = false, hasFailed = false;
    while (true) {
        if (asked.stop_requested() && !stopping) {
            trainer.stop();
            stopping = true;
        }
        const auto events = trainer.waitForEvents(std::chrono::milliseconds(200));
        bool isDone = false;
        for (const train::Event &event : events) {
            if (const auto *step = std::get_if<train::StepMetrics>(&event)) {
                view.step(*step);
            } else if (const auto *epoch = std::get_if<train::EpochMetrics>(&event)) {
                view.epoch(*epoch);
            } else if (const auto *failed = std::get_if<train::Failed>(&event)) {
                view.failed(failed->error);
                hasFailed = true;
            } else if (const auto *summary = std::get_if<train::Summary>(&event)) {
                view.done(*summary);
                hasFailed = hasFailed || summary->stopped_by == "error";
                isDone = true;
            }
        }
        const train::State state = trainer.state();
        const bool isOver = state == train::State::Finished || state == train::State::Failed;
        if (isDone || (events.empty() && isOver)) return hasFailed ? kAnswerIsNo : kDone;
    }
}

int train(const Options &options, const Context &context)
{
    auto plan = planOf(options);
    if (!plan) return fail(context, plan.error());
    project::Project &project = plan->project;
    const auto device = engine::resolveDevice(options.device);
    if (!device) return fail(context, device.error());
    const auto dataset = data::load(project.data, project.recipe.seed, {}, interruption());
    if (!dataset) return fail(context, dataset.error());
    if (plan->hasOtherData) fitNetwork(project, (*dataset)->facts, context);
    const auto folder = plan->folder.empty()
                            ? train::newRunFolder(project::runsFolder(options.file))
                            : Result(plan->folder);
    if (!folder) return fail(context, folder.error());
    auto trainer = train::Trainer::create({.project = project,
                                           .dataset = *dataset,
                                           .device = *device,
                                           .runFolder = *folder,
                                           .resume = !options.resume.empty()});
    if (!trainer) {
        removeUnused(*plan, *folder);
        return fail(context, trainer.error());
    }
    const auto view = context.json ? jsonView(context) : terminalView(context);
    view->started(**trainer, project, **dataset);
    (*trainer)->play();
    return follow(**trainer, *view);
}

} // namespace

Work declareTrain(CLI::App &app, const Context &context)
{
    const auto options = std::make_shared<Options>();
    app.add_option("project", options->file, text(context, "cli.help_project"));
    app.add_option("--data", options->data, text(context, "cli.help_data"));
    app.add_option("--set", options->settings, text(context, "cli.help_set"))
        ->allow_extra_args(false);
    app.add_option("--device", options->device, text(context, "cli.help_device"));
    app.add_option("--out", options->out, text(context, "cli.help_run_out"));
    app.add_option("--resume", options->resume, text(context, "cli.help_resume"));
    return [options, &context] { return train(*options, context); };
}

} // namespace ostrich::cli
