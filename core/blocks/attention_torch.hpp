// Scaled dot-product attention with several heads (Vaswani et al. 2017, section 3.2), for the block
// of that name and the transformer layers.
#pragma once

#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

/// How one attention looks.
struct AttentionRule {
    std::int64_t heads = 1;
    bool causal = false;  // step t sees keys 0 to t alone
    double dropout = 0.0; // share of the attention weights silenced in training
};

/// in_proj_weight (3E, E), in_proj_bias (3E), out_proj.weight (E, E), out_proj.bias (E), drawn as
/// torch.nn.MultiheadAttention draws them; each name after `prefix`.
std::vector<NamedTensor> attentionWeights(const std::string &prefix, std::int64_t features,
                                          bool bias, const BuildRequest &request);

/// The same tensors as a module holds them now; biases may be undefined.
struct AttentionWeights {
    at::Tensor inWeight, inBias, outWeight, outBias;

    /// Those that attentionWeights() put at `parameters[first]` and behind.
    static AttentionWeights from(const std::vector<NamedTensor> &parameters, std::size_t first,
                                 bool bias);
};

/// What one attention reads: query (N, T, E), key and value (N, S, E), whose lengths are the key's.
/// Padded keys are seen by no step. A sample without any real key reads its step 0, which must hold
/// finite numbers: see withoutPadding().
struct Attended {
    Signal query, key;
    at::Tensor value;
};

/// (N, T, E). Padded query steps hold what they hold.
at::Tensor attend(const Attended &attended, const AttentionWeights &weights,
                  const AttentionRule &rule, const Pass &pass);

/// Who looks at whom: (N, heads, T, S), rows sum to 1 over the keys that are seen.
at::Tensor attentionMap(const Signal &query, const Signal &key, const AttentionWeights &weights,
                        const AttentionRule &rule);

} // namespace ostrich::blocks
