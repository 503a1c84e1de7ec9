// Groups and shared weights in model.py and weights.pt, as text. Whether PyTorch computes the same
// is for tests/reference/run.
#include "export/exporter.hpp"
#include "export/pytorch_model.hpp"
#include "export/pytorch_weights.hpp"

#include "graph/group.hpp"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace ostrich;
using exporting::PytorchModel;
using graph::Network;
using graph::Parameters;
using graph::Shape;
using Integer = std::int64_t;

namespace {

graph::Block block(const std::string &id, const std::string &kind, Parameters parameters = {})
{
    graph::Block made;
    made.id = id;
    made.kind = kind;
    made.parameters = std::move(parameters);
    return made;
}

graph::Block group(const std::string &id, const std::string &title, Integer repeat, Network inside)
{
    graph::Block made =
        block(id, std::string(graph::kGroupKind), {{"title", title}, {"repeat", repeat}});
    made.inside = std::make_shared<const Network>(std::move(inside));
    return made;
}

/// Blocks one behind the other, from port "y" to port "x" ("a" of an Add, whose "b" is the first
/// block).
Network chain(const std::vector<graph::Block> &blocks)
{
    Network network;
    network.blocks = blocks;
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        const bool isAdd = blocks[i].kind == "Add";
        network.wires.push_back({{blocks[i - 1].id, "y"}, {blocks[i].id, isAdd ? "a" : "x"}});
        if (isAdd) network.wires.push_back({{blocks[0].id, "y"}, {blocks[i].id, "b"}});
    }
    std::ranges::sort(network.wires);
    return network;
}

Parameters features(Integer count)
{
    return {{"out_features", count}};
}

Network residual(Integer size)
{
    return chain({block("x", "GroupInput"), block("linear_1", "Linear", features(size)),
                  block("relu_1", "ReLU"), block("add_1", "Add"), block("y", "GroupOutput")});
}

graph::DataFacts points(Integer count)
{
    graph::DataFacts facts;
    facts.input = Shape::vector(count);
    facts.classes = 2;
    return facts;
}

/// An Input, `inner`, and as many classes as `facts` have.
Network around(const std::vector<graph::Block> &inner)
{
    std::vector<graph::Block> blocks{block("input_1", "Input")};
    blocks.insert(blocks.end(), inner.begin(), inner.end());
    blocks.push_back(block("linear_9", "Linear", {{"out_features", std::string("classes")}}));
    blocks.push_back(block("output_1", "Output"));
    return chain(blocks);
}

/// From the first class on that is no support; without load().
QString classesOf(const PytorchModel &model, const char *first)
{
    const QString text = QString::fromStdString(model.text);
    const auto begin = text.indexOf(QString("class %1(nn.Module):").arg(first));
    return begin < 0 ? text : text.mid(begin, text.indexOf("\n\n\ndef load") - begin);
}

PytorchModel exported(const Network &network, const graph::DataFacts &facts)
{
    return exporting::pytorchModel(network, facts, "");
}

QByteArray content(const QString &file)
{
    QFile open(file);
    return open.open(QFile::ReadOnly) ? open.readAll() : QByteArray();
}

} // namespace

class PytorchGroupTest : public QObject {
    Q_OBJECT

private slots:
    void aGroupIsAClassAndItsRepetitionsALoop()
    {
        const PytorchModel model =
            exported(around({group("layer_1", "Residual layer", 3, residual(4))}), points(4));
        QCOMPARE(
            classesOf(model, "ResidualLayer"),
            QString("class ResidualLayer(nn.Module):\n"
                    "    \"\"\"Residual layer.\"\"\"\n"
                    "\n"
                    "    def __init__(self):\n"
                    "        super().__init__()\n"
                    "        self.linear_1 = nn.Linear(4, 4)\n"
                    "\n"
                    "    def forward(self, x):\n"
                    "        linear_1 = self.linear_1(x)  # N×4\n"
                    "        relu_1 = torch.relu(linear_1)  # N×4\n"
                    "        add_1 = relu_1 + x  # N×4\n"
                    "        return add_1\n"
                    "\n"
                    "\n"
                    "class Network(nn.Module):\n"
                    "    def __init__(self):\n"
                    "        super().__init__()\n"
                    "        self.input_1 = Normalise(4, (-1,))\n"
                    "        self.layer_1 = nn.ModuleList([ResidualLayer() for _ in range(3)])\n"
                    "        self.linear_9 = nn.Linear(4, 2)\n"
                    "\n"
                    "    def forward(self, x):\n"
                    "        input_1 = self.input_1(x)  # N×4\n"
                    "        layer_1 = input_1\n"
                    "        for layer in self.layer_1:\n"
                    "            layer_1 = layer(layer_1)  # N×4\n"
                    "        linear_9 = self.linear_9(layer_1)  # N×2\n"
                    "        output_1 = linear_9  # N×2\n"
                    "        return output_1"));
        QCOMPARE(model.names.at("layer_1.2.linear_1"), std::string("layer_1.2.linear_1"));
        QVERIFY(!model.names.contains("layer_1"));
    }

