// Series with classes in three formats: that they agree, train and test, and broken files.
#include "../scratch_folder.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <algorithm>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

std::shared_ptr<const Dataset> loaded(const std::string &source)
{
    const auto dataset = load(source, 1);
    if (!dataset) qWarning("%s", sentence(dataset.error(), Language::English).c_str());
    return dataset ? *dataset : nullptr;
}

/// `rows` one after another, as often as given.
std::string repeated(const std::string &rows, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i) text += rows;
    return text;
}

const std::string kTsHeader =
    "#a comment\n@problemName x\n@timeStamps false\n@classLabel true a b\n";

bool sameSamples(const Samples &a, const Samples &b)
{
    return a.sampleShape == b.sampleShape && a.values == b.values && a.starts == b.starts
           && a.labels == b.labels;
}

fs::path sharedFile(const std::string &name)
{
    return fs::path(OSTRICH_SHARED_DATA) / "timeseries-class" / name;
}

} // namespace

class TsTest : public QObject {
    Q_OBJECT

private slots:
    void allFormatsSayTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("content");
        const auto row = [](const char *name, const std::string &content) {
            QTest::newRow(name) << QString(name) << QString::fromStdString(content);
        };
        const std::string flat = repeated("1.5,2,-3e1,1\n4,5,6,2\n", 10);
        const std::string attributes = "@attribute x numeric\n@ATTRIBUTE 'y z' real\n"
                                       "@attribute z numeric\n@attribute class {1, 2}\n";
        row("a.ts", "@problemName a\n@univariate true\n@equalLength true\n@seriesLength 3\n"
                    "@classLabel true 1 2\n@data\n"
                        + repeated("1.5,2,-3e1:1\n4,5,6:2\n", 10));
        row("windows.ts", "@problemName a\r\n@classLabel true 1 2\r\n\r\n@DATA\r\n"
                              + repeated("1.5, 2, -3e1 : 1\r\n4,5,6:2\r\n", 10));
        row("a.tsv", repeated("1\t1.5\t2\t-3e1\n2\t4\t5\t6\n", 10));
        row("old.tsv", repeated("1.0000000e+00\t1.5\t2\t-3e1\n2.0000000e+00\t4\t5\t6\n", 10));
        row("a.arff", "% a comment\n@relation a\n" + attributes + "@data\n" + flat);
        row("quoted.arff", "@relation 'a b'\n" + attributes + "@data\n"
                               + repeated("1.5,2,-3e1,'1'\n4,5,6,\"2\"\n", 10));
        row("relational.arff", "@relation a\n@attribute bag relational\n@attribute x numeric\n"
                               "@attribute y numeric\n@end bag\n@attribute class {1,2}\n@data\n"
                                   + repeated("'1.5,2,-3e1',1\n\"4,5,6\",2\n", 10));
    }
    void allFormatsSayTheSame()
    {
        QFETCH(QString, name);
        QFETCH(QString, content);
        const ScratchFolder folder("ts");
        const std::string source =
            "ts:" + folder.write(name.toStdString(), content.toStdString()).string();
        const auto dataset = loaded(source);
        QVERIFY(dataset);
        QCOMPARE(dataset->facts, *factsOf(source));
        QVERIFY(dataset->facts.task == graph::Task::Classify);
        QVERIFY(dataset->facts.input == graph::Shape::sequence(3, 1));
        QCOMPARE(dataset->facts.longest, 3);
        QVERIFY((dataset->facts.classNames == std::vector<std::string>{"1", "2"}));
        QCOMPARE(dataset->facts.title, name.toStdString());
        QCOMPARE(dataset->splits[0].count(), 16);
        for (const Samples &samples : dataset->splits) {
            for (std::size_t i = 0; i < samples.labels.size(); ++i) {
                const std::vector<float> values(samples.values.begin() + 3 * static_cast<long>(i),
                                                samples.values.begin() + 3 * static_cast<long>(i)
                                                    + 3);
                QVERIFY(values
                        == (samples.labels[i] == 0 ? std::vector<float>{1.5F, 2, -30}
                                                   : std::vector<float>{4, 5, 6}));
            }
        }
    }

    void dimensionsLieSideBySide()
    {
        const ScratchFolder folder("ts");
        const std::string ts = folder
                                   .write("m.ts", kTsHeader + "@dimensions 2\n@data\n"
                                                      + repeated("1,2,3:4,5,6:a\n7,8:9,10:b\n", 10))
                                   .string();
        const std::string arff =
            folder
                .write("m.arff", "@relation m\n@attribute bag relational\n@attribute x numeric\n"
                                 "@end bag\n@attribute class {a,b}\n@data\n"
                                     + repeated("'1,2,3\\n4,5,6',a\n'7,8\\n9,10',b\n", 10))
                .string();
        const auto dataset = loaded("ts:" + ts);
        QVERIFY(dataset);
        QVERIFY(dataset->facts.input == graph::Shape::sequence({}, 2));
        QCOMPARE(dataset->facts.longest, 3);
        const Samples &test = dataset->splits[2];
        QCOMPARE(test.count(), 2);
        const std::int64_t first = test.labels[0] == 0 ? 0 : 1;
        QVERIFY((test.sample(first).shape == std::vector<std::int64_t>{3, 2}));
        QVERIFY((test.sample(first).values == std::vector<float>{1, 4, 2, 5, 3, 6}));
        QVERIFY((test.sample(1 - first).values == std::vector<float>{7, 9, 8, 10}));
        QCOMPARE(loaded("ts:" + arff)->checksum, dataset->checksum);
    }

    void missingValuesAreFilledOrEndTheSeries()
    {
        const ScratchFolder folder("ts");
        const auto ts = loaded(
            "ts:"
            + folder.write("g.ts", kTsHeader + "@data\n" + repeated("1,?,3,NaN:a\n5,6,7,8:b\n", 10))
                  .string());
        QVERIFY(ts);
        const Samples &test = ts->splits[2];
        QVERIFY(
            (test.sample(test.labels[0] == 0 ? 0 : 1).values == std::vector<float>{1, 2, 3, 3}));
        QCOMPARE(ts->warnings.size(), std::size_t{1});
        QCOMPARE(ts->warnings[0].arguments[0], std::string("20"));
        // The archive pads its .tsv at the end.
        const auto tsv = loaded(
            "ts:"
            + folder.write("g.tsv", repeated("a\t1\tNaN\t3\tNaN\nb\t5\t6\t7\t8\n", 10)).string());
        QVERIFY(tsv);
        QVERIFY(tsv->facts.input == graph::Shape::sequence({}, 1));
        QCOMPARE(tsv->facts.longest, 4);
        QCOMPARE(tsv->warnings[0].arguments[0], std::string("10"));
    }

    void classesThatAreNumbersAreSortedByNumber()
    {
        const ScratchFolder folder("ts");
        const auto facts =
            factsOf("ts:" + folder.write("n.tsv", "10\t1\n9\t2\n-1\t3\n2\t4\n").string());
        QVERIFY((facts->classNames == std::vector<std::string>{"-1", "2", "9", "10"}));
    }

    void aTrainFileFindsItsTestFile()
    {
        const ScratchFolder folder("ts");
        const std::string train =
            folder.write("x_TRAIN.tsv", repeated("a\t1\nb\t2\n", 20)).string();
        QCOMPARE(loaded("ts:" + train)->splits[2].count(), 4);
        folder.write("x_test.tsv", "b\t9\n");
        folder.write("x_TEST.ts", kTsHeader + "@data\n1:a\n");
        QCOMPARE(loaded("ts:" + train)->splits[2].count(), 4);
        const std::string test = folder.write("x_TEST.tsv", "b\t5\t6\na\t7\t8\n").string();
        const auto dataset = loaded("ts:" + train);
        QCOMPARE(dataset->splits[0].count(), 36);
        QCOMPARE(dataset->splits[1].count(), 4);
        QCOMPARE(dataset->splits[2].count(), 2);
        QVERIFY((dataset->splits[2].labels == std::vector<std::int32_t>{1, 0})); // the file's order
        QVERIFY(dataset->facts.input == graph::Shape::sequence({}, 1));          // 1 step, and 2
        QCOMPARE(dataset->facts.longest, 2);
        folder.write("x_TEST.tsv", "b\t5\nc\t6\n");
        const auto unknown = load("ts:" + train, 1);
        QVERIFY(!unknown);
        const std::string line = sentence(unknown.error(), Language::English);
        QVERIFY2(line.starts_with(test + ": Line 2 has the class \"c\""), line.c_str());
    }

    void eachClassStaysInTraining()
    {
        const ScratchFolder folder("ts");
        const std::string train =
            folder.write("r_TRAIN.tsv", repeated("1\t1\n", 30) + "2\t2\n3\t3\n3\t4\n").string();
        folder.write("r_TEST.tsv", "1\t1\n");
        const auto dataset = loaded("ts:" + train);
        for (const std::int32_t label : {0, 1, 2})
            QVERIFY(std::ranges::count(dataset->splits[0].labels, label) > 0);
    }

    void brokenFilesGiveOneLineThatNamesThem_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *test, const char *name, const std::string &content,
                            const char *id, const char *words) {
            QTest::newRow(test) << QString(name) << QByteArray::fromStdString(content)
                                << QString(id) << QString(words);
        };
        const std::string data = kTsHeader + "@data\n"; // line 5
        row("empty", "x.ts", "", "data.text_empty", "");
        row("one line", "x.ts", "one line\n", "data.ts_no_header", "Line 1");
        row("headers alone", "x.ts", kTsHeader, "data.ts_no_data", "");
        row("no series", "x.ts", data, "data.ts_none", "");
        row("no class", "x.ts", "@problemName x\n@data\n1,2,?:\n", "data.ts_label", "Line 3");
        row("no colon", "x.ts", data + "1,2,3\n", "data.ts_label", "Line 6");
        row("words", "x.ts", data + "1,2:a\n1,two:b\n", "data.ts_number", "Line 7");
        row("an empty value", "x.ts", data + "?,?:a\n", "data.ts_empty", "Line 6");
        row("a class not declared", "x.ts", data + "1,2:a\n1,2:c\n", "data.ts_class_unknown",
            "Line 7");
        row("a dimension too many", "x.ts", data + "1,2:a\n1,2:3,4:b\n", "data.ts_dimensions",
            "Line 7");
        row("dimensions that differ", "x.ts", data + "1,2:3:a\n", "data.ts_ragged", "Line 6");
        row("a step too few", "x.ts", kTsHeader + "@equalLength true\n@data\n1,2:a\n1:b\n",
            "data.ts_steps", "Line 8");
        row("other than announced", "x.ts", kTsHeader + "@seriesLength 3\n@data\n1,2:a\n",
            "data.ts_steps", "Line 7");
        row("a length that is none", "x.ts", kTsHeader + "@seriesLength many\n@data\n1,2:a\n",
            "data.ts_header", "Line 5");
        row("a length of 0", "x.ts", "@seriesLength 0\n", "data.ts_header", "Line 1");
        row("time stamps", "x.ts", "@timeStamps true\n@data\n(0,1):a\n", "data.ts_timestamps",
            "Line 1");
        row("numbers to tell", "x.ts", "@targetLabel true\n@data\n1,2:0.5\n", "data.ts_no_classes",
            "Line 1");
        row("one class", "x.ts", data.substr(0, data.find(" b\n")) + "\n@data\n1:a\n2:a\n",
            "data.class_alone", "a");
        row("binary", "x.ts", std::string("@data\n\0\1\2:a\n", 12), "data.text_binary", "Line 2");
        row("wrongly encoded", "x.tsv", "a\t\xff\n", "data.text_encoding", "Line 1");
        row("ragged", "x.tsv", "a\t1\t2\nb\t3\n", "data.table_ragged", "Line 2");
        row("one column", "x.tsv", "a\nb\n", "data.ts_columns", "Line 1");
        row("commas", "x.tsv", "a,1,2\nb,3,4\n", "data.ts_columns", "Line 1");
        row("no class in a table", "x.tsv", "a\t1\n\t2\n", "data.ts_label", "Line 2");
        row("padding alone", "x.tsv", "a\t1\t2\nb\tNaN\tNaN\n", "data.ts_empty", "Line 2");
        const std::string arff = "@relation x\n@attribute a numeric\n@attribute c {p,q}\n@data\n";
        row("arff: a value too many", "x.arff", arff + "1,2,p\n", "data.ts_attributes", "Line 5");
        row("arff: no class", "x.arff", arff + "1,\n", "data.ts_label", "Line 5");
        row("arff: one word", "x.arff", arff + "p\n", "data.ts_label", "Line 5");
        row("arff: no classes", "x.arff", "@relation x\n@attribute a numeric\n@data\n1\n",
            "data.ts_no_classes", "Line 3");
        row("arff: a class not declared", "x.arff", arff + "1,p\n1,r\n", "data.ts_class_unknown",
            "Line 6");
        row("arff: no data", "x.arff", "@relation x\n", "data.ts_no_data", "");
        row("another format", "x.json", "{}", "data.ts_ending", "");
    }
    void brokenFilesGiveOneLineThatNamesThem()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, id);
        QFETCH(QString, words);
        const ScratchFolder folder("ts-broken");
        const std::string path = folder.write(name.toStdString(), content.toStdString()).string();
        const auto result = load("ts:" + path, 1);
        QVERIFY(!result);
        QCOMPARE(QString::fromStdString(result.error().what.id), id);
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(result.error(), language);
            QVERIFY2(line.find(path) == 0, line.c_str());
            QVERIFY2(line.find('\n') == std::string::npos && line.find("{0}") == std::string::npos
                         && !sentence(result.error().what, language).starts_with("data.")
                         && !sentence(result.error().hint, language).starts_with("data."),
                     line.c_str());
        }
        const std::string line = sentence(result.error(), Language::English);
        QVERIFY2(line.find(words.toStdString()) != std::string::npos, line.c_str());
        QVERIFY(!result.error().hint.empty());
        QCOMPARE(factsOf("ts:" + path).error(), result.error());
    }

    void gunPointIsTheSameInThreeFormats()
    {
        if (!fs::exists(sharedFile("GunPoint")))
            QSKIP("no shared/data beside the project: GunPoint was not read");
        // Copies without the test file, which only one of the formats has.
        const ScratchFolder folder("ts-gunpoint");
        std::vector<std::shared_ptr<const Dataset>> sets;
        for (const std::string ending : {"ts", "tsv", "arff"}) {
            const fs::path copy = folder.path() / ("GunPoint_TRAIN." + ending);
            fs::copy_file(sharedFile("GunPoint/GunPoint_TRAIN." + ending), copy);
            sets.push_back(loaded("ts:" + copy.string()));
            QVERIFY(sets.back());
            QCOMPARE(sets.back()->facts.classNames, sets.front()->facts.classNames);
            QVERIFY(sets.back()->facts.input == graph::Shape::sequence(150, 1));
            for (std::size_t split = 0; split < 3; ++split)
                QVERIFY(sameSamples(sets.back()->splits[split], sets.front()->splits[split]));
        }
        QCOMPARE(sets.front()->splits[0].count() + sets.front()->splits[1].count()
                     + sets.front()->splits[2].count(),
                 50);
    }

    void realSetsHaveTheirCounts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("train");
        QTest::addColumn<int>("test");
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("steps"); // 0: they differ
        QTest::addColumn<int>("longest");
        QTest::addColumn<int>("classes");
        QTest::newRow("ECG200") << "ECG200/ECG200_TRAIN.tsv" << 100 << 100 << 1 << 96 << 96 << 2;
        QTest::newRow("ECG5000") << "ECG5000/ECG5000_TRAIN.tsv" << 500 << -1 << 1 << 140 << 140
                                 << 5;
        QTest::newRow("SyntheticControl")
            << "SyntheticControl/SyntheticControl_TRAIN.tsv" << 300 << 300 << 1 << 60 << 60 << 6;
        QTest::newRow("GunPoint") << "GunPoint/GunPoint_TRAIN.ts" << 50 << 150 << 1 << 150 << 150
                                  << 2;
        QTest::newRow("ItalyPowerDemand")
            << "ItalyPowerDemand/ItalyPowerDemand_TRAIN.ts" << 67 << 1029 << 1 << 24 << 24 << 2;
        QTest::newRow("ItalyPowerDemand, arff")
            << "ItalyPowerDemand/ItalyPowerDemand_TRAIN.arff" << 67 << 1029 << 1 << 24 << 24 << 2;
        QTest::newRow("BasicMotions")
            << "BasicMotions/BasicMotions_TRAIN.ts" << 40 << 40 << 6 << 100 << 100 << 4;
        QTest::newRow("BasicMotions, arff")
            << "BasicMotions/BasicMotions_TRAIN.arff" << 40 << 40 << 6 << 100 << 100 << 4;
        QTest::newRow("PickupGestureWiimoteZ")
            << "PickupGestureWiimoteZ/PickupGestureWiimoteZ_TRAIN.ts" << 50 << 50 << 1 << 0 << 361
            << 10;
    }
    void realSetsHaveTheirCounts()
    {
        QFETCH(QString, file);
        QFETCH(int, train);
        QFETCH(int, test);
        QFETCH(int, features);
        QFETCH(int, steps);
        QFETCH(int, longest);
        QFETCH(int, classes);
        const fs::path path = sharedFile(file.toStdString());
        if (!fs::exists(path)) QSKIP("no shared/data beside the project: the series were not read");
        QElapsedTimer timer;
        timer.start();
        const auto facts = factsOf("ts:" + path.string());
        qInfo("facts: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(static_cast<bool>(facts));
        const auto dataset = loaded("ts:" + path.string());
        QVERIFY(dataset);
        QCOMPARE(dataset->facts, *facts);
        const auto fixed = steps > 0 ? std::optional<std::int64_t>(steps) : std::nullopt;
        QVERIFY(facts->input == graph::Shape::sequence(fixed, features));
        QCOMPARE(facts->longest, longest);
        QCOMPARE(facts->classes, classes);
        const std::int64_t inFile = dataset->splits[0].count() + dataset->splits[1].count();
        QCOMPARE(test < 0 ? inFile + dataset->splits[2].count() : inFile, train);
        if (test >= 0) QCOMPARE(dataset->splits[2].count(), test);
        QVERIFY(dataset->warnings.empty());
        for (std::int32_t label = 0; label < classes; ++label)
            QVERIFY(std::ranges::count(dataset->splits[0].labels, label) > 0);
    }

    void bothFormatsOfARealSetAgree()
    {
        if (!fs::exists(sharedFile("BasicMotions")))
            QSKIP("no shared/data beside the project: BasicMotions was not read");
        for (const std::string name :
             {"BasicMotions/BasicMotions", "ItalyPowerDemand/ItalyPowerDemand"}) {
            const auto ts = loaded("ts:" + sharedFile(name + "_TRAIN.ts").string());
            const auto arff = loaded("ts:" + sharedFile(name + "_TRAIN.arff").string());
            QCOMPARE(ts->facts.classNames, arff->facts.classNames);
            QCOMPARE(ts->checksum, arff->checksum);
        }
    }
};

QTEST_APPLESS_MAIN(TsTest)
#include "ts_test.moc"
