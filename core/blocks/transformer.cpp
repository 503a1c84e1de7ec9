// A transformer's layer, for an encoder or a decoder: sublayers, their weights, and what they see.
#include "blocks/transformer_torch.hpp"

#include "blocks/attention_torch.hpp"
#include "blocks/dropout_torch.hpp"
#include "blocks/lengths_torch.hpp"

#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace ostrich::blocks {

namespace {

constexpr double kEpsilon = 1e-5;

/// weight (out, in) and bias (out) as torch.nn.Linear draws them.
std::vector<NamedTensor> linearWeights(const std::string &prefix, std::int64_t in, std::int64_t out,
                                       const BuildRequest &request)
{
    const double bound = 1.0 / std::sqrt(static_cast<double>(in));
    return {{prefix + "weight", uniformTensor({out, in}, bound, request)},
            {prefix + "bias", uniformTensor({out}, bound, request)}};
}

std::vector<NamedTensor> normWeights(const std::string &prefix, std::int64_t features,
                                     const BuildRequest &request)
{
    const auto options = at::TensorOptions().dtype(request.dtype);
    return {{prefix + "weight", at::ones({features}, options).requires_grad_(true)},
            {prefix + "bias", at::zeros({features}, options).requires_grad_(true)}};
}

/// What the attentions of one pass saw, where somebody asks.
struct Seen {
    at::Tensor own;    // of x at itself
    at::Tensor memory; // of x at the memory
};

class TransformerLayer final : public Module {
public:
    TransformerLayer(const BuildRequest &request, bool decoder);

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &pass) override
    {
        return {run(inputs, pass, nullptr)};
    }

    std::vector<NamedTensor> inside(std::span<const Signal> inputs) const override
    {
        Seen seen;
        run(inputs, {}, &seen);
        if (!m_decoder) return {{"attention", seen.own}};
        return {{"attention", seen.memory}, {"self_attention", seen.own}};
    }

private:
    Signal run(std::span<const Signal> inputs, const Pass &pass, Seen *seen) const;
    void add(std::vector<NamedTensor> more);
    at::Tensor selfAttention(const Signal &x, const Pass &pass, Seen *seen) const;
    at::Tensor crossAttention(const Signal &x, const Signal &memory, const Pass &pass,
                              Seen *seen) const;
    at::Tensor feedForward(const at::Tensor &x, const Pass &pass) const;
    at::Tensor normalised(std::size_t norm, const at::Tensor &x) const;

    /// x and what `sublayer` makes of it, with the norm of that number before or behind.
    template <typename Sublayer>
    void through(Signal &x, std::size_t norm, const Pass &how, const Sublayer &sublayer) const
    {
        const Signal read{m_normFirst ? normalised(norm, x.tensor) : x.tensor, x.lengths};
        const at::Tensor sum = x.tensor.add(dropped(sublayer(read), m_rule.dropout, how));
        x.tensor = m_normFirst ? sum : normalised(norm, sum);
    }

    const at::Tensor &weight(std::size_t place) const { return parameters[place].tensor; }

    bool m_decoder;
    bool m_normFirst;
    bool m_gelu;
    AttentionRule m_rule;
    std::size_t m_linears = 0; // where linear1.weight and norm1.weight stand in `parameters`
    std::size_t m_norms = 0;
};

TransformerLayer::TransformerLayer(const BuildRequest &request, bool decoder)
    : m_decoder(decoder),
      m_normFirst(graph::boolean(request.parameters, "norm_first")),
      m_gelu(graph::text(request.parameters, "activation") == "gelu"),
      m_rule{graph::integer(request.parameters, "num_heads"),
             decoder || graph::boolean(request.parameters, "causal"),
             graph::real(request.parameters, "dropout")}
{
    const std::int64_t features = *request.inputs[0].size(graph::Axis::F);
    const std::int64_t wide = graph::integer(request.parameters, "dim_feedforward");
    add(attentionWeights("self_attn.", features, true, request));
    if (decoder) add(attentionWeights("multihead_attn.", features, true, request));
    m_linears = parameters.size();
    add(linearWeights("linear1.", features, wide, request));
    add(linearWeights("linear2.", wide, features, request));
    m_norms = parameters.size();
    for (int norm = 1; norm <= (decoder ? 3 : 2); ++norm)
        add(normWeights("norm" + std::to_string(norm) + ".", features, request));
}

void TransformerLayer::add(std::vector<NamedTensor> more)
{
    for (NamedTensor &one : more) parameters.push_back(std::move(one));
}

Signal TransformerLayer::run(std::span<const Signal> inputs, const Pass &how, Seen *seen) const
{
    Signal x{withoutPadding(inputs[0]), inputs[0].lengths};
    std::size_t norm = 0;
    through(x, norm++, how, [&](const Signal &read) { return selfAttention(read, how, seen); });
    if (m_decoder) {
        const Signal memory{withoutPadding(inputs[1]), inputs[1].lengths};
        through(x, norm++, how,
                [&](const Signal &read) { return crossAttention(read, memory, how, seen); });
    }
    through(x, norm, how, [&](const Signal &read) { return feedForward(read.tensor, how); });
    return {withoutPadding(x), x.lengths};
}

at::Tensor TransformerLayer::selfAttention(const Signal &x, const Pass &how, Seen *seen) const
{
    const AttentionWeights weights = AttentionWeights::from(parameters, 0, true);
    if (seen) seen->own = attentionMap(x, x, weights, m_rule);
    return attend({x, x, x.tensor}, weights, m_rule, how);
}

at::Tensor TransformerLayer::crossAttention(const Signal &x, const Signal &memory, const Pass &how,
                                            Seen *seen) const
{
    const AttentionWeights weights = AttentionWeights::from(parameters, 4, true);
    AttentionRule rule = m_rule;
    rule.causal = false;
    if (seen) seen->memory = attentionMap(x, memory, weights, rule);
    return attend({x, memory, memory.tensor}, weights, rule, how);
}

at::Tensor TransformerLayer::feedForward(const at::Tensor &x, const Pass &how) const
{
    const at::Tensor wide = at::linear(x, weight(m_linears), weight(m_linears + 1));
    const at::Tensor bent = m_gelu ? at::gelu(wide) : at::relu(wide);
    return at::linear(dropped(bent, m_rule.dropout, how), weight(m_linears + 2),
                      weight(m_linears + 3));
}

at::Tensor TransformerLayer::normalised(std::size_t norm, const at::Tensor &x) const
{
    const std::size_t place = m_norms + 2 * norm;
    return at::layer_norm(x, {x.size(2)}, weight(place), weight(place + 1), kEpsilon);
}

} // namespace

std::unique_ptr<Module> transformerLayer(const BuildRequest &request, bool decoder)
{
    return std::make_unique<TransformerLayer>(request, decoder);
}

} // namespace ostrich::blocks
