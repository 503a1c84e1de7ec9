// The starter projects: each loads, is a sound chain from Input to Output, and stands where a page
// shows it.
#include "project/templates.hpp"

#include "base/embedded.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "graph/analysis.hpp"
#include "graph/group.hpp"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace ostrich;
using namespace ostrich::project;

class TemplatesTest : public QObject {
    Q_OBJECT

private slots:
    void allAreThereWithWords()
    {
        std::vector<std::string> names;
        for (const Template &entry : templates()) {
            names.push_back(entry.name);
            QVERIFY2(!entry.title.en.empty() && !entry.title.fr.empty(), entry.name.c_str());
            QVERIFY2(!entry.help.en.empty() && entry.help.en != entry.help.fr, entry.name.c_str());
        }
        QCOMPARE(names, (std::vector<std::string>{"logistic",
                                                  "mlp",
                                                  "lenet",
                                                  "residual",
                                                  "vgg-small",
                                                  "resnet8",
                                                  "overfit",
                                                  "efficientnet-lite0",
                                                  "rnn",
                                                  "lstm",
                                                  "gru",
                                                  "bilstm",
                                                  "conv1d",
                                                  "tcn",
                                                  "transformer-encoder",
                                                  "bag-of-words",
                                                  "char-gpt",
                                                  "seq2seq",
                                                  "translator",
                                                  "patch-transformer"}));
    }

    void eachIsASoundProject_data()
    {
        QTest::addColumn<QString>("name");
        for (const Template &entry : templates())
            QTest::newRow(entry.name.c_str()) << QString::fromStdString(entry.name);
    }
    void eachIsASoundProject()
    {
        QFETCH(QString, name);
        const auto project = newProject(name.toStdString());
        QVERIFY2(static_cast<bool>(project),
                 project ? "" : sentence(project.error(), Language::English).c_str());
        const auto facts = data::factsOf(project->data);
        QVERIFY(static_cast<bool>(facts));
        const bool translates = facts->task == graph::Task::Translate;
        const graph::Network &network = project->network;
        const auto ofKind = [&](const char *kind) {
            return std::ranges::count(network.blocks, std::string(kind), &graph::Block::kind);
        };
        QCOMPARE(ofKind("Input"), translates ? 2 : 1); // a decoder reads what it has written
        QCOMPARE(ofKind("Output"), 1);
        std::set<std::pair<double, double>> places;
        for (const graph::Block &block : network.blocks) {
            const bool isFed = network.reaches("input_1", block.id)
                               || (translates && network.reaches("input_2", block.id));
            QVERIFY2(isFed && network.reaches(block.id, "output_1"), block.id.c_str());
            QVERIFY2(places.insert({block.position.x, block.position.y}).second, block.id.c_str());
            QVERIFY2(block.position.x >= 0.0 && block.position.x <= 780.0
                         && block.position.y >= 0.0,
                     block.id.c_str());
        }
        // The last layer takes its size from the data.
        const graph::Wire *last = network.wireInto({"output_1", "x"});
        QVERIFY(last != nullptr);
        QCOMPARE(network.find(last->from.block)->parameters.at("out_features"),
                 graph::ParameterValue(std::string("classes")));
        QCOMPARE(*projectFromText(toText(*project), "x"), *project);
    }

    /// A published network is what its table of facts says, and each of its weights has a name.
    void publishedWeightsBelongToTheirNetwork()
    {
        const Template *lite = findTemplate("efficientnet-lite0");
        QVERIFY(lite && lite->weights);
        QCOMPARE(lite->weights->sha256.size(), std::size_t{64});
        for (const float mean : lite->weights->statistics.mean) QCOMPARE(mean, 127.0F / 255.0F);
        for (const float deviation : lite->weights->statistics.deviation)
            QCOMPARE(deviation, 128.0F / 255.0F);
        const auto project = newProject(lite->name);
        const auto &kinds = blocks::Registry::instance();
        const auto facts = data::factsOf(project->data);
        const auto analysis = graph::analyse(project->network, kinds, *facts);
        QVERIFY(analysis.ok());
        QCOMPARE(analysis.parameters, 4652008);
        const graph::Network flat = graph::expand(project->network, kinds).network;
        std::size_t holders = 0;
        for (const graph::Block &block : flat.blocks) {
            const bool convolves = block.kind == "Conv2d", norms = block.kind == "BatchNorm2d";
            if (norms) QCOMPARE(graph::real(block.parameters, "eps"), 0.001);
            if (!convolves && !norms && block.kind != "Linear") continue;
            ++holders;
            QVERIFY2(lite->weights->blocks.contains(block.id), block.id.c_str());
        }
        QCOMPARE(lite->weights->blocks.size(), holders);
        QCOMPARE(holders, std::size_t{49 + 49 + 1});
        const auto shapeBefore = [&](const char *block) {
            return graph::toString(*analysis.find(block)->inputs.front(), false);
        };
        QCOMPARE(shapeBefore("stage_1.0.depthwise"), std::string("32×112×112"));
        QCOMPARE(shapeBefore("head.0.conv_1"), std::string("320×7×7"));
        QCOMPARE(shapeBefore("linear_1"), std::string("1280"));
    }

    void anUnknownTemplateIsNamedWithThoseThereAre()
    {
        const auto project = newProject("nosuch");
        QVERIFY(!project);
        const std::string line = sentence(project.error(), Language::English);
        for (const char *part : {"nosuch", "lenet", "overfit"})
            QVERIFY2(line.find(part) != std::string::npos, line.c_str());
        QVERIFY(!newProject(""));
    }
};

QTEST_APPLESS_MAIN(TemplatesTest)
#include "templates_test.moc"
