// A subject asked for its answers to many samples, batch by batch.
#include "robustness/asking_torch.hpp"

#include "attack/lab_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>

namespace ostrich::robustness {

namespace {

constexpr std::int64_t kLargestBatch = 250;

at::Tensor joined(const std::vector<at::Tensor> &parts, const attack::Subject &subject)
{
    if (parts.empty()) return at::empty({0, subject.facts.classes}, at::kDouble);
    return at::cat(parts);
}

at::Tensor asked(const attack::Subject &subject, const at::Tensor &x)
{
    return subject.classifier->logits(x).to(at::kCPU, at::kDouble);
}

} // namespace

at::Tensor inputOf(const attack::Subject &subject, const Array &x)
{
    const at::Tensor read =
        at::from_blob(const_cast<float *>(x.values.data()), x.shape, at::kFloat)
            .to(subject.classifier->device(), subject.classifier->dtype(), false, true);
    const at::Tensor scale = subject.classifier->scale();
    return scale.defined() ? read / scale : read;
}

at::Tensor answersTo(const attack::Subject &subject, const Array &x, std::stop_token stop)
{
    const at::NoGradGuard noGradient;
    const std::int64_t size = subject.classifier->largestBatch(kLargestBatch);
    std::vector<at::Tensor> parts;
    for (const at::Tensor &part : inputOf(subject, x).split(size)) {
        if (stop.stop_requested()) break;
        parts.push_back(asked(subject, part));
    }
    return joined(parts, subject);
}

at::Tensor answersTo(const attack::Subject &subject, const data::Samples &samples,
                     std::span<const std::int64_t> indices, std::stop_token stop)
{
    const at::NoGradGuard noGradient;
    const std::int64_t size = subject.classifier->largestBatch(kLargestBatch);
    std::vector<at::Tensor> parts;
    for (std::int64_t first = 0; first < std::ssize(indices); first += size) {
        if (stop.stop_requested()) break;
        const auto here =
            indices.subspan(static_cast<std::size_t>(first),
                            static_cast<std::size_t>(std::min(size, std::ssize(indices) - first)));
        parts.push_back(asked(subject, inputOf(subject, attack::gathered(samples, here))));
    }
    return joined(parts, subject);
}

at::Tensor labelsOf(const data::Samples &samples, std::span<const std::int64_t> indices)
{
    at::Tensor labels = at::empty({std::ssize(indices)}, at::kLong);
    std::ranges::transform(indices, labels.data_ptr<std::int64_t>(), [&](std::int64_t index) {
        return samples.labels[static_cast<std::size_t>(index)];
    });
    return labels;
}

double accuracyOf(const at::Tensor &logits, const at::Tensor &labels)
{
    if (logits.size(0) == 0) return 0.0;
    return at::argmax(logits, 1).eq(labels).to(at::kDouble).mean().item<double>();
}

} // namespace ostrich::robustness
