// ostrich-cli import, and new with a template that brings weights, as users run them.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class CliImportTest : public QObject {
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

    /// `cache`: another home of the user's cache than the tests' own.
    Answer cli(const QStringList &arguments, const QString &cache = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!cache.isEmpty()) environment.insert("XDG_CACHE_HOME", cache);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"),
                      arguments + QStringList{"--json"});
        if (!process.waitForFinished(120'000)) qFatal("ostrich-cli did not end");
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
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
    bool exists(const QString &file) const { return QFile::exists(m_folder.filePath(file)); }

private slots:
    /// A small network with a group, trained for an epoch, and written for PyTorch.
    void initTestCase()
    {
        QCOMPARE(cli({"new", "mlp", "-o", "net.ostrich"}).exitCode, 0);
        write("net.ostrich", read("net.ostrich").replace("\"glyphs\"", "\"blobs\""));
        const Answer trained = cli({"train", "net.ostrich", "--set", "recipe.epochs=1"});
        QVERIFY2(trained.exitCode == 0, trained.errors);
        const Answer exported = cli({"export", "net.ostrich", "--to", "pytorch", "-o", "pytorch"});
        QVERIFY2(exported.exitCode == 0, exported.errors);
    }

    void weightsComeBackFromOurOwnFileAndFromPyTorchs_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("safetensors") << "net.runs/001/best.safetensors";
        QTest::newRow("exported to PyTorch") << "pytorch/weights.pt";
    }
    void weightsComeBackFromOurOwnFileAndFromPyTorchs()
    {
        QFETCH(QString, file);
        QFile::copy(m_folder.filePath("net.ostrich"), m_folder.filePath("fresh.ostrich"));
        const Answer answer = cli({"import", "fresh.ostrich", file});
        QVERIFY2(answer.exitCode == 0, answer.errors);
        QCOMPARE(QDir(m_folder.path()).relativeFilePath(answer.json()["run"].toString()),
                 QString("fresh.runs/001"));
        QVERIFY(answer.json()["parameters"].toInt() > 0);
        // The same network with the same normalisation: the same figures.
        const Answer mine = cli({"eval", "net.ostrich"}), theirs = cli({"eval", "fresh.ostrich"});
        QVERIFY2(theirs.exitCode == 0, theirs.errors);
        QCOMPARE(theirs.json()["loss"], mine.json()["loss"]);
        QCOMPARE(theirs.json()["accuracy"], mine.json()["accuracy"]);
        QDir(m_folder.filePath("fresh.runs")).removeRecursively();
    }

    void anotherNormalisationIsAnotherNetwork()
    {
        const Answer answer = cli({"import", "net.ostrich", "net.runs/001/best.safetensors",
                                   "--out", "other", "--mean", "3", "--deviation", "2,2"});
        QVERIFY2(answer.exitCode == 0, answer.errors);
        QVERIFY(cli({"eval", "other"}).json()["loss"]
                != cli({"eval", "net.ostrich"}).json()["loss"]);
        const QJsonObject statistics =
            QJsonDocument::fromJson(read("other/manifest.json")).object()["statistics"].toObject();
        QCOMPARE(statistics["mean"].toArray(), (QJsonArray{3.0, 3.0}));
        for (const QStringList &wrong :
             {QStringList{"--mean", "1,2,3"}, QStringList{"--deviation", "0"}})
            QCOMPARE(cli(QStringList{"import", "net.ostrich", "net.runs/001/best.safetensors",
                                     "--out", "wrong"}
                         + wrong)
                         .exitCode,
                     2);
        QVERIFY(!exists("wrong"));
    }

    void whatCannotBeImportedIsSaidOnOneLine()
    {
        QCOMPARE(cli({"new", "lenet", "-o", "lenet.ostrich"}).exitCode, 0);
        write("text.pth", "no weights");
        for (const char *file : {"net.runs/001/best.safetensors", "text.pth", "nothing.pth"}) {
            const Answer answer = cli({"import", "lenet.ostrich", file, "--mean", "0"});
            QCOMPARE(answer.exitCode, 2);
            QCOMPARE(answer.output, QByteArray());
            QCOMPARE(answer.errors.trimmed().count('\n'), 0);
            QVERIFY2(answer.error()["where"].toString().contains(file), answer.errors);
            QVERIFY(!exists("lenet.runs"));
        }
        // The run's folder is taken.
        QCOMPARE(
            cli({"import", "net.ostrich", "net.runs/001/best.safetensors", "--out", "net.runs/001"})
                .exitCode,
            2);
    }

    void withoutItsWeightsATemplateSaysHowToGetThem()
    {
        const QString empty = m_folder.filePath("empty-cache");
        const Answer refused = cli({"new", "efficientnet-lite0", "-o", "lite.ostrich"}, empty);
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(refused.errors.trimmed().count('\n'), 0);
        const QString hint = refused.error()["hint"].toString();
        QVERIFY2(hint.contains("bash app/run") && hint.contains("--untrained"), refused.errors);
        QVERIFY(!exists("lite.ostrich") && !exists("lite.runs"));
        const Answer bare =
            cli({"new", "efficientnet-lite0", "-o", "lite.ostrich", "--untrained"}, empty);
        QVERIFY2(bare.exitCode == 0, bare.errors);
        QVERIFY(exists("lite.ostrich") && !exists("lite.runs"));
        QCOMPARE(cli({"check", "lite.ostrich"}).json()["parameters"].toInt(), 4652008);
    }

    void aTemplateWithWeightsIsTrainedFromTheStart()
    {
        const QString dog = QStringLiteral(OSTRICH_SHARED_DATA "/imagenet/dog-224.png");
        const Answer made = cli({"new", "efficientnet-lite0", "-o", "real.ostrich"});
        if (made.exitCode == 2 && made.error()["hint"].toString().contains("bash app/run"))
            QSKIP("the published weights are not here: bash app/fetch-weights");
        QVERIFY2(made.exitCode == 0, made.errors);
        QVERIFY(exists("real.runs/001/best.safetensors"));
        if (!QFile::exists(dog)) QSKIP("the shared data are not here");
        const Answer answer = cli({"predict", "real.ostrich", dog});
        QVERIFY2(answer.exitCode == 0, answer.errors);
        const QJsonObject top = answer.json()["top"].toArray().first().toObject();
        QCOMPARE(top["class"].toString(), QString("beagle"));
        QCOMPARE(top["index"].toInt(), 162);
        QCOMPARE(answer.json()["logits"].toArray().size(), 1000);
        QVERIFY(cli({"eval", "real.ostrich"}).json()["accuracy"].toDouble(-1) >= 0.0);
    }
};

QTEST_APPLESS_MAIN(CliImportTest)
#include "cli_import_test.moc"
