// The inspector on a real session: its editors send commands, and it tells what the network makes
// of them.
#include "inspector/inspector.hpp"

#include "../model/seen.hpp"
#include "blocks/block_kind.hpp"
#include "model/session.hpp"
#include "project/templates.hpp"
#include "theme/parameter_editor.hpp"
#include "theme/theme.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QStandardPaths>

using namespace ostrich;
using namespace ostrich::ui;

class InspectorTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_session = std::make_unique<Session>();
        auto lenet = project::newProject("lenet");
        QVERIFY(bool(lenet));
        lenet->data = "glyphs?train=50&validation=50&test=50";
        m_session->project.setProject(std::move(*lenet), {});
        open();
    }
    void cleanup()
    {
        m_inspector.reset();
        m_session.reset();
        setLanguage(Language::English);
    }

    void withNothingSelectedItTellsOfTheNetwork()
    {
        QVERIFY(says("Network"));
        QVERIFY(says("Select a block"));
        QVERIFY(says(count(m_session->project.analysis().parameters)));
        QVERIFY(!seen::named<QSpinBox>(m_inspector.get(), QStringLiteral("Filters")));
    }

    void aBlockShowsFormulaShapesSizeAndHelp()
    {
        select("conv_1");
        QVERIFY(says("Conv2d") && says("conv_1"));
        const auto &d = blocks::Registry::instance().find("Conv2d")->description();
        QVERIFY(says(seen::plain(QString::fromStdString(d.formula))));
        QVERIFY(says(words(d.help)));
        const graph::BlockFacts *facts = m_session->project.analysis().find("conv_1");
        QVERIFY(says(QString::fromStdString(graph::toString(*facts->inputs.front()))));
        QVERIFY(says(QString::fromStdString(graph::toString(*facts->outputs.front()))));
        QVERIFY(says(count(facts->cost.parameters)));
    }

    void theHelpSpeaksFrench()
    {
        setLanguage(Language::French);
        open();
        select("conv_1");
        QVERIFY(says("petits motifs"));
        QVERIFY(seen::named<QSpinBox>(m_inspector.get(), QStringLiteral("Filtres")));
    }

    void everyParameterOfEveryKindHasAnEditor()
    {
        for (const graph::Kind *kind : blocks::Registry::instance().all()) {
            graph::Network one;
            QVERIFY(bool(graph::apply(graph::addBlock(one, *kind, {}), one)));
            auto project = m_session->project.project();
            project.network = one;
            m_session->selection.setBlocks({});
            m_session->project.setProject(std::move(project), {});
            select(one.blocks.front().id);
            const auto &parameters = kind->description().parameters;
            QCOMPARE(m_inspector->findChildren<ParameterEditor *>().size(),
                     static_cast<qsizetype>(parameters.size()));
            for (const graph::ParameterSpec &spec : parameters)
                QVERIFY2(seen::named<QWidget>(m_inspector.get(), words(spec.label)),
                         spec.name.c_str());
            QVERIFY2(m_session->project.undoStack()->isClean(), "looking changes nothing");
        }
    }

    void editsAreUndoableCommandsWithAText()
    {
        select("conv_1");
        auto *filters = seen::named<QSpinBox>(m_inspector.get(), QStringLiteral("Filters"));
        QVERIFY(filters);
        const int before = filters->value();
        seen::type(filters, QStringLiteral("23"));
        QUndoStack *stack = m_session->project.undoStack();
        QCOMPARE(parameter("conv_1", "out_channels"), graph::ParameterValue(std::int64_t{23}));
        QVERIFY2(stack->undoText().contains(QLatin1String("23")), qPrintable(stack->undoText()));
        QCOMPARE(stack->count(), 1); // "2" and "23" are one
        auto *padding = seen::named<QComboBox>(m_inspector.get(), QStringLiteral("Padding"));
        QTest::keyClick(padding, Qt::Key_Down);
        QCOMPARE(stack->count(), 2);
        stack->undo();
        stack->undo();
        QTRY_COMPARE(filters->value(), before); // the same field: it was not built anew
        stack->redo();
        QTRY_COMPARE(filters->value(), 23);
        QVERIFY(says(count(m_session->project.analysis().find("conv_1")->cost.parameters)));
    }

    void anotherVisitToAFieldIsAnotherCommand()
    {
        select("conv_1");
        auto *filters = seen::named<QSpinBox>(m_inspector.get(), QStringLiteral("Filters"));
        seen::type(filters, QStringLiteral("23"));
        seen::type(filters, QStringLiteral("24"));
        QCOMPARE(m_session->project.undoStack()->count(), 2);
    }

    void passingThroughTheFieldsChangesNothing()
    {
        select("input_1");
        auto *shape = seen::named<QLineEdit>(m_inspector.get(), QStringLiteral("Shape"));
        QVERIFY(shape);
        shape->setFocus();
        QTest::keyClick(shape, Qt::Key_Tab);
        auto *column = seen::named<QLineEdit>(m_inspector.get(), QStringLiteral("Field"));
        QVERIFY(column->hasFocus());
        QTest::keyClick(column, Qt::Key_Return);
        QCOMPARE(m_session->project.undoStack()->count(), 0);
    }

    void aProblemStandsThereAndGoesWithItsRepair()
    {
        const std::string flatten = onlyBlockOf("Flatten");
        const std::string next = after(flatten);
        ProjectModel &project = m_session->project;
        graph::Edit edit;
        for (const graph::Wire &wire : project.network().wiresOf(flatten))
            edit.changes.push_back(graph::RemoveWire{wire});
        edit.changes.push_back(
            graph::AddWire{{project.network().wireInto({flatten, "x"})->from, {next, "x"}}});
        edit.changes.push_back(graph::RemoveBlock{*project.network().find(flatten)});
        select(next);
        QVERIFY(project.apply(edit));
        QCOMPARE(project.analysis().problems.size(), std::size_t{1});
        const graph::Problem problem = project.analysis().problems.front();
        QTRY_VERIFY(says(sentence(problem.message)));
        QVERIFY(says(sentence(problem.reason)));
        QVERIFY2(says(QString::fromStdString(problem.expected)), "the shape that would fit");
        QVERIFY(project.apply(problem.repair));
        QTRY_VERIFY(!says(sentence(problem.message)));
        QVERIFY(!says("expected"));
    }

    void aDeletedBlockMakesRoomForTheNetwork()
    {
        select("conv_1");
        const auto edit =
            graph::removeBlocks(m_session->project.network(), {"conv_1"},
                                blocks::Registry::instance(), m_session->project.facts());
        QVERIFY(m_session->project.apply(edit));
        QTRY_VERIFY(says("Select a block"));
        m_session->project.undoStack()->undo();
        QTRY_VERIFY(says("Filters")); // still selected, and back
    }

    void aGroupHasANameRepetitionsAndASize()
    {
        const std::string id = folded();
        QVERIFY(says("Group 1") && says(QString::fromStdString(id)));
        const graph::BlockFacts *facts = m_session->project.analysis().find(id);
        QVERIFY(says(QString::fromStdString(graph::toString(*facts->inputs.front()))));
        QVERIFY(says(QString::fromStdString(graph::toString(*facts->outputs.front()))));
        QVERIFY(says(count(facts->cost.parameters)));
        seen::type(seen::named<QLineEdit>(m_inspector.get(), QStringLiteral("Name")),
                   QStringLiteral("Deep part"));
        QCOMPARE(parameter(id.c_str(), "title"), graph::ParameterValue(std::string("Deep part")));
        QTRY_VERIFY(says("Deep part"));
        auto *repeat = seen::named<QSpinBox>(m_inspector.get(), QStringLiteral("Repeat"));
        QVERIFY(repeat);
        const int steps = m_session->project.undoStack()->count();
        repeat->stepUp();
        repeat->stepUp();
        QCOMPARE(parameter(id.c_str(), "repeat"), graph::ParameterValue(std::int64_t{3}));
        QCOMPARE(m_session->project.undoStack()->count(), steps + 1);
    }

    void aGroupIsLookedIntoAndUnfoldedByButtons()
    {
        const std::string id = folded();
        const std::string before = project::toText(m_session->project.project());
        seen::button(m_inspector.get(), QStringLiteral("Look inside"))->click();
        QTRY_COMPARE(m_session->project.scope(), std::vector<std::string>{id});
        m_session->selection.setBlocks({});
        QVERIFY(says("Group 1")); // of the part that is in view
        QVERIFY(says(count(m_session->project.analysis().parameters)));
        m_session->project.leave();
        select(id);
        seen::button(m_inspector.get(), QStringLiteral("Unfold"))->click();
        QTRY_VERIFY(m_session->project.network().find("conv_2"));
        QCOMPARE(m_session->selection.blocks().size(), std::size_t{2});
        m_session->project.undoStack()->undo();
        QCOMPARE(project::toText(m_session->project.project()), before);
    }

    void selectedBlocksAreFoldedByAButtonThatAsksForAName()
    {
        m_session->selection.setBlocks({"conv_2", "relu_2"});
        seen::button(m_inspector.get(), QStringLiteral("Ctrl+G"))->click();
        QTRY_COMPARE(m_session->project.undoStack()->count(), 1);
        auto *name = seen::named<QLineEdit>(m_inspector.get(), QStringLiteral("Name"));
        QVERIFY(name && name->hasFocus());
        QCOMPARE(name->selectedText(), QStringLiteral("Group 1"));
    }

    void aLayerOpensUpByAButton()
    {
        m_session->project.setProject(*project::newProject("transformer-encoder"), {});
        select("linear_1");
        QVERIFY(!seen::button(m_inspector.get(), QStringLiteral("Open up into its blocks")));
        select("encoder_1");
        seen::button(m_inspector.get(), QStringLiteral("Open up into its blocks"))->click();
        QVERIFY(m_session->project.network().find("encoder_1")->inside);
        QTRY_VERIFY(seen::button(m_inspector.get(), QStringLiteral("Look inside")));
    }

    void weightsAreTakenFromABlockWhereTheyFit()
    {
        select("conv_1");
        QVERIFY(!seen::named<QComboBox>(m_inspector.get(), QStringLiteral("Weights")));
        const std::string owner = spliceLinear(), user = spliceLinear();
        select(user);
        auto *weights = seen::named<QComboBox>(m_inspector.get(), QStringLiteral("Weights"));
        QVERIFY(weights);
        QCOMPARE(weights->currentText(), QStringLiteral("its own"));
        QCOMPARE(weights->count(), 2);
        weights->setFocus();
        QTest::keyClick(weights, Qt::Key_Down);
        ProjectModel &project = m_session->project;
        QCOMPARE(project.network().find(user)->weightsOf, owner);
        project.undoStack()->undo();
        QTRY_COMPARE(weights->currentText(), QStringLiteral("its own"));
    }

