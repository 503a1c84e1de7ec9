// Randomized smoothing: votes in noise, and what they prove.
#include "robustness/smoothing.hpp"

#include "attack/classifier_torch.hpp"
#include "base/random.hpp"
#include "engine/model_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/bincount.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/randn.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cassert>

namespace ostrich::robustness {

namespace {

// A GPU's share of work, and no more than a CPU's caches hold of small pictures.
constexpr std::int64_t kLargestBatch = 256;

/// (1, ...) in epsilon's units.
at::Tensor inEpsilons(const attack::Classifier &classifier, const Array &x)
{
    const at::Tensor read = at::from_blob(const_cast<float *>(x.values.data()), x.shape, at::kFloat)
                                .to(classifier.device(), classifier.dtype(), false, true)
                                .unsqueeze(0);
    const at::Tensor scale = classifier.scale();
    return scale.defined() ? read / scale : read;
}

/// The same noise on every device: it is drawn on the CPU.
at::Tensor noiseLike(const at::Tensor &x, std::int64_t draws, at::Generator &generator)
{
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape[0] = draws;
    return at::randn(shape, generator, x.options().device(at::kCPU)).to(x.device());
}

/// Whether `first` of `first + second` fair coins is too far from a half for chance at `alpha`,
/// two-sided; first >= second.
bool differ(std::int64_t first, std::int64_t second, double alpha)
{
    if (first + second == 0) return false;
    const boost::math::binomial_distribution<double> coins(static_cast<double>(first + second),
                                                           0.5);
    if (first == second) return false;
    const double atLeast = cdf(complement(coins, static_cast<double>(first - 1)));
    return std::min(1.0, 2.0 * atLeast) <= alpha;
}

} // namespace

double lowerBound(std::int64_t count, std::int64_t total, double alpha)
{
    assert(total > 0 && count >= 0 && count <= total);
    using Binomial = boost::math::binomial_distribution<double>;
    return Binomial::find_lower_bound_on_p(static_cast<double>(total), static_cast<double>(count),
                                           alpha, Binomial::clopper_pearson_exact_interval);
}

double certifiedRadius(double sigma, double probability)
{
    if (probability <= 0.5) return 0.0;
    return sigma * boost::math::quantile(boost::math::normal(), probability);
}

Result<std::vector<std::int64_t>> votes(const attack::Subject &subject, const Array &x,
                                        double sigma, std::int64_t draws, std::uint64_t seed,
                                        std::stop_token stop)
{
    const attack::Classifier &classifier = *subject.classifier;
    std::vector<std::int64_t> counts;
    bool stopped = false, isFinite = true;
    const auto ran = engine::guarded("smoothing", [&] {
        const at::NoGradGuard noGradient;
        at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        const at::Tensor centre = inEpsilons(classifier, x);
        const std::int64_t largest = classifier.largestBatch(kLargestBatch);
        at::Tensor sum;
        for (std::int64_t done = 0; done < draws && !stopped; done += largest) {
            const at::Tensor noisy =
                centre + sigma * noiseLike(centre, std::min(largest, draws - done), generator);
            const at::Tensor logits = classifier.logits(noisy);
            isFinite = at::isfinite(logits).all().item<bool>();
            if (!isFinite) return;
            const at::Tensor here = at::bincount(at::argmax(logits, 1).cpu(), {}, logits.size(1));
            sum = sum.defined() ? sum + here : here;
            stopped = stop.stop_requested();
        }
        counts.assign(sum.const_data_ptr<std::int64_t>(),
                      sum.const_data_ptr<std::int64_t>() + sum.numel());
    });
    if (!ran) return ran.error();
    if (!isFinite)
        return Error{"smoothing", {"attack.not_finite", {}}, {"attack.not_finite_hint", {}}};
    if (stopped) return Error{"smoothing", {"attack.cancelled", {}}, {}};
    return counts;
}

Result<Certificate> certify(const attack::Subject &subject, const Array &x,
                            const Smoothing &smoothing, std::uint64_t seed, std::stop_token stop)
{
    // Two independent draws: the bound would not hold for a class chosen by the very votes that it
    // is taken from.
    const auto choosing =
        votes(subject, x, smoothing.sigma, smoothing.n0, hashSeed(seed, "choosing"), stop);
    if (!choosing) return choosing.error();
    const auto bounding =
        votes(subject, x, smoothing.sigma, smoothing.n, hashSeed(seed, "bounding"), stop);
    if (!bounding) return bounding.error();
    const auto chosen = std::ranges::max_element(*choosing) - choosing->begin();
    Certificate certificate;
    certificate.count = (*bounding)[static_cast<std::size_t>(chosen)];
    certificate.lowerBound = lowerBound(certificate.count, smoothing.n, smoothing.alpha);
    if (certificate.lowerBound <= 0.5) return certificate;
    certificate.label = chosen;
    certificate.radius = certifiedRadius(smoothing.sigma, certificate.lowerBound);
    return certificate;
}

Result<std::optional<std::int64_t>> predict(const attack::Subject &subject, const Array &x,
                                            const Smoothing &smoothing, std::uint64_t seed,
                                            std::stop_token stop)
{
    const auto counts =
        votes(subject, x, smoothing.sigma, smoothing.n, hashSeed(seed, "predicting"), stop);
    if (!counts) return counts.error();
    const auto first = std::ranges::max_element(*counts);
    std::int64_t second = 0;
    for (auto one = counts->begin(); one != counts->end(); ++one)
        if (one != first) second = std::max(second, *one);
    if (!differ(*first, second, smoothing.alpha)) return std::optional<std::int64_t>();
    return std::optional<std::int64_t>(first - counts->begin());
}

} // namespace ostrich::robustness
