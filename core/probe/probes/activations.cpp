// What the blocks put out for one sample.
#include "probe/sample_torch.hpp"

#include <c10/core/GradMode.h>

namespace ostrich::probe::activations {

namespace {

class Activations final : public Probe {
public:
    const ProbeDescription &description() const override
    {
        static const ProbeDescription description{
            .name = "activations",
            .label = {"Activations", "Activations"},
            .help = {"What a block puts out for the sample; of all blocks, if none is named.",
                     "Ce que sort un bloc pour l'exemple ; de tous, si aucun n'est nommé."}};
        return description;
    }

    std::vector<std::string> blocks(const ProbeSubject &subject) const override
    {
        std::vector<std::string> all;
        for (const engine::Model::Node &node : subject.model->nodes()) all.push_back(node.block);
        return all;
    }

    Result<ProbeResult> look(const ProbeSubject &subject, const ProbeOptions &options,
                             std::stop_token stop) const override
    {
        std::vector<std::string> wanted = blocks(subject);
        if (!options.block.empty()) {
            const auto block = chosenBlock(wanted, options.block);
            if (!block) return block.error();
            wanted = {*block};
        }
        auto sample = sampleOf(subject, options);
        if (!sample) return sample.error();
        if (stop.stop_requested()) return cancelled();
        ProbeResult result{.block = options.block, .arrays = {}, .steps = std::move(sample->steps)};
        const auto looked = engine::guarded("activations", [&] {
            const c10::NoGradGuard noGrad;
            for (const auto &[block, output] : subject.model->trace(sample->feeds, wanted))
                result.arrays[block] = engine::toArray(output.select(0, 0));
        });
        if (!looked) return looked.error();
        return result;
    }
};

} // namespace

std::unique_ptr<Probe> create()
{
    return std::make_unique<Activations>();
}

} // namespace ostrich::probe::activations
