// LSTM: gates decide what a cell keeps, takes in and shows (Hochreiter and Schmidhuber 1997; the
// forget gate from Gers et al. 2000).
#include "blocks/recurrent_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/lstm.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tanh.h>

namespace ostrich::blocks::lstm {

namespace {

at::Tensor fused(const FusedCall &call)
{
    const std::array<at::Tensor, 2> start{call.start, call.start}; // state and cell, both 0
    return std::get<0>(at::lstm(call.x, start, call.weights, true, 1, 0.0, call.train, false,
                                /*batch_first=*/true));
}

RecurrentStep step(const at::Tensor &fromInput, const at::Tensor &fromState,
                   const RecurrentState &before)
{
    const std::vector<at::Tensor> rows = fromInput.add(fromState).chunk(4, 1);
    const at::Tensor i = at::sigmoid(rows[0]), f = at::sigmoid(rows[1]), g = at::tanh(rows[2]),
                     o = at::sigmoid(rows[3]);
    const at::Tensor cell = f.mul(before.cell).add(i.mul(g));
    return {{i, f, g, o}, {o.mul(at::tanh(cell)), cell}};
}

const Recurrence &recurrence(const graph::Parameters &)
{
    static const Recurrence all{
        .rows = 4,
        .gateNames = {"gate_i", "gate_f", "gate_g", "gate_o"},
        .biased = 1, // f
        .fused = fused,
        .step = step,
    };
    return all;
}

std::vector<graph::ParameterSpec> specs()
{
    std::vector<graph::ParameterSpec> all = recurrentSpecs();
    all.push_back(gateBiasSpec(
        {"Where the forget gate starts: the higher, the longer it remembers (4: for long lags); "
         "default: as PyTorch draws it.",
         "Départ de la porte d'oubli : plus il est haut, plus la mémoire dure (4 : pour de longs "
         "délais) ; default : tiré comme dans PyTorch."}));
    return all;
}

} // namespace

std::unique_ptr<BlockKind> create()
{
    return recurrentKind(
        {
            .name = "LSTM",
            .category = graph::Category::Recurrent,
            .role = graph::Role::Hidden,
            .label = {"LSTM", "LSTM"},
            .help = {"Reads step by step; gates decide what its memory keeps, takes in and shows.",
                     "Lit pas à pas ; des portes décident de ce que sa mémoire garde, reçoit et "
                     "montre."},
            .formula = "c<sub>t</sub> = f<sub>t</sub> ⊙ c<sub>t−1</sub> + i<sub>t</sub> ⊙ "
                       "g<sub>t</sub>,  h<sub>t</sub> = o<sub>t</sub> ⊙ tanh(c<sub>t</sub>)",
            .icon = "rec",
            .searchWords = {"recurrent", "récurrent", "long short-term memory", "memory", "mémoire",
                            "gate", "porte", "forget gate", "oubli", "bilstm", "sequence",
                            "séquence"},
            .pill = false,
            .idStem = "lstm",
            .parameters = specs(),
        },
        recurrence);
}

} // namespace ostrich::blocks::lstm
