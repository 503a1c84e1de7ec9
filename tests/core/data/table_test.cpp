// Tables: quotes, tabs, headers that are guessed, and rows that do not fit.
#include "data/table.hpp"
#include "one_line_error.hpp"
#include "scratch_folder.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

namespace {

using Row = std::vector<std::string>;

Result<Table> tableOf(const std::string &name, const std::string &bytes,
                      HeaderRow header = HeaderRow::Absent, char separator = '\0')
{
    const ScratchFolder folder("table");
    return readTable(folder.write(name, bytes), header, separator);
}

} // namespace

class TableTest : public QObject {
    Q_OBJECT

private slots:
    void quotesAreThoseOfRfc4180()
    {
        const auto table = tableOf("a.csv", "a,\"b, \"\"c\"\"\",\r\n"
                                            "\"two\nlines\",,\"\"\r\n"
                                            "\r\n"
                                            "x\"y, z ,last");
        QVERIFY(static_cast<bool>(table));
        const std::vector<Row> expected{
            {"a", "b, \"c\"", ""}, {"two\nlines", "", ""}, {"x\"y", " z ", "last"}};
        QCOMPARE(table->rows, expected);
        QCOMPARE(table->lines, (std::vector<std::int64_t>{1, 2, 5}));
        QCOMPARE(table->columns(), std::size_t{3});
    }

    void tabsPartCellsAndNothingElseDoes()
    {
        const auto table = tableOf("a.tsv", "\"a\t b,c\n\n\t\"\"\n");
        QVERIFY(static_cast<bool>(table));
        QCOMPARE(table->rows, (std::vector<Row>{{"\"a", " b,c"}, {"", "\"\""}}));
        QCOMPARE(table->lines, (std::vector<std::int64_t>{1, 3}));
    }

