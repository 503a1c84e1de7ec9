// Transformer layers against the networks into which they unfold: the same results, gradients and
// costs, block by block; and that these networks are sound and tidy.
#include "blocks/block_kind.hpp"
#include "blocks/lengths_torch.hpp"
#include "graph/analysis.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/where.h>
#include <torch/csrc/autograd/autograd.h>

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

using namespace ostrich;
using at::Tensor;
using blocks::Registry;
using blocks::Signal;
using graph::Axis;
using graph::Network;
using graph::Parameters;
using graph::Shape;

namespace {

using Integer = std::int64_t;
constexpr std::uint64_t kSeed = 7; // of every random test here
constexpr Integer kFeatures = 8;
constexpr Integer kSteps = 6; // the longest of a batch of three, x and memory alike
const Shape kVaried = Shape::sequence(std::nullopt, kFeatures);

at::Generator generatorOf(std::uint64_t seed)
{
    return at::detail::createCPUGenerator(seed);
}

/// One way in which a layer can be set.
struct Setting {
    std::string title, kind;
    Parameters parameters;

    bool isDecoder() const { return kind == "TransformerDecoderLayer"; }
    std::vector<std::string> ports() const
    {
        return isDecoder() ? std::vector<std::string>{"x", "memory"}
                           : std::vector<std::string>{"x"};
    }
    const blocks::BlockKind &fast() const { return *Registry::instance().find(kind); }
    Parameters complete() const
    {
        return graph::withDefaults(parameters, fast().description().parameters);
    }
    Network unfolded(const std::vector<Shape> &shapes) const
    {
        const auto network = fast().unfolded(shapes, complete());
        if (!network) throw std::logic_error(kind + " does not unfold");
        return *network;
    }
};

std::vector<Setting> settings()
{
    std::vector<Setting> all;
    for (const std::string kind : {"TransformerEncoderLayer", "TransformerDecoderLayer"}) {
        for (const bool causal : {false, true}) {
            if (causal && kind == "TransformerDecoderLayer") continue; // it always is
            for (const bool normFirst : {true, false})
                for (const std::string activation : {"relu", "gelu"})
                    for (const double dropout : {0.0, 0.3}) {
                        Setting one;
                        one.kind = kind;
                        one.title = kind;
                        one.title.append(causal ? ", causal, " : ", ")
                            .append(normFirst ? "pre-norm, " : "post-norm, ")
                            .append(activation)
                            .append(dropout > 0.0 ? ", drop-out" : "");
                        one.parameters = {{"num_heads", Integer{2}},
                                          {"dim_feedforward", Integer{12}},
                                          {"norm_first", normFirst},
                                          {"activation", activation},
                                          {"dropout", dropout}};
                        if (causal) one.parameters["causal"] = true;
                        all.push_back(std::move(one));
                    }
        }
    }
    return all;
}

void addSettings()
{
    QTest::addColumn<int>("index");
    const auto all = settings();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].title.c_str()) << static_cast<int>(i);
}

Setting settingAt(int index)
{
    return settings()[static_cast<std::size_t>(index)];
}

/// One block with the shapes that it gets and gives.
struct Fitted {
    const graph::Block *block = nullptr;
    const blocks::BlockKind *kind = nullptr;
    Parameters parameters;
    std::vector<Shape> inputs, outputs;
    std::vector<std::size_t> sources; // blocks, by port; none: a way in
};

/// The blocks in an order in which they can run, each with its shapes; `ports`: what comes into the
/// group, by id.
std::map<std::size_t, Fitted> fitted(const Network &network, const graph::Flow &flow,
                                     const std::map<std::string, Shape> &ports)
{
    std::map<std::size_t, Fitted> all;
    for (const std::size_t place : flow.order) {
        Fitted &one = all[place];
        one.block = &network.blocks[place];
        one.kind = Registry::instance().find(one.block->kind);
        const auto &specs = one.kind->description().parameters;
        if (graph::checkParameters(one.block->parameters, specs))
            throw std::logic_error("parameters of " + one.block->id);
        one.parameters = graph::withDefaults(one.block->parameters, specs);
        if (const auto port = ports.find(one.block->id); port != ports.end()) {
            one.inputs = one.outputs = {port->second};
            continue;
        }
        for (const std::string &port : one.kind->inputs(one.parameters)) {
            const graph::Wire *wire = network.wireInto({one.block->id, port});
            if (wire == nullptr) throw std::logic_error("no wire into " + one.block->id);
            one.sources.push_back(flow.index.at(wire->from.block));
            one.inputs.push_back(all.at(one.sources.back()).outputs.at(0));
        }
        const auto inferred = one.kind->infer(one.inputs, one.parameters, {});
        if (inferred.index() != 0) throw std::logic_error(one.block->id + " does not fit");
        one.outputs = std::get<0>(inferred);
    }
    return all;
}