    void repetitionsOfOtherSizesHaveTheirOwnClass()
    {
        const Network inside =
            chain({block("x", "GroupInput"), block("linear_1", "Linear", features(8)),
                   block("y", "GroupOutput")});
        const QString text =
            classesOf(exported(around({group("stage_1", "stage", 4, inside)}), points(3)), "Stage");
        QVERIFY(text.contains("class Stage2(nn.Module):\n"
                              "    \"\"\"stage.\"\"\"\n"
                              "\n"
                              "    def __init__(self):\n"
                              "        super().__init__()\n"
                              "        self.linear_1 = nn.Linear(8, 8)\n"));
        QVERIFY(!text.contains("class Stage3"));
        QVERIFY(text.contains(
            "self.stage_1 = nn.ModuleList([Stage(), *(Stage2() for _ in range(3))])"));
        QVERIFY(text.contains("for layer in self.stage_1:"));
    }

    void groupsWithinGroupsComeFirst()
    {
        const Network stage = chain({block("x", "GroupInput"), group("inner", "", 1, residual(4)),
                                     block("y", "GroupOutput")});
        const PytorchModel model = exported(
            around({group("stage_1", "Stage 1", 2, stage), group("other", "Stage 1", 1, stage)}),
            points(4));
        const QString text = classesOf(model, "Inner");
        const auto inner = text.indexOf("class Inner(nn.Module):"),
                   outer = text.indexOf("class Stage1(nn.Module):"),
                   network = text.indexOf("class Network(nn.Module):");
        QVERIFY(inner >= 0 && inner < outer && outer < network);
        QCOMPARE(text.count("class "), 3); // the copied group reads as the first
        QVERIFY(text.contains("self.inner = nn.ModuleList([Inner()])"));
        QVERIFY(text.contains("inner = self.inner[0](x)  # N×4\n        return inner"));
        QVERIFY(text.contains("other = self.other[0](stage_1)  # N×4"));
        QCOMPARE(model.names.at("stage_1.1.inner.0.linear_1"),
                 std::string("stage_1.1.inner.0.linear_1"));
    }

    void namesWithinThatPythonKeepsAreChanged()
    {
        Network inside = residual(4);
        inside.find("linear_1")->id = "class";
        for (graph::Wire &wire : inside.wires) {
            if (wire.from.block == "linear_1") wire.from.block = "class";
            if (wire.to.block == "linear_1") wire.to.block = "class";
        }
        std::ranges::sort(inside.wires);
        const Network network = around({group("train", "Éléphant d'Œuf 3", 2, inside)});
        const PytorchModel model = exported(network, points(4));
        QVERIFY(model.text.find("class ElephantDOeuf3(nn.Module):") != std::string::npos);
        QCOMPARE(model.names.at("train.1.class"), std::string("train_.1.class_"));
        QCOMPARE(exporting::nameInPython("train.1.class.weight", model.names),
                 std::string("train_.1.class_.weight"));
    }

    void whatSeveralRepetitionsReadIsAnArgumentOfEach()
    {
        Network inside = residual(4);
        inside.blocks.push_back(block("memory", "GroupInput"));
        for (graph::Wire &wire : inside.wires)
            if (wire.to.port == "b") wire.from.block = "memory";
        std::ranges::sort(inside.wires);
        Network network = around({block("relu_0", "ReLU"), group("layer_1", "Layer", 2, inside)});
        network.wires.push_back({{"input_1", "y"}, {"layer_1", "memory"}});
        std::ranges::sort(network.wires);
        const QString text = classesOf(exported(network, points(4)), "Layer");
        QVERIFY(text.contains("def forward(self, x, memory):"));
        QVERIFY(text.contains("        layer_1 = relu_0\n"
                              "        for layer in self.layer_1:\n"
                              "            layer_1 = layer(layer_1, input_1)  # N×4\n"));
    }

    void lengthsGoInAndComeOutWhereTheyServe()
    {
        graph::DataFacts facts;
        facts.input = Shape::sequence({}, 3);
        facts.classes = 2;
        facts.longest = 9;
        const Network inside =
            chain({block("x", "GroupInput"),
                   block("conv_1", "Conv1d",
                         {{"out_channels", Integer{3}}, {"padding", std::string("valid")}}),
                   block("y", "GroupOutput")});
        const Network network =
            around({group("short_1", "Short", 2, inside),
                    group("plain_1", "Plain", 2,
                          chain({block("x", "GroupInput"), block("tanh_1", "Tanh"),
                                 block("y", "GroupOutput")})),
                    block("pool_1", "TimePool")});
        const QString text = classesOf(exported(network, facts), "Short");
        QVERIFY2(text.contains("def forward(self, x, x_lengths=None):"), qPrintable(text));
        QVERIFY(text.contains("return conv_1, conv_1_lengths"));
        QVERIFY(text.contains("        short_1, short_1_lengths = input_1, lengths\n"
                              "        for layer in self.short_1:\n"
                              "            short_1, short_1_lengths = layer(short_1, "
                              "short_1_lengths)"));
        // Nothing in here asks for lengths, and they stay as they are.
        QVERIFY(text.contains("            plain_1 = layer(plain_1)"));
        QVERIFY(text.contains(QRegularExpression("pool_1 = .*short_1_lengths")));
    }

