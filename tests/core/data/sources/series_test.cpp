// Series from tables: columns, dates, missing values, the files of shared/data, and broken ones.
#include "../scratch_folder.hpp"
#include "data/source.hpp"

#include <QtTest>

#include <cmath>

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

/// 100 days from 2020-01-01 on: value a counts up, b down; both whole.
std::string hundredDays()
{
    std::string text = "date,a,b,place\n";
    for (int day = 0; day < 100; ++day) {
        const int month = day < 31 ? 1 : day < 60 ? 2 : day < 91 ? 3 : 4;
        const int first = month == 1 ? 0 : month == 2 ? 31 : month == 3 ? 60 : 91;
        char line[64];
        std::snprintf(line, sizeof line, "2020-%02d-%02d,%d,%d,here\n", month, day - first + 1, day,
                      -day);
        text += line;
    }
    return text;
}

} // namespace

class SeriesTest : public QObject {
    Q_OBJECT

private slots:
    void readsColumnsAndLeavesDatesAndWordsOut()
    {
        const ScratchFolder folder("series");
        const std::string source =
            "series:" + folder.write("days.csv", hundredDays()).string() + "?relative=0&window=5";
        const auto dataset = loaded(source);
        QVERIFY(dataset);
        QCOMPARE(dataset->facts, *factsOf(source));
        QVERIFY(dataset->facts.input == graph::Shape::sequence(5, 2));
        QCOMPARE(dataset->facts.title, std::string("days.csv"));
        QCOMPARE(dataset->facts.values, 1);
        QVERIFY(dataset->warnings.empty());
        const Samples &test = dataset->split(Split::Test);
        QCOMPARE(test.count(), 10);
        QVERIFY(std::vector<float>(test.values.begin(), test.values.begin() + 10)
                == (std::vector<float>{85, -85, 86, -86, 87, -87, 88, -88, 89, -89}));
        QCOMPARE(test.answers[0], -90.0F);       // the last column of numbers
        QCOMPARE(test.seasonalNaive[0], -83.0F); // days: a week
    }

