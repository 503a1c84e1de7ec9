// ostrich-cli attack: tries to fool a trained network, on samples of its data or on a photograph.
#include "attack/words.hpp"
#include "cli/attack_answers.hpp"
#include "cli/attack_files.hpp"
#include "cli/attack_report.hpp"
#include "cli/attack_study.hpp"
#include "cli/attack_task.hpp"
#include "cli/attack_text.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_bar.hpp"
#include "cli/verb.hpp"

#include <CLI/Option.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace ostrich::cli {

namespace {

Result<void> save(const AttackTask &task, const attack::AttackResult &result,
                  const std::vector<std::int64_t> &indices)
{
    const AttackRequest &request = task.request;
    if (!request.npz.empty())
        if (auto saved = saveArrays(result, request.npz); !saved) return saved;
    if (request.folder.empty()) return {};
    return savePictures(task.subject(), result, indices, request.folder);
}

/// What a bar is called: "pgd, epsilon 0.1".
std::string barLabel(const attack::AttackOptions &options)
{
    const bool isHeld = !attack::describedAttack(options.attack)->norms.empty();
    return isHeld ? fmt::format("{}, epsilon {:.3g}", options.attack, options.epsilon)
                  : options.attack;
}

Result<attack::AttackResult> attackedPhoto(const AttackTask &task,
                                           const attack::AttackOptions &options,
                                           const Context &context)
{
    ProgressBar bar(context, barLabel(options));
    attack::AttackWatcher watcher;
    if (bar.isShown())
        watcher = [&](const attack::AttackStep &step) {
            if (step.steps > 0)
                bar.show(static_cast<double>(step.step + 1) / static_cast<double>(step.steps));
            else
                bar.showStep(step.step + 1);
        };
    return attack::attackPicture(task.subject(), task.sample->x, task.sample->label, options,
                                 interruption(), watcher);
}

/// A photograph, made to fit the network.
int attackPhoto(const AttackTask &task, const Context &context)
{
    AttackFindings story(task, context);
    for (const double epsilon : task.request.epsilons) {
        const attack::AttackOptions options = task.at(epsilon);
        const auto result = attackedPhoto(task, options, context);
        if (!result) return failAttack(context, result.error());
        if (const auto saved = save(task, *result, {0}); !saved)
            return fail(context, saved.error());
        printPhoto(task.photo, options, task.networks.facts(), *result, context);
        story.add(options, *result);
    }
    if (const auto saved = saveReport(task, {story.finished()}, context); !saved)
        return fail(context, saved.error());
    return kDone;
}

Result<attack::AttackResult> attackedSamples(const AttackTask &task,
                                             const attack::AttackOptions &options,
                                             const Context &context)
{
    ProgressBar bar(context, barLabel(options));
    return attack::attackSamples(task.subject(), task.samples(), task.indices, options,
                                 bar.progress(), interruption());
}

int attackAll(const AttackTask &task, bool wantsHonesty, const Context &context)
{
    AttackFindings story(task, context);
    std::vector<robustness::Findings> checklists;
    for (const double epsilon : task.request.epsilons) {
        const attack::AttackOptions options = task.at(epsilon);
        const auto result = attackedSamples(task, options, context);
        if (!result) return failAttack(context, result.error());
        if (const auto saved = save(task, *result, task.indices); !saved)
            return fail(context, saved.error());
        story.add(options, *result);
        if (!wantsHonesty) {
            printSamples(options, *result, nullptr, context);
            continue;
        }
        auto checklist = honestyOf(task, epsilon, context);
        printSamples(options, *result, checklist ? &*checklist : nullptr, context);
        if (checklist)
            checklists.push_back(*std::move(checklist));
        else if (isCancelled(checklist.error()))
            return failAttack(context, checklist.error());
        else
            note(context, checklist.error().what); // what was measured stands nevertheless
    }
    const bool isDoubtful = std::ranges::any_of(checklists, hasFailed);
    checklists.insert(checklists.begin(), story.finished());
    if (const auto saved = saveReport(task, checklists, context); !saved)
        return fail(context, saved.error());
    return isDoubtful ? kAnswerIsNo : kDone;
}

int attackWith(const AttackArguments &arguments, const Context &context)
{
    if (arguments.list) {
        printAttacks(context);
        return kDone;
    }
    if (arguments.attack.attack == attack::kWordAttack) return attackTexts(arguments, context);
    const auto task = attackTask(arguments);
    if (!task) return fail(context, task.error());
    if (!arguments.verify.empty()) {
        std::optional<double> epsilon;
        if (arguments.has("--eps")) epsilon = task->request.epsilons.front();
        return verifyFiles(task->subject(), arguments.verify, task->request.attack.norm, epsilon,
                           context);
    }
    for (const Message &message : task->request.notes) note(context, message);
    if (!task->request.studies.empty()) return studyNetworks(*task, context);
    if (!task->photo.empty()) return attackPhoto(*task, context);
    return attackAll(*task, arguments.honesty, context);
}

/// The options that were written, by their names.
std::vector<std::string> given(const CLI::App &app)
{
    std::vector<std::string> names;
    for (const CLI::Option *option : app.get_options())
        if (option->count() > 0) names.push_back(option->get_name());
    return names;
}

} // namespace

Work declareAttack(CLI::App &app, const Context &context)
{
    const auto arguments = std::make_shared<AttackArguments>();
    const auto help = [&](const char *id, std::vector<std::string> words = {}) {
        return text(context, std::string("cli.help_") + id, std::move(words));
    };
    app.add_option("run", arguments->runs, help("attack_run"));
    app.add_option("--attack", arguments->attack.attack, help("attack", {attackNames()}));
    app.add_option("--norm", arguments->norm, help("norm"));
    app.add_option("--eps", arguments->epsilons, help("eps"));
    app.add_option("--steps", arguments->attack.steps, help("steps"));
    app.add_option("--restarts", arguments->attack.restarts, help("restarts"));
    app.add_option("--seed", arguments->attack.seed, help("seed"));
    app.add_option("--set", arguments->settings, help("attack_set"))->allow_extra_args(false);
    app.add_option("--from", arguments->surrogate, help("from"));
    app.add_option("--defence", arguments->defence, help("defence"));
    app.add_option("--study", arguments->studies, help("study"));
    app.add_option("--report", arguments->report, help("report"));
    app.add_flag("--honesty", arguments->honesty, help("honesty"));
    app.add_option("--samples", arguments->samples, help("samples"));
    app.add_option("--sample", arguments->sample, help("attack_sample"));
    app.add_option("--split", arguments->split, help("split"));
    app.add_option("--class", arguments->onlyClass, help("class"));
    app.add_option("--target", arguments->target, help("target"));
    app.add_option("--input", arguments->photo, help("photo"));
    app.add_option("--save", arguments->save, help("save"));
    app.add_option("--save-png", arguments->savePng, help("save_png"));
    app.add_option("--verify", arguments->verify, help("verify"));
    app.add_option("--data", arguments->data, help("data"));
    app.add_option("--classes", arguments->classes, help("classes"));
    app.add_option("--mean", arguments->mean, help("mean"));
    app.add_option("--std", arguments->deviation, help("deviation"));
    app.add_flag("--trust", arguments->trust, help("trust"));
    app.add_flag("--list", arguments->list, help("list"));
    app.add_option("--device", arguments->device, help("device"));
    return [arguments, &app, &context] {
        arguments->given = given(app);
        return attackWith(*arguments, context);
    };
}

} // namespace ostrich::cli