    void sharedWeightsAreTiedWhereBothBlocksAre()
    {
        Network inside = residual(4);
        inside.blocks.insert(inside.blocks.begin() + 2, block("linear_2", "Linear", features(4)));
        inside.find("linear_2")->weightsOf = "linear_1";
        for (graph::Wire &wire : inside.wires)
            if (wire.to.block == "relu_1") wire.from.block = "linear_2";
        inside.wires.push_back({{"linear_1", "y"}, {"linear_2", "x"}});
        std::ranges::sort(inside.wires);
        graph::Block user = block("linear_8", "Linear", features(4));
        user.weightsOf = "layer_1.1.linear_1";
        const Network network = around({group("layer_1", "Layer", 2, inside), user});
        const PytorchModel model = exported(network, points(4));
        const QString text = classesOf(model, "Layer");
        QVERIFY2(text.contains("under both names.\n"
                               "        self.linear_2.weight = self.linear_1.weight\n"
                               "        self.linear_2.bias = self.linear_1.bias\n"),
                 qPrintable(text));
        QVERIFY(text.contains("        self.linear_8.weight = self.layer_1[1].linear_1.weight\n"));
        QCOMPARE(text.count("under both names"), 2);
        QCOMPARE(model.ties.size(), std::size_t{6});
    }

    void sharedWeightsHaveBothNamesInTheFile()
    {
        graph::DataFacts facts;
        facts.input = Shape::tokens(4, 6);
        facts.task = graph::Task::LabelSteps;
        facts.classes = 6;
        facts.longest = 4;
        project::Project project;
        project.network =
            around({block("embedding_1", "Embedding", {{"embedding_dim", Integer{3}}})});
        project.network.find("linear_9")->weightsOf = "embedding_1";
        data::Dataset set;
        set.facts = facts;
        const auto subject = exporting::subjectOf(project, set, "tied");
        QVERIFY(subject);
        QCOMPARE(subject->parameters, Integer{6 * 3 + 6});
        const PytorchModel model = exported(project.network, facts);
        QVERIFY(model.text.find("self.linear_9.weight = self.embedding_1.weight")
                != std::string::npos);
        QTemporaryDir folder;
        const QString file = folder.filePath("weights.pt");
        QVERIFY(exporting::savePytorchWeights(subject->weights, model.names, file.toStdString(),
                                              model.ties));
        const QByteArray bytes = content(file);
        for (const char *name : {"embedding_1.weight", "linear_9.weight", "linear_9.bias"})
            QCOMPARE(bytes.count(name), 1);
        // Two tensors in all: the second name points to the storage of the first.
        QVERIFY(bytes.contains("archive/data/1") && !bytes.contains("archive/data/2"));
    }

    void anOutputWithinAGroupIsWrittenUnfolded()
    {
        Network network =
            chain({block("input_1", "Input"),
                   group("head_1", "Head", 1,
                         chain({block("x", "GroupInput"), block("linear_1", "Linear", features(2)),
                                block("output_1", "Output")}))});
        const PytorchModel model = exported(network, points(4));
        const QString text = classesOf(model, "Network");
        QVERIFY2(text.contains("head_1_0_linear_1 = self.head_1_0_linear_1(head_1_0_x)"),
                 qPrintable(text));
        QCOMPARE(model.outputs, std::vector<std::string>{"head_1.0.output_1"});
        QCOMPARE(model.names.at("head_1.0.linear_1"), std::string("head_1_0_linear_1"));
    }

    void aRepetitionThatFeedsNothingIsNoHole()
    {
        // What comes out is made of "memory" alone: the first repetitions are of no use.
        Network inside =
            chain({block("memory", "GroupInput"), block("linear_1", "Linear", features(4)),
                   block("y", "GroupOutput")});
        inside.blocks.insert(inside.blocks.begin(), block("x", "GroupInput"));
        Network network = around({group("layer_1", "Layer", 3, inside)});
        network.wires.push_back({{"input_1", "y"}, {"layer_1", "memory"}});
        std::ranges::sort(network.wires);
        const PytorchModel model = exported(network, points(4));
        QVERIFY(!model.names.contains("layer_1.0.linear_1"));
        QCOMPARE(model.names.at("layer_1.2.linear_1"), std::string("layer_1_2_linear_1"));
    }
};

QTEST_APPLESS_MAIN(PytorchGroupTest)
#include "pytorch_group_test.moc"
