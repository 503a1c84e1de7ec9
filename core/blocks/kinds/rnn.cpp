// RNN: one state that each step writes anew from the input and the state before (Elman 1990).
#include "blocks/recurrent_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/relu.h>
#include <ATen/ops/rnn_relu.h>
#include <ATen/ops/rnn_tanh.h>
#include <ATen/ops/tanh.h>

namespace ostrich::blocks::rnn {

namespace {

const Recurrence &recurrence(const graph::Parameters &parameters)
{
    static const Recurrence bounded{
        .rows = 1,
        .gateNames = {},
        .biased = {},
        .fused =
            [](const FusedCall &call) {
                return std::get<0>(at::rnn_tanh(call.x, call.start, call.weights, true, 1, 0.0,
                                                call.train, false, /*batch_first=*/true));
            },
        .step =
            [](const at::Tensor &fromInput, const at::Tensor &fromState, const RecurrentState &) {
                return RecurrentStep{{}, {at::tanh(fromInput.add(fromState)), {}}};
            },
    };
    static const Recurrence rectified{
        .rows = 1,
        .gateNames = {},
        .biased = {},
        .fused =
            [](const FusedCall &call) {
                return std::get<0>(at::rnn_relu(call.x, call.start, call.weights, true, 1, 0.0,
                                                call.train, false, /*batch_first=*/true));
            },
        .step =
            [](const at::Tensor &fromInput, const at::Tensor &fromState, const RecurrentState &) {
                return RecurrentStep{{}, {at::relu(fromInput.add(fromState)), {}}};
            },
    };
    return graph::text(parameters, "nonlinearity") == "relu" ? rectified : bounded;
}

std::vector<graph::ParameterSpec> specs()
{
    std::vector<graph::ParameterSpec> all = recurrentSpecs();
    all.insert(all.begin() + 1,
               choiceSpec({"nonlinearity",
                           {"Activation", "Activation"},
                           {"What bends the sum before it becomes the new state.",
                            "Ce qui courbe la somme avant qu'elle ne devienne le nouvel état."}},
                          {{"tanh", {"tanh", "tanh"}}, {"relu", {"ReLU", "ReLU"}}}));
    return all;
}

} // namespace

std::unique_ptr<BlockKind> create()
{
    return recurrentKind(
        {
            .name = "RNN",
            .category = graph::Category::Recurrent,
            .role = graph::Role::Hidden,
            .label = {"RNN", "RNN"},
            .help = {"Reads step by step and keeps a state; what is long ago fades quickly.",
                     "Lit pas à pas et garde un état ; ce qui est loin s'efface vite."},
            .formula = "h<sub>t</sub> = tanh(W x<sub>t</sub> + U h<sub>t−1</sub> + b)",
            .icon = "rec",
            .searchWords = {"recurrent", "récurrent", "Elman", "memory", "mémoire", "sequence",
                            "séquence", "simple RNN"},
            .pill = false,
            .idStem = "rnn",
            .parameters = specs(),
        },
        recurrence);
}

} // namespace ostrich::blocks::rnn
