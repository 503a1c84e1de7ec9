// Inside on a network with a group: its blocks are listed by where they are, and choosing one opens
// the group on the canvas.
#include "inside/inside_model.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"

#include <QApplication>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;

class InsideGroupsTest : public QObject {
    Q_OBJECT

private slots:
    void blocksOfAGroupAreLookedInto()
    {
        Session session;
        ProjectModel &project = session.project;
        project.setProject(small::project("mlp", small::kDigits, 1), {});
        project.apply(
            graph::setParameter(project.network(), "linear_2", "out_features", std::int64_t{128}));
        const std::string group = project.fold({"linear_2", "relu_2"});
        project.apply(graph::setParameter(project.network(), group, "repeat", std::int64_t{2}));
        QVERIFY(small::waitForData(session));
        session.run.play();
        QVERIFY(small::waitForModel(session));

        InsideModel model(&session);
        model.setActive(true);
        const std::string second = group + ".1.linear_2";
        const auto entry = [&]() -> const InsideModel::Entry * {
            const auto found = std::ranges::find(model.blocks(), second, &InsideModel::Entry::id);
            return found == model.blocks().end() ? nullptr : &*found;
        };
        QVERIFY(QTest::qWaitFor([&] { return entry() && entry()->offers; }, small::kPatience));
        QVERIFY2(entry()->name.contains(QStringLiteral("Group 1, 2")), qPrintable(entry()->name));
        for (const InsideModel::Entry &each : model.blocks())
            QVERIFY2(!each.name.startsWith(QStringLiteral("Group")), "its ports show nothing");

        model.setBlock(second);
        QCOMPARE(project.scope(), std::vector<std::string>{group});
        QCOMPARE(session.selection.currentBlock(), std::string("linear_2"));
        QCOMPARE(model.current()->id, second);
        QVERIFY(model.block());
        QCOMPARE(model.block()->kind, std::string("Linear"));
        QVERIFY(QTest::qWaitFor([&] { return model.array(second); }, small::kPatience));
        emit session.run.stateChanged(); // it stays, though the first is meant by the selection too
        QCOMPARE(model.current()->id, second);

        // What is selected on the canvas is the first repetition's.
        session.selection.setBlocks({"relu_2"});
        session.selection.setBlocks({"linear_2"});
        QCOMPARE(model.current()->id, group + ".0.linear_2");
        project.leave();
        session.selection.setBlocks({"linear_1"});
        QCOMPARE(model.current()->id, std::string("linear_1"));
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    InsideGroupsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inside_groups_test.moc"
