// ostrich-cli as people and scripts run it: the built program, its exit codes, its JSON, its one
// line of error.
#include <QDir>
#include <QFile>
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

    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    QList<QJsonObject> lines() const
    {
        QList<QJsonObject> all;
        for (const QByteArray &line : output.split('\n'))
            if (!line.isEmpty()) all << QJsonDocument::fromJson(line).object();
        return all;
    }
};

Answer run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"), arguments);
    if (!process.waitForFinished(120'000)) qFatal("ostrich-cli did not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class CliTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private slots:
    void kindsSpeakBothLanguages()
    {
        const Answer answer = run({"kinds", "--json"});
        QCOMPARE(answer.exitCode, 0);
        const QJsonArray kinds = answer.json()["kinds"].toArray();
        QCOMPARE(kinds.size(), 41);
        for (const QJsonValue &kind : kinds)
            for (const QJsonValue &parameter : kind["parameters"].toArray())
                QVERIFY(parameter["help"]["en"].toString() != parameter["help"]["fr"].toString());
    }

    void everySentenceIsInTheCatalogue()
    {
        // An id that the catalogue lacks is shown as it is.
        for (const char *verb : {"kinds", "datasets", "doctor"})
            for (const char *language : {"en", "fr"}) {
                const Answer answer = run({verb, "--lang", language});
                QCOMPARE(answer.exitCode, 0);
                QVERIFY2(!answer.output.contains("cli."), answer.output.constData());
            }
        QVERIFY(!run({"train", "--help"}).output.contains("cli."));
        QVERIFY(!run({"attack", "--help"}).output.contains("cli."));
    }

    void aProjectIsMadeOnceAndChecked()
    {
        QCOMPARE(run({"new", "mlp", "-o", path("net.ostrich")}).exitCode, 0);
        const Answer again = run({"new", "mlp", "-o", path("net.ostrich")});
        QCOMPARE(again.exitCode, 2);
        QVERIFY(again.errors.contains("net.ostrich") && again.errors.count('\n') == 1);
        QCOMPARE(run({"new", "mlp", "-o", path("net.ostrich"), "--force"}).exitCode, 0);
        const Answer check = run({"check", path("net.ostrich"), "--json"});
        QCOMPARE(check.exitCode, 0);
        QVERIFY(check.json()["ok"].toBool());
        QVERIFY(check.json()["parameters"].toInt() > 100'000);
        QCOMPARE(check.json()["flops"].toInt(), 2 * check.json()["multiply_adds"].toInt());
    }

    void trainingLearnsAndCanBeEvaluated()
    {
        const Answer train = run({"train", path("net.ostrich"), "--data", "blobs?count=600",
                                  "--set", "recipe.epochs=4", "--out", path("run"), "--json"});
        QVERIFY2(train.exitCode == 0, train.errors.constData());
        const auto lines = train.lines();
        const auto epochs = std::count_if(lines.begin(), lines.end(), [](const QJsonObject &line) {
            return line["event"] == QLatin1String("epoch");
        });
        QVERIFY(epochs >= 1 && epochs <= 4);
        const QJsonObject done = lines.last();
        QCOMPARE(done["event"].toString(), QStringLiteral("done"));
        QVERIFY(done["test_accuracy"].toDouble() > 0.6);
        const Answer eval = run({"eval", path("run"), "--json"});
        QCOMPARE(eval.exitCode, 0);
        QCOMPARE(eval.json()["accuracy"].toDouble(), done["test_accuracy"].toDouble());
        QVERIFY(
            run({"train", path("net.ostrich"), "--data", "blobs", "--out", path("run")}).exitCode
            == 2);
    }

    void anAttackStaysInItsBall()
    {
        const Answer train =
            run({"train", path("net.ostrich"), "--data", "glyphs?train=400&validation=100&test=100",
                 "--set", "recipe.epochs=3", "--out", path("digits"), "--json"});
        QVERIFY2(train.exitCode == 0, train.errors.constData());
        const Answer attack = run({"attack", path("digits"), "--attack", "pgd", "--norm", "linf",
                                   "--eps", "0.1,0.3", "--samples", "50", "--json"});
        QVERIFY2(attack.exitCode == 0, attack.errors.constData());
        const auto lines = attack.lines();
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0]["eps"].toDouble(), 0.1);
        QVERIFY(lines[0]["max_norm"].toDouble() <= 0.100001);
        QVERIFY(lines[1]["robust_accuracy"].toDouble() <= lines[0]["robust_accuracy"].toDouble());
        QVERIFY(lines[0]["robust_accuracy"].toDouble() <= lines[0]["clean_accuracy"].toDouble());
    }

    void refusalsAreOneLineAndNameTheCulprit_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("culprit");
        const QString net = path("net.ostrich");
        const QStringList train{"train", net, "--out", path("never")};
        QTest::newRow("missing file")
            << QStringList{"check", path("nosuch")} << QByteArray("nosuch");
        QTest::newRow("a folder") << QStringList{"check", m_folder.path()}
                                  << m_folder.path().toUtf8();
        QTest::newRow("unknown source")
            << train + QStringList{"--data", "nosuchsource"} << QByteArray("nosuchsource");
        QTest::newRow("unknown option")
            << train + QStringList{"--data", "glyphs?nosuch=1"} << QByteArray("nosuch");
        QTest::newRow("negative epochs")
            << train + QStringList{"--data", "blobs", "--set", "recipe.epochs=-1"}
            << QByteArray("epochs");
        QTest::newRow("no number")
            << train + QStringList{"--data", "blobs", "--set", "recipe.learning_rate=abc"}
            << QByteArray("learning_rate");
        QTest::newRow("unknown verb") << QStringList{"fly"} << QByteArray("");
        QTest::newRow("untrained")
            << QStringList{"eval", path("nosuchrun")} << QByteArray("nosuchrun");
    }

    void refusalsAreOneLineAndNameTheCulprit()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, culprit);
        const Answer answer = run(arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(culprit), answer.errors.constData());
        QVERIFY2(!answer.errors.contains("cli."), answer.errors.constData());
    }

    void selfcheckPassesForEveryKind()
    {
        const Answer answer = run({"selfcheck", "--json"});
        QCOMPARE(answer.exitCode, 0);
        QCOMPARE(answer.lines().size(), 42); // a kind a line, and the whole
        QVERIFY(answer.lines().last()["ok"].toBool());
    }
};

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