std::unique_ptr<blocks::Module> built(const blocks::BlockKind &kind, const Parameters &parameters,
                                      const std::vector<Shape> &inputs,
                                      const std::vector<Shape> &outputs)
{
    return kind.build({parameters, inputs, outputs, {}, {}, generatorOf(kSeed), at::kDouble});
}

/// A network's blocks strung together by hand, in float64.
class Strung {
public:
    Strung(const Network &network, const std::map<std::string, Shape> &ports)
        : m_network(network), m_flow(graph::flowOf(m_network))
    {
        m_blocks = fitted(m_network, m_flow, ports);
        for (const auto &[place, one] : m_blocks)
            m_modules[place] = built(*one.kind, one.parameters, one.inputs, one.outputs);
    }

    Signal operator()(const std::map<std::string, Signal> &feeds, const blocks::Pass &pass)
    {
        std::map<std::size_t, Signal> values;
        for (const std::size_t place : m_flow.order) {
            std::vector<Signal> inputs;
            for (const std::size_t source : m_blocks.at(place).sources)
                inputs.push_back(values.at(source));
            if (inputs.empty()) inputs.push_back(feeds.at(m_network.blocks[place].id));
            values[place] = m_modules.at(place)->forward(inputs, pass).at(0);
        }
        return values.at(m_flow.index.at("y"));
    }

    /// "attention_1.in_proj_weight": all of them.
    std::map<std::string, Tensor> weights() const
    {
        std::map<std::string, Tensor> all;
        for (const auto &[place, module] : m_modules)
            for (const auto &[name, tensor] : module->parameters)
                all[m_network.blocks[place].id + '.' + name] = tensor;
        return all;
    }

private:
    const Network m_network;
    const graph::Flow m_flow;
    std::map<std::size_t, Fitted> m_blocks;
    std::map<std::size_t, std::unique_ptr<blocks::Module>> m_modules;
};

/// The layer's own names of weights, and where they lie in the unfolded network.
std::string unfoldedName(const std::string &name)
{
    static const std::vector<std::pair<std::string, std::string>> places{
        {"self_attn.", "attention_1."}, {"multihead_attn.", "attention_2."},
        {"linear1.", "linear_1."},      {"linear2.", "linear_2."},
        {"norm1.", "norm_1."},          {"norm2.", "norm_2."},
        {"norm3.", "norm_3."}};
    for (const auto &[from, to] : places)
        if (name.starts_with(from)) return to + name.substr(from.size());
    throw std::logic_error("weight " + name);
}

/// Random values in the real steps and garbage behind them.
Signal ragged(const std::vector<Integer> &lengths, std::uint64_t seed)
{
    const Integer count = std::ssize(lengths);
    const Tensor drawn =
        at::empty({count, kSteps, kFeatures}, at::TensorOptions().dtype(at::kDouble))
            .normal_(0.0, 1.0, generatorOf(seed));
    Signal signal{drawn, at::tensor(lengths, at::TensorOptions().dtype(at::kLong))};
    signal.tensor =
        at::where(blocks::realSteps(signal).unsqueeze(2), drawn, 1e3).requires_grad_(true);
    return signal;
}

/// A fast layer and its unfolded network with the same weights, none at its initial 0 or 1.
struct Pair {
    explicit Pair(const Setting &setting)
        : shapes(setting.ports().size(), kVaried),
          fast(built(setting.fast(), setting.complete(), shapes, {kVaried})),
          slow(setting.unfolded(shapes), {{"x", kVaried}, {"memory", kVaried}})
    {
        const at::NoGradGuard noGradient;
        at::Generator generator = generatorOf(11);
        const std::map<std::string, Tensor> unfolded = slow.weights();
        for (const auto &[name, tensor] : fast->parameters) {
            tensor.normal_(0.0, 0.5, generator);
            unfolded.at(unfoldedName(name)).copy_(tensor);
        }
        feeds["x"] = ragged({kSteps, 3, 1}, 1);
        // One sample's memory is empty: a window may leave nothing of it.
        if (setting.isDecoder()) feeds["memory"] = ragged({4, kSteps, 0}, 2);
    }

    Signal runFast(const blocks::Pass &pass) const
    {
        std::vector<Signal> inputs{feeds.at("x")};
        if (feeds.contains("memory")) inputs.push_back(feeds.at("memory"));
        return fast->forward(inputs, pass).at(0);
    }

