// Gates and states of one recurrent block for one sample, step by step.
#include "probe/states.hpp"

#include "probe/sample_torch.hpp"

#include <c10/core/GradMode.h>

#include <algorithm>

namespace ostrich::probe {

namespace {

bool matches(const std::string &name, const std::vector<std::string> &patterns)
{
    return std::ranges::any_of(patterns, [&](const std::string &pattern) {
        return pattern.ends_with('_') ? name.starts_with(pattern) : name == pattern;
    });
}

class StatesProbe final : public Probe {
public:
    StatesProbe(ProbeDescription description, std::vector<std::string> needed,
                std::vector<std::string> shown)
        : m_description(std::move(description)),
          m_needed(std::move(needed)),
          m_shown(std::move(shown))
    {
    }

    const ProbeDescription &description() const override { return m_description; }

    std::vector<std::string> blocks(const ProbeSubject &subject) const override
    {
        return tellingBlocks(subject,
                             [this](const std::string &name) { return matches(name, m_needed); });
    }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        const auto block = chosenBlock(blocks(subject), options.block);
        if (!block) return block.error();
        auto sample = sampleOf(subject, options);
        if (!sample) return sample.error();
        if (stop.stop_requested()) return cancelled();
        ProbeResult result{.block = *block, .arrays = {}, .steps = std::move(sample->steps)};
        const auto looked = engine::guarded(*block, [&] {
            const c10::NoGradGuard noGrad;
            for (const auto &[name, tensor] : subject.model->inside(sample->feeds, *block))
                if (matches(name, m_needed) || matches(name, m_shown))
                    result.arrays[name] = engine::toArray(tensor.select(0, 0));
        });
        if (!looked) return looked.error();
        const std::int64_t steps = result.arrays.begin()->second.dim(0);
        if (steps == std::ssize(sample->targetSteps) && steps != std::ssize(result.steps))
            result.steps = std::move(sample->targetSteps);
        if (steps != std::ssize(result.steps)) result.steps = numbered(steps);
        return result;
    }

private:
    ProbeDescription m_description;
    std::vector<std::string> m_needed, m_shown;
};

} // namespace

std::unique_ptr<Probe> statesProbe(ProbeDescription description, std::vector<std::string> needed,
                                   std::vector<std::string> shown)
{
    return std::make_unique<StatesProbe>(std::move(description), std::move(needed),
                                         std::move(shown));
}

} // namespace ostrich::probe
