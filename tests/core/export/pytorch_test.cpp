// model.py, weights.pt and train.py, as text and bytes. Whether PyTorch computes the same is for
// tests/reference/run.
#include "export/exporter.hpp"
#include "export/pytorch_model.hpp"
#include "export/pytorch_script.hpp"
#include "export/pytorch_weights.hpp"

#include "base/file.hpp"
#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "project/templates.hpp"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace ostrich;
using exporting::NameOfBlock;
using exporting::PytorchModel;
using exporting::Subject;
using graph::Network;
using graph::Parameters;
using graph::Shape;

namespace {

/// Blocks one behind the other, from port "y" to port "x".
Network chain(const std::vector<graph::Block> &blocks)
{
    Network network;
    network.blocks = blocks;
    for (std::size_t i = 1; i < blocks.size(); ++i)
        network.wires.push_back({{blocks[i - 1].id, "y"}, {blocks[i].id, "x"}});
    std::ranges::sort(network.wires);
    return network;
}

Network smallNetwork()
{
    return chain({{"input_1", "Input", {}, {}},
                  {"conv_1", "Conv2d", {{"out_channels", std::int64_t{3}}}, {}},
                  {"relu_1", "ReLU", {}, {}},
                  {"flatten_1", "Flatten", {}, {}},
                  {"linear_1", "Linear", {{"out_features", std::string("classes")}}, {}},
                  {"output_1", "Output", {}, {}}});
}

graph::DataFacts smallFacts()
{
    graph::DataFacts facts;
    facts.input = Shape::maps(1, 4, 5);
    facts.classes = 2;
    facts.classNames = {"dog", "ostrich"};
    return facts;
}

data::Dataset smallData()
{
    data::Dataset set;
    set.facts = smallFacts();
    for (data::Samples &samples : set.splits) {
        samples.sampleShape = {1, 4, 5};
        samples.bytes.assign(2 * 20, 100);
        samples.bytes[3] = 200;
        samples.labels = {0, 1};
    }
    set.statistics = data::fitStatistics(set.splits[0]);
    return set;
}

project::Project smallProject()
{
    project::Project project;
    project.network = smallNetwork();
    return project;
}

Subject smallSubject()
{
    auto made = exporting::subjectOf(smallProject(), smallData(), "small");
    if (!made) qFatal("%s", sentence(made.error(), Language::English).c_str());
    return *std::move(made);
}

QByteArray content(const QString &file)
{
    QFile open(file);
    return open.open(QFile::ReadOnly) ? open.readAll() : QByteArray();
}

QString textOf(const PytorchModel &model)
{
    return QString::fromStdString(model.text);
}

} // namespace

class PytorchTest : public QObject {
    Q_OBJECT

private slots:
    void aSmallNetworkReadsAsPython()
    {
        const PytorchModel model =
            exporting::pytorchModel(smallNetwork(), smallFacts(), "small \"network\"");
        const QString text = textOf(model);
        QVERIFY(text.startsWith("\"\"\"small network: "));
        QVERIFY(text.contains("CLASSES = [\"dog\", \"ostrich\"]"));
        const int network = static_cast<int>(text.indexOf("class Network(nn.Module):"));
        QVERIFY(network > 0);
        QCOMPARE(text.mid(network, text.indexOf("\n\n\ndef load") - network),
                 QString("class Network(nn.Module):\n"
                         "    def __init__(self):\n"
                         "        super().__init__()\n"
                         "        self.input_1 = Normalise(1, (1, -1, 1, 1))\n"
                         "        self.conv_1 = nn.Conv2d(1, 3, 3, padding=1)\n"
                         "        self.linear_1 = nn.Linear(60, 2)\n"
                         "        # On such processors convolutions of pictures are faster in this "
                         "layout.\n"
                         "        if torch.backends.cpu.get_cpu_capability() == \"AVX512\":\n"
                         "            self.to(memory_format=torch.channels_last)\n"
                         "\n"
                         "    def forward(self, x):\n"
                         "        input_1 = self.input_1(x)  # N×1×4×5\n"
                         "        conv_1 = self.conv_1(input_1)  # N×3×4×5\n"
                         "        relu_1 = torch.relu(conv_1)  # N×3×4×5\n"
                         "        flatten_1 = relu_1.flatten(1)  # N×60\n"
                         "        linear_1 = self.linear_1(flatten_1)  # N×2\n"
                         "        output_1 = linear_1  # N×2\n"
                         "        return output_1"));
    }

