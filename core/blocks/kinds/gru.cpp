// GRU: two gates mix the state before with a new one (Cho et al. 2014; the reset gate inside the
// product as cuDNN and PyTorch have it).
#include "blocks/recurrent_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/gru.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tanh.h>

namespace ostrich::blocks::gru {

namespace {

at::Tensor fused(const FusedCall &call)
{
    return std::get<0>(at::gru(call.x, call.start, call.weights, true, 1, 0.0, call.train, false,
                               /*batch_first=*/true));
}

RecurrentStep step(const at::Tensor &fromInput, const at::Tensor &fromState,
                   const RecurrentState &before)
{
    const std::vector<at::Tensor> in = fromInput.chunk(3, 1), back = fromState.chunk(3, 1);
    const at::Tensor r = at::sigmoid(in[0].add(back[0])), z = at::sigmoid(in[1].add(back[1])),
                     n = at::tanh(in[2].add(r.mul(back[2])));
    return {{r, z, n}, {n.add(z.mul(before.hidden.sub(n))), {}}};
}

const Recurrence &recurrence(const graph::Parameters &)
{
    static const Recurrence all{
        .rows = 3,
        .gateNames = {"gate_r", "gate_z", "gate_n"},
        .biased = 1, // z
        .fused = fused,
        .step = step,
    };
    return all;
}

std::vector<graph::ParameterSpec> specs()
{
    std::vector<graph::ParameterSpec> all = recurrentSpecs();
    all.push_back(gateBiasSpec(
        {"Where the update gate starts: the higher, the longer it remembers (4: for long lags); "
         "default: as PyTorch draws it.",
         "Départ de la porte de mise à jour : plus il est haut, plus la mémoire dure (4 : pour de "
         "longs délais) ; default : tiré comme dans PyTorch."}));
    return all;
}

} // namespace

std::unique_ptr<BlockKind> create()
{
    return recurrentKind(
        {
            .name = "GRU",
            .category = graph::Category::Recurrent,
            .role = graph::Role::Hidden,
            .label = {"GRU", "GRU"},
            .help = {"Reads step by step; two gates mix the old state with a new one. Lighter than "
                     "an LSTM.",
                     "Lit pas à pas ; deux portes mêlent l'ancien état et un nouveau. Plus léger "
                     "qu'un LSTM."},
            .formula = "h<sub>t</sub> = (1 − z<sub>t</sub>) ⊙ n<sub>t</sub> + z<sub>t</sub> ⊙ "
                       "h<sub>t−1</sub>",
            .icon = "rec",
            .searchWords = {"recurrent", "récurrent", "gated recurrent unit", "memory", "mémoire",
                            "gate", "porte", "update gate", "mise à jour", "sequence", "séquence"},
            .pill = false,
            .idStem = "gru",
            .parameters = specs(),
        },
        recurrence);
}

} // namespace ostrich::blocks::gru
