// Groups in the project document: each gesture one step that undo takes back to the letter, edits
// inside, what is in view, and whose weights fit.
#include "model/project_model.hpp"

#include "blocks/block_kind.hpp"
#include "graph/group.hpp"
#include "own_home.hpp"
#include "project/templates.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// Of resnet8: as many maps come out as go in, so that it can be repeated.
const std::vector<std::string> kStage{"conv_2",       "batch_norm_2", "relu_2", "conv_3",
                                      "batch_norm_3", "add_1",        "relu_3"};

} // namespace

class ProjectGroupsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_model = std::make_unique<ProjectModel>();
        become("resnet8");
        QVERIFY(m_model->analysis().ok());
    }
    void cleanup() { m_model.reset(); }

    void aFoldIsOneStepAndKeepsTheComputation()
    {
        const std::string before = text();
        const std::int64_t parameters = m_model->wholeAnalysis().parameters;
        const std::string id = m_model->fold(kStage);
        QVERIFY(!id.empty());
        QCOMPARE(m_model->undoStack()->count(), 1);
        QVERIFY(m_model->wholeAnalysis().ok());
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters);
        const graph::Block *group = m_model->network().find(id);
        QVERIFY(group && group->inside);
        QCOMPARE(graph::titleOf(*group), std::string("Group 1"));
        const std::string after = text();
        undo();
        QCOMPARE(text(), before);
        m_model->undoStack()->redo();
        QCOMPARE(text(), after);
    }

    void unfoldingIsOneStepToo()
    {
        const std::int64_t parameters = m_model->wholeAnalysis().parameters;
        const std::string id = m_model->fold(kStage);
        const std::string before = text();
        auto fresh = m_model->unfold(id);
        QCOMPARE(m_model->undoStack()->count(), 2);
        std::ranges::sort(fresh);
        auto stage = kStage;
        std::ranges::sort(stage);
        QVERIFY(fresh == stage);
        QVERIFY(m_model->wholeAnalysis().ok());
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters);
        undo();
        QCOMPARE(text(), before);
    }

    void repeatAndNameAreParameters()
    {
        const std::string id = m_model->fold(kStage);
        const std::int64_t once = m_model->analysis().find(id)->cost.parameters;
        const std::string before = text();
        QVERIFY(set(id, "repeat", std::int64_t{3}));
        QCOMPARE(m_model->analysis().find(id)->cost.parameters, 3 * once);
        undo();
        QVERIFY(set(id, "title", std::string("Stage")));
        QCOMPARE(graph::titleOf(*m_model->network().find(id)), std::string("Stage"));
        undo();
        QCOMPARE(text(), before);
    }

    void namesAreNotGivenTwice()
    {
        m_model->fold({"conv_2", "batch_norm_2"});
        const std::string second = m_model->fold({"conv_3", "batch_norm_3"});
        QCOMPARE(graph::titleOf(*m_model->network().find(second)), std::string("Group 2"));
    }

    void whatCannotBeFoldedIsSaidWhy()
    {
        QSignalSpy said(m_model.get(), &ProjectModel::statusMessage);
        QVERIFY(m_model->fold({"conv_2", "conv_3"}).empty()); // relu_2 lies between
        QVERIFY(said.takeFirst().front().toString().contains(QStringLiteral("back in")));
        QVERIFY(m_model->fold({"input_1", "output_1"}).empty());
        QVERIFY(said.takeFirst().front().toString().contains(QStringLiteral("Select blocks")));
        QVERIFY(m_model->fold({}).empty());
        QCOMPARE(m_model->undoStack()->count(), 0);
    }

    void insideAGroupItsNetworkIsTheOneInView()
    {
        const std::string id = m_model->fold(kStage);
        const std::size_t around = m_model->network().blocks.size();
        QSignalSpy scoped(m_model.get(), &ProjectModel::scopeChanged);
        m_model->enter(id);
        QCOMPARE(scoped.count(), 1);
        QCOMPARE(m_model->scope(), std::vector<std::string>{id});
        QVERIFY(m_model->network().find("conv_2") && !m_model->network().find("conv_1"));
        QVERIFY(m_model->analysis().find("conv_2"));
        QVERIFY(!m_model->analysis().find("conv_1"));
        QVERIFY(m_model->wholeAnalysis().find("conv_1"));
        QVERIFY(m_model->analysis().parameters < m_model->wholeAnalysis().parameters);
        m_model->leave();
        QCOMPARE(scoped.count(), 2);
        QCOMPARE(m_model->network().blocks.size(), around);
        m_model->enter("conv_1"); // no group
        m_model->leave();         // nowhere to go
        m_model->setScope({id, "nowhere"});
        QCOMPARE(m_model->scope(), std::vector<std::string>{id}); // as far as there is one
    }

    void anEditInsideIsOneStepOfTheWhole()
    {
        const std::string id = m_model->fold(kStage);
        set(id, "repeat", std::int64_t{2});
        m_model->enter(id);
        const std::string before = text();
        const std::int64_t parameters = m_model->wholeAnalysis().parameters;
        QVERIFY(set("conv_2", "bias", true));
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters + 2 * 16);
        undo();
        QCOMPARE(text(), before);
        QVERIFY(m_model->apply(graph::removeBlocks(
            m_model->network(), {"relu_3"}, blocks::Registry::instance(), m_model->facts())));
        QVERIFY(!m_model->network().find("relu_3"));
        undo();
        QCOMPARE(text(), before);
    }

    void editsOfOneFieldInsideMerge()
    {
        const std::string id = m_model->fold(kStage);
        m_model->enter(id);
        const std::string before = text();
        const int steps = m_model->undoStack()->count();
        const QString key = QStringLiteral("conv_2/out_channels/");
        for (const std::int64_t filters : {17, 18, 19})
            QVERIFY(m_model->apply(
                graph::setParameter(m_model->network(), "conv_2", "out_channels", filters), key));
        QCOMPARE(m_model->undoStack()->count(), steps + 1);
        QCOMPARE(parameter("conv_2", "out_channels"), graph::ParameterValue(std::int64_t{19}));
        undo();
        QCOMPARE(text(), before);
        m_model->undoStack()->redo();
        QCOMPARE(parameter("conv_2", "out_channels"), graph::ParameterValue(std::int64_t{19}));
        // The same field of the same id elsewhere is another step.
        m_model->leave();
        m_model->enter(id);
        QVERIFY(m_model->apply(
            graph::setParameter(m_model->network(), "conv_2", "out_channels", std::int64_t{20}),
            key));
        QCOMPARE(m_model->undoStack()->count(), steps + 2);
    }

    void undoBringsTheChangeIntoView()
    {
        const std::string id = m_model->fold(kStage);
        m_model->enter(id);
        set("conv_2", "bias", true);
        m_model->leave();
        undo();
        QCOMPARE(m_model->scope(), std::vector<std::string>{id});
        undo(); // the fold itself: the group is gone
        QVERIFY(m_model->scope().empty());
        QVERIFY(m_model->network().find("conv_2"));
        m_model->undoStack()->redo();
        m_model->undoStack()->redo();
        QCOMPARE(m_model->scope(), std::vector<std::string>{id});
        QCOMPARE(parameter("conv_2", "bias"), graph::ParameterValue(true));
    }

    void anotherProjectIsSeenWhole()
    {
        m_model->enter(m_model->fold(kStage));
        QSignalSpy scoped(m_model.get(), &ProjectModel::scopeChanged);
        become("mlp");
        QCOMPARE(scoped.count(), 1);
        QVERIFY(m_model->scope().empty());
        QVERIFY(m_model->network().find("linear_1"));
    }

    void groupsHoldGroups()
    {
        const std::string before = text();
        const std::string outer = m_model->fold(kStage);
        m_model->enter(outer);
        const std::string inner = m_model->fold({"conv_3", "batch_norm_3"});
        QVERIFY(!inner.empty());
        m_model->enter(inner);
        QVERIFY(set("conv_3", "bias", true));
        QCOMPARE(m_model->scope(), (std::vector<std::string>{outer, inner}));
        QVERIFY(m_model->wholeAnalysis().ok());
        while (m_model->undoStack()->canUndo()) undo();
        QCOMPARE(text(), before);
        QVERIFY(m_model->scope().empty());
    }

    void aProblemInsideIsRepairedFromOutside()
    {
        become("lenet");
        const std::string id = m_model->fold({"max_pool_2", "flatten_1", "linear_1"});
        m_model->enter(id);
        QVERIFY(m_model->apply(graph::removeBlocks(
            m_model->network(), {"flatten_1"}, blocks::Registry::instance(), m_model->facts())));
        if (!m_model->network().wireInto({"linear_1", "x"}))
            m_model->apply(graph::connect(m_model->network(), {"max_pool_2", "y"},
                                          {"linear_1", "x"}, blocks::Registry::instance()));
        QVERIFY(!m_model->analysis().ok());
        QCOMPARE(m_model->analysis().problems.front().block, std::string("linear_1"));
        m_model->leave();
        QVERIFY(!m_model->analysis().ok());
        const graph::Problem problem = m_model->analysis().problems.front();
        QCOMPARE(problem.block, id);
        const int steps = m_model->undoStack()->count();
        const std::string broken = text();
        QVERIFY(m_model->applyWhole(problem.repair));
        QCOMPARE(m_model->undoStack()->count(), steps + 1);
        QVERIFY(m_model->wholeAnalysis().ok());
        QVERIFY(m_model->scope().empty());
        undo();
        QCOMPARE(text(), broken);
    }

    void aLayerOpensUpIntoItsBlocks()
    {
        become("transformer-encoder");
        const std::string before = text();
        const std::int64_t parameters = m_model->wholeAnalysis().parameters;
        QVERIFY(m_model->canOpenUp("encoder_1"));
        QVERIFY(!m_model->canOpenUp("linear_1") && !m_model->canOpenUp("nowhere"));
        QVERIFY(m_model->openUp("encoder_1"));
        QCOMPARE(m_model->undoStack()->count(), 1);
        QVERIFY(m_model->wholeAnalysis().ok());
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters);
        const graph::Block *group = m_model->network().find("encoder_1");
        QVERIFY(group->inside && group->inside->blocks.size() > 4);
        QVERIFY(!m_model->canOpenUp("encoder_1"));
        undo();
        QCOMPARE(text(), before);
    }

    void weightsAreTied()
    {
        become("mlp");
        QVERIFY(set("linear_2", "out_features", std::int64_t{128}));
        QVERIFY(m_model->apply(graph::splice(m_model->network(),
                                             *m_model->network().wireInto({"linear_3", "x"}),
                                             *blocks::Registry::instance().find("Linear"), {})));
        const std::string user = m_model->network().blocks.back().id;
        QVERIFY(set(user, "out_features", std::int64_t{128}));
        QCOMPARE(m_model->ownersFor(user), std::vector<std::string>{"linear_2"});
        QVERIFY(m_model->ownersFor("relu_1").empty());
        const std::string before = text();
        const std::int64_t parameters = m_model->wholeAnalysis().parameters;
        QVERIFY(m_model->useWeights(user, "linear_2"));
        QVERIFY(m_model->wholeAnalysis().ok());
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters - 128 * 129);
        QVERIFY(m_model->useWeights(user, {}));
        QCOMPARE(m_model->wholeAnalysis().parameters, parameters);
        undo();
        undo();
        QCOMPARE(text(), before);
    }

    void ownersAreNamedAsTheyAreFoundFromInside()
    {
        become("mlp");
        QVERIFY(set("linear_2", "out_features", std::int64_t{128}));
        QVERIFY(m_model->apply(graph::splice(m_model->network(),
                                             *m_model->network().wireInto({"linear_3", "x"}),
                                             *blocks::Registry::instance().find("Linear"), {})));
        const std::string third = m_model->network().blocks.back().id;
        QVERIFY(set(third, "out_features", std::int64_t{128}));
        const std::string group = m_model->fold({"linear_2", "relu_2"});
        QVERIFY(set(group, "repeat", std::int64_t{2}));
        const std::string first = group + ".0.linear_2", second = group + ".1.linear_2";
        QCOMPARE(m_model->ownersFor(third), (std::vector<std::string>{first, second}));
        QVERIFY(m_model->useWeights(third, second));
        QVERIFY(m_model->wholeAnalysis().ok());
        undo();
        m_model->enter(group);
        // Not the other repetition's: in the second it would be the block itself.
        QCOMPARE(m_model->ownersFor("linear_2"), std::vector<std::string>{third});
        QVERIFY(m_model->useWeights("linear_2", third));
        QVERIFY(m_model->wholeAnalysis().ok());
    }

    void copiesKeepGroups()
    {
        const std::string id = m_model->fold(kStage);
        const auto fragment = project::fragmentFromText(
            project::fragmentText(graph::fragment(m_model->network(), {id})));
        QVERIFY(bool(fragment));
        std::vector<std::string> ids;
        QVERIFY(m_model->apply(graph::paste(m_model->network(), *fragment, {16, 16}, &ids)));
        const graph::Block *copy = m_model->network().find(ids.front());
        QVERIFY(copy && copy->inside);
        QVERIFY(*copy->inside == *m_model->network().find(id)->inside);
    }

private:
    void become(const char *name) { m_model->setProject(*project::newProject(name), {}); }
    void undo() { m_model->undoStack()->undo(); }
    std::string text() const { return project::toText(m_model->project()); }
    bool set(const std::string &id, const char *name, const graph::ParameterValue &value)
    {
        return m_model->apply(graph::setParameter(m_model->network(), id, name, value));
    }
    graph::ParameterValue parameter(const std::string &id, const char *name) const
    {
        return m_model->network().find(id)->parameters.at(name);
    }

    std::unique_ptr<ProjectModel> m_model;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    ProjectGroupsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "project_groups_test.moc"
