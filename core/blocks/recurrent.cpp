// RNN, LSTM and GRU run layer by layer with LibTorch's fused kernels, each layer and direction over
// real steps alone.
#include "blocks/recurrent_torch.hpp"

#include "blocks/dropout_torch.hpp"
#include "blocks/lengths_torch.hpp"
#include "blocks/misfits.hpp"
#include "blocks/specs.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <cmath>

namespace ostrich::blocks {

namespace {

using graph::Axis;
using graph::Shape;

constexpr std::int64_t kMaxLayers = 64;

/// The sizes behind the parameters.
struct Stack {
    explicit Stack(const graph::Parameters &parameters)
        : hidden(graph::integer(parameters, "hidden_size")),
          layers(graph::integer(parameters, "num_layers")),
          directions(graph::boolean(parameters, "bidirectional") ? 2 : 1)
    {
    }

    std::int64_t features() const { return directions * hidden; } // of what comes out
    /// What layer `layer` reads, where the block reads `features`.
    std::int64_t read(std::int64_t layer, std::int64_t given) const
    {
        return layer == 0 ? given : features();
    }

    std::int64_t hidden, layers, directions;
};

/// cuDNN warns at each call that the weights do not lie in one piece; here they never do, since
/// snapshots and optimizers take them one by one.
class Quiet final : public c10::WarningHandler {
    void process(const c10::Warning &) override {}
};

class RecurrentModule final : public Module {
public:
    RecurrentModule(const BuildRequest &request, const Recurrence &recurrence)
        : m_stack(request.parameters),
          m_recurrence(recurrence),
          m_dropout(graph::real(request.parameters, "dropout"))
    {
        const std::int64_t given = *request.inputs[0].size(Axis::F);
        for (std::int64_t layer = 0; layer < m_stack.layers; ++layer)
            for (std::int64_t direction = 0; direction < m_stack.directions; ++direction)
                addWeights(layer, direction, m_stack.read(layer, given), request);
        if (recurrence.biased) startGate(request.parameters.at("gate_bias"));
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) override
    {
        Signal states = arriving(inputs[0]);
        for (std::int64_t layer = 0; layer < m_stack.layers; ++layer) {
            if (layer > 0) states.tensor = dropped(states.tensor, m_dropout, pass);
            states.tensor = through(layer, states);
        }
        return {states, {lastState(states), {}}};
    }

    std::vector<NamedTensor> inside(std::span<const Signal> inputs) const override
    {
        Signal states = arriving(inputs[0]);
        const std::int64_t last = m_stack.layers - 1;
        for (std::int64_t layer = 0; layer < last; ++layer) states.tensor = through(layer, states);

        std::vector<NamedTensor> told = walk(states, weightsOf(last, 0));
        if (m_stack.directions == 2) {
            const std::vector<NamedTensor> back =
                walk({reversed(states), states.lengths}, weightsOf(last, 1));
            for (std::size_t i = 0; i < told.size(); ++i)
                told[i].tensor =
                    at::cat({told[i].tensor, reversed({back[i].tensor, states.lengths})}, 2);
        }
        for (auto &[name, tensor] : told) tensor = withoutPadding({tensor, states.lengths});
        return told;
    }

private:
    void addWeights(std::int64_t layer, std::int64_t direction, std::int64_t read,
                    const BuildRequest &request)
    {
        const std::int64_t rows = m_recurrence.rows * m_stack.hidden;
        const double bound = 1.0 / std::sqrt(static_cast<double>(m_stack.hidden));
        const std::string place = fmt::format("_l{}{}", layer, direction == 1 ? "_reverse" : "");
        const auto add = [&](const char *name, at::IntArrayRef sizes) {
            parameters.push_back({name + place, uniformTensor(sizes, bound, request)});
        };
        add("weight_ih", {rows, read});
        add("weight_hh", {rows, m_stack.hidden});
        add("bias_ih", {rows});
        add("bias_hh", {rows});
    }

    /// The two biases of a gate are summed: one carries the number, the other none.
    void startGate(const graph::ParameterValue &bias)
    {
        if (std::holds_alternative<std::string>(bias)) return; // as torch.nn draws it
        const at::NoGradGuard noGradient;
        const double start = graph::real({{"gate_bias", bias}}, "gate_bias");
        const std::int64_t from = *m_recurrence.biased * m_stack.hidden;
        for (auto &[name, tensor] : parameters) {
            if (name.starts_with("bias_ih")) tensor.narrow(0, from, m_stack.hidden).fill_(start);
            if (name.starts_with("bias_hh")) tensor.narrow(0, from, m_stack.hidden).fill_(0.0);
        }
    }

    /// The block's input in the weights' precision, and finite in padding: a gradient of 0 times
    /// infinity would be no number.
    Signal arriving(const Signal &input) const
    {
        const auto dtype = parameters.front().tensor.scalar_type();
        return {withoutPadding(input).to(dtype), input.lengths};
    }

