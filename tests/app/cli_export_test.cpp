// ostrich-cli export, as users run it.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class CliExportTest : public QObject {
    Q_OBJECT

private:
    struct Answer {
        int exitCode = -1;
        QByteArray output, errors;

        QJsonObject json() const { return QJsonDocument::fromJson(output.trimmed()).object(); }
        QJsonObject error() const
        {
            return QJsonDocument::fromJson(errors.trimmed()).object()["error"].toObject();
        }
    };

    QTemporaryDir m_folder;

    Answer cli(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"), arguments);
        if (!process.waitForFinished(120'000)) qFatal("ostrich-cli did not end");
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    Answer exported(const QString &from, const QString &to, const QStringList &more = {}) const
    {
        return cli(QStringList{"export", from, "--to", "pytorch", "-o", to, "--json"} + more);
    }
    QByteArray read(const QString &file) const
    {
        QFile open(m_folder.filePath(file));
        return open.open(QFile::ReadOnly) ? open.readAll() : QByteArray();
    }
    void write(const QString &file, const QByteArray &text) const
    {
        QFile open(m_folder.filePath(file));
        if (!open.open(QFile::WriteOnly) || open.write(text) != text.size()) qFatal("no file");
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(cli({"new", "mlp", "-o", "net.ostrich"}).exitCode, 0);
        write("net.ostrich", read("net.ostrich").replace("\"glyphs\"", "\"blobs\""));
    }

    void anUntrainedNetworkComesWithItsInitialWeights()
    {
        const Answer answer = exported("net.ostrich", "initial");
        QVERIFY2(answer.exitCode == 0, answer.errors);
        QCOMPARE(answer.json()["trained"].toBool(true), false);
        QVERIFY(answer.json()["parameters"].toInt() > 0);
        QVERIFY(read("initial/model.py").contains("class Network(nn.Module):"));
        QVERIFY(read("initial/weights.pt").startsWith("PK"));
        QVERIFY(!QFile::exists(m_folder.filePath("initial/data.npz")));
        QVERIFY(!QFile::exists(m_folder.filePath("initial/initial.pt")));
    }

    void aRunComesWithItsWeightsAndFigures()
    {
        const Answer trained = cli({"train", "net.ostrich", "--set", "recipe.epochs=1"});
        QVERIFY2(trained.exitCode == 0, trained.errors);
        const Answer answer = exported("net.ostrich", "trained", {"--with-data"});
        QVERIFY2(answer.exitCode == 0, answer.errors);
        QCOMPARE(answer.json()["trained"].toBool(), true);
        QCOMPARE(answer.json()["run"].toString(), QString("001"));
        QVERIFY(answer.json()["files"].toArray().contains("data.npz"));
        QVERIFY(read("trained/initial.pt") != read("trained/weights.pt"));
        QVERIFY(read("trained/README.md").contains("accuracy"));
        QVERIFY(read("trained/README.md").startsWith("# net\n"));
        // The run's folder says the same.
        const Answer again = exported("net.runs/001", "again");
        QVERIFY2(again.exitCode == 0, again.errors);
        QCOMPARE(read("again/model.py"), read("trained/model.py"));
    }

    void aFolderWithFilesWantsForce()
    {
        QCOMPARE(exported("net.ostrich", "twice").exitCode, 0);
        const Answer refused = exported("net.ostrich", "twice");
        QCOMPARE(refused.exitCode, 2);
        QVERIFY(refused.error()["hint"].toString().contains("--force"));
        QCOMPARE(exported("net.ostrich", "twice", {"--force"}).exitCode, 0);
    }

    void whatCannotBeExportedIsSaid()
    {
        QCOMPARE(exported("nothing.ostrich", "a").exitCode, 2);
        QCOMPARE(cli({"export", "net.ostrich", "--to", "abacus", "-o", "a"}).exitCode, 2);
        write("broken.ostrich", read("net.ostrich").replace("\"Flatten\"", "\"Flattten\""));
        const Answer broken = exported("broken.ostrich", "a");
        QCOMPARE(broken.exitCode, 2);
        QCOMPARE(broken.output, QByteArray());
        QVERIFY(!QFile::exists(m_folder.filePath("a")));
        write("file", "text");
        QCOMPARE(exported("net.ostrich", "file/below").exitCode, 2);
        QCOMPARE(exported("net.ostrich", "file", {"--force"}).exitCode, 2);
    }
};

QTEST_APPLESS_MAIN(CliExportTest)
#include "cli_export_test.moc"
