// ostrich-cli probe and predict, as users run them: on runs of one epoch, whose answers need not be
// good.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <opencv2/imgcodecs.hpp>
#include <zip.h>

#include <cmath>

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

/// The floats of `name` in an .npz file.
std::vector<float> floats(const QString &file, const QString &name)
{
    int error = 0;
    zip_t *archive = zip_open(file.toLocal8Bit().constData(), ZIP_RDONLY, &error);
    if (!archive) return {};
    QByteArray bytes;
    zip_stat_t facts;
    zip_stat_init(&facts);
    const QByteArray entry = name.toUtf8() + ".npy";
    if (zip_stat(archive, entry.constData(), 0, &facts) == 0) {
        bytes.resize(static_cast<qsizetype>(facts.size));
        zip_file_t *content = zip_fopen(archive, entry.constData(), 0);
        zip_fread(content, bytes.data(), facts.size);
        zip_fclose(content);
    }
    zip_discard(archive);
    if (bytes.size() < 10) return {};
    const int header = static_cast<unsigned char>(bytes[8]) + 256 * bytes[9];
    std::vector<float> values(static_cast<std::size_t>(bytes.size() - 10 - header) / 4);
    std::memcpy(values.data(), bytes.constData() + 10 + header, values.size() * 4);
    return values;
}

} // namespace

class CliInsideTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString m_folder;
    QString path(const QString &name) const { return m_folder + '/' + name; }
    Answer cli(const QStringList &arguments) const { return run(arguments, m_folder); }
    void train(const QString &name, const QString &model, const QString &data)
    {
        QCOMPARE(cli({"new", model, "-o", name + ".ostrich"}).exitCode, 0);
        const Answer trained = cli({"train", name + ".ostrich", "--data", data, "--out", name,
                                    "--set", "recipe.epochs=1"});
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
    }
    QJsonObject object(const QStringList &arguments)
    {
        const Answer answer = cli(arguments + QStringList{"--json"});
        if (answer.exitCode != 0) qWarning("%s", answer.errors.constData());
        return answer.last();
    }

