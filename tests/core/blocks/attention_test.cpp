// Attention, transformer layers, positions and normalisations against their formulas written out;
// and that neither padding nor a later step reaches a result.
#include "blocks/attention_fit.hpp"
#include "blocks/block_kind.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/nearest_divisor.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QTest>

#include <cmath>
#include <limits>

using namespace ostrich;
using at::Tensor;
using blocks::Signal;
using graph::Axis;
using graph::Parameters;
using graph::Shape;

namespace {

using Integer = std::int64_t;
constexpr std::uint64_t kSeed = 7; // of every random test here
constexpr Integer kFeatures = 8;

at::Generator generatorOf(std::uint64_t seed = kSeed)
{
    return at::detail::createCPUGenerator(seed);
}

Tensor drawn(at::IntArrayRef sizes, std::uint64_t seed = kSeed)
{
    return at::empty(sizes, at::TensorOptions().dtype(at::kDouble))
        .normal_(0.0, 1.0, generatorOf(seed));
}

Tensor lengthsOf(std::vector<Integer> lengths)
{
    return at::tensor(lengths, at::TensorOptions().dtype(at::kLong));
}

/// A block in float64 with weights that are all drawn: none stays at its initial 0 or 1.
struct Built {
    Built(const std::string &name, const Parameters &given, const std::vector<Shape> &inputs)
        : kind(*blocks::Registry::instance().find(name)),
          parameters(graph::withDefaults(given, kind.description().parameters))
    {
        auto inferred = kind.infer(inputs, parameters, facts);
        if (inferred.index() != 0)
            throw std::logic_error(
                sentence(std::get<graph::Misfit>(inferred).message, Language::English));
        const auto outputs = std::get<0>(inferred);
        module = kind.build({parameters, inputs, outputs, facts, {}, generatorOf(), at::kDouble});
        const at::NoGradGuard noGradient;
        at::Generator generator = generatorOf(11);
        for (auto &[id, tensor] : module->parameters) tensor.normal_(0.0, 0.5, generator);
    }

    Tensor operator()(const std::vector<Signal> &inputs, bool training = false) const
    {
        const blocks::Pass pass{training, training ? generatorOf(3) : at::Generator()};
        return module->forward(inputs, pass)[0].tensor;
    }

    Tensor inside(const std::string &name, const std::vector<Signal> &inputs) const
    {
        for (const auto &[id, tensor] : module->inside(inputs))
            if (id == name) return tensor;
        return {};
    }

    Tensor weight(const std::string &name) const
    {
        for (const auto &[id, tensor] : module->parameters)
            if (id == name) return tensor;
        throw std::logic_error("no weight " + name);
    }

