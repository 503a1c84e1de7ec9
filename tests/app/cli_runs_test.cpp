// ostrich-cli over a project's life: data beside it, runs that fail, words that are mistyped.
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <opencv2/imgcodecs.hpp>

namespace {

struct Answer {
    int exitCode = -1;
    QByteArray output, errors;

    QJsonObject last() const
    {
        return QJsonDocument::fromJson(output.trimmed().split('\n').last()).object();
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

/// Black or white squares as portable grey maps, 20 of each, in DIR/black and DIR/white.
void makePictures(const QString &folder)
{
    for (const char *name : {"black", "white"}) {
        QDir().mkpath(folder + '/' + name);
        for (int i = 0; i < 20; ++i) {
            QFile file(QString("%1/%2/%3.pgm").arg(folder, name).arg(i));
            const char level = static_cast<char>(*name == 'b' ? i : 255 - i);
            if (!file.open(QFile::WriteOnly)) qFatal("no picture");
            file.write("P5\n8 8\n255\n" + QByteArray(64, level));
        }
    }
}

} // namespace

class CliRunsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString m_folder;
    QString path(const char *name) const { return m_folder + '/' + QString::fromLatin1(name); }
    Answer cli(const QStringList &arguments) const { return run(arguments, m_folder); }
    QStringList runs() const
    {
        return QDir(path("net.runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }

private slots:
    void initTestCase()
    {
        m_folder = QDir(m_temporary.path()).canonicalPath();
        QCOMPARE(cli({"new", "mlp", "-o", "net.ostrich"}).exitCode, 0);
    }

    void aTrainingThatDoesNotBeginLeavesNoFolder()
    {
        for (const QStringList &wrong :
             {QStringList{"--data", "nosuchsource"}, QStringList{"--data", "images:nowhere"},
              QStringList{"--data", "blobs", "--set", "recipe.batch_size=0"}}) {
            QCOMPARE(cli(QStringList{"train", "net.ostrich"} + wrong).exitCode, 2);
            QVERIFY2(!QDir(path("net.runs")).exists(), qPrintable(wrong.join(' ')));
        }
        // A network that cannot be trained, with and without a folder of its own.
        QFile net(path("net.ostrich"));
        QVERIFY(net.open(QFile::ReadOnly));
        QByteArray text = net.readAll();
        text.replace("\"Linear\"", "\"Lineal\"");
        QFile broken(path("broken.ostrich"));
        QVERIFY(broken.open(QFile::WriteOnly) && broken.write(text) == text.size());
        broken.close();
        QCOMPARE(cli({"train", "broken.ostrich", "--data", "blobs"}).exitCode, 2);
        QVERIFY(!QDir(path("broken.runs")).exists());
        QCOMPARE(cli({"train", "broken.ostrich", "--data", "blobs", "--out", "own"}).exitCode, 2);
        QVERIFY(!QDir(path("own")).exists());
        // What was there before stays.
        QVERIFY(QDir(m_folder).mkdir("mine"));
        QCOMPARE(cli({"train", "broken.ostrich", "--data", "blobs", "--out", "mine"}).exitCode, 2);
        QVERIFY(QDir(path("mine")).exists());
    }

    void aDivergedRunIsToldOnStderrTooAndPassedOver()
    {
        const QStringList diverging{
            "--data", "blobs?count=600",      "--set", "recipe.learning_rate=100",
            "--set",  "recipe.optimizer=sgd", "--set", "recipe.momentum=0.99"};
        const Answer first = cli(QStringList{"train", "net.ostrich", "--json"} + diverging);
        QCOMPARE(first.exitCode, 1);
        QCOMPARE(first.last()["stopped_by"].toString(), QStringLiteral("error"));
        QCOMPARE(first.errors.count('\n'), 1);
        const auto error = QJsonDocument::fromJson(first.errors).object()["error"].toObject();
        QVERIFY2(!error["what"].toString().isEmpty(), first.errors.constData());
        QVERIFY(first.output.contains("\"event\":\"error\""));

        // Nothing to evaluate yet; going on with it would not help.
        const Answer nothing = cli({"eval", "net.ostrich"});
        QCOMPARE(nothing.exitCode, 2);
        QVERIFY2(!nothing.errors.contains("--resume"), nothing.errors.constData());
        QVERIFY(nothing.errors.contains("learning_rate"));
        const Answer byFolder = cli({"eval", "net.runs/001"});
        QCOMPARE(byFolder.exitCode, 2);
        QVERIFY2(!byFolder.errors.contains("--resume"), byFolder.errors.constData());

        const QStringList good{"--data", "blobs?count=600", "--set", "recipe.epochs=2"};
        QCOMPARE(cli(QStringList{"train", "net.ostrich"} + good).exitCode, 0);
        const Answer words = cli(QStringList{"train", "net.ostrich"} + diverging);
        QCOMPARE(words.exitCode, 1);
        QVERIFY2(!words.output.contains("nan") && !words.errors.contains("nan"),
                 words.output.constData());
        QCOMPARE(runs(), (QStringList{"001", "002", "003"}));

        const Answer eval = cli({"eval", "net.ostrich", "--json"});
        QVERIFY2(eval.exitCode == 0, eval.errors.constData());
        QVERIFY(eval.last()["run"].toString().endsWith("002"));
        QCOMPARE(cli({"attack", "net.ostrich", "--samples", "5", "--eps", "0.1"}).exitCode, 0);
    }

    void dataLieBesideTheProject()
    {
        makePictures(path("school/im"));
        QCOMPARE(cli({"new", "mlp", "-o", "school/net.ostrich"}).exitCode, 0);
        QFile file(path("school/net.ostrich"));
        QVERIFY(file.open(QFile::ReadWrite));
        QByteArray text = file.readAll();
        const auto begin = text.indexOf("\"data\": \"") + 9;
        text.replace(begin, text.indexOf('"', begin) - begin, "images:im?size=8");
        file.resize(0);
        file.seek(0);
        file.write(text);
        file.close();

        // From elsewhere, and from where another folder of that name would mislead.
        QVERIFY(QDir(m_folder).mkpath("elsewhere/im"));
        for (const char *where : {"", "elsewhere", "school"}) {
            const Answer check =
                run({"check", path("school/net.ostrich"), "--json"}, m_folder + '/' + where);
            QVERIFY2(check.exitCode == 0, (check.errors + check.output).constData());
        }
        const Answer train = cli({"train", "school/net.ostrich", "--set", "recipe.epochs=1"});
        QVERIFY2(train.exitCode == 0, train.errors.constData());
        const Answer eval = run({"eval", path("school/net.runs/001"), "--json"}, QDir::rootPath());
        QVERIFY2(eval.exitCode == 0, eval.errors.constData());
        // The file keeps what was written in it.
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), text);

        // The command line's own path is the current folder's.
        const Answer own =
            run({"check", path("school/net.ostrich"), "--data", "images:im"}, path("elsewhere"));
        QCOMPARE(own.exitCode, 2); // no pictures in that one
        QVERIFY2(own.errors.contains("elsewhere/im"), own.errors.constData());
    }

    void badPicturesAreSkippedAndTold()
    {
        makePictures(path("mixed"));
        std::vector<unsigned char> jpeg;
        cv::imencode(".jpg", cv::Mat(64, 64, CV_8UC3, cv::Scalar(10, 100, 200)), jpeg);
        QFile file(path("mixed/black/cut.jpg"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(reinterpret_cast<const char *>(jpeg.data()),
                   static_cast<qint64>(jpeg.size() / 3));
        file.close();
        const Answer train = cli({"train", "net.ostrich", "--data", "images:mixed?size=8", "--set",
                                  "recipe.epochs=1", "--out", "mixed-run"});
        QVERIFY2(train.exitCode == 0, train.errors.constData());
        QVERIFY2(train.errors.contains("cut.jpg"), train.errors.constData());
    }

    void mistypedWordsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("english");
        QTest::addColumn<QByteArray>("french");
        QTest::newRow("no verb") << QStringList{} << QByteArray("A verb is missing.")
                                 << QByteArray("Il manque un verbe.");
        QTest::newRow("unknown verb") << QStringList{"frob"} << QByteArray("frob: There is no")
                                      << QByteArray("Ce verbe n'existe pas.");
        QTest::newRow("near verb") << QStringList{"trian"} << QByteArray("Did you mean train?")
                                   << QByteArray("Vouliez-vous dire train ?");
        QTest::newRow("missing") << QStringList{"eval"} << QByteArray("argument run is missing.")
                                 << QByteArray("Il manque l'argument run.");
        QTest::newRow("unknown option")
            << QStringList{"eval", "x", "--splot", "test"} << QByteArray("--splot is not expected")
            << QByteArray("--splot n'est pas attendu ici. Vouliez-vous dire --split");
        QTest::newRow("one too many")
            << QStringList{"eval", "x", "y"} << QByteArray("y is not expected here.")
            << QByteArray("y n'est pas attendu ici.");
        QTest::newRow("no number") << QStringList{"attack", "x", "--steps", "many"}
                                   << QByteArray("--steps cannot be many.")
                                   << QByteArray("--steps ne peut pas valoir many.");
        QTest::newRow("no value") << QStringList{"attack", "x", "--eps"}
                                  << QByteArray("--eps needs a value.")
                                  << QByteArray("--eps demande une valeur.");
        QTest::newRow("twice") << QStringList{"attack", "x", "--steps", "1", "--steps", "2"}
                               << QByteArray("--steps is given more than once.")
                               << QByteArray("--steps est donné plusieurs fois.");
    }
    void mistypedWordsAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, english);
        QFETCH(QByteArray, french);
        for (const auto &[language, expected] : {std::pair("en", english), {"fr", french}}) {
            const Answer answer = cli(QStringList{"--lang", language} + arguments);
            QCOMPARE(answer.exitCode, 2);
            QCOMPARE(answer.errors.count('\n'), 1);
            QVERIFY2(answer.errors.contains(expected), answer.errors.constData());
        }
    }

    void anUnknownLanguageIsNamed()
    {
        const Answer answer = cli({"--lang", "de", "kinds"});
        QCOMPARE(answer.exitCode, 2);
        QVERIFY2(answer.errors.contains("--lang cannot be de."), answer.errors.constData());
    }
};

QTEST_GUILESS_MAIN(CliRunsTest)
#include "cli_runs_test.moc"
