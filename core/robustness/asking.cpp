// A subject asked for its answers to many samples, batch by batch.
#include "robustness/asking_torch.hpp"

#include "attack/series_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>

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

using Places = std::span<const std::size_t>; // among the indices

/// Asks about the samples of each length, batch by batch; `batch(places)` gives them.
template <typename Batch>
at::Tensor byLength(const attack::Subject &subject, const data::Samples &samples,
                    std::span<const std::int64_t> indices, const std::stop_token &stop,
                    const Batch &batch)
{
    const at::NoGradGuard noGradient;
    const auto size = static_cast<std::size_t>(subject.classifier->largestBatch(kLargestBatch));
    std::vector<at::Tensor> parts;
    std::vector<std::int64_t> order;
    for (const auto &places : attack::placesByLength(samples, indices)) {
        for (std::size_t first = 0; first < places.size(); first += size) {
            if (stop.stop_requested()) return joined(parts, subject);
            const Places here =
                Places(places).subspan(first, std::min(size, places.size() - first));
            parts.push_back(asked(subject, inputOf(subject, batch(here))));
            order.insert(order.end(), here.begin(), here.end());
        }
    }
    const at::Tensor logits = joined(parts, subject);
    return at::empty_like(logits).index_copy_(0, at::tensor(order, at::kLong), logits);
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
    return byLength(subject, samples, indices, stop, [&](const Places &places) {
        return attack::gathered(samples, attack::at(indices, places));
    });
}

at::Tensor answersTo(const attack::Subject &subject, const data::Samples &samples,
                     std::span<const std::int64_t> indices, const Array &moved,
                     std::stop_token stop)
{
    return byLength(subject, samples, indices, stop, [&](const Places &places) {
        return attack::alike(samples, indices, moved, places);
    });
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
