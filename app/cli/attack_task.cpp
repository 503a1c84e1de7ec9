// From the arguments of `ostrich-cli attack` to what is to be done.
#include "cli/attack_task.hpp"

#include "cli/opening.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::cli {

namespace {

/// A photograph and pictures that were kept need none.
bool needsData(const AttackArguments &arguments, const AttackRequest &request)
{
    if (!arguments.verify.empty()) return false;
    return arguments.photo.empty() || !std::ranges::all_of(request.studies, looksAtOne);
}

/// Data of this one picture, for a study that asks what kind of samples there are.
std::shared_ptr<const data::Dataset> dataOf(const robustness::StudySample &photo,
                                            const std::string &file, const AttackRequest &request,
                                            const graph::DataFacts &facts)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->source = file;
    dataset->facts = facts;
    data::Samples &samples = dataset->splits[static_cast<std::size_t>(request.split)];
    samples.sampleShape = photo.x.shape;
    for (const float value : photo.x.values)
        samples.bytes.push_back(static_cast<std::uint8_t>(std::lround(value * 255.0F)));
    samples.labels = {static_cast<std::int32_t>(photo.label.value_or(0))}; // the study asks `photo`
    return dataset;
}

Result<void> lookUpClasses(const AttackArguments &arguments, AttackTask &task)
{
    for (const auto &[argument, words, place] :
         {std::tuple("--target", arguments.target, &task.request.attack.target),
          std::tuple("--class", arguments.onlyClass, &task.onlyClass)}) {
        if (words.empty()) continue;
        const auto index = classFrom(task.networks.facts(), argument, words);
        if (!index) return index.error();
        *place = *index;
    }
    return {};
}

/// What a study of one looks at: a photograph, or --sample.
Result<void> lookUpSample(const AttackArguments &arguments, AttackTask &task)
{
    if (!arguments.photo.empty()) {
        auto picture = data::fitPicture(arguments.photo, task.networks.facts());
        if (!picture) return picture.error();
        task.sample = robustness::StudySample{*std::move(picture), task.onlyClass};
        if (task.networks.dataset || task.request.studies.empty()) return {};
        task.networks.dataset =
            dataOf(*task.sample, arguments.photo, task.request, task.networks.facts());
        task.indices = {0};
        return {};
    }
    if (!arguments.sample) return {};
    const data::Samples &samples = task.samples();
    const std::int64_t index = *arguments.sample;
    if (index < 0 || index >= samples.count())
        return Error{
            "--sample " + std::to_string(index),
            {"attack.no_such_sample", {std::to_string(index), std::to_string(samples.count())}},
            {}};
    task.sample = robustness::StudySample{samples.sample(index), {}};
    const auto place = static_cast<std::size_t>(index);
    if (place < samples.labels.size()) task.sample->label = samples.labels[place];
    return {};
}

} // namespace

attack::AttackOptions AttackTask::at(double epsilon) const
{
    attack::AttackOptions options = request.attack;
    options.epsilon = epsilon;
    return options;
}

Result<AttackTask> attackTask(const AttackArguments &arguments)
{
    auto request = attackRequest(arguments);
    if (!request) return request.error();
    auto networks = openAttacked(arguments, needsData(arguments, *request));
    if (!networks) return networks.error();
    AttackTask task{.request = *std::move(request),
                    .networks = *std::move(networks),
                    .onlyClass = {},
                    .indices = {},
                    .sample = {},
                    .photo = arguments.photo};
    if (auto found = lookUpClasses(arguments, task); !found) return found.error();
    if (task.request.epsilons.empty())
        task.request.epsilons = {
            attack::usualEpsilon(*attack::describedAttack(task.request.attack.attack),
                                 task.request.attack.norm, task.networks.facts())};
    if (task.networks.dataset)
        task.indices = chosen(task.samples(), arguments.samples, task.onlyClass);
    if (auto found = lookUpSample(arguments, task); !found) return found.error();
    return task;
}

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

} // namespace ostrich::cli
