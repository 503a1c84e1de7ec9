// RNN, LSTM, GRU and attention at equal parameters, for every sort of sequence task.
#include "project/variants.hpp"

#include "blocks/block_kind.hpp"
#include "data/source.hpp"
#include "graph/analysis.hpp"
#include "project/templates.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using project::Variant;

namespace {

const graph::KindSet &kinds()
{
    return blocks::Registry::instance();
}

project::Project from(const char *name, const std::string &data)
{
    auto project = project::newProject(name);
    if (!project) qFatal("no template %s", name);
    project->data = data;
    return *project;
}

graph::DataFacts factsOf(const std::string &data)
{
    const auto facts = data::factsOf(data);
    if (!facts) qFatal("%s", sentence(facts.error(), Language::English).c_str());
    return *facts;
}

std::vector<Variant> made(const project::Project &project)
{
    const auto variants = equalVariants(project, factsOf(project.data), kinds());
    if (!variants) qFatal("%s", sentence(variants.error(), Language::English).c_str());
    return *variants;
}

/// The value that a variant's blocks have under this name; -1: none.
std::int64_t width(const Variant &variant, const std::string &parameter)
{
    for (const graph::Block &block : variant.project.network.blocks)
        if (const auto value = block.parameters.find(parameter); value != block.parameters.end())
            return std::get<std::int64_t>(value->second);
    return -1;
}

} // namespace

class VariantsTest : public QObject {
    Q_OBJECT

private slots:
    void fourFitAndHaveEquallyManyParameters_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("data");
        for (const char *data : {"recall?lag=20", "sentiment", "seasonal", "copy", "corpus"})
            for (const char *model : {"lstm", "transformer-encoder"})
                QTest::addRow("%s, from %s", data, model) << model << data;
        QTest::newRow("a network that does not fit: the LSTM's size") << "lenet" << "recall?lag=20";
        QTest::newRow("a small one") << "bag-of-words" << "sentiment";
    }
    void fourFitAndHaveEquallyManyParameters()
    {
        QFETCH(QString, model);
        QFETCH(QString, data);
        project::Project project = from(model.toLatin1(), data.toStdString());
        project.recipe.seed = 7;
        const graph::DataFacts facts = factsOf(project.data);
        const std::vector<Variant> variants = made(project);
        QCOMPARE(variants.size(), std::size_t{4});
        const std::vector<std::string> names{"rnn", "lstm", "gru", "attention"};
        for (std::size_t i = 0; i < 4; ++i) {
            const Variant &variant = variants[i];
            QCOMPARE(variant.name, names[i]);
            QVERIFY(!variant.label.en.empty() && !variant.label.fr.empty());
            QCOMPARE(variant.project.data, project.data);
            QVERIFY(variant.project.recipe == project.recipe);
            const auto analysis = graph::analyse(variant.project.network, kinds(), facts);
            QVERIFY2(analysis.ok(), variant.name.c_str());
            QCOMPARE(analysis.parameters, variant.parameters);
            qInfo("%-9s %7lld parameters: hidden_size %lld, embedding_dim %lld, "
                  "dim_feedforward %lld",
                  variant.name.c_str(), static_cast<long long>(variant.parameters),
                  static_cast<long long>(width(variant, "hidden_size")),
                  static_cast<long long>(width(variant, "embedding_dim")),
                  static_cast<long long>(width(variant, "dim_feedforward")));
        }
        const auto [least, most] = std::ranges::minmax(variants, {}, &Variant::parameters);
        const double ratio =
            static_cast<double>(most.parameters) / static_cast<double>(least.parameters);
        QVERIFY2(ratio < 1.03, std::to_string(ratio).c_str());
    }

    void theNetworksOwnSizeIsTheTarget()
    {
        project::Project project = from("gru", "recall?lag=20");
        for (graph::Block &block : project.network.blocks)
            if (block.kind == "GRU") block.parameters["hidden_size"] = std::int64_t{50};
        const std::vector<Variant> variants = made(project);
        QCOMPARE(width(variants[2], "hidden_size"), std::int64_t{50}); // itself again
        const auto facts = factsOf(project.data);
        QCOMPARE(variants[2].parameters,
                 graph::analyse(project.network, kinds(), facts).parameters);
        // Of numbers, h states and K classes an RNN has h(f + h + 2) + K(h + 1).
        const std::int64_t f = *facts.input.size(graph::Axis::F),
                           h = width(variants[0], "hidden_size");
        QCOMPARE(variants[0].parameters, h * (f + h + 2) + facts.answers() * (h + 1));
    }

    void whatTheTemplatesSayStays()
    {
        const auto variants = made(from("lstm", "recall?lag=20"));
        for (const std::size_t gated : {std::size_t{1}, std::size_t{2}})
            QVERIFY(std::ranges::any_of(
                variants[gated].project.network.blocks,
                [](const graph::Block &block) { return block.parameters.contains("gate_bias"); }));
        QCOMPARE(width(variants[3], "num_heads"), std::int64_t{4});
    }

    void attentionSeesOnlyThePastWhereEachStepHasALabel()
    {
        for (const auto &[data, causal] :
             {std::pair{"corpus", true}, std::pair{"sentiment", false}}) {
            const auto variants = made(from("lstm", data));
            int layers = 0;
            for (const graph::Block &block : variants[3].project.network.blocks) {
                if (!block.parameters.contains("num_heads")) continue;
                ++layers;
                const auto value = block.parameters.find("causal");
                QCOMPARE(value != block.parameters.end() && std::get<bool>(value->second), causal);
            }
            QVERIFY(layers > 0);
        }
    }

    void theSameEveryTime()
    {
        const project::Project project = from("lstm", "sentiment");
        QVERIFY(made(project) == made(project));
    }

    void otherTasksAreRefusedInWords_data()
    {
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("word");
        QTest::newRow("pictures") << "glyphs" << "pictures";
        QTest::newRow("points") << "moons" << "rows";
        QTest::newRow("translation") << "translation" << "translation";
    }
    void otherTasksAreRefusedInWords()
    {
        QFETCH(QString, data);
        QFETCH(QString, word);
        const auto project = from("lstm", data.toStdString());
        const auto variants = equalVariants(project, factsOf(project.data), kinds());
        QVERIFY(!variants);
        QCOMPARE(variants.error().where, data.toStdString());
        const auto line = QString::fromStdString(sentence(variants.error(), Language::English));
        QVERIFY2(line.contains(word) && !line.contains("project."), qPrintable(line));
        QVERIFY(sentence(variants.error(), Language::French) != line.toStdString());
    }
};

QTEST_APPLESS_MAIN(VariantsTest)
#include "variants_test.moc"