    void blocksThatFeedNoOutputAreLeftOut()
    {
        Network network = smallNetwork();
        network.blocks.push_back({"tanh_1", "Tanh", {}, {}});
        network.wires.push_back({{"linear_1", "y"}, {"tanh_1", "x"}});
        std::ranges::sort(network.wires);
        const PytorchModel model = exporting::pytorchModel(network, smallFacts(), "");
        QVERIFY(!textOf(model).contains("tanh"));
        QVERIFY(!model.names.contains("tanh_1"));
    }

    void lengthsGoAlongWithSequencesOnlyAsFarAsTheyServe()
    {
        graph::DataFacts facts;
        facts.input = Shape::tokens({}, 9);
        facts.classes = 2;
        facts.longest = 7;
        const Network network =
            chain({{"input_1", "Input", {}, {}},
                   {"embedding_1", "Embedding", {}, {}},
                   {"conv_1", "Conv1d", {{"padding", std::string("valid")}}, {}},
                   {"pool_1", "TimePool", {}, {}},
                   {"linear_1", "Linear", {{"out_features", std::string("classes")}}, {}},
                   {"output_1", "Output", {}, {}}});
        const QString text = textOf(exporting::pytorchModel(network, facts, ""));
        QVERIFY(text.contains("def forward(self, x, lengths=None):"));
        QCOMPARE(text.count("conv_1_lengths = "), 1);
        QVERIFY2(text.contains(QRegularExpression("pool_1 = .*conv_1_lengths")), qPrintable(text));
        QVERIFY(!text.contains("pool_1_lengths"));
        // With nothing behind that asks for them, they are not worked out.
        graph::DataFacts each = facts;
        each.task = graph::Task::LabelSteps;
        Network steps = network;
        steps.find("conv_1")->parameters = {{"padding", std::string("valid")}};
        const QString labelled = textOf(exporting::pytorchModel(steps, each, ""));
        QVERIFY(!labelled.contains("conv_1_lengths"));
    }

    void namesThatPythonOrPyTorchKeepAreChanged()
    {
        exporting::PythonNames names({"x"});
        QCOMPARE(names.unique("conv_1"), std::string("conv_1"));
        QCOMPARE(names.unique("conv_1"), std::string("conv_1_"));
        QCOMPARE(names.unique("class"), std::string("class_"));
        QCOMPARE(names.unique("train"), std::string("train_"));
        QCOMPARE(names.unique("x"), std::string("x_"));
        QCOMPARE(names.unique("1"), std::string("block_1"));
        QCOMPARE(names.unique("_hidden"), std::string("block__hidden"));
    }

    void classNamesAreQuoted()
    {
        QCOMPARE(exporting::pythonString("a \"b\" \\ \n"), std::string("\"a \\\"b\\\" \\\\ \\n\""));
    }

    void everyTemplateIsWrittenWithoutGaps()
    {
        for (const project::Template &known : project::templates()) {
            const auto project = project::newProject(known.name);
            QVERIFY(project);
            const auto facts = data::factsOf(project->data);
            QVERIFY(facts);
            const QString text =
                textOf(exporting::pytorchModel(project->network, *facts, known.name));
            static const QRegularExpression unfilled("\\{[mxl]\\d*\\}| = \\s*#| = $",
                                                     QRegularExpression::MultilineOption);
            QVERIFY2(!text.contains(unfilled), qPrintable(text));
        }
    }

    /// Two kinds that share a name for different things would break each other.
    void supportNamesAreDefinedOnce()
    {
        for (const project::Template &known : project::templates()) {
            const auto project = project::newProject(known.name);
            const auto facts = data::factsOf(project->data);
            QVERIFY(project && facts);
            const QString text = textOf(exporting::pytorchModel(project->network, *facts, ""));
            static const QRegularExpression definition("^(?:def|class) (\\w+)",
                                                       QRegularExpression::MultilineOption);
            std::set<QString> names;
            for (const auto &found : definition.globalMatch(text))
                QVERIFY2(names.insert(found.captured(1)).second, qPrintable(found.captured(1)));
        }
    }

    void thePickleIsWhatPythonWrites()
    {
        // Each opcode by Python's pickletools: PROTO 2, an empty OrderedDict, one item, SETITEMS.
        const QByteArray pickle =
            QByteArray::fromStdString(exporting::stateDictPickle({{"a.w", {2, 3}}}));
        const QByteArray four("\0\0\0", 3);
        const auto text = [&](const char *words) {
            return "X" + QByteArray(1, static_cast<char>(qstrlen(words))) + four + words;
        };
        const auto number = [&](char value) { return "J" + QByteArray(1, value) + four; };
        const QByteArray dict = "ccollections\nOrderedDict\n)R";
        const QByteArray storage = "((" + text("storage") + "ctorch\nFloatStorage\n" + text("0")
                                   + text("cpu") + number(6) + "tQ";
        QCOMPARE(pickle, "\x80\x02" + dict + "(" + text("a.w")
                             + "ctorch._utils\n_rebuild_tensor_v2\n" + storage + number(0) + "("
                             + number(2) + number(3) + "t(" + number(3) + number(1) + "t\x89" + dict
                             + "tRu.");
    }

