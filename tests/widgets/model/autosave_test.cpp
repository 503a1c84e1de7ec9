// Work that a crash left behind: what is offered, what recovering it gives, when it goes.
#include "base/file.hpp"
#include "model/project_model.hpp"
#include "own_home.hpp"
#include "project/templates.hpp"

#include <QApplication>
#include <QLockFile>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class AutosaveTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QDir(folder()).removeRecursively();
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
    }

    void recoveredWorkIsUnsavedAndKnowsItsFile()
    {
        const QTemporaryDir files;
        const QString original = files.filePath(QStringLiteral("net.ostrich"));
        const QString left = leave("a", 13, original);
        QCOMPARE(ProjectModel::recoverableFile(), left);
        ProjectModel model;
        QVERIFY(model.recover(left));
        QCOMPARE(filters(model), std::int64_t{13});
        QCOMPARE(model.filePath(), original);
        QCOMPARE(model.name(), QStringLiteral("net"));
        QVERIFY2(model.isModified(), "its file has something else");
        QVERIFY(model.save(original));
        QVERIFY(!model.isModified());
        QCOMPARE(entries(), QStringList()); // saved: nothing aside any more
    }

    void workThatWasNeverSavedHasNoFile()
    {
        const QString left = leave("a", 13, {});
        ProjectModel model;
        QVERIFY(model.recover(left));
        QVERIFY(model.filePath().isEmpty());
        QVERIFY(model.isModified());
    }

    void recoveredWorkIsKeptAsideAgainAtOnce()
    {
        {
            ProjectModel model;
            QVERIFY(model.recover(leave("a", 13, {})));
            QVERIFY2(ProjectModel::recoverableFile().isEmpty(), "it is ours now, and we live");
        } // gone without a goodbye, as in a second crash
        const QString again = ProjectModel::recoverableFile();
        QVERIFY(!again.isEmpty());
        ProjectModel model;
        QVERIFY(model.recover(again));
        QCOMPARE(filters(model), std::int64_t{13});
    }

    void theNewestIsOfferedFirstAndTheOthersLater()
    {
        const QString older = leave("b", 11, {}), newer = leave("a", 12, {});
        QFile file(older);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-1),
                                 QFileDevice::FileModificationTime));
        file.close();
        QCOMPARE(ProjectModel::recoverableFile(), newer);
        ProjectModel::discard(newer);
        QCOMPARE(ProjectModel::recoverableFile(), older);
        ProjectModel::discard(older);
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
        QCOMPARE(entries(), QStringList());
    }

    void workOfAProgramThatLivesIsLeftAlone()
    {
        const QString other = leave("a", 13, {});
        QLockFile lock(other + QStringLiteral(".lock"));
        lock.setStaleLockTime(0);
        QVERIFY(lock.tryLock());
        QVERIFY(ProjectModel::recoverableFile().isEmpty());
        lock.unlock();
        QCOMPARE(ProjectModel::recoverableFile(), other);
    }

    void aBrokenOneIsSaidAndChangesNothing()
    {
        const QString left = leave("a", 13, {});
        QVERIFY(bool(writeFile(left.toStdString(), "{\"format\": \"ostr")));
        ProjectModel model;
        model.setProject(*project::newProject("mlp"), {});
        const project::Project before = model.project();
        const auto done = model.recover(left);
        QVERIFY(!done);
        QVERIFY(model.project() == before);
        QVERIFY2(QFile::exists(left), "somebody may still repair it by hand");
    }

    void anOrdinaryEndLeavesNothing()
    {
        ProjectModel model;
        QVERIFY(model.recover(leave("a", 13, {})));
        QVERIFY(!entries().isEmpty());
        model.discardAutosave();
        QCOMPARE(entries(), QStringList());
        model.discardAutosave(); // twice is no harm
    }

    void anotherDocumentForgetsTheFormers()
    {
        ProjectModel model;
        QVERIFY(model.recover(leave("a", 13, {})));
        model.setProject(*project::newProject("mlp"), {});
        QCOMPARE(entries(), QStringList());
    }

private:
    static QString folder()
    {
        return QString::fromUtf8(qgetenv("XDG_DATA_HOME")) + QStringLiteral("/ostrich/autosave");
    }
    static QStringList entries() { return QDir(folder()).entryList(QDir::Files); }
    static std::int64_t filters(const ProjectModel &model)
    {
        return graph::integer(model.network().find("conv_1")->parameters, "out_channels");
    }
    /// What a program leaves that is killed after an edit of `original`.
    static QString leave(const char *name, std::int64_t filters, const QString &original)
    {
        project::Project project = *project::newProject("lenet");
        project.network.find("conv_1")->parameters["out_channels"] = filters;
        QDir().mkpath(folder());
        const QString file = QStringLiteral("%1/%2.ostrich").arg(folder(), QLatin1String(name));
        if (!project::saveProject(project, file.toStdString())) return {};
        if (!writeFile((file + QStringLiteral(".origin")).toStdString(), original.toStdString()))
            return {};
        return file;
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    AutosaveTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "autosave_test.moc"