private slots:
    void initTestCase()
    {
        m_folder = QDir(m_temporary.path()).canonicalPath();
        train("points", "mlp", "blobs?count=300");
        train("recall", "lstm", "recall?lag=5&count=300");
        train("words", "transformer-encoder", "sentiment?count=300");
        train("sine", "gru", "seasonal?count=400");
    }

    void gatesAreWritten()
    {
        const auto answer =
            object({"probe", "recall", "--what", "gates", "--sample", "2", "-o", "g.npz"});
        QCOMPARE(answer["block"].toString(), QStringLiteral("lstm_1"));
        QCOMPARE(answer["sample"].toInt(), 2);
        QVERIFY(answer["file"].toString().endsWith("g.npz"));
        const auto arrays = answer["arrays"].toObject();
        const qint64 steps = arrays["gate_f"].toArray()[0].toInt();
        QCOMPARE(arrays["gate_f"].toArray()[1].toInt(), 32);
        QCOMPARE(answer["steps"].toArray().size(), steps);
        for (const char *gate : {"gate_i", "gate_f", "gate_o"}) {
            const auto values = floats(path("g.npz"), gate);
            QCOMPARE(static_cast<qint64>(values.size()), steps * 32);
            for (const float value : values) QVERIFY(value >= 0.0F && value <= 1.0F);
        }
        QCOMPARE(floats(path("g.npz"), "cell").size(), static_cast<std::size_t>(steps * 32));
    }

    void memoryIsScaledToOne()
    {
        object({"probe", "recall", "--what", "memory", "-o", "m.npz"});
        const auto depth = floats(path("m.npz"), "depth");
        QVERIFY(depth.size() >= 6);
        QCOMPARE(*std::max_element(depth.begin(), depth.end()), 1.0F);
        QCOMPARE(floats(path("m.npz"), "half_memory").size(), std::size_t{1});
    }

    void attentionIsDrawn()
    {
        const auto answer = object({"probe", "words", "--what", "attention", "-o", "a.png"});
        QVERIFY(answer["arrays"].toObject().contains("rollout"));
        QVERIFY(!answer["steps"].toArray()[0].toString().isEmpty());
        const cv::Mat picture = cv::imread(path("a.png").toStdString());
        QVERIFY(picture.cols > 500 && picture.rows > 200);
    }

    void everyProbeHasItsRun()
    {
        for (const char *what : {"states", "saliency", "activations", "embedding"}) {
            for (const char *file : {"x.npz", "x.png"}) {
                const Answer answer = cli({"probe", "recall", "--what", what, "-o", file});
                QVERIFY2(answer.exitCode == 0, answer.errors.constData());
                QVERIFY(answer.output.contains(file));
            }
        }
    }

    void wrongProbesAreOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("probe") << QStringList{"recall", "--what", "gate", "-o", "x.npz"}
                               << QByteArray("gates");
        QTest::newRow("file") << QStringList{"recall", "--what", "gates", "-o", "x.jpg"}
                              << QByteArray(".png");
        QTest::newRow("no gates") << QStringList{"words", "--what", "gates", "-o", "x.npz"}
                                  << QByteArray("no block");
        QTest::newRow("block") << QStringList{"recall", "--what", "gates", "--block",
                                              "lstm_9", "-o",     "x.npz"}
                               << QByteArray("lstm_1");
        QTest::newRow("sample") << QStringList{"recall", "--what", "gates", "--sample",
                                               "99999",  "-o",     "x.npz"}
                                << QByteArray("sample 99999");
        QTest::newRow("points") << QStringList{"points", "--what", "memory", "-o", "x.npz"}
                                << QByteArray("no time axis");
        QTest::newRow("folder") << QStringList{"recall", "--what", "gates", "-o", "nowhere/x.npz"}
                                << QByteArray("nowhere");
        QTest::newRow("run") << QStringList{"nowhere", "--what", "gates", "-o", "x.npz"}
                             << QByteArray("nowhere");
    }
    void wrongProbesAreOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, expected);
        const Answer answer = cli(QStringList{"probe"} + arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(expected), answer.errors.constData());
        QVERIFY(answer.output.isEmpty());
    }

    void classesHaveProbabilities()
    {
        const auto answer = object({"predict", "points", "-0.5,1", "--top", "2"});
        QCOMPARE(answer["input"].toString(), QStringLiteral("-0.5,1"));
        const auto top = answer["top"].toArray();
        QCOMPARE(top.size(), 2);
        const auto first = top[0].toObject();
        QVERIFY(first["probability"].toDouble() >= top[1].toObject()["probability"].toDouble());
        QVERIFY(!first["class"].toString().isEmpty());
        const auto logits = answer["logits"].toArray();
        const double best = logits[first["index"].toInt()].toDouble();
        for (const auto &logit : logits) QVERIFY(logit.toDouble() <= best);
    }

    void textsAreAnsweredLineByLine()
    {
        const Answer answer = cli({"predict", "words", "a good film", "not bad", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        QCOMPARE(answer.output.trimmed().split('\n').size(), 2);
        QCOMPARE(answer.last()["input"].toString(), QStringLiteral("not bad"));
        QVERIFY(answer.last()["top"].toArray().size() >= 2);
        const Answer words = cli({"predict", "words", "a good film"});
        QVERIFY2(words.exitCode == 0 && words.output.contains('%'), words.errors.constData());
    }

    void seriesAreForecast()
    {
        QStringList numbers;
        for (int i = 0; i < 120; ++i) numbers << QString::number(std::sin(i * 0.3) + 50.0);
        const auto answer = object({"predict", "sine", numbers.join(',')});
        const auto forecast = answer["forecast"].toArray();
        QVERIFY(!forecast.isEmpty());
        // Told from the last value: even a hardly trained network stays near 50.
        for (const auto &value : forecast) QVERIFY(std::abs(value.toDouble() - 50.0) < 25.0);
        QFile file(path("series.csv"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("value\n" + numbers.join('\n').toUtf8() + '\n');
        file.close();
        QCOMPARE(object({"predict", "sine", "series.csv"})["forecast"].toArray(), forecast);
    }

    void quantilesComeWithTheirInterval()
    {
        QCOMPARE(cli({"new", "gru", "-o", "band.ostrich"}).exitCode, 0);
        QFile file(path("band.ostrich"));
        QVERIFY(file.open(QFile::ReadOnly));
        QJsonObject project = QJsonDocument::fromJson(file.readAll()).object();
        file.close();
        QJsonObject network = project["network"].toObject();
        QJsonArray blocks = network["blocks"].toArray();
        for (auto &&block : blocks) {
            if (block.toObject()["kind"] != "Output") continue;
            QJsonObject output = block.toObject();
            output["parameters"] = QJsonObject{{"loss", "quantiles"}};
            block = output;
        }
        network["blocks"] = blocks;
        project["network"] = network;
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QJsonDocument(project).toJson());
        file.close();
        const Answer trained =
            cli({"train", "band.ostrich", "--data", "seasonal?count=400&horizon=3", "--out", "band",
                 "--set", "recipe.epochs=1", "--json"});
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
        const double coverage = trained.last()["test_coverage"].toDouble(-1.0);
        QVERIFY(coverage >= 0.0 && coverage <= 1.0);
        QCOMPARE(object({"eval", "band"})["test_coverage"].toDouble(), coverage);
        QStringList numbers;
        for (int i = 0; i < 120; ++i) numbers << QString::number(std::sin(i * 0.3));
        const auto answer = object({"predict", "band", numbers.join(',')});
        QCOMPARE(answer["forecast"].toArray().size(), 3);
        for (int i = 0; i < 3; ++i) {
            const double forecast = answer["forecast"].toArray()[i].toDouble();
            QVERIFY(answer["low"].toArray()[i].toDouble() <= forecast);
            QVERIFY(answer["high"].toArray()[i].toDouble() >= forecast);
        }
        const Answer words = cli({"predict", "band", numbers.join(',')});
        QVERIFY2(words.output.contains("low (10 %)"), words.output.constData());
        QCOMPARE(words.output.trimmed().count('\n'), 3);
        QVERIFY(!object({"predict", "sine", numbers.join(',')}).contains("low"));
    }

    void stepsAreLabelled()
    {
        const auto steps =
            object({"predict", "recall", "1:0:0:0:1:0,0:1:0:0:0:1"})["steps"].toArray();
        QCOMPARE(steps.size(), 2);
        QVERIFY(steps[1].toObject()["probability"].toDouble() >= 0.25);
    }

    void nobodyNeedsTheData()
    {
        QFile manifest(path("points/manifest.json"));
        QVERIFY(manifest.open(QFile::ReadOnly));
        QByteArray text = manifest.readAll();
        text.replace("blobs?count=300", "nosuchsource");
        QVERIFY(QDir(m_folder).mkdir("moved"));
        QFile moved(path("moved/manifest.json"));
        QVERIFY(moved.open(QFile::WriteOnly) && moved.write(text) == text.size());
        moved.close();
        QVERIFY(QFile::copy(path("points/best.safetensors"), path("moved/best.safetensors")));
        QVERIFY(!object({"predict", "moved", "1,1"})["top"].toArray().isEmpty());
    }

    void wrongInputsAreOneLine_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("no text") << QStringList{"words", ""} << QByteArray("no text");
        QTest::newRow("no numbers") << QStringList{"points", "abc"} << QByteArray("no numbers");
        QTest::newRow("three") << QStringList{"points", "1,2,3"} << QByteArray("2 values");
        QTest::newRow("short") << QStringList{"sine", "1,2,3"} << QByteArray("steps");
        QTest::newRow("top") << QStringList{"points", "1,2", "--top", "0"} << QByteArray("--top");
        QTest::newRow("cold") << QStringList{"points", "1,2", "--temperature", "-1"}
                              << QByteArray("temperature");
        QTest::newRow("run") << QStringList{"nowhere", "1,2"} << QByteArray("nowhere");
        QTest::newRow("device") << QStringList{"points", "1,2", "--device", "toaster"}
                                << QByteArray("--device");
    }
    void wrongInputsAreOneLine()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, expected);
        const Answer answer = cli(QStringList{"predict"} + arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(expected), answer.errors.constData());
        QVERIFY(answer.output.isEmpty());
    }
};

QTEST_GUILESS_MAIN(CliInsideTest)
#include "cli_inside_test.moc"
