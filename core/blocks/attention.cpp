// Scaled dot-product attention: projections, masks, the fused kernel and the one by hand.
#include "blocks/attention_torch.hpp"

#include "blocks/dropout_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tril.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <limits>

namespace ostrich::blocks {

namespace {

/// (N, T, E) to (N, heads, T, E / heads).
at::Tensor byHeads(const at::Tensor &x, std::int64_t heads)
{
    return x.unflatten(2, {heads, x.size(2) / heads}).transpose(1, 2);
}

/// Rows `from` to `to` (in thirds) of the stacked projections: the query's is 0, key 1, value 2.
at::Tensor projected(const at::Tensor &x, const AttentionWeights &weights, std::int64_t from,
                     std::int64_t to)
{
    const std::int64_t features = weights.inWeight.size(1);
    const auto part = [&](const at::Tensor &stacked) {
        return stacked.defined() ? stacked.slice(0, from * features, to * features) : stacked;
    };
    return at::linear(x, part(weights.inWeight), part(weights.inBias));
}

/// Query, key and value after their projections, each (N, heads, steps, E / heads). Inputs that are
/// one tensor take one product.
std::array<at::Tensor, 3> projections(const Attended &attended, const AttentionWeights &weights,
                                      std::int64_t heads)
{
    const at::Tensor &query = attended.query.tensor, &key = attended.key.tensor;
    std::vector<at::Tensor> parts;
    if (key.is_same(attended.value) && query.is_same(key)) {
        parts = projected(query, weights, 0, 3).chunk(3, 2);
    } else if (key.is_same(attended.value)) {
        parts = projected(key, weights, 1, 3).chunk(2, 2);
        parts.insert(parts.begin(), projected(query, weights, 0, 1));
    } else {
        parts = {projected(query, weights, 0, 1), projected(key, weights, 1, 2),
                 projected(attended.value, weights, 2, 3)};
    }
    return {byHeads(parts[0], heads), byHeads(parts[1], heads), byHeads(parts[2], heads)};
}

/// (N, 1, 1, S): keys that are real. Step 0 of an empty sample counts as real: a row without any
/// key would be 0 / 0.
at::Tensor realKeys(const Signal &key)
{
    if (!key.lengths.defined()) return {};
    const auto options = at::TensorOptions().dtype(at::kLong).device(key.tensor.device());
    const at::Tensor steps = at::arange(key.tensor.size(1), options);
    const at::Tensor lengths = at::clamp(key.lengths, 1);
    return steps.lt(lengths.view({-1, 1, 1, 1}));
}

/// (T, S): keys not later than the query.
at::Tensor earlierKeys(const Signal &query, const Signal &key)
{
    const auto options = at::TensorOptions().dtype(at::kBool).device(query.tensor.device());
    return at::ones({query.tensor.size(1), key.tensor.size(1)}, options).tril();
}

/// Which keys a query sees, broadcast over (N, heads, T, S); undefined: all.
at::Tensor seen(const Signal &query, const Signal &key, bool causal)
{
    const at::Tensor real = realKeys(key);
    if (!causal) return real;
    const at::Tensor earlier = earlierKeys(query, key);
    return real.defined() ? real.logical_and(earlier) : earlier;
}

/// softmax(Q Kᵀ / √d) over the keys that are seen, from (N, heads, steps, d).
at::Tensor shares(const at::Tensor &query, const at::Tensor &key, const at::Tensor &seen)
{
    const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(3)));
    at::Tensor scores = at::matmul(query.mul(scale), key.transpose(2, 3));
    if (seen.defined()) scores = at::where(seen, scores, -std::numeric_limits<double>::infinity());
    return at::softmax(scores, 3);
}

} // namespace

std::vector<NamedTensor> attentionWeights(const std::string &prefix, std::int64_t features,
                                          bool bias, const BuildRequest &request)
{
    const auto width = static_cast<double>(features);
    // The three stacked projections are drawn as one (4E = fan in + fan out, Glorot and Bengio
    // 2010); the last one as a Linear. Biases begin at 0.
    std::vector<NamedTensor> made{
        {prefix + "in_proj_weight",
         uniformTensor({3 * features, features}, std::sqrt(6.0 / (4.0 * width)), request)},
        {prefix + "out_proj.weight",
         uniformTensor({features, features}, 1.0 / std::sqrt(width), request)}};
    if (!bias) return made;

    const auto zeros = [&](std::int64_t size) {
        return at::zeros({size}, at::TensorOptions().dtype(request.dtype)).requires_grad_(true);
    };
    made.insert(made.begin() + 1, {prefix + "in_proj_bias", zeros(3 * features)});
    made.push_back({prefix + "out_proj.bias", zeros(features)});
    return made;
}

AttentionWeights AttentionWeights::from(const std::vector<NamedTensor> &parameters,
                                        std::size_t first, bool bias)
{
    const auto tensor = [&](std::size_t offset) { return parameters[first + offset].tensor; };
    if (bias) return {tensor(0), tensor(1), tensor(2), tensor(3)};
    return {tensor(0), {}, tensor(1), {}};
}

at::Tensor attend(const Attended &attended, const AttentionWeights &weights,
                  const AttentionRule &rule, const Pass &pass)
{
    const auto [query, key, value] = projections(attended, weights, rule.heads);
    at::Tensor read;
    if (pass.training && rule.dropout > 0.0) {
        // By hand: the fused kernel draws from a generator that is not the pass's.
        const at::Tensor visible = seen(attended.query, attended.key, rule.causal);
        read = at::matmul(dropped(shares(query, key, visible), rule.dropout, pass), value);
    } else {
        const bool padded = attended.key.lengths.defined();
        const at::Tensor visible =
            padded ? seen(attended.query, attended.key, rule.causal) : at::Tensor();
        const std::optional<at::Tensor> mask = padded ? std::optional(visible) : std::nullopt;
        read =
            at::scaled_dot_product_attention(query, key, value, mask, 0.0, rule.causal && !padded);
    }
    return at::linear(read.transpose(1, 2).flatten(2), weights.outWeight, weights.outBias);
}

at::Tensor attentionMap(const Signal &query, const Signal &key, const AttentionWeights &weights,
                        const AttentionRule &rule)
{
    return shares(byHeads(projected(query.tensor, weights, 0, 1), rule.heads),
                  byHeads(projected(key.tensor, weights, 1, 2), rule.heads),
                  seen(query, key, rule.causal));
}

} // namespace ostrich::blocks
