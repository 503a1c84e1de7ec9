// How steep the loss is where an attack begins.
#include "robustness/gradient_sizes.hpp"

#include "attack/objection.hpp"
#include "attack/series_torch.hpp"

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
    const auto largest = static_cast<std::size_t>(subject.classifier->largestBatch(kLargestBatch));
    std::vector<double> sizes;
    for (const auto &places : attack::placesByLength(samples, indices)) {
        const std::vector<std::int64_t> all = attack::at(indices, places);
        for (std::size_t first = 0; first < all.size(); first += largest) {
            if (stop.stop_requested()) return attack::cancelled();
            const auto here = std::span(all).subspan(first, std::min(largest, all.size() - first));
            const auto ran = engine::guarded("attack", [&] {
                const attack::AttackBatch batch = lab.batch(
                    attack::gathered(samples, here), attack::labelsOf(samples, here), options);
                const at::Tensor slope = attack::lossGradient(batch, batch.x).first;
                const Array steepest = engine::toArray(attack::norms(slope, attack::Norm::Linf));
                sizes.insert(sizes.end(), steepest.values.begin(), steepest.values.end());
            });
            if (!ran) return ran.error();
        }
    }
    return sizes;
}

} // namespace ostrich::robustness