    void columnsAreNamedOrNumbered_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("values");
        QTest::addColumn<float>("answer");
        QTest::newRow("target by name") << "target=a" << 2 << 1 << 90.0F;
        QTest::newRow("target by number") << "target=1" << 2 << 1 << 90.0F;
        QTest::newRow("two targets") << "target=a,b" << 2 << 2 << 90.0F;
        QTest::newRow("one column") << "columns=a" << 1 << 1 << 90.0F;
        QTest::newRow("a target beside the columns") << "columns=a&target=b" << 2 << 1 << -90.0F;
        QTest::newRow("several steps") << "target=a&horizon=3" << 2 << 3 << 90.0F;
    }
    void columnsAreNamedOrNumbered()
    {
        QFETCH(QString, options);
        QFETCH(int, columns);
        QFETCH(int, values);
        QFETCH(float, answer);
        const ScratchFolder folder("series");
        const auto dataset = loaded("series:" + folder.write("days.csv", hundredDays()).string()
                                    + "?relative=0&" + options.toStdString());
        QVERIFY(dataset);
        QVERIFY(dataset->facts.input == graph::Shape::sequence(24, columns));
        QCOMPARE(dataset->facts.values, values);
        QCOMPARE(dataset->split(Split::Test).answers[0], answer);
    }

    void missingValuesAreFilledAndCounted()
    {
        const ScratchFolder folder("series");
        std::string text = "v\n";
        for (int i = 0; i < 40; ++i)
            text += (i == 3 ? "NA" : i == 4 ? "?" : i == 39 ? "nan" : std::to_string(i)) + "\n";
        const auto dataset =
            loaded("series:" + folder.write("gaps.csv", text).string() + "?window=10&relative=0");
        QVERIFY(dataset);
        const Samples &train = dataset->split(Split::Train);
        for (std::size_t i = 0; i < 10; ++i) QCOMPARE(train.values[i], static_cast<float>(i));
        QCOMPARE(dataset->split(Split::Test).answers.back(), 38.0F);
        QCOMPARE(dataset->warnings.size(), std::size_t{1});
        const std::string told = sentence(dataset->warnings[0], Language::English);
        QVERIFY2(told.starts_with("3 missing values"), told.c_str());
    }

    void aColumnThatCountsTheStepsIsNoSeries()
    {
        const ScratchFolder folder("series");
        std::string text = "Year;Value\n", none = "1;5\n";
        for (int i = 0; i < 40; ++i)
            text += std::to_string(1900 + i) + ";" + std::to_string(i % 7) + "\n";
        for (int i = 0; i < 40; ++i) none += std::to_string(i) + ";" + std::to_string(i % 7) + "\n";
        QVERIFY(factsOf("series:" + folder.write("years.csv", text).string())->input
                == graph::Shape::sequence(15, 1));
        // Without names, a column is what it holds.
        QVERIFY(factsOf("series:" + folder.write("none.csv", none).string() + "?header=0")->input
                == graph::Shape::sequence(15, 2));
    }

    void aFileThatChangesIsReadAgain()
    {
        const ScratchFolder folder("series");
        const std::string source = "series:" + folder.write("v.csv", hundredDays()).string();
        QVERIFY(factsOf(source)->input == graph::Shape::sequence(24, 2));
        folder.write("v.csv", "v\n1\n2\n3\n4\n5\n6\n7\n");
        QVERIFY(factsOf(source)->input == graph::Shape::sequence(2, 1));
    }

    void brokenFilesGiveOneLineThatNamesThem_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words"); // in the line
        const auto row = [](const char *name, QByteArray content, const char *id, const char *words,
                            const char *options = "") {
            QTest::newRow(name) << content << QString(options) << QString(id) << QString(words);
        };
        const QByteArray days = QByteArray::fromStdString(hundredDays());
        row("empty", "", "data.text_empty", "");
        row("header alone", "date,v\n", "", "");
        row("one line", "one line\n", "", "");
        row("ragged", "a,b\n1,2\n3\n", "data.table_ragged", "Line 3");
        row("words", "date,v\nx,y\nz,w\n", "data.series_none", "");
        row("dates alone", "date\n2020-01-01\n2020-01-02\n", "data.series_none", "");
        row("binary", QByteArray("\x00\x01\x02,\xff\n\x00", 7), "", "");
        row("wrongly encoded", "date,v\n1,\xff\n", "data.text_encoding", "Line 2");
        row("a word among numbers", "v\n1\n2\n3\nfour\n5\n", "data.series_number", "Line 5");
        row("infinite", "v\n1\n2\n3\ninf\n5\n", "data.series_number", "Line 5");
        row("too short", "v\n1\n2\n3\n", "data.series_short", "at least 4");
        row("too short for the window", days, "data.series_short", "100", "?window=90");
        row("too short for the horizon", days, "data.series_short", "100", "?horizon=60");
        row("no such column", days, "data.column_unknown", "temperature", "?target=temperature");
        row("no such number", days, "data.column_unknown", "9", "?columns=9");
        row("a column of words", days, "data.series_number", "here", "?target=place");
        row("an empty column", "a,b\n1,\n2,\n3,\n4,\n5,\n", "data.series_empty_column", "b",
            "?target=b");
    }
    void brokenFilesGiveOneLineThatNamesThem()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, options);
        QFETCH(QString, id);
        QFETCH(QString, words);
        const ScratchFolder folder("series-broken");
        const std::string path = folder.write("broken.csv", content.toStdString()).string();
        const auto result = load("series:" + path + options.toStdString(), 1);
        QVERIFY(!result);
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
        if (!id.isEmpty()) QCOMPARE(QString::fromStdString(result.error().what.id), id);
        QCOMPARE(factsOf("series:" + path + options.toStdString()).error(), result.error());
    }

    void aMissingFileIsNamed()
    {
        const auto result = load("series:/no/such/file.csv", 1);
        QVERIFY(!result);
        QCOMPARE(result.error().where, std::string("/no/such/file.csv"));
    }

    void realSeriesHaveTheirRows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("season");
        QTest::newRow("ETTh1") << "timeseries-forecast/ETTh1.csv" << 17420 << 7 << 24;
        QTest::newRow("airline") << "timeseries-forecast/airline-passengers.csv" << 144 << 1 << 12;
        QTest::newRow("temperatures")
            << "timeseries-forecast/daily-min-temperatures.csv" << 3650 << 1 << 7;
        QTest::newRow("births") << "timeseries-forecast/daily-total-female-births.csv" << 365 << 1
                                << 7;
        QTest::newRow("sunspots") << "timeseries-forecast/monthly-sunspots.csv" << 2820 << 1 << 12;
        QTest::newRow("shampoo") << "timeseries-forecast/shampoo.csv" << 36 << 1 << 12;
        QTest::newRow("daphnet") << "har-daphnet/S06R02E0.csv" << 7040 << 10 << 0;
    }
    void realSeriesHaveTheirRows()
    {
        QFETCH(QString, file);
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, season);
        const fs::path path = fs::path(OSTRICH_SHARED_DATA) / file.toStdString();
        if (!fs::exists(path)) QSKIP("no shared/data beside the project: the series was not read");
        QElapsedTimer timer;
        timer.start();
        const auto facts = factsOf("series:" + path.string());
        const auto took = timer.elapsed();
        QVERIFY(static_cast<bool>(facts));
        QVERIFY2(took < 500,
                 std::to_string(took).c_str()); // 50 ms and a wide margin for a busy machine
        qInfo("facts: %lld ms", static_cast<long long>(took));
        // With a window and a horizon of one step, each step but the first is an answer.
        const auto dataset = loaded("series:" + path.string() + "?window=1&horizon=1&relative=0");
        QVERIFY(dataset);
        std::int64_t answers = 0;
        for (const Samples &samples : dataset->splits) {
            answers += samples.count();
            QCOMPARE(samples.seasonalNaive.empty(), season == 0);
        }
        QCOMPARE(answers, rows - 1);
        QVERIFY(dataset->facts.input == graph::Shape::sequence(1, columns));
        if (season > 0) {
            const Samples &test = dataset->split(Split::Test);
            const auto later = static_cast<std::size_t>(season);
            for (std::size_t i = later; i < test.answers.size(); ++i)
                QCOMPARE(test.seasonalNaive[i], test.answers[i - later]);
        }
    }

    void thirtySixMonthsGiveWindowsForEachSplit()
    {
        const fs::path path = fs::path(OSTRICH_SHARED_DATA) / "timeseries-forecast/shampoo.csv";
        if (!fs::exists(path)) QSKIP("no shared/data beside the project: shampoo.csv was not read");
        const auto dataset = loaded("series:" + path.string());
        QVERIFY(dataset);
        QCOMPARE(dataset->splits[0].count(), 15);
        QCOMPARE(dataset->splits[1].count(), 4);
        QCOMPARE(dataset->splits[2].count(), 4);
        const auto absolute = loaded("series:" + path.string() + "?relative=0");
        QCOMPARE(absolute->splits[0].values[0], 266.0F);
        QCOMPARE(absolute->splits[2].answers.back(), 646.9F);
        QCOMPARE(dataset->splits[2].answers.back(), static_cast<float>(646.9 - 581.3));
    }

    void aDayOfHoursAheadFromFourDays()
    {
        const fs::path path = fs::path(OSTRICH_SHARED_DATA) / "timeseries-forecast/ETTh1.csv";
        if (!fs::exists(path)) QSKIP("no shared/data beside the project: ETTh1.csv was not read");
        const auto dataset = loaded("series:" + path.string() + "?target=OT&window=96&horizon=24");
        QVERIFY(dataset);
        QVERIFY(dataset->facts.input == graph::Shape::sequence(96, 7));
        QCOMPARE(dataset->facts.values, 24);
        QCOMPARE(dataset->splits[0].count(), 13936 - 96 - 24 + 1);
        QCOMPARE(dataset->splits[2].count(), 1742 - 24 + 1);
    }
};

QTEST_APPLESS_MAIN(SeriesTest)
#include "series_test.moc"