private:
    /// One more layer in front of the last one, as wide as what comes in.
    std::string spliceLinear()
    {
        ProjectModel &project = m_session->project;
        project.apply(graph::splice(project.network(),
                                    *project.network().wireInto({"linear_2", "x"}),
                                    *blocks::Registry::instance().find("Linear"), {}));
        const std::string id = project.network().blocks.back().id;
        project.apply(
            graph::setParameter(project.network(), id, "out_features", std::int64_t{128}));
        return id;
    }
    std::string folded()
    {
        const std::string id = m_session->project.fold({"conv_2", "relu_2"});
        select(id);
        return id;
    }
    void open()
    {
        m_inspector = std::make_unique<Inspector>(m_session.get());
        m_inspector->resize(264, 1400);
        m_inspector->show();
        QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    }
    void select(const std::string &block) { m_session->selection.setBlocks({block}); }
    bool says(const QString &text) const { return seen::says(m_inspector.get(), text); }
    graph::ParameterValue parameter(const char *block, const char *name) const
    {
        return m_session->project.network().find(block)->parameters.at(name);
    }
    std::string onlyBlockOf(const char *kind) const
    {
        for (const graph::Block &block : m_session->project.network().blocks)
            if (block.kind == kind) return block.id;
        return {};
    }
    std::string after(const std::string &block) const
    {
        for (const graph::Wire &wire : m_session->project.network().wires)
            if (wire.from.block == block) return wire.to.block;
        return {};
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<Inspector> m_inspector;
};

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
