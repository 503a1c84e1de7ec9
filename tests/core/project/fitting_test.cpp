// Networks mended for other data by what their own blocks propose.
#include "project/fitting.hpp"

#include "blocks/block_kind.hpp"
#include "project/templates.hpp"

#include <QtTest>

using namespace ostrich;
using graph::Shape;
using graph::Task;

namespace {

graph::DataFacts words()
{
    graph::DataFacts facts;
    facts.input = Shape::tokens({}, 300);
    facts.classes = 2;
    facts.longest = 30;
    return facts;
}

graph::DataFacts forecast()
{
    graph::DataFacts facts;
    facts.input = Shape::sequence(24, 7);
    facts.task = Task::Regress;
    facts.values = 24;
    facts.longest = 24;
    return facts;
}

graph::DataFacts labelledSteps(Shape input, std::int64_t classes)
{
    graph::DataFacts facts;
    facts.input = std::move(input);
    facts.task = Task::LabelSteps;
    facts.classes = classes;
    facts.longest = 40;
    return facts;
}

graph::DataFacts series()
{
    graph::DataFacts facts;
    facts.input = Shape::sequence({}, 6);
    facts.classes = 4;
    facts.longest = 100;
    return facts;
}

} // namespace

class FittingTest : public QObject {
    Q_OBJECT

private slots:
    void everySequenceTemplateFitsWordsSeriesForecastsAndSteps_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"rnn", "lstm", "gru", "bilstm", "conv1d", "tcn",
                                 "transformer-encoder", "bag-of-words"})
            QTest::newRow(name) << QString(name);
    }
    void everySequenceTemplateFitsWordsSeriesForecastsAndSteps()
    {
        QFETCH(QString, name);
        const auto project = project::newProject(name.toStdString());
        QVERIFY(static_cast<bool>(project));
        const auto &kinds = blocks::Registry::instance();
        for (const graph::DataFacts &facts :
             {words(), series(), forecast(), labelledSteps(Shape::sequence({}, 6), 4),
              labelledSteps(Shape::tokens(64, 70), 70)}) {
            const auto fitted = project::fitted(project->network, kinds, facts);
            const auto analysis = graph::analyse(fitted.network, kinds, facts);
            const std::string wrong =
                analysis.ok() ? "" : sentence(analysis.problems.front().message, Language::English);
            QVERIFY2(analysis.ok(), wrong.c_str());
        }
    }

    void whatStandsInAGroupIsMendedToo()
    {
        const auto project = project::newProject("lstm"); // drawn for numbers
        const auto &kinds = blocks::Registry::instance();
        graph::Network network = project->network;
        QVERIFY(bool(graph::apply(graph::fold(network, {"lstm_1"}, "Memory", kinds), network)));
        const auto fitted = project::fitted(network, kinds, words());
        QVERIFY(!fitted.changes.empty());
        QVERIFY(graph::analyse(fitted.network, kinds, words()).ok());
        QVERIFY(bool(graph::apply(fitted.edit, network)));
        QVERIFY(network == fitted.network);
    }

    void whatFitsStaysAsItIs()
    {
        const auto project = project::newProject("transformer-encoder");
        const auto fitted =
            project::fitted(project->network, blocks::Registry::instance(), words());
        QVERIFY(fitted.changes.empty());
        QVERIFY(fitted.network == project->network);
    }

    void aWrongBlockIsNotGuessedAt()
    {
        auto project = project::newProject("lstm");
        project->network.blocks[1].kind = "LSMT"; // the diagnosis proposes LSTM
        const auto fitted =
            project::fitted(project->network, blocks::Registry::instance(), words());
        QVERIFY(fitted.changes.empty());
        QVERIFY(fitted.network == project->network);
    }

    void aWrongBlockInAGroupIsNotGuessedAtEither()
    {
        const auto &kinds = blocks::Registry::instance();
        graph::Network network = project::newProject("lstm")->network;
        std::string id;
        QVERIFY(
            bool(graph::apply(graph::fold(network, {"lstm_1"}, "Memory", kinds, &id), network)));
        graph::Network inside = *network.find(id)->inside;
        inside.find("lstm_1")->kind = "LSMT";
        network.find(id)->inside = std::make_shared<const graph::Network>(std::move(inside));
        QVERIFY(project::fitted(network, kinds, words()).changes.empty());
    }

    void whatCannotBeMendedStaysAsItIs()
    {
        const auto project = project::newProject("translator");
        const auto fitted =
            project::fitted(project->network, blocks::Registry::instance(), series());
        QVERIFY(fitted.changes.empty());
        QVERIFY(fitted.network == project->network);
    }
};

QTEST_APPLESS_MAIN(FittingTest)
#include "fitting_test.moc"