    const blocks::BlockKind &kind;
    Parameters parameters;
    graph::DataFacts facts;
    std::unique_ptr<blocks::Module> module;
};

double largestDifference(const Tensor &a, const Tensor &b)
{
    return a.sub(b).abs().max().item().toDouble();
}

double at3(const Tensor &x, Integer n, Integer t, Integer f)
{
    return x.select(0, n).select(0, t).select(0, f).item().toDouble();
}

std::vector<double> values(const Tensor &x)
{
    const Tensor plain = x.detach().contiguous();
    return {plain.const_data_ptr<double>(), plain.const_data_ptr<double>() + plain.numel()};
}

/// W x + b for one row, with `weight` (out, in) from row `first` on.
std::vector<double> affine(const std::vector<double> &x, const Tensor &weight, const Tensor &bias,
                           Integer first, Integer count)
{
    const std::vector<double> w = values(weight);
    const std::vector<double> b = bias.defined() ? values(bias) : std::vector<double>();
    std::vector<double> y;
    for (Integer o = first; o < first + count; ++o) {
        double sum = b.empty() ? 0.0 : b[static_cast<std::size_t>(o)];
        for (std::size_t i = 0; i < x.size(); ++i)
            sum += w[static_cast<std::size_t>(o) * x.size() + i] * x[i];
        y.push_back(sum);
    }
    return y;
}

std::vector<double> row(const Tensor &x, Integer n, Integer t)
{
    return values(x.select(0, n).select(0, t));
}

/// Weights of one attention, taken out of a block.
struct Projections {
    Tensor in, inBias, out, outBias;
};

Projections projectionsOf(const Built &block, const std::string &prefix = "")
{
    return {block.weight(prefix + "in_proj_weight"), block.weight(prefix + "in_proj_bias"),
            block.weight(prefix + "out_proj.weight"), block.weight(prefix + "out_proj.bias")};
}

/// Attention of one query step, written out with loops: head by head, key by key.
std::vector<double> attendedByLoops(const Tensor &query, const Tensor &key, const Tensor &value,
                                    const Projections &w, Integer heads, Integer n, Integer t,
                                    Integer keys)
{
    const Integer width = query.size(2), d = width / heads;
    const std::vector<double> q = affine(row(query, n, t), w.in, w.inBias, 0, width);
    std::vector<double> read(static_cast<std::size_t>(width), 0.0);
    for (Integer head = 0; head < heads; ++head) {
        std::vector<double> share;
        double total = 0.0;
        for (Integer s = 0; s < keys; ++s) {
            const std::vector<double> k = affine(row(key, n, s), w.in, w.inBias, width, width);
            double score = 0.0;
            for (Integer i = head * d; i < (head + 1) * d; ++i)
                score += q[static_cast<std::size_t>(i)] * k[static_cast<std::size_t>(i)];
            share.push_back(std::exp(score / std::sqrt(static_cast<double>(d))));
            total += share.back();
        }
        for (Integer s = 0; s < keys; ++s) {
            const std::vector<double> v =
                affine(row(value, n, s), w.in, w.inBias, 2 * width, width);
            for (Integer i = head * d; i < (head + 1) * d; ++i)
                read[static_cast<std::size_t>(i)] +=
                    share[static_cast<std::size_t>(s)] / total * v[static_cast<std::size_t>(i)];
        }
    }
    return affine(read, w.out, w.outBias, 0, width);
}

/// The largest difference between `y` and the loops over `lengths`' real queries; keys of `y`'s
/// step t are those of `keysAt(n, t)`.
template <typename KeysAt>
double differenceFromLoops(const Tensor &y, const Tensor &query, const Tensor &key,
                           const Tensor &value, const Projections &weights, Integer heads,
                           const std::vector<Integer> &lengths, const KeysAt &keysAt)
{
    double largest = 0.0;
    for (Integer n = 0; n < y.size(0); ++n) {
        for (Integer t = 0; t < lengths[static_cast<std::size_t>(n)]; ++t) {
            const auto expected =
                attendedByLoops(query, key, value, weights, heads, n, t, keysAt(n, t));
            for (Integer f = 0; f < y.size(2); ++f)
                largest = std::max(
                    largest, std::abs(at3(y, n, t, f) - expected[static_cast<std::size_t>(f)]));
        }
    }
    return largest;
}

/// LayerNorm by its definition: biased variance, eps 1e-5.
Tensor layerNorm(const Tensor &x, const Tensor &weight, const Tensor &bias)
{
    const Tensor mean = x.mean(-1, true);
    const Tensor variance = x.sub(mean).square().mean(-1, true);
    return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(weight).add(bias);
}

/// A MultiheadAttention block with the weights of a sublayer.
Tensor attentionOf(const Built &layer, const std::string &prefix, const Signal &query,
                   const Signal &key, bool causal, Integer heads)
{
    const Shape shape = Shape::sequence(std::nullopt, kFeatures);
    const Built alone("MultiheadAttention",
                      {{"attend", std::string("cross")}, {"num_heads", heads}, {"causal", causal}},
                      {shape, shape, shape});
    const at::NoGradGuard noGradient;
    for (auto &[id, tensor] : alone.module->parameters) tensor.copy_(layer.weight(prefix + id));
    return alone({query, key, key});
}

Tensor feedForward(const Built &layer, const Tensor &x, bool gelu)
{
    const Tensor wide = at::linear(x, layer.weight("linear1.weight"), layer.weight("linear1.bias"));
    return at::linear(gelu ? at::gelu(wide) : at::relu(wide), layer.weight("linear2.weight"),
                      layer.weight("linear2.bias"));
}

Tensor realPart(const Tensor &x, const std::vector<Integer> &lengths)
{
    std::vector<Tensor> parts;
    for (std::size_t n = 0; n < lengths.size(); ++n)
        parts.push_back(x.select(0, static_cast<Integer>(n)).slice(0, 0, lengths[n]));
    return at::cat(parts, 0);
}

const Shape kVaried = Shape::sequence(std::nullopt, kFeatures);

std::optional<graph::Misfit> misfitOf(const std::string &name, const Parameters &given,
                                      const std::vector<Shape> &inputs)
{
    const blocks::BlockKind &kind = *blocks::Registry::instance().find(name);
    const auto inferred =
        kind.infer(inputs, graph::withDefaults(given, kind.description().parameters), {});
    const auto *misfit = std::get_if<graph::Misfit>(&inferred);
    return misfit ? std::optional(*misfit) : std::nullopt;
}

bool isSaid(const Message &message)
{
    const std::string en = sentence(message, Language::English),
                      fr = sentence(message, Language::French);
    return en != fr && !en.starts_with("blocks.") && en.find('{') == std::string::npos
           && fr.find('{') == std::string::npos;
}

/// A block over sequences that mixes steps: its kind, parameters and how many inputs it has.
struct Mixing {
    const char *title;
    std::string kind;
    Parameters parameters;
    std::size_t inputs = 1;
    bool causal = false;
};

std::vector<Mixing> mixing()
{
    const Parameters layer{{"dim_feedforward", Integer{12}}};
    Parameters post = layer, causal = layer;
    post["norm_first"] = false;
    causal["causal"] = true;
    return {
        {"attention", "MultiheadAttention", {}},
        {"attention, causal", "MultiheadAttention", {{"causal", true}}, 1, true},
        {"attention, cross", "MultiheadAttention", {{"attend", std::string("cross")}}, 3},
        {"encoder layer", "TransformerEncoderLayer", layer},
        {"encoder layer, post-norm", "TransformerEncoderLayer", post},
        {"encoder layer, causal", "TransformerEncoderLayer", causal, 1, true},
        {"decoder layer", "TransformerDecoderLayer", layer, 2, true},
        {"decoder layer, post-norm", "TransformerDecoderLayer", post, 2, true},
        {"group norm", "GroupNorm", {}},
        {"positions", "PositionalEncoding", {}, 1, true},
        {"learned positions",
         "PositionalEncoding",
         {{"encoding", std::string("learned")}},
         1,
         true},
        {"linear", "Linear", {{"out_features", Integer{5}}}, 1, true},
        {"softmax", "Softmax", {}, 1, true},
        {"layer norm", "LayerNorm", {}, 1, true},
        {"rms norm", "RMSNorm", {}, 1, true},
    };
}

void addMixing()
{
    QTest::addColumn<int>("index");
    const auto all = mixing();
    for (std::size_t i = 0; i < all.size(); ++i) QTest::newRow(all[i].title) << static_cast<int>(i);
}

Built builtMixing(const Mixing &one)
{
    return Built(one.kind, one.parameters, std::vector<Shape>(one.inputs, kVaried));
}

/// Not inlined: GCC 12 takes the alternatives that are not held for values without a beginning.
[[gnu::noinline]] graph::Repair changed(const char *parameter, graph::ParameterValue value)
{
    return graph::ChangeParameter{parameter, std::move(value)};
}

} // namespace

class AttentionTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        at::set_num_threads(1);
        qInfo("seed %d", static_cast<int>(kSeed));
    }

    void attentionIsItsFormula()
    {
        const at::NoGradGuard noGradient;
        const std::vector<Integer> lengths{5, 3, 1};
        const Tensor x = drawn({3, 5, kFeatures});
        for (const Integer heads : {1, 4}) {
            for (const bool causal : {false, true}) {
                const Built block("MultiheadAttention", {{"num_heads", heads}, {"causal", causal}},
                                  {kVaried});
                const auto keysAt = [&](Integer n, Integer t) {
                    return causal ? t + 1 : lengths[static_cast<std::size_t>(n)];
                };
                const Tensor y = block({{x, lengthsOf(lengths)}});
                QVERIFY(
                    differenceFromLoops(y, x, x, x, projectionsOf(block), heads, lengths, keysAt)
                    < 1e-12);
                const Tensor whole = block({{x, {}}});
                QVERIFY(differenceFromLoops(whole, x, x, x, projectionsOf(block), heads, {5, 5, 5},
                                            [&](Integer, Integer t) { return causal ? t + 1 : 5; })
                        < 1e-12);
            }
        }
    }

    void crossAttentionReadsTheOtherSequence()
    {
        const at::NoGradGuard noGradient;
        const std::vector<Integer> queries{2, 4}, keys{6, 3};
        const Tensor q = drawn({2, 4, kFeatures}, 1), k = drawn({2, 6, kFeatures}, 2),
                     v = drawn({2, 6, kFeatures}, 3);
        const Built block("MultiheadAttention", {{"attend", std::string("cross")}},
                          {kVaried, kVaried, kVaried});
        const Signal key{k, lengthsOf(keys)}, value{v, lengthsOf(keys)};
        const auto keysAt = [&](Integer n, Integer) { return keys[static_cast<std::size_t>(n)]; };
        const Tensor y = block({{q, lengthsOf(queries)}, key, value});
        QVERIFY(differenceFromLoops(y, q, k, v, projectionsOf(block), 4, queries, keysAt) < 1e-12);
        // One tensor at both ports takes another way through the projections.
        const Tensor shared = block({{q, lengthsOf(queries)}, key, key});
        QVERIFY(differenceFromLoops(shared, q, k, k, projectionsOf(block), 4, queries, keysAt)
                < 1e-12);
        QVERIFY(y.select(0, 0).slice(0, 2).abs().max().item().toDouble() == 0.0);
    }

    void laterStepsChangeNoEarlierOne_data() { addMixing(); }
    void laterStepsChangeNoEarlierOne()
    {
        QFETCH(int, index);
        const Mixing one = mixing()[static_cast<std::size_t>(index)];
        const at::NoGradGuard noGradient;
        const Built block = builtMixing(one);
        const Tensor x = drawn({1, 6, kFeatures}), memory = drawn({1, 6, kFeatures}, 2);
        const auto run = [&](const Tensor &first) {
            std::vector<Signal> inputs(one.inputs, {memory, {}});
            inputs[0] = {first, {}};
            return block(inputs);
        };
        Tensor changed = x.clone();
        // Not by a constant: a norm or a softmax would not see it.
        changed.select(1, 4).copy_(drawn({1, kFeatures}, 5));
        const Tensor before = run(x), after = run(changed);
        const double early = largestDifference(before.slice(1, 0, 4), after.slice(1, 0, 4));
        const bool looksAhead = !one.causal && one.inputs != 3;
        QVERIFY(looksAhead ? early > 1e-6 : early < 1e-12);
        QVERIFY(largestDifference(before.select(1, 4), after.select(1, 4)) > 1e-6);
    }

    void aSequenceIsTheSameAloneAndPadded_data() { addMixing(); }
    void aSequenceIsTheSameAloneAndPadded()
    {
        QFETCH(int, index);
        const Mixing one = mixing()[static_cast<std::size_t>(index)];
        const at::NoGradGuard noGradient;
        const Built block = builtMixing(one);
        const std::vector<Integer> lengths{5, 3, 1}, memories{2, 6, 4};
        Tensor x = drawn({3, 5, kFeatures}), memory = drawn({3, 6, kFeatures}, 2);
        // What stands in the padding is nobody's business, be it no number at all.
        for (std::size_t n = 0; n < 3; ++n) {
            const auto at = static_cast<Integer>(n);
            x.select(0, at).slice(0, lengths[n]).fill_(std::nan(""));
            memory.select(0, at)
                .slice(0, memories[n])
                .fill_(std::numeric_limits<double>::infinity());
        }
        std::vector<Signal> inputs(one.inputs, {memory, lengthsOf(memories)});
        inputs[0] = {x, lengthsOf(lengths)};
        const Tensor padded = block(inputs);
        for (std::size_t n = 0; n < 3; ++n) {
            const auto at = static_cast<Integer>(n);
            std::vector<Signal> alone(one.inputs,
                                      {memory.slice(0, at, at + 1).slice(1, 0, memories[n]), {}});
            alone[0] = {x.slice(0, at, at + 1).slice(1, 0, lengths[n]), {}};
            const Tensor real = padded.slice(0, at, at + 1).slice(1, 0, lengths[n]);
            QVERIFY(largestDifference(block(alone), real) < 1e-10);
        }
    }

    void anEmptySequenceGivesNumbers_data() { addMixing(); }
    void anEmptySequenceGivesNumbers()
    {
        QFETCH(int, index);
        const Mixing one = mixing()[static_cast<std::size_t>(index)];
        const Built block = builtMixing(one);
        Tensor x = drawn({2, 3, kFeatures}).requires_grad_(true);
        std::vector<Signal> inputs(one.inputs, {x, lengthsOf({3, 0})});
        const Tensor y = block(inputs);
        QVERIFY(y.isfinite().all().item().toBool());
        y.sum().backward();
        QVERIFY(x.grad().isfinite().all().item().toBool());
        for (const auto &[name, tensor] : block.module->parameters)
            QVERIFY2(!tensor.grad().defined() || tensor.grad().isfinite().all().item().toBool(),
                     name.c_str());
    }

    void rowsOfTheMapSumToOneAndGiveTheFusedOutput()
    {
        const at::NoGradGuard noGradient;
        const std::vector<Integer> lengths{5, 3, 0};
        for (const bool causal : {false, true}) {
            const Built block("MultiheadAttention", {{"causal", causal}}, {kVaried});
            const std::vector<Signal> inputs{{drawn({3, 5, kFeatures}), lengthsOf(lengths)}};
            const Tensor map = block.inside("attention", inputs);
            QCOMPARE(map.sizes().vec(), (std::vector<Integer>{3, 4, 5, 5}));
            QVERIFY(map.sum(-1).sub(1.0).abs().max().item().toDouble() < 1e-12);
            QVERIFY(map.select(0, 1).slice(2, 3).abs().max().item().toDouble() == 0.0);

            const Projections w = projectionsOf(block);
            const Tensor value = at::linear(inputs[0].tensor, w.in.slice(0, 2 * kFeatures),
                                            w.inBias.slice(0, 2 * kFeatures));
            const Tensor heads = value.view({3, 5, 4, 2}).transpose(1, 2);
            const Tensor read = map.matmul(heads).transpose(1, 2).flatten(2);
            const Tensor rebuilt = at::linear(read, w.out, w.outBias);
            QVERIFY(largestDifference(realPart(rebuilt, lengths), realPart(block(inputs), lengths))
                    < 1e-12);
        }
    }

    void fusedAndByHandAgreeInSinglePrecision()
    {
        const at::NoGradGuard noGradient;
        // Drop-out of nearly nothing takes the way by hand and silences no weight.
        const Built fused("MultiheadAttention", {}, {kVaried});
        const Built byHand("MultiheadAttention", {{"dropout", 1e-12}}, {kVaried});
        for (const Built *block : {&fused, &byHand})
            for (auto &[id, tensor] : block->module->parameters) tensor = tensor.to(at::kFloat);
        const Signal x{drawn({4, 40, kFeatures}).to(at::kFloat), lengthsOf({40, 31, 7, 1})};
        QVERIFY(largestDifference(fused({x}, true), byHand({x}, true)) < 1e-5);
    }

    void dropoutDrawsFromThePassAndOnlyInTraining()
    {
        const at::NoGradGuard noGradient;
        for (const char *kind : {"MultiheadAttention", "TransformerEncoderLayer"}) {
            const Built block(kind, {{"dropout", 0.5}}, {kVaried});
            const std::vector<Signal> x{{drawn({3, 5, kFeatures}), lengthsOf({5, 3, 1})}};
            QVERIFY(at::allclose(block(x, true), block(x, true), 0.0, 0.0));
            QVERIFY(largestDifference(block(x, true), block(x, false)) > 1e-3);
            QVERIFY(at::allclose(block(x, false), block(x, false), 0.0, 0.0));
        }
    }

    void weightsStartAsInPytorch()
    {
        const Integer width = 64;
        const Shape shape = Shape::sequence(std::nullopt, width);
        const blocks::BlockKind &kind =
            *blocks::Registry::instance().find("TransformerDecoderLayer");
        const Parameters parameters = graph::withDefaults({}, kind.description().parameters);
        const std::vector<Shape> inputs{shape, shape}, outputs{shape};
        const auto module =
            kind.build({parameters, inputs, outputs, {}, {}, generatorOf(), at::kDouble});
        std::vector<std::string> names;
        for (const auto &[name, tensor] : module->parameters) {
            names.push_back(name);
            const double largest = tensor.abs().max().item().toDouble();
            const auto isNear = [&](double bound) {
                return largest <= bound && largest > 0.95 * bound;
            };
            if (name.ends_with("in_proj_weight"))
                QVERIFY(isNear(std::sqrt(6.0 / (4.0 * static_cast<double>(width)))));
            else if (name.ends_with("_proj_bias") || name.ends_with("out_proj.bias"))
                QCOMPARE(largest, 0.0);
            else if (name == "linear2.weight")
                QVERIFY(isNear(1.0 / 16.0));
            else if (name.ends_with("out_proj.weight") || name == "linear1.weight")
                QVERIFY(isNear(1.0 / 8.0));
        }
        const std::vector<std::string> expected{"self_attn.in_proj_weight",
                                                "self_attn.in_proj_bias",
                                                "self_attn.out_proj.weight",
                                                "self_attn.out_proj.bias",
                                                "multihead_attn.in_proj_weight",
                                                "multihead_attn.in_proj_bias",
                                                "multihead_attn.out_proj.weight",
                                                "multihead_attn.out_proj.bias",
                                                "linear1.weight",
                                                "linear1.bias",
                                                "linear2.weight",
                                                "linear2.bias",
                                                "norm1.weight",
                                                "norm1.bias",
                                                "norm2.weight",
                                                "norm2.bias",
                                                "norm3.weight",
                                                "norm3.bias"};
        QCOMPARE(names, expected);
    }

    void encoderLayerIsItsSublayers()
    {
        const at::NoGradGuard noGradient;
        const std::vector<Integer> lengths{5, 3, 1};
        const Tensor x = drawn({3, 5, kFeatures});
        for (const bool first : {true, false}) {
            for (const bool gelu : {true, false}) {
                const Built layer("TransformerEncoderLayer",
                                  {{"norm_first", first},
                                   {"activation", std::string(gelu ? "gelu" : "relu")},
                                   {"causal", gelu},
                                   {"num_heads", Integer{2}}},
                                  {kVaried});
                const auto norm = [&](int i, const Tensor &of) {
                    const std::string name = "norm" + std::to_string(i);
                    return layerNorm(of, layer.weight(name + ".weight"),
                                     layer.weight(name + ".bias"));
                };
                const auto look = [&](const Tensor &of) {
                    const Signal signal{of, lengthsOf(lengths)};
                    return attentionOf(layer, "self_attn.", signal, signal, gelu, 2);
                };
                Tensor y;
                if (first) {
                    const Tensor h = x.add(look(norm(1, x)));
                    y = h.add(feedForward(layer, norm(2, h), gelu));
                } else {
                    const Tensor h = norm(1, x.add(look(x)));
                    y = norm(2, h.add(feedForward(layer, h, gelu)));
                }
                const Tensor found = layer({{x, lengthsOf(lengths)}});
                QVERIFY(largestDifference(realPart(found, lengths), realPart(y, lengths)) < 1e-12);
                QVERIFY(found.select(0, 2).slice(0, 1).abs().max().item().toDouble() == 0.0);
            }
        }
    }

    void decoderLayerIsItsSublayers()
    {
        const at::NoGradGuard noGradient;
        const std::vector<Integer> lengths{5, 3, 1}, memories{2, 6, 4};
        const Signal x{drawn({3, 5, kFeatures}), lengthsOf(lengths)};
        const Signal memory{drawn({3, 6, kFeatures}, 2), lengthsOf(memories)};
        for (const bool first : {true, false}) {
            const Built layer("TransformerDecoderLayer", {{"norm_first", first}},
                              {kVaried, kVaried});
            const auto sublayer = [&](int i, const Tensor &of, const auto &change) {
                const std::string name = "norm" + std::to_string(i);
                const auto norm = [&](const Tensor &some) {
                    return layerNorm(some, layer.weight(name + ".weight"),
                                     layer.weight(name + ".bias"));
                };
                return first ? of.add(change(norm(of))) : norm(of.add(change(of)));
            };
            const Tensor own = sublayer(1, x.tensor, [&](const Tensor &of) {
                const Signal signal{of, x.lengths};
                return attentionOf(layer, "self_attn.", signal, signal, true, 4);
            });
            const Tensor other = sublayer(2, own, [&](const Tensor &of) {
                return attentionOf(layer, "multihead_attn.", {of, x.lengths}, memory, false, 4);
            });
            const Tensor y =
                sublayer(3, other, [&](const Tensor &of) { return feedForward(layer, of, false); });
            QVERIFY(largestDifference(realPart(layer({x, memory}), lengths), realPart(y, lengths))
                    < 1e-12);

            const Tensor own2 = layer.inside("self_attention", {x, memory});
            const Tensor cross = layer.inside("attention", {x, memory});
            QCOMPARE(cross.sizes().vec(), (std::vector<Integer>{3, 4, 5, 6}));
            QCOMPARE(own2.sizes().vec(), (std::vector<Integer>{3, 4, 5, 5}));
            QVERIFY(cross.sum(-1).sub(1.0).abs().max().item().toDouble() < 1e-12);
            QVERIFY(own2.triu(1).abs().max().item().toDouble() == 0.0);
            QVERIFY(cross.select(0, 0).slice(2, 2).abs().max().item().toDouble() == 0.0);
        }
    }

    void positionsAreSinesAndCosines()
    {
        const at::NoGradGuard noGradient;
        for (const Integer features : {6, 7}) {
            const Built block("PositionalEncoding", {}, {Shape::sequence(std::nullopt, features)});
            const Tensor x = drawn({2, 600, features});
            const Tensor added = block({{x, {}}}).sub(x);
            for (const Integer t : {0, 1, 17, 599}) {
                for (Integer f = 0; f < features; ++f) {
                    const double phase = static_cast<double>(t)
                                         / std::pow(10000.0, static_cast<double>(f - f % 2)
                                                                 / static_cast<double>(features));
                    const double expected = f % 2 == 0 ? std::sin(phase) : std::cos(phase);
                    QVERIFY(std::abs(at3(added, 1, t, f) - expected) < 1e-10);
                }
            }
        }
        const Built learned("PositionalEncoding",
                            {{"encoding", std::string("learned")}, {"max_length", Integer{3}}},
                            {kVaried});
        const Tensor x = drawn({1, 5, kFeatures});
        const Tensor added = learned({{x, {}}}).sub(x).select(0, 0),
                     rows = learned.weight("weight");
        QVERIFY(largestDifference(added.slice(0, 0, 3), rows) < 1e-12);
        QVERIFY(largestDifference(added.select(0, 4), rows.select(0, 2)) < 1e-12);
    }

    void normsAreTheirClosedForms()
    {
        const at::NoGradGuard noGradient;
        const Tensor x = drawn({3, 5, kFeatures});
        const Built layer("LayerNorm", {}, {kVaried}), rms("RMSNorm", {}, {kVaried});
        QVERIFY(largestDifference(layer({{x, {}}}),
                                  layerNorm(x, layer.weight("weight"), layer.weight("bias")))
                < 1e-12);
        const Tensor root = x.square().mean(-1, true).add(1e-5).sqrt();
        QVERIFY(largestDifference(rms({{x, {}}}), x.div(root).mul(rms.weight("weight"))) < 1e-12);

        const Built group("GroupNorm", {{"num_groups", Integer{2}}}, {kVaried});
        const std::vector<Integer> lengths{5, 3, 1};
        const Tensor y = group({{x, lengthsOf(lengths)}});
        for (std::size_t n = 0; n < 3; ++n) {
            for (const Integer first : {0, 4}) { // the features of a group
                const Tensor real = x.select(0, static_cast<Integer>(n))
                                        .slice(0, 0, lengths[n])
                                        .slice(1, first, first + 4);
                const Tensor mean = real.mean(), variance = real.sub(mean).square().mean();
                const Tensor expected = real.sub(mean)
                                            .div(variance.add(1e-5).sqrt())
                                            .mul(group.weight("weight").slice(0, first, first + 4))
                                            .add(group.weight("bias").slice(0, first, first + 4));
                const Tensor found = y.select(0, static_cast<Integer>(n))
                                         .slice(0, 0, lengths[n])
                                         .slice(1, first, first + 4);
                QVERIFY(largestDifference(found, expected) < 1e-12);
            }
        }
        // Maps: the same with pixels for steps.
        const Built maps("GroupNorm", {{"num_groups", Integer{2}}}, {Shape::maps(8, 5, 1)});
        const Tensor turned = x.transpose(1, 2).unsqueeze(3);
        QVERIFY(largestDifference(maps({{turned, {}}}).squeeze(3).transpose(1, 2),
                                  group({{x, lengthsOf({5, 5, 5})}}))
                < 1e-12);
    }

    void axesAndShapesChangeInOrder()
    {
        const at::NoGradGuard noGradient;
        const Tensor x = drawn({2, 3, 4, 5});
        const Shape maps = Shape::maps(3, 4, 5);
        const Tensor pixels = Built("Permute", {}, {maps})({{x, {}}});
        const Tensor rows = Built("Permute", {{"order", std::string("H,CW")}}, {maps})({{x, {}}});
        const Tensor turned =
            Built("Permute", {{"order", std::string("C,W,H")}}, {maps})({{x, {}}});
        const Tensor flat = Built("Reshape", {{"shape", std::string("4x15")}}, {maps})({{x, {}}});
        const auto value = [&](Integer c, Integer i, Integer j) {
            return x.select(0, 1).select(0, c).select(0, i).select(0, j).item().toDouble();
        };
        for (Integer c = 0; c < 3; ++c)
            for (Integer i = 0; i < 4; ++i)
                for (Integer j = 0; j < 5; ++j) {
                    const Integer place = (c * 4 + i) * 5 + j;
                    QCOMPARE(at3(pixels, 1, i * 5 + j, c), value(c, i, j));
                    QCOMPARE(at3(rows, 1, i, c * 5 + j), value(c, i, j));
                    QCOMPARE(at3(turned.select(1, c), 1, j, i), value(c, i, j));
                    QCOMPARE(at3(flat, 1, place / 15, place % 15), value(c, i, j));
                }
    }

    void activationsAreTheirClosedForms()
    {
        const at::NoGradGuard noGradient;
        const std::vector<double> points{-3.0, -0.7, 0.0, 0.4, 2.5};
        const Tensor x = at::tensor(points, at::TensorOptions().dtype(at::kDouble)).unsqueeze(0);
        const auto agrees = [&](const char *kind, const Parameters &given, auto function) {
            const auto y = values(Built(kind, given, {Shape::vector(5)})({{x, {}}}));
            for (std::size_t i = 0; i < points.size(); ++i)
                if (std::abs(y[i] - function(points[i])) > 1e-12) return false;
            return true;
        };
        QVERIFY(agrees("GELU", {},
                       [](double v) { return 0.5 * v * (1.0 + std::erf(v / std::sqrt(2.0))); }));
        QVERIFY(agrees("SiLU", {}, [](double v) { return v / (1.0 + std::exp(-v)); }));
        QVERIFY(agrees("LeakyReLU", {}, [](double v) { return v > 0.0 ? v : 0.01 * v; }));
        QVERIFY(agrees("ELU", {{"alpha", 0.5}},
                       [](double v) { return v > 0.0 ? v : 0.5 * (std::exp(v) - 1.0); }));
    }

    void misfitsAreMendable()
    {
        using graph::InsertBefore;
        using graph::Repair;
        const Shape tokens = Shape::tokens(std::nullopt, 50), maps = Shape::maps(8, 3, 2);
        const Shape seven = Shape::sequence(600, 7);
        const auto text = [](const char *word) { return std::string(word); };
        const std::vector<std::pair<std::optional<graph::Misfit>, Repair>> all{
            {misfitOf("MultiheadAttention", {}, {seven}), changed("num_heads", Integer{1})},
            {misfitOf("MultiheadAttention", {{"num_heads", Integer{5}}}, {kVaried}),
             changed("num_heads", Integer{4})},
            {misfitOf("MultiheadAttention", {}, {maps}),
             InsertBefore{"x", "Permute", {{"order", text("HW,C")}}}},
            {misfitOf("TransformerDecoderLayer", {}, {kVaried, seven}),
             InsertBefore{"memory", "Linear", {{"out_features", Integer{8}}}}},
            {misfitOf("MultiheadAttention", {{"attend", text("cross")}}, {kVaried, seven, kVaried}),
             InsertBefore{"key", "Linear", {{"out_features", Integer{8}}}}},
            {misfitOf("MultiheadAttention", {{"attend", text("cross")}},
                      {kVaried, kVaried, Shape::sequence(4, kFeatures)}),
             {}},
            {misfitOf("TransformerEncoderLayer", {}, {Shape::vector(8)}), {}},
            {misfitOf("PositionalEncoding", {{"encoding", text("learned")}}, {seven}),
             changed("max_length", Integer{600})},
            {misfitOf("GroupNorm", {{"num_groups", Integer{3}}}, {maps}),
             changed("num_groups", Integer{2})},
            {misfitOf("LayerNorm", {}, {maps}),
             graph::ReplaceSelf{"GroupNorm", {{"num_groups", Integer{1}}}}},
            {misfitOf("Flatten", {}, {kVaried}), InsertBefore{"x", "TimePool", {}}},
            {misfitOf("Reshape", {}, {kVaried}), InsertBefore{"x", "TimePool", {}}},
            {misfitOf("Reshape", {}, {Shape::vector(10)}),
             InsertBefore{"x", "Linear", {{"out_features", Integer{784}}}}},
            {misfitOf("Reshape", {{"shape", text("2x-1")}}, {maps}), {}},
            {misfitOf("Permute", {{"order", text("F,T")}}, {maps}), changed("order", text("HW,C"))},
            {misfitOf("Permute", {}, {kVaried}), changed("order", text("F,T"))},
            {misfitOf("Permute", {{"order", text("F,T")}}, {kVaried}), {}},
            {misfitOf("Add", {}, {kVaried, Shape::sequence(std::nullopt, 5)}),
             InsertBefore{"b", "Linear", {{"out_features", Integer{8}}}}},
            {misfitOf("Multiply", {}, {kVaried, seven}), {}},
            {misfitOf("Concat", {}, {kVaried, seven}), {}},
        };
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto &[misfit, repair] = all[i];
            const std::string at = std::to_string(i);
            QVERIFY2(misfit && isSaid(misfit->message) && isSaid(misfit->reason), at.c_str());
            QVERIFY2(misfit->repair == repair, at.c_str());
        }
        for (const char *kind : {"GELU", "Softmax", "Dropout", "Linear", "LayerNorm", "GroupNorm",
                                 "RMSNorm", "Flatten", "Reshape", "Permute", "PositionalEncoding",
                                 "MultiheadAttention", "TransformerEncoderLayer"}) {
            const auto misfit = misfitOf(kind, {}, {tokens});
            QVERIFY2(misfit && misfit->repair == Repair(InsertBefore{"x", "Embedding", {}}), kind);
        }
        for (const char *kind : {"Add", "Multiply", "Concat", "TransformerDecoderLayer"}) {
            const auto misfit = misfitOf(kind, {}, {tokens, tokens});
            QVERIFY2(misfit && std::holds_alternative<InsertBefore>(misfit->repair), kind);
        }
    }

    void absurdSizesAreRefused()
    {
        const Integer most = 1 << 20;
        const Shape huge = Shape::sequence(most, most);
        const Parameters wide{{"out_features", Integer{65536}}};
        for (const auto &misfit : {misfitOf("MultiheadAttention", {}, {huge}),
                                   misfitOf("TransformerEncoderLayer", {}, {huge}),
                                   misfitOf("TransformerDecoderLayer", {}, {huge, huge}),
                                   misfitOf("Linear", wide, {huge})})
            QVERIFY(misfit && isSaid(misfit->message));
    }

    void nearestDivisorIsNearest()
    {
        static_assert(blocks::nearestDivisor(8, 5) == 4);
        static_assert(blocks::nearestDivisor(7, 4) == 1);
        static_assert(blocks::nearestDivisor(12, 5) == 4);
        for (Integer number = 1; number < 60; ++number)
            for (Integer wanted = 1; wanted < 70; ++wanted) {
                const Integer found = blocks::nearestDivisor(number, wanted);
                QCOMPARE(number % found, 0);
                for (Integer other = 1; other <= number; ++other)
                    if (number % other == 0)
                        QVERIFY(std::abs(found - wanted) <= std::abs(other - wanted));
            }
    }
};

QTEST_APPLESS_MAIN(AttentionTest)
#include "attention_test.moc"