    std::vector<Shape> shapes;
    std::unique_ptr<blocks::Module> fast;
    Strung slow;
    std::map<std::string, Signal> feeds;
};

Tensor realOnly(const Signal &signal)
{
    return blocks::withoutPadding(signal);
}

double largestDifference(const Tensor &a, const Tensor &b)
{
    return a.sub(b).abs().max().item().toDouble();
}

/// As large as what it is compared with, but no smaller than 1.
double scale(const Tensor &tensor)
{
    return std::max(1.0, tensor.abs().max().item().toDouble());
}

/// Evaluation, or training with a generator of its own: the same one each time.
blocks::Pass passOf(bool training)
{
    return {training, training ? generatorOf(3) : at::Generator()};
}

/// A network around one block: the data feed each of its inputs, and it answers at each step.
Network around(const graph::Block &block, const std::vector<std::string> &ports)
{
    Network network;
    graph::Block input, output;
    input.id = "input_1";
    input.kind = "Input";
    output.id = "output_1";
    output.kind = "Output";
    network.blocks = {input, block, output};
    for (const std::string &port : ports)
        network.wires.push_back({{"input_1", "y"}, {block.id, port}});
    network.wires.push_back({{block.id, "y"}, {"output_1", "x"}});
    std::ranges::sort(network.wires);
    return network;
}

graph::DataFacts stepsOf(const Shape &shape)
{
    graph::DataFacts facts;
    facts.input = shape;
    facts.task = graph::Task::LabelSteps;
    facts.classes = kFeatures;
    facts.longest = kSteps;
    return facts;
}

} // namespace

class UnfoldedTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        at::set_num_threads(1);
        qInfo("seed %d", static_cast<int>(kSeed));
    }

    void resultsAreTheSame_data() { addSettings(); }
    void resultsAreTheSame()
    {
        QFETCH(int, index);
        Pair pair(settingAt(index));
        for (const bool training : {false, true}) { // the same masks of drop-out too
            const at::NoGradGuard noGradient;
            const Signal fast = pair.runFast(passOf(training)),
                         slow = pair.slow(pair.feeds, passOf(training));
            QVERIFY(slow.lengths.equal(fast.lengths));
            QVERIFY(realOnly(fast).abs().max().item().toDouble() > 0.1);
            QVERIFY(largestDifference(realOnly(fast), realOnly(slow)) < 1e-10);
        }
    }

    void gradientsAreTheSame_data() { addSettings(); }
    void gradientsAreTheSame()
    {
        QFETCH(int, index);
        Pair pair(settingAt(index));
        std::vector<Tensor> fastLeaves, slowLeaves;
        std::vector<std::string> names;
        const std::map<std::string, Tensor> unfolded = pair.slow.weights();
        for (const auto &[name, tensor] : pair.fast->parameters) {
            names.push_back(name);
            fastLeaves.push_back(tensor);
            slowLeaves.push_back(unfolded.at(unfoldedName(name)));
        }
        QCOMPARE(unfolded.size(), names.size());
        for (const auto &[id, signal] : pair.feeds) {
            names.push_back(id);
            fastLeaves.push_back(signal.tensor);
            slowLeaves.push_back(signal.tensor);
        }
        const Tensor weighting =
            at::empty({3, kSteps, kFeatures}, at::TensorOptions().dtype(at::kDouble))
                .normal_(0.0, 1.0, generatorOf(5));
        const auto slopes = [&](const Signal &y, const std::vector<Tensor> &leaves) {
            return torch::autograd::grad({realOnly(y).mul(weighting).sum()}, leaves);
        };
        for (const bool training : {false, true}) {
            const auto fast = slopes(pair.runFast(passOf(training)), fastLeaves);
            const auto slow = slopes(pair.slow(pair.feeds, passOf(training)), slowLeaves);
            for (std::size_t i = 0; i < names.size(); ++i) {
                QVERIFY2(fast[i].abs().max().item().toDouble() > 1e-3, names[i].c_str());
                QVERIFY2(largestDifference(fast[i], slow[i]) < 1e-8 * scale(fast[i]),
                         names[i].c_str());
            }
        }
    }

    void costsAreTheSame_data() { addSettings(); }
    void costsAreTheSame()
    {
        QFETCH(int, index);
        const Setting setting = settingAt(index);
        const Shape fixed = Shape::sequence(5, kFeatures), memory = Shape::sequence(7, kFeatures);
        for (const std::vector<Shape> &all :
             {std::vector{kVaried, kVaried}, std::vector{fixed, memory}}) {
            const std::vector<Shape> shapes(all.begin(), all.begin() + std::ssize(setting.ports()));
            const Network network = setting.unfolded(shapes);
            graph::Cost sum;
            for (const auto &[place, one] :
                 fitted(network, graph::flowOf(network), {{"x", all[0]}, {"memory", all[1]}})) {
                const graph::Cost cost = one.kind->cost(one.inputs, one.outputs, one.parameters);
                sum.parameters += cost.parameters;
                sum.multiplyAdds += cost.multiplyAdds;
            }
            const graph::Cost fast = setting.fast().cost(shapes, {shapes[0]}, setting.complete());
            QCOMPARE(sum.parameters, fast.parameters);
            QCOMPARE(sum.multiplyAdds, fast.multiplyAdds);
        }
    }

    void asAGroupItIsAnalysedAsTheLayer_data() { addSettings(); }
    void asAGroupItIsAnalysedAsTheLayer()
    {
        QFETCH(int, index);
        const Setting setting = settingAt(index);
        graph::Block layer;
        layer.id = "layer_1";
        layer.kind = setting.kind;
        layer.parameters = setting.parameters;
        graph::Block group;
        group.id = layer.id;
        group.kind = graph::kGroupKind;
        for (const Shape &shape : {kVaried, Shape::sequence(5, kFeatures)}) {
            group.inside = std::make_shared<Network>(
                setting.unfolded(std::vector<Shape>(setting.ports().size(), shape)));
            QCOMPARE(graph::portsOf(*group.inside, graph::Role::GroupInput, Registry::instance()),
                     setting.ports());
            QCOMPARE(graph::portsOf(*group.inside, graph::Role::GroupOutput, Registry::instance()),
                     std::vector<std::string>{"y"});
            const auto analysed = [&](const graph::Block &block) {
                return graph::analyse(around(block, setting.ports()), Registry::instance(),
                                      stepsOf(shape));
            };
            const graph::Analysis fast = analysed(layer), slow = analysed(group);
            QVERIFY(fast.ok() && slow.ok());
            QCOMPARE(slow.parameters, fast.parameters);
            QCOMPARE(slow.multiplyAdds, fast.multiplyAdds);
            QVERIFY(slow.find("layer_1")->outputs == fast.find("layer_1")->outputs);
        }
    }

    void theFileKeepsTheNetwork_data() { addSettings(); }
    void theFileKeepsTheNetwork()
    {
        QFETCH(int, index);
        const Setting setting = settingAt(index);
        const Network network =
            setting.unfolded(std::vector<Shape>(setting.ports().size(), kVaried));
        const auto read = graph::networkFromJson(graph::toJson(network));
        QVERIFY(read && *read == network);
    }

    void blocksStandApartARowForEachSublayer_data() { addSettings(); }
    void blocksStandApartARowForEachSublayer()
    {
        QFETCH(int, index);
        const Setting setting = settingAt(index);
        const Network network =
            setting.unfolded(std::vector<Shape>(setting.ports().size(), kVaried));
        constexpr double kGap = 24.0;
        const auto size = [](const graph::Block &block) {
            return graph::blockSize(block, Registry::instance());
        };
        for (const graph::Block &a : network.blocks)
            for (const graph::Block &b : network.blocks) {
                if (a.id == b.id) continue;
                const bool apart = a.position.x + size(a).width + kGap <= b.position.x
                                   || b.position.x + size(b).width + kGap <= a.position.x
                                   || a.position.y + size(a).height + kGap <= b.position.y
                                   || b.position.y + size(b).height + kGap <= a.position.y;
                QVERIFY2(apart, (a.id + " and " + b.id).c_str());
            }
        // In reading order: to the right, or down to the next row. A short-cut stays in its row.
        const auto middle = [&](const graph::Block &block) {
            return block.position.y + size(block).height / 2.0;
        };
        std::set<double> rows;
        for (const graph::Wire &wire : network.wires) {
            if (wire.from.block == "memory") continue; // which stands at the foot of its row
            const graph::Block &from = *network.find(wire.from.block),
                               &to = *network.find(wire.to.block);
            rows.insert(middle(from));
            QVERIFY2(middle(from) < middle(to)
                         || (middle(from) == middle(to) && from.position.x < to.position.x),
                     to.id.c_str());
            if (wire.to.port == "b") QVERIFY2(middle(from) == middle(to), to.id.c_str());
        }
        QCOMPARE(rows.size(), setting.isDecoder() ? 3U : 2U);
    }
};

QTEST_APPLESS_MAIN(UnfoldedTest)
#include "unfolded_test.moc"
