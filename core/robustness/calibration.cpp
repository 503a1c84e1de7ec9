// Reliability, calibration error, temperature scaling.
#include "robustness/calibration_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/max.h>
#include <ATen/ops/softmax.h>
#include <boost/math/tools/minima.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::robustness {

std::vector<ReliabilityBin> reliability(const at::Tensor &logits, const at::Tensor &labels)
{
    std::vector<ReliabilityBin> bins(kReliabilityBins);
    const auto [largest, predicted] = at::max(at::softmax(logits, 1), 1);
    const at::Tensor confidences = largest.contiguous();
    const at::Tensor right = predicted.eq(labels).to(at::kDouble).contiguous();
    const auto *confidence = confidences.const_data_ptr<double>();
    const auto *isRight = right.const_data_ptr<double>();
    for (std::int64_t i = 0; i < confidences.numel(); ++i) {
        const auto place = static_cast<std::size_t>(std::clamp(
            static_cast<int>(confidence[i] * kReliabilityBins), 0, kReliabilityBins - 1));
        ++bins[place].count;
        bins[place].confidence += confidence[i];
        bins[place].accuracy += isRight[i];
    }
    for (ReliabilityBin &bin : bins) { // 0/0 where there is none: not a number
        bin.confidence /= static_cast<double>(bin.count);
        bin.accuracy /= static_cast<double>(bin.count);
    }
    return bins;
}

double expectedCalibrationError(const std::vector<ReliabilityBin> &bins)
{
    double sum = 0.0;
    std::int64_t count = 0;
    for (const ReliabilityBin &bin : bins) {
        if (bin.count == 0) continue;
        sum += static_cast<double>(bin.count) * std::abs(bin.accuracy - bin.confidence);
        count += bin.count;
    }
    return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

double negativeLogLikelihood(const at::Tensor &logits, const at::Tensor &labels, double temperature)
{
    return -at::log_softmax(logits / temperature, 1)
                .gather(1, labels.unsqueeze(1))
                .mean()
                .item<double>();
}

double fittedTemperature(const at::Tensor &logits, const at::Tensor &labels)
{
    // Convex in 1/temperature, so one minimum; searched along the logarithm.
    const auto loss = [&](double logarithm) {
        return negativeLogLikelihood(logits, labels, std::exp(logarithm));
    };
    constexpr int kBits = 24;
    return std::exp(
        boost::math::tools::brent_find_minima(loss, std::log(0.01), std::log(1e5), kBits).first);
}

double auroc(std::vector<double> inside, std::vector<double> outside)
{
    if (inside.empty() || outside.empty()) return 0.5;
    std::ranges::sort(outside);
    double wins = 0.0;
    for (const double score : inside) {
        const auto [first, last] = std::ranges::equal_range(outside, score);
        wins +=
            static_cast<double>(first - outside.begin()) + 0.5 * static_cast<double>(last - first);
    }
    return wins / (static_cast<double>(inside.size()) * static_cast<double>(outside.size()));
}

} // namespace ostrich::robustness