    void theSeparatorFollowsEndingAndFirstLine_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::newRow("csv") << "a.csv" << "a,b;c" << 2;
        QTest::newRow("csv with semicolons") << "a.csv" << "1;2;3\n1,5;2;3" << 3;
        QTest::newRow("csv does not know tabs") << "a.csv" << "a\tb,c" << 2;
        QTest::newRow("tsv") << "a.tsv" << "a,b\tc" << 2;
        QTest::newRow("tsv without a tab") << "a.tsv" << "a,b" << 1;
        QTest::newRow("txt with tabs") << "a.txt" << "a, b\tc\td" << 3;
        QTest::newRow("txt with commas") << "a.txt" << "a,b" << 2;
        QTest::newRow("capitals") << "A.TSV" << "a,b\tc" << 2;
    }
    void theSeparatorFollowsEndingAndFirstLine()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(int, columns);
        const auto table = tableOf(name.toStdString(), text.toStdString());
        QVERIFY(static_cast<bool>(table));
        QCOMPARE(static_cast<int>(table->columns()), columns);
    }

    void aSeparatorMayBeAskedFor()
    {
        QCOMPARE(tableOf("a.txt", "a,b", HeaderRow::Absent, '\t')->columns(), std::size_t{1});
    }

    void headersAreGuessed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("named");
        const QString labels = "good film,pos\nbad film,neg\nfine,pos\nawful,neg\nnice,pos\n"
                               "poor,neg\nwell,pos\ndull,neg\n";
        QTest::newRow("names over numbers") << "date,value\n2020-01,3\n2020-02,4\n" << true;
        QTest::newRow("missing values") << "date,value\n2020-01,?\n2020-02,4\n" << true;
        QTest::newRow("numbers throughout") << "1,2\n3,4\n" << false;
        QTest::newRow("words throughout") << "a,b\nc,d\n" << false;
        QTest::newRow("names over classes") << "text,label\n" + labels << true;
        QTest::newRow("classes from the start") << "lovely,pos\n" + labels << false;
        QTest::newRow("an empty name") << ",value\na,1\n" << false;
        QTest::newRow("the same name twice") << "v,v\n1,2\n" << false;
        QTest::newRow("one row") << "a,1\n" << false;
    }
    void headersAreGuessed()
    {
        QFETCH(QString, text);
        QFETCH(bool, named);
        const auto table = tableOf("a.csv", text.toStdString(), HeaderRow::Auto);
        QVERIFY(static_cast<bool>(table));
        QCOMPARE(!table->header.empty(), named);
    }

    void headersAreTrimmedAndTakenOff()
    {
        const auto table = tableOf("a.csv", " x , \"y\"\n1,2\n", HeaderRow::Present);
        QCOMPARE(table->header.front(), std::string("x"));
        QCOMPARE(table->rows.size(), std::size_t{1});
        QCOMPARE(table->lines.front(), 2);
        QCOMPARE(tableOf("a.csv", "x,y\n1,2\n", HeaderRow::Absent)->rows.size(), std::size_t{2});
        QVERIFY(headerRowFrom("0") == HeaderRow::Absent && headerRowFrom("1") == HeaderRow::Present
                && headerRowFrom("auto") == HeaderRow::Auto);
    }

    void columnsAreFoundByNameAndNumber()
    {
        const auto table = tableOf("a.csv", "x,1,z\n7,8,9\n", HeaderRow::Present);
        QCOMPARE(*columnOf(*table, "z", "a.csv"), std::size_t{2});
        QCOMPARE(*columnOf(*table, "0", "a.csv"), std::size_t{0});
        QCOMPARE(*columnOf(*table, "1", "a.csv"), std::size_t{1}); // a name, and its own number
        for (const char *none : {"3", "-1", "", "y", "1x"}) {
            const auto found = columnOf(*table, none, "a.csv");
            QVERIFY2(!found, none);
            QCOMPARE(faultOf(found.error(), "a.csv"), std::string());
            const std::string line = sentence(found.error(), Language::English);
            QVERIFY2(line.find("x, 1, z") != std::string::npos, line.c_str());
        }
        const auto nameless = tableOf("a.csv", "7,8\n");
        QCOMPARE(faultOf(columnOf(*nameless, "x", "a.csv").error(), "a.csv"), std::string());
    }

    void whatDoesNotFitIsToldWithItsLine_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("english");
        const auto row = [](const char *what, const char *name, const char *bytes,
                            const char *english) {
            QTest::newRow(what) << QString(name) << QByteArray(bytes) << QString(english);
        };
        row("too few", "a.csv", "a,b\n1,2\n3\n", "Line 3 has 1 columns, line 1 has 2.");
        row("too many", "a.tsv", "\na\tb\n\n1\t2\t3\n", "Line 4 has 3 columns, line 2 has 2.");
        row("behind a cell of two lines", "a.csv", "a,\"b\nc\"\n1\n",
            "Line 3 has 1 columns, line 1 has 2.");
        row("an open quote", "a.csv", "a,b\n\"1,2\n3,4\n",
            "The quote opened in line 2 is never closed.");
        row("text behind a quote", "a.csv", "a,b\n\"1\"x,2\n",
            "In line 2, text follows a closing quote.");
        row("a header alone", "a.csv", "a,b\n", "There is a header, but no row below it.");
        row("empty", "a.tsv", "", "The file holds no text.");
        row("another encoding", "a.tsv", "\xFF\xFE\xFD\t1\n", "Line 1 is not UTF-8 text.");
    }
    void whatDoesNotFitIsToldWithItsLine()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, english);
        const ScratchFolder folder("table-bad");
        const auto path = folder.write(name.toStdString(), bytes.toStdString());
        const auto table = readTable(path, HeaderRow::Present);
        QVERIFY(!table);
        QCOMPARE(faultOf(table.error(), path), std::string());
        QCOMPARE(QString::fromStdString(sentence(table.error().what, Language::English)), english);
    }

    void numbersAreWholeCells()
    {
        QCOMPARE(numberIn(" -1.5e3 ").value(), -1500.0);
        QCOMPARE(numberIn("+2").value(), 2.0);
        for (const char *none : {"", "1,5", "1 2", "nan", "inf", "0x10", "1999-01", "a"})
            QVERIFY2(!numberIn(none), none);
        for (const char *missing : {"", " ", "?", "NA", "n/a", "NaN", "null", "-"})
            QVERIFY2(isMissing(missing), missing);
        QVERIFY(!isMissing("0") && !isMissing("none of it"));
    }

    void realFilesHaveTheirRows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("named");
        QTest::newRow("news") << "ag-news/test.csv" << 7600 << 3 << false;
        QTest::newRow("reviews") << "sst2/train.tsv" << 67349 << 2 << true;
        QTest::newRow("without labels") << "sst2/test.tsv" << 1821 << 2 << true;
        QTest::newRow("pairs") << "eng-fra/eng-fra-30k.txt" << 30000 << 2 << false;
        QTest::newRow("passengers")
            << "timeseries-forecast/airline-passengers.csv" << 144 << 2 << true;
        QTest::newRow("irises") << "tabular/iris.csv" << 150 << 5 << false;
    }
    void realFilesHaveTheirRows()
    {
        QFETCH(QString, file);
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(bool, named);
        const auto path = std::filesystem::path(OSTRICH_SHARED_DATA) / file.toStdString();
        if (!std::filesystem::exists(path))
            QSKIP("no shared/data beside the project: this table was not read");
        const auto table = readTable(path);
        QVERIFY(static_cast<bool>(table));
        QCOMPARE(static_cast<int>(table->rows.size()), rows);
        QCOMPARE(static_cast<int>(table->columns()), columns);
        QCOMPARE(!table->header.empty(), named);
    }
};

QTEST_APPLESS_MAIN(TableTest)
#include "table_test.moc"
