// The project document: merging undo steps, files, and work that survives a crash.
#include "model/project_model.hpp"
#include "project/templates.hpp"

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTimer>

using namespace ostrich;
using namespace ostrich::ui;

class ProjectModelTest : public QObject {
    Q_OBJECT

private:
    static project::Project lenet() { return *project::newProject("lenet"); }
    static graph::Edit filters(const ProjectModel &model, std::int64_t count)
    {
        return graph::setParameter(model.network(), "conv_1", "out_channels", count);
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("Ostrich"));
        QCoreApplication::setOrganizationName(QStringLiteral("ostrich"));
        while (!ProjectModel::recoverableFile().isEmpty())
            ProjectModel::discard(ProjectModel::recoverableFile());
    }

    void editsOfOneFieldAreOneUndoStepUntilTheFocusLeaves()
    {
        ProjectModel model;
        model.setProject(lenet(), {});
        const graph::Network before = model.network();
        QVERIFY(model.apply(filters(model, 8), QStringLiteral("conv_1/out_channels")));
        QVERIFY(model.apply(filters(model, 9), QStringLiteral("conv_1/out_channels")));
        QCOMPARE(model.undoStack()->count(), 1);
        model.finishMerge();
        QVERIFY(model.apply(filters(model, 10), QStringLiteral("conv_1/out_channels")));
        QCOMPARE(model.undoStack()->count(), 2);
        model.undoStack()->undo();
        model.undoStack()->undo();
        QVERIFY(model.network() == before);
        QVERIFY(!model.undoStack()->redoText().isEmpty());
    }

    void recipeAndDataAreUndoableToo()
    {
        ProjectModel model;
        model.setProject(lenet(), {});
        const project::Project before = model.project();
        model.setRecipeValue("epochs", std::int64_t{3});
        model.setData("menagerie");
        QCOMPARE(model.project().recipe.epochs, std::int64_t{3});
        QCOMPARE(model.facts().input.size(graph::Axis::C), std::optional<std::int64_t>(3));
        model.undoStack()->undo();
        model.undoStack()->undo();
        QVERIFY(model.project() == before);
    }

    void otherDataOfferAFitAsOneStep()
    {
        ProjectModel model;
        model.setProject(*project::newProject("lstm"), {});
        QVERIFY(model.analysis().ok());
        QSignalSpy offered(&model, &ProjectModel::fittingOffered);
        model.setData("waveforms"); // numbers as before
        QCOMPARE(offered.count(), 0);
        model.setData("sentiment");
        QCOMPARE(offered.count(), 1);
        QVERIFY(!model.analysis().ok() && !model.fitting().changes.empty());
        const graph::Network before = model.network();
        const int steps = model.undoStack()->count();
        model.fit();
        QVERIFY(model.analysis().ok());
        QCOMPARE(model.undoStack()->count(), steps + 1);
        QVERIFY(model.fitting().changes.empty());
        const graph::Network fitted = model.network();
        model.undoStack()->undo();
        QVERIFY(model.network() == before);
        model.undoStack()->redo();
        QVERIFY(model.network() == fitted);
        model.fit(); // nothing more to do
        QCOMPARE(model.undoStack()->count(), steps + 1);
    }

    void aValueOutOfRangeIsRefusedAndSaid()
    {
        ProjectModel model;
        model.setProject(lenet(), {});
        QSignalSpy said(&model, &ProjectModel::statusMessage);
        model.setRecipeValue("epochs", std::int64_t{-1});
        QCOMPARE(said.count(), 1);
        QVERIFY(model.undoStack()->isClean());
    }

    void savingAndOpeningGivesTheSameProject()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("net.ostrich"));
        ProjectModel model;
        model.setProject(lenet(), {});
        QVERIFY(model.apply(filters(model, 8)));
        QVERIFY(model.isModified());
        QVERIFY(model.save(file));
        QVERIFY(!model.isModified());
        QCOMPARE(model.name(), QStringLiteral("net"));
        ProjectModel other;
        QVERIFY(other.open(file));
        QVERIFY(other.project() == model.project());
        QCOMPARE(other.recentFiles().value(0), file);
    }

    void aFailedSaveLeavesTheOldFileAndTheChanges()
    {
        ProjectModel model;
        model.setProject(lenet(), {});
        QVERIFY(model.apply(filters(model, 8)));
        QVERIFY(!model.save(QStringLiteral("/nosuchfolder/net.ostrich")));
        QVERIFY(model.isModified());
        QVERIFY(model.filePath().isEmpty());
    }

    void workSurvivesAProgramThatWasKilled()
    {
        // This program once more, as one that edits and is then killed -9.
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--edit-and-wait")});
        QVERIFY(other.waitForReadyRead(20'000));
        QCOMPARE(other.readLine().trimmed(), QByteArray("saved aside"));
        QVERIFY2(ProjectModel::recoverableFile().isEmpty(),
                 "its program lives: nothing to recover");
        other.kill();
        QVERIFY(other.waitForFinished());

        const QString kept = ProjectModel::recoverableFile();
        QVERIFY(!kept.isEmpty());
        ProjectModel after;
        QVERIFY(after.recover(kept));
        QCOMPARE(graph::integer(after.network().find("conv_1")->parameters, "out_channels"),
                 std::int64_t{13});
        QVERIFY(after.isModified());
        after.discardAutosave();
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
    }
};

namespace {

int editAndWait(QApplication &app)
{
    ProjectModel model;
    model.setProject(*project::newProject("lenet"), {});
    model.apply(graph::setParameter(model.network(), "conv_1", "out_channels", std::int64_t{13}));
    const QDir folder(QString::fromUtf8(qgetenv("XDG_DATA_HOME"))
                      + QStringLiteral("/ostrich/autosave"));
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &poll, [&] {
        if (folder.entryList({QStringLiteral("*.ostrich")}).isEmpty()) return;
        poll.stop();
        QTextStream(stdout) << "saved aside" << Qt::endl;
    });
    poll.start(100);
    return app.exec();
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (app.arguments().contains(QStringLiteral("--edit-and-wait"))) return editAndWait(app);
    ProjectModelTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "project_model_test.moc"
