// What RNN, LSTM and GRU have in common: parameters, ports, layers, directions, padding. A kind
// adds its own step.
#pragma once

#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"

#include <array>
#include <optional>

namespace ostrich::blocks {

/// One layer in one direction: weight_ih (G·H, F), weight_hh (G·H, H), bias_ih, bias_hh (G·H), rows
/// stacked gate by gate.
using LayerWeights = std::array<at::Tensor, 4>;

/// What a step hands to the next: (N, H) each.
struct RecurrentState {
    at::Tensor hidden;
    at::Tensor cell; // LSTM only
};

/// One step, with all that decides it: gates (N, H) in the order of their rows.
struct RecurrentStep {
    std::vector<at::Tensor> gates;
    RecurrentState after;
};

/// What LibTorch's fused kernels are called with.
struct FusedCall {
    const at::Tensor &x;     // (N, T, F)
    const at::Tensor &start; // (1, N, H): the state before the first step
    const LayerWeights &weights;
    bool train; // keep what the backward pass needs
};

/// The step that tells one kind from another, fused and written out.
struct Recurrence {
    std::int64_t rows = 1;                      // G: row blocks in the weights
    std::vector<std::string> gateNames;         // those of them that are shown: "gate_i" ...
    std::optional<std::int64_t> biased;         // the row block that gate_bias sets
    at::Tensor (*fused)(const FusedCall &call); // hidden states (N, T, H)
    /// From x W_ihᵀ + b_ih and h W_hhᵀ + b_hh (N, G·H each).
    RecurrentStep (*step)(const at::Tensor &fromInput, const at::Tensor &fromState,
                          const RecurrentState &before);
};

/// hidden_size, num_layers, bidirectional, dropout.
std::vector<graph::ParameterSpec> recurrentSpecs();
/// gate_bias: "default", or the number at which the named gate starts.
graph::ParameterSpec gateBiasSpec(Words help);

/// A kind with input N×T×F and ports "y" N×T×(D·H), 0 in padding, and "h" N×(D·H): the last layer's
/// state after the last real step; of the backward direction, after step 0, where it ends. Cost:
/// products with weights; where T is variable, those of one step. In PyTorch it is nn.NAME of the
/// description's name.
std::unique_ptr<BlockKind> recurrentKind(
    graph::Description description, const Recurrence &(*recurrence)(const graph::Parameters &));

} // namespace ostrich::blocks
