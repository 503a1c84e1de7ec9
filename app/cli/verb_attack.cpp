// ostrich-cli attack: tries to fool a trained network, on samples of its data or on a photograph.
#include "attack/words.hpp"
#include "cli/attack_answers.hpp"
#include "cli/attack_files.hpp"
#include "cli/attack_request.hpp"
#include "cli/attack_study.hpp"
#include "cli/attack_subject.hpp"
#include "cli/attack_text.hpp"
#include "cli/interrupt.hpp"
#include "cli/opening.hpp"
#include "cli/verb.hpp"
#include "data/fitted_picture.hpp"

#include <CLI/Option.hpp>

#include <memory>

namespace ostrich::cli {

namespace {

/// The first `count` samples of the split, of one class if `onlyClass` says so.
std::vector<std::int64_t> chosen(const data::Samples &samples, std::int64_t count,
                                 std::optional<std::int64_t> onlyClass)
{
    std::vector<std::int64_t> indices;
    for (std::int64_t i = 0; i < samples.count() && std::ssize(indices) < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (!onlyClass || (at < samples.labels.size() && samples.labels[at] == *onlyClass))
            indices.push_back(i);
    }
    return indices;
}

Result<void> save(const AttackRequest &request, const attack::Subject &subject,
                  const attack::AttackResult &result, const std::vector<std::int64_t> &indices)
{
    if (!request.npz.empty())
        if (auto saved = saveArrays(result, request.npz); !saved) return saved;
    if (request.folder.empty()) return {};
    return savePictures(subject, result, indices, request.folder);
}

int failAttack(const Context &context, const Error &error)
{
    return fail(context, error, error.what.id == "attack.cancelled" ? kAnswerIsNo : kBadInput);
}

/// A photograph, made to fit the network.
int attackPhoto(const AttackArguments &arguments, const AttackRequest &request,
                attack::AttackOptions options, const AttackedNetworks &networks,
                std::optional<std::int64_t> label, const Context &context)
{
    const auto photo = data::fitPicture(arguments.photo, networks.facts());
    if (!photo) return fail(context, photo.error());
    const attack::Subject &subject = networks.subjects.front();
    for (const double epsilon : request.epsilons) {
        options.epsilon = epsilon;
        const auto result = attack::attackPicture(subject, *photo, label, options, interruption());
        if (!result) return failAttack(context, result.error());
        if (const auto saved = save(request, subject, *result, {0}); !saved)
            return fail(context, saved.error());
        printPhoto(arguments.photo, options, networks.facts(), *result, context);
    }
    return kDone;
}

int attackAll(const AttackRequest &request, attack::AttackOptions options,
              const AttackedNetworks &networks, const std::vector<std::int64_t> &indices,
              const Context &context)
{
    const attack::Subject &subject = networks.subjects.front();
    for (const double epsilon : request.epsilons) {
        options.epsilon = epsilon;
        const auto result = attack::attackSamples(subject, networks.dataset->split(request.split),
                                                  indices, options, {}, interruption());
        if (!result) return failAttack(context, result.error());
        if (const auto saved = save(request, subject, *result, indices); !saved)
            return fail(context, saved.error());
        printSamples(options, *result, context);
    }
    return kDone;
}

int attackWith(const AttackArguments &arguments, const Context &context)
{
    if (arguments.list) {
        printAttacks(context);
        return kDone;
    }
    if (arguments.attack.attack == attack::kWordAttack) return attackTexts(arguments, context);
    const auto request = attackRequest(arguments);
    if (!request) return fail(context, request.error());
    const bool needsData = arguments.photo.empty() && arguments.verify.empty();
    const auto networks = openAttacked(arguments, needsData);
    if (!networks) return fail(context, networks.error());
    attack::AttackOptions options = request->attack;
    std::optional<std::int64_t> onlyClass;
    for (const auto &[argument, words, place] :
         {std::tuple("--target", arguments.target, &options.target),
          std::tuple("--class", arguments.onlyClass, &onlyClass)}) {
        if (words.empty()) continue;
        const auto index = classFrom(networks->facts(), argument, words);
        if (!index) return fail(context, index.error());
        *place = *index;
    }
    if (!arguments.verify.empty()) {
        std::optional<double> epsilon;
        if (!arguments.epsilons.empty()) epsilon = request->epsilons.front();
        return verifyFiles(networks->subjects.front(), arguments.verify, options.norm, epsilon,
                           context);
    }
    if (!arguments.photo.empty())
        return attackPhoto(arguments, *request, options, *networks, onlyClass, context);
    const auto indices =
        chosen(networks->dataset->split(request->split), arguments.samples, onlyClass);
    if (!request->studies.empty())
        return studyNetworks(*request, options, *networks, indices, context);
    return attackAll(*request, options, *networks, indices, context);
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
    app.add_option("--samples", arguments->samples, help("samples"));
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
    return [arguments, &context] { return attackWith(*arguments, context); };
}

} // namespace ostrich::cli
