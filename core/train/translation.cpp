// Greedy decoding, batch by batch.
#include "train/translation.hpp"

#include "data/tokenizer.hpp"
#include "engine/model_torch.hpp"

#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <numeric>

namespace ostrich::train {

namespace {

using data::Tokenizer;
using Ids = std::vector<std::int32_t>;

/// The likeliest token after each of the prefixes (N, S): (N).
at::Tensor nextTokens(const engine::Model &model, engine::Model::Feeds &feeds,
                      const at::Tensor &prefix)
{
    feeds["target"] = {prefix, {}};
    const at::Tensor logits = model.forward(feeds, {}).front().logits;
    return logits.select(1, prefix.size(1) - 1).argmax(1);
}

std::vector<Ids> translateBatch(const engine::Model &model, const data::Samples &samples,
                                std::span<const std::int64_t> indices, const std::stop_token &stop)
{
    constexpr std::int64_t kMore = 5; // than the longest known target
    data::Batch batch = data::batchOf(samples, indices);
    auto feeds = model.feeds(batch);
    const std::int64_t count = std::ssize(indices);
    at::Tensor prefix = at::full({count, 1}, Tokenizer::kBegin,
                                 at::TensorOptions().dtype(model.dtype()).device(model.device()));
    std::vector<Ids> translations(indices.size());
    std::vector<bool> ended(indices.size(), false);
    const std::int64_t most = model.facts().target.longest + kMore;
    for (std::int64_t step = 0; step < most && !stop.stop_requested(); ++step) {
        const at::Tensor next = nextTokens(model, feeds, prefix);
        const at::Tensor plain = next.to(at::kCPU).contiguous();
        const auto *ids = plain.const_data_ptr<std::int64_t>();
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const auto id = static_cast<std::int32_t>(ids[i]);
            ended[i] = ended[i] || id == Tokenizer::kEnd;
            if (!ended[i]) translations[i].push_back(id);
        }
        if (std::ranges::all_of(ended, std::identity())) break;
        prefix = at::cat({prefix, next.unsqueeze(1).to(prefix.scalar_type())}, 1);
    }
    return translations;
}

} // namespace

Result<std::vector<Ids>> translate(const engine::ModelHandle &model, const data::Samples &samples,
                                   std::span<const std::int64_t> indices, const Progress &progress,
                                   std::stop_token stop)
{
    if (model->facts().task != graph::Task::Translate)
        return Error{"network", {"train.no_translation", {}}, {"train.no_translation_hint", {}}};
    const auto batch =
        static_cast<std::size_t>(engine::boundedBatch(*model, graph::kEvaluationBatch, false));
    std::vector<Ids> all;
    while (all.size() < indices.size()) {
        if (stop.stop_requested()) return Error{"translate", {"train.cancelled", {}}, {}};
        const auto part = indices.subspan(all.size(), std::min(batch, indices.size() - all.size()));
        const auto ran = engine::guarded("translate", [&] {
            const c10::NoGradGuard noGrad;
            auto translated = translateBatch(*model, samples, part, stop);
            std::ranges::move(translated, std::back_inserter(all));
        });
        if (!ran) return ran.error();
        report(progress, static_cast<double>(all.size()) / static_cast<double>(indices.size()));
    }
    return all;
}

Result<double> exactShare(const engine::ModelHandle &model, const data::Dataset &dataset,
                          data::Split split, const Progress &progress, std::stop_token stop)
{
    const data::Samples &samples = dataset.split(split);
    std::vector<std::int64_t> indices(static_cast<std::size_t>(samples.count()));
    std::iota(indices.begin(), indices.end(), std::int64_t{0});
    const auto translated = translate(model, samples, indices, progress, std::move(stop));
    if (!translated) return translated.error();
    std::int64_t exact = 0;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        const auto row = samples.targets.row(indices[i]); // kBegin, ids, kEnd
        exact += std::ranges::equal(row.subspan(1, row.size() - 2), (*translated)[i]) ? 1 : 0;
    }
    return indices.empty() ? 0.0 : static_cast<double>(exact) / static_cast<double>(indices.size());
}

} // namespace ostrich::train