    LayerWeights weightsOf(std::int64_t layer, std::int64_t direction) const
    {
        const auto first = static_cast<std::size_t>(4 * (layer * m_stack.directions + direction));
        LayerWeights weights;
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = parameters[first + i].tensor;
        return weights;
    }

    at::Tensor zeroState(const at::Tensor &x) const
    {
        return at::zeros({x.size(0), m_stack.hidden}, x.options());
    }

    at::Tensor fused(const at::Tensor &x, const LayerWeights &weights) const
    {
        Quiet quiet;
        const c10::WarningUtils::WarningHandlerGuard guard(&quiet);
        // A state carried on in bfloat16 drifts: with a gate bias of 4, an LSTM's is 0.03 off after
        // 50 steps and 0.2 after 300, in float32 under 1e-5; and RNN and GRU run slower so.
        const c10::impl::ExcludeDispatchKeyGuard inFull(c10::autocast_dispatch_keyset);
        // cuDNN goes back only through a pass that was run as training; without dropout inside,
        // that is all the flag says.
        return m_recurrence.fused(
            {x, zeroState(x).unsqueeze(0), weights, at::GradMode::is_enabled()});
    }

    /// All states of a layer: (N, T, D·H), 0 in padding.
    at::Tensor through(std::int64_t layer, const Signal &x) const
    {
        at::Tensor states = fused(x.tensor, weightsOf(layer, 0));
        if (m_stack.directions == 2) {
            const at::Tensor back = fused(reversed(x), weightsOf(layer, 1));
            states = at::cat({states, reversed({back, x.lengths})}, 2);
        }
        return withoutPadding({states, x.lengths});
    }

    at::Tensor lastState(const Signal &states) const
    {
        const at::Tensor last = lastStep(states);
        if (m_stack.directions == 1) return last;
        const std::int64_t hidden = m_stack.hidden;
        return at::cat(
            {last.narrow(1, 0, hidden), states.tensor.select(1, 0).narrow(1, hidden, hidden)}, 1);
    }

    /// One layer in one direction, step by step: everything within, (N, T, H) each.
    std::vector<NamedTensor> walk(const Signal &x, const LayerWeights &weights) const
    {
        const at::Tensor fromInput = at::linear(x.tensor, weights[0], weights[2]);
        RecurrentState state{zeroState(x.tensor), zeroState(x.tensor)};
        std::vector<std::vector<at::Tensor>> steps;
        for (std::int64_t t = 0; t < x.tensor.size(1); ++t) {
            RecurrentStep taken = m_recurrence.step(
                fromInput.select(1, t), at::linear(state.hidden, weights[1], weights[3]), state);
            state = std::move(taken.after);
            taken.gates.resize(m_recurrence.gateNames.size());
            taken.gates.push_back(state.hidden);
            if (state.cell.defined()) taken.gates.push_back(state.cell);
            steps.push_back(std::move(taken.gates));
        }
        std::vector<std::string> names = m_recurrence.gateNames;
        names.insert(names.end(), {"hidden", "cell"});
        std::vector<NamedTensor> told;
        for (std::size_t i = 0; i < steps.front().size(); ++i) {
            std::vector<at::Tensor> row;
            for (const auto &step : steps) row.push_back(step[i]);
            told.push_back({names[i], at::stack(row, 1)});
        }
        return told;
    }

    Stack m_stack;
    const Recurrence &m_recurrence;
    double m_dropout;
};

// States and packing as nn.RNN, nn.LSTM and nn.GRU want them; a sequence without a step gives 0.
constexpr const char *kSupport = R"py(def recurrent(module, x, lengths):
    """x (N, T, F) to all states (N, T, D*H), 0 in padding, and the last ones (N, D*H)."""
    if lengths is None:
        y, h = module(x)
    else:
        packed = nn.utils.rnn.pack_padded_sequence(
            x, lengths.cpu().clamp(min=1), batch_first=True, enforce_sorted=False)
        y, h = module(packed)
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])
    if isinstance(h, tuple):  # LSTM: hidden state and cell
        h = h[0]
    h = torch.cat([h[-2], h[-1]], 1) if module.bidirectional else h[-1]
    if lengths is not None:
        empty = (lengths == 0)[:, None]
        y, h = y.masked_fill(empty[:, :, None], 0.0), h.masked_fill(empty, 0.0)
    return y, h
)py";

class RecurrentKind final : public BlockKind {
public:
    using Chosen = const Recurrence &(*)(const graph::Parameters &);

    RecurrentKind(graph::Description description, Chosen recurrence)
        : m_description(std::move(description)), m_recurrence(recurrence)
    {
    }

    const graph::Description &description() const override { return m_description; }

