// ostrich-cli attack --attack words: exchanged words, told and saved, and options that mean nothing
// to them.
#include "cli_run.hpp"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

class CliWordsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    Answer cli(const QStringList &arguments) const { return run(arguments, m_temporary.path()); }
    QJsonObject saved(const QString &name) const
    {
        QFile file(m_temporary.filePath(name));
        return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(cli({"new", "transformer-encoder", "-o", "films.ostrich"}).exitCode, 0);
        const Answer trained = cli({"train", "films.ostrich", "--data", "sentiment?count=300",
                                    "--out", "films", "--set", "recipe.epochs=1"});
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
    }

    void whatWasExchangedIsSaved()
    {
        const Answer answer = cli({"attack", "films", "--attack", "words", "--samples", "12",
                                   "--set", "most=2", "--save", "w.json", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const auto texts = saved("w.json")["texts"].toArray();
        QCOMPARE(texts.size(), 12);
        int right = 0, fooled = 0;
        for (const QJsonValue &text : texts) {
            const auto words = text["words"].toArray();
            QVERIFY(text["changes"].toArray().size() <= 2);
            for (const QJsonValue &change : text["changes"].toArray())
                QCOMPARE(change["from"], words[change["step"].toInt()]);
            const auto guess =
                cli({"predict", "films",
                     QStringList(text["words"].toVariant().toStringList()).join(' '), "--json"});
            QCOMPARE(guess.last()["top"][0]["class"], text["before"]["class"]);
            const bool isRight = guess.last()["top"][0]["index"] == text["truth"];
            right += isRight;
            fooled += isRight && text["fooled"].toBool();
            if (!isRight) continue; // there was nothing to do
            const bool hasChanged = text["before"]["class"] != text["after"]["class"];
            QCOMPARE(hasChanged, text["fooled"].toBool());
        }
        QVERIFY(fooled > 0);
        QCOMPARE(answer.last()["clean_accuracy"].toDouble(), right / 12.0);
        QCOMPARE(answer.last()["robust_accuracy"].toDouble(), (right - fooled) / 12.0);
    }

    void aClassIsAskedForAlone()
    {
        const Answer answer = cli({"attack", "films", "--attack", "words", "--samples", "4",
                                   "--class", "1", "--set", "most=1", "--save", "one.json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const auto texts = saved("one.json")["texts"].toArray();
        QCOMPARE(texts.size(), 4);
        for (const QJsonValue &text : texts) QCOMPARE(text["truth"], 1);
    }

    void aTextOfOnesOwnIsSaved()
    {
        const Answer answer = cli({"attack", "films", "--attack", "words", "--input", "good film",
                                   "--save", "own.json", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const auto texts = saved("own.json")["texts"].toArray();
        QCOMPARE(texts.size(), 1);
        QCOMPARE(texts[0].toObject(), answer.last());
        QCOMPARE(texts[0]["words"].toArray(), (QJsonArray{"good", "film"}));
    }

    void whatMeansNothingToWordsIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("culprit");
        const auto row = [](const QStringList &arguments) {
            const QByteArray option = arguments.first().toUtf8();
            QTest::newRow(option.constData()) << arguments << option;
        };
        for (const char *option : {"--eps", "--steps", "--restarts", "--seed", "--norm", "--from",
                                   "--defence", "--study", "--report", "--sample", "--save-png",
                                   "--verify", "--data", "--classes", "--mean", "--std"})
            row({option, "1"});
        row({"--trust"});
        row({"--honesty"});
        QTest::newRow("numbers") << QStringList{"--save", "w.npz"} << QByteArray("--save w.npz");
    }

    void whatMeansNothingToWordsIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, culprit);
        const Answer answer = cli(QStringList{"attack", "films", "--attack", "words"} + arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(culprit), answer.errors.constData());
        QVERIFY2(!QRegularExpression("(cli|attack)\\.[a-z_]+").match(answer.errors).hasMatch(),
                 answer.errors.constData());
    }

    void aFilterOfPicturesIsRefused()
    {
        const Answer answer = cli({"attack", "films@jpeg", "--attack", "words"});
        QCOMPARE(answer.exitCode, 2);
        QVERIFY2(answer.errors.contains("jpeg"), answer.errors.constData());
    }
};

QTEST_GUILESS_MAIN(CliWordsTest)
#include "cli_words_test.moc"
