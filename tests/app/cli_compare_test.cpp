// ostrich-cli compare, as users run it: tiny trainings, whose answers need not be good.
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Answer {
    int exitCode = -1;
    QByteArray output, errors;

    QList<QJsonObject> lines() const
    {
        QList<QJsonObject> all;
        for (const QByteArray &line : output.trimmed().split('\n'))
            all.append(QJsonDocument::fromJson(line).object());
        return all;
    }
};

Answer run(const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"), arguments);
    if (!process.waitForFinished(120'000)) qFatal("ostrich-cli did not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class CliCompareTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString m_folder;
    Answer cli(const QStringList &arguments) const { return run(arguments, m_folder); }

private slots:
    void initTestCase()
    {
        m_folder = QDir(m_temporary.path()).canonicalPath();
        for (const char *model : {"lstm", "gru", "mlp"})
            QCOMPARE(cli({"new", model, "-o", QString(model) + ".ostrich"}).exitCode, 0);
    }

    void theFourVariantsAreComparedOverTheirSeeds()
    {
        const Answer answer =
            cli({"compare", "lstm.ostrich", "--variants", "--seeds", "2", "--data",
                 "recall?lag=5&count=200", "--set", "recipe.epochs=1", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        QVERIFY2(answer.errors.isEmpty(), answer.errors.constData());
        const auto lines = answer.lines();
        QCOMPARE(lines.size(), 9);
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(lines[i]["event"].toString(), QStringLiteral("run"));
            QCOMPARE(lines[i]["seed"].toInt(), i < 4 ? 1 : 2);
            QVERIFY(lines[i]["test_accuracy"].isDouble() && lines[i]["parameters"].toInt() > 0
                    && lines[i]["seconds_per_epoch"].toDouble() > 0.0);
            QVERIFY(!lines[i].contains("run")); // nothing was kept
        }
        QCOMPARE(lines[8]["event"].toString(), QStringLiteral("done"));
        QStringList names;
        for (const auto &value : lines[8]["entries"].toArray()) {
            const QJsonObject entry = value.toObject();
            names.append(entry["name"].toString());
            QCOMPARE(entry["seeds"].toInt(), 2);
            const QJsonObject accuracy = entry["test_accuracy"].toObject();
            QVERIFY(accuracy["low"].toDouble() <= accuracy["mean"].toDouble()
                    && accuracy["mean"].toDouble() <= accuracy["high"].toDouble());
            QVERIFY(entry["seconds_per_epoch"].toObject()["mean"].toDouble() > 0.0);
        }
        QCOMPARE(names, QStringList({"rnn", "lstm", "gru", "attention"}));
    }

    void projectsAreComparedByNameAndTheirRunsKept()
    {
        const Answer answer =
            cli({"compare", "lstm.ostrich", "--with", "gru.ostrich", "--seeds", "1", "--data",
                 "seasonal?count=300", "--set", "recipe.epochs=1", "--out", "kept"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        for (const char *part : {"lstm", "gru", "MAE", "MASE"})
            QVERIFY2(answer.output.contains(part), answer.output.constData());
        QVERIFY2(!answer.output.contains("cli."), answer.output.constData());
        const Answer tested = cli({"eval", "kept/002", "--json"});
        QVERIFY2(tested.exitCode == 0, tested.errors.constData());
    }

    void wrongArgumentsAreOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("no project") << QStringList{"nowhere.ostrich"} << QByteArray("nowhere");
        QTest::newRow("no seeds") << QStringList{"lstm.ostrich", "--seeds", "0"}
                                  << QByteArray("--seeds 0");
        QTest::newRow("points") << QStringList{"mlp.ostrich", "--variants", "--data", "moons"}
                                << QByteArray("sequences");
        QTest::newRow("other") << QStringList{"lstm.ostrich", "--with", "nowhere.ostrich"}
                               << QByteArray("nowhere");
        QTest::newRow("device") << QStringList{"lstm.ostrich", "--device", "abacus"}
                                << QByteArray("abacus");
        QTest::newRow("data") << QStringList{"lstm.ostrich", "--data", "nosuch"}
                              << QByteArray("nosuch");
    }
    void wrongArgumentsAreOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, expected);
        const Answer answer = cli(QStringList{"compare"} + arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(expected), answer.errors.constData());
        QVERIFY(answer.output.isEmpty());
    }

    void aTrainingThatBreaksDownIsAnAnswerOfNo()
    {
        const Answer answer =
            cli({"compare", "mlp.ostrich", "--seeds", "1", "--data", "blobs?count=200", "--set",
                 "recipe.optimizer=sgd", "--set", "recipe.learning_rate=100", "--json"});
        QCOMPARE(answer.exitCode, 1);
        const auto lines = answer.lines();
        QCOMPARE(lines.first()["event"].toString(), QStringLiteral("error"));
        const QJsonObject entry = lines.last()["entries"].toArray()[0].toObject();
        QCOMPARE(entry["seeds"].toInt(), 0);
        QCOMPARE(entry["left_out"].toInt(), 1);
        QVERIFY2(answer.errors.contains("mlp, seed 1"), answer.errors.constData());
    }

    void helpNamesEveryOption()
    {
        for (const char *language : {"en", "fr"}) {
            const Answer answer = cli({"--lang", language, "compare", "--help"});
            QCOMPARE(answer.exitCode, 0);
            for (const char *option : {"--variants", "--with", "--seeds", "--out"})
                QVERIFY2(answer.output.contains(option), answer.output.constData());
            QVERIFY2(!answer.output.contains("cli."), answer.output.constData());
        }
    }
};

QTEST_APPLESS_MAIN(CliCompareTest)
#include "cli_compare_test.moc"
