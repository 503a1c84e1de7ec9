// What a transformer's encoder and decoder layer share: all but the decoder's second attention.
#pragma once

#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"

namespace ostrich::blocks {

/// The layer of an encoder (port "x") or of a decoder (ports "x" and "memory"), Vaswani et al.
/// 2017, section 3.1: attention, then a network of two Linears at each step, each with a short-cut,
/// drop-out and a LayerNorm (eps 1e-5) before (norm_first) or behind. Weights are named and drawn
/// as in torch.nn.TransformerEncoderLayer and TransformerDecoderLayer.
std::unique_ptr<Module> transformerLayer(const BuildRequest &request, bool decoder);

} // namespace ostrich::blocks