    std::vector<std::string> outputs(const graph::Parameters &) const override
    {
        return {"y", "h"};
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (!x.isSequence() || !x.size(Axis::F)) return expectsSequence(m_description.name, x);

        const Stack stack(parameters);
        const auto rows = static_cast<double>(m_recurrence(parameters).rows * stack.hidden);
        const auto steps = static_cast<double>(x.size(Axis::T).value_or(1));
        double weights = 0.0;
        for (std::int64_t layer = 0; layer < stack.layers; ++layer)
            weights += static_cast<double>(stack.directions) * rows
                       * static_cast<double>(stack.read(layer, *x.size(Axis::F)) + stack.hidden);
        const double values = steps * static_cast<double>(stack.features());
        if (auto refused = tooLarge(m_description.name, {weights, values, weights * steps}))
            return *refused;
        return std::vector{Shape::sequence(x.size(Axis::T), stack.features()),
                           Shape::vector(stack.features())};
    }

    graph::Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
                     const graph::Parameters &parameters) const override
    {
        const Stack stack(parameters);
        const std::int64_t rows = m_recurrence(parameters).rows * stack.hidden * stack.directions;
        graph::Cost cost;
        for (std::int64_t layer = 0; layer < stack.layers; ++layer) {
            const std::int64_t products =
                rows * (stack.read(layer, *inputs[0].size(Axis::F)) + stack.hidden);
            cost.parameters += products + 2 * rows;
            cost.multiplyAdds += products * inputs[0].size(Axis::T).value_or(1);
        }
        return cost;
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        const Stack stack(parameters);
        std::vector<Words> words{counted(stack.hidden, {"unit", "unité"}, {"units", "unités"})};
        if (stack.layers > 1)
            words.push_back(counted(stack.layers, {"layer", "couche"}, {"layers", "couches"}));
        if (stack.directions == 2) words.push_back({"both ways", "deux sens"});
        const double dropout = graph::real(parameters, "dropout");
        if (dropout > 0.0 && stack.layers > 1)
            words.push_back(same(fmt::format("dropout {:g} %", 100.0 * dropout)));
        if (const auto found = parameters.find("gate_bias");
            found != parameters.end() && !std::holds_alternative<std::string>(found->second)) {
            const std::string bias = graph::toString(found->second);
            words.push_back({"gate bias " + bias, "biais de porte " + bias});
        }
        if (const auto found = parameters.find("nonlinearity"); found != parameters.end())
            words.push_back(same(graph::toString(found->second)));
        return words;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<RecurrentModule>(request, m_recurrence(request.parameters));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Stack stack(request.parameters);
        std::string module = fmt::format("nn.{}({}, {}", m_description.name,
                                         *request.inputs[0].size(Axis::F), stack.hidden);
        if (stack.layers > 1) module += fmt::format(", num_layers={}", stack.layers);
        if (const auto found = request.parameters.find("nonlinearity");
            found != request.parameters.end())
            module += fmt::format(", nonlinearity=\"{}\"", graph::toString(found->second));
        // torch.nn warns of a dropout that has no layer to stand before.
        if (const double dropout = graph::real(request.parameters, "dropout");
            dropout > 0.0 && stack.layers > 1)
            module += fmt::format(", dropout={}", dropout);
        if (stack.directions == 2) module += ", bidirectional=True";
        return {.module = module + ", batch_first=True)",
                .call = "recurrent({m}, {x0}, {l0})",
                .support = kSupport};
    }

private:
    graph::Description m_description;
    Chosen m_recurrence;
};

} // namespace

std::vector<graph::ParameterSpec> recurrentSpecs()
{
    return {
        integerSpec({"hidden_size",
                     {"Units", "Unités"},
                     {"How many numbers it remembers from step to step.",
                      "Combien de nombres il retient d'un pas à l'autre."}},
                    64, 1, kMaxChannels),
        integerSpec({"num_layers",
                     {"Layers", "Couches"},
                     {"Layers on top of each other: each reads the states of the one below.",
                      "Couches superposées : chacune lit les états de celle du dessous."}},
                    1, 1, kMaxLayers),
        booleanSpec({"bidirectional",
                     {"Both ways", "Deux sens"},
                     {"A second copy reads from the end; twice as many features come out.",
                      "Une seconde copie lit depuis la fin ; il sort deux fois plus de valeurs."}},
                    false),
        realSpec({"dropout",
                  {"Dropout", "Dropout"},
                  {"Share of the values silenced between two layers while training, 0 to 1.",
                   "Part des valeurs éteintes entre deux couches pendant l'apprentissage, de 0 à "
                   "1."}},
                 0.0, 0.0, 1.0),
    };
}

graph::ParameterSpec gateBiasSpec(Words help)
{
    constexpr double kFarthest = 100.0;
    graph::ParameterSpec spec =
        realSpec({"gate_bias", {"Gate bias", "Biais de porte"}, std::move(help)}, 0.0, -kFarthest,
                 kFarthest);
    spec.defaultValue = std::string("default");
    spec.symbols = {"default"};
    return spec;
}

std::unique_ptr<BlockKind> recurrentKind(graph::Description description,
                                         const Recurrence &(*recurrence)(const graph::Parameters &))
{
    return std::make_unique<RecurrentKind>(std::move(description), recurrence);
}

} // namespace ostrich::blocks
