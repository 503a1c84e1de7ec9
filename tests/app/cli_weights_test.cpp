// ostrich-cli weights, as users run it: on files of torch.save, and on one that wants to run code.
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
};

Answer weights(const QString &file, const QStringList &options = {})
{
    QProcess process;
    process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"),
                  QStringList{"weights", file} + options);
    if (!process.waitForFinished(60'000)) qFatal("ostrich-cli did not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString stateDict(const char *name)
{
    return QStringLiteral(OSTRICH_TESTS_DIR "/core/engine/state_dicts/") + name;
}

} // namespace

class CliWeightsTest : public QObject {
    Q_OBJECT

private slots:
    void tensorsAreListed()
    {
        const Answer answer = weights(stateDict("checkpoint_legacy.pth"), {"--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(answer.output).object();
        QCOMPARE(json["format"].toString(), QStringLiteral("pytorch-legacy"));
        QCOMPARE(json["taken_from"].toString(), QStringLiteral("model_state_dict"));
        QCOMPARE(json["count"].toInt(), 7);
        QCOMPARE(json["values"].toInt(), 18 + 2 + 4 * 2 + 1);
        const QJsonObject weight = json["tensors"].toArray()[1].toObject();
        QCOMPARE(weight["name"].toString(), QStringLiteral("0.weight"));
        QCOMPARE(weight["shape"].toArray(), (QJsonArray{2, 1, 3, 3}));
        QCOMPARE(weight["dtype"].toString(), QStringLiteral("float32"));
    }

    void bothLanguagesHaveTheirWords()
    {
        for (const char *language : {"en", "fr"}) {
            const Answer answer = weights(stateDict("checkpoint.pt"), {"--lang", language});
            QCOMPARE(answer.exitCode, 0);
            QVERIFY2(!answer.output.contains("cli."), answer.output.constData());
            QVERIFY(answer.output.contains("2 × 1 × 3 × 3"));
            QVERIFY(answer.output.contains("model_state_dict"));
        }
    }

    void codeIsNamedAndNotRun()
    {
        QTemporaryDir folder;
        const QString mark = folder.filePath("hacked"), file = folder.filePath("evil.pth");
        QFile evil(file);
        QVERIFY(evil.open(QIODevice::WriteOnly));
        evil.write("cos\nsystem\n(S'touch " + mark.toUtf8() + "'\ntR.");
        evil.close();
        const Answer answer = weights(file);
        QCOMPARE(answer.exitCode, 2);
        QVERIFY2(answer.errors.contains("os.system"), answer.errors.constData());
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY(!QFile::exists(mark));
    }
};

QTEST_APPLESS_MAIN(CliWeightsTest)
#include "cli_weights_test.moc"