    void theWeightsLieUncompressedInTheArchive()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("weights.pt");
        const Subject subject = smallSubject();
        QVERIFY(exporting::savePytorchWeights(subject.weights, {{"conv_1", "other"}},
                                              file.toStdString()));
        const QByteArray bytes = content(file);
        QVERIFY(bytes.startsWith("PK"));
        for (const char *name :
             {"archive/data.pkl", "archive/byteorder", "archive/version", "archive/data/0",
              "other.weight", "linear_1.bias", "input_1.deviation", "little"})
            QVERIFY2(bytes.contains(name), name);
        QVERIFY(!bytes.contains("conv_1.weight"));
    }

    void theRecipeStandsInTheTrainingScript()
    {
        Subject subject = smallSubject();
        subject.project.recipe.optimizer = "adamw";
        subject.project.recipe.weight_decay = 0.05;
        subject.project.recipe.learning_rate = 3e-5;
        subject.project.recipe.schedule = "cosine";
        subject.project.recipe.warmup_steps = 12;
        subject.project.recipe.early_stopping = false;
        const PytorchModel model =
            exporting::pytorchModel(subject.project.network, subject.facts, subject.name);
        const std::string text = exporting::trainingScript(subject, model, "weights.pt");
        for (const char *line :
             {"AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=0.05)",
              "LEARNING_RATE = 3e-05\n", "PATIENCE = 0 ", "if step < 12:", "(step - 12)",
              "ARRAYS = [\"x\", \"y\"]", "return cross_entropy(answers, y, label_smoothing)"})
            QVERIFY2(text.find(line) != std::string::npos, line);
        QVERIFY(text.find('@') == std::string::npos);
    }

    void theExporterWritesItsFiles()
    {
        QTemporaryDir folder;
        Subject subject = smallSubject();
        subject.dataset = std::make_shared<const data::Dataset>(smallData());
        const auto *exporter = exporting::findExporter("pytorch");
        QVERIFY(exporter);
        const auto files = exporter->write(subject, folder.path().toStdString());
        QVERIFY(files);
        const std::vector<std::string> expected{"model.py", "weights.pt",       "train.py",
                                                "data.npz", "requirements.txt", "README.md"};
        QCOMPARE(*files, expected);
        for (const std::string &name : expected)
            QVERIFY(!content(folder.filePath(QString::fromStdString(name))).isEmpty());
        QVERIFY(content(folder.filePath("README.md")).contains("not trained"));
    }

    void trainingArraysHoldTheThreeSplits()
    {
        std::set<std::string> names;
        for (const data::NpzEntry &entry : exporting::trainingArrays(smallData()))
            names.insert(entry.name);
        const std::set<std::string> expected{"x",      "y",     "x_validation", "y_validation",
                                             "x_test", "y_test"};
        QCOMPARE(names, expected);
    }

    void aNetworkWithAProblemIsRefused()
    {
        project::Project project = smallProject();
        project.network.wires.pop_back();
        const auto made = exporting::subjectOf(project, smallData(), "small");
        QVERIFY(!made);
        QVERIFY(!made.error().what.empty());
    }

    void foldersAreNotOverwrittenUnasked()
    {
        QTemporaryDir temporary;
        const std::filesystem::path root = temporary.path().toStdString();
        QVERIFY(exporting::prepareFolder(root / "new/inner", false));
        QVERIFY(exporting::prepareFolder(root / "new/inner", false)); // it is empty
        QVERIFY(writeFile(root / "new/inner/file", "text"));
        const auto refused = exporting::prepareFolder(root / "new/inner", false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("export.folder_exists"));
        QVERIFY(exporting::prepareFolder(root / "new/inner", true));
        const auto onFile = exporting::prepareFolder(root / "new/inner/file", true);
        QVERIFY(!onFile);
        QCOMPARE(onFile.error().what.id, std::string("export.no_folder"));
        QVERIFY(!exporting::prepareFolder(root / "new/inner/file/below", true));
    }
};

QTEST_APPLESS_MAIN(PytorchTest)
#include "pytorch_test.moc"
