// How steep the loss is where an attack begins.
#include "robustness/gradient_sizes.hpp"

#include "attack/lab_torch.hpp"
#include "attack/objection.hpp"

#include <algorithm>

namespace ostrich::robustness {

namespace {

constexpr std::int64_t kLargestBatch = 128;

} // namespace

Result<std::vector<double>> gradientSizes(const attack::Subject &subject,
                                          const data::Samples &samples,
                                          const std::vector<std::int64_t> &indices,
                                          std::stop_token stop)
{
    const attack::AttackOptions options; // whose loss it is: that of an attack without a target
    if (auto error = attack::objection(subject.facts, options, samples.sampleShape)) return *error;
    if (auto error = attack::objection(subject.facts, samples, indices)) return *error;
    const attack::Lab lab(subject, options, samples.pictures(), stop);
    const std::span all(indices);
    const auto largest = static_cast<std::size_t>(subject.classifier->largestBatch(kLargestBatch));
    std::vector<double> sizes;
    for (std::size_t first = 0; first < all.size(); first += largest) {
        if (stop.stop_requested()) return attack::cancelled();
        const auto here = all.subspan(first, std::min(largest, all.size() - first));
        const auto ran = engine::guarded("attack", [&] {
            const attack::AttackBatch batch = lab.batch(attack::gathered(samples, here),
                                                        attack::labelsOf(samples, here), options);
            const at::Tensor slope = attack::lossGradient(batch, batch.x).first;
            const Array largestEntry = engine::toArray(attack::norms(slope, attack::Norm::Linf));
            sizes.insert(sizes.end(), largestEntry.values.begin(), largestEntry.values.end());
        });
        if (!ran) return ran.error();
    }
    return sizes;
}

} // namespace ostrich::robustness
