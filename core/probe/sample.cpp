// One sample of a data set, looked up and fed.
#include "probe/sample_torch.hpp"

#include "data/option.hpp"
#include "data/tokenizer.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>

namespace ostrich::probe {

namespace {

std::vector<std::string> wordsOf(std::span<const std::int32_t> ids,
                                 const data::Tokenizer *tokenizer)
{
    if (!tokenizer) return numbered(std::ssize(ids));
    const std::vector<std::string> pieces = tokenizer->visiblePieces();
    std::vector<std::string> words;
    for (const std::int32_t id : ids) words.push_back(pieces.at(static_cast<std::size_t>(id)));
    return words;
}

void nameSteps(const data::Dataset &dataset, const data::Samples &samples, std::int64_t index,
               Sample &sample)
{
    if (!samples.sequences()) return;
    const std::int64_t steps = samples.steps(index);
    if (samples.tokens.empty()) {
        sample.steps = numbered(steps);
    } else {
        const auto first = samples.tokens.begin() + samples.starts[static_cast<std::size_t>(index)];
        sample.steps = wordsOf({first, first + steps}, dataset.tokenizer.get());
    }
    if (samples.targets.starts.empty()) return;
    const auto target = samples.targets.row(index);
    sample.targetSteps = wordsOf(target.first(target.size() - 1), dataset.targetTokenizer.get());
}

} // namespace

std::vector<std::string> numbered(std::int64_t count)
{
    std::vector<std::string> names;
    for (std::int64_t i = 0; i < count; ++i) names.push_back(std::to_string(i));
    return names;
}

Result<Sample> sampleOf(const ProbeSubject &subject, const ProbeOptions &options)
{
    const data::Samples &samples = subject.dataset->split(options.split);
    const std::string where(data::name(options.split));
    if (options.sample < 0 || options.sample >= samples.count())
        return Error{where,
                     {"probe.no_such_sample", {std::to_string(options.sample)}},
                     {"probe.no_such_sample_hint", {std::to_string(samples.count() - 1)}}};
    Sample sample;
    const auto made = engine::guarded(where, [&] {
        const std::array indices{options.sample};
        sample.batch = data::batchOf(samples, indices);
        sample.feeds = subject.model->feeds(sample.batch);
        nameSteps(*subject.dataset, samples, options.sample, sample);
    });
    if (!made) return made.error();
    return sample;
}

std::vector<std::string> tellingBlocks(const ProbeSubject &subject, const Wanted &wanted)
{
    for (const data::Split split :
         {data::Split::Test, data::Split::Validation, data::Split::Train}) {
        const auto sample = sampleOf(subject, {.split = split, .sample = 0, .block = {}});
        if (!sample) continue;
        std::vector<std::string> blocks;
        // A network that fails here fails with its words when it is looked into.
        const auto asked = engine::guarded("probe", [&] {
            const c10::NoGradGuard noGrad;
            for (const auto &[block, told] : subject.model->insides(sample->feeds))
                if (std::ranges::any_of(told, wanted, &blocks::NamedTensor::name))
                    blocks.push_back(block);
        });
        return asked ? blocks : std::vector<std::string>();
    }
    return {};
}

Result<std::string> chosenBlock(const std::vector<std::string> &known, const std::string &asked)
{
    if (known.empty())
        return Error{asked.empty() ? "network" : asked,
                     {"probe.nothing_inside", {}},
                     {"probe.nothing_inside_hint", {}}};
    if (asked.empty()) return known.front();
    if (std::ranges::find(known, asked) != known.end()) return asked;
    return Error{
        asked, {"probe.no_such_block", {}}, {"probe.no_such_block_hint", {data::joined(known)}}};
}

Error cancelled()
{
    return {"probe", {"probe.cancelled", {}}, {}};
}

} // namespace ostrich::probe
