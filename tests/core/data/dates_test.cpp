// Dates in all their spellings: what season their distances tell.
#include "data/dates.hpp"

#include <QtTest>

#include <vector>

using namespace ostrich::data;

class DatesTest : public QObject {
    Q_OBJECT

private slots:
    void theSeasonFollowsFromTheDistances_data()
    {
        QTest::addColumn<QStringList>("dates");
        QTest::addColumn<int>("season");
        QTest::newRow("months") << QStringList{"1949-01", "1949-02", "1949-03", "1949-04"} << 12;
        QTest::newRow("months of a first year")
            << QStringList{"1-11", "1-12", "2-01", "2-02"} << 12;
        QTest::newRow("firsts of months") << QStringList{"2020-01-01", "2020-02-01"} << 12;
        QTest::newRow("days") << QStringList{"1981-02-27", "1981-02-28", "1981-03-01"} << 7;
        QTest::newRow("days across February 29")
            << QStringList{"2020-02-28", "2020-02-29", "2020-03-01"} << 7;
        QTest::newRow("days, slashes") << QStringList{"2020/12/30", "2020/12/31", "2021/1/1"} << 7;
        QTest::newRow("days, day first")
            << QStringList{"30/12/2020", "31/12/2020", "01/01/2021"} << 7;
        QTest::newRow("days, month first")
            << QStringList{"12/30/2020", "12/31/2020", "1/1/2021"} << 7;
        QTest::newRow("days, points") << QStringList{"30.12.2020", "31.12.2020"} << 7;
        QTest::newRow("hours") << QStringList{"2016-07-01 22:00:00", "2016-07-01 23:00:00",
                                              "2016-07-02 00:00:00"}
                               << 24;
        QTest::newRow("hours, ISO") << QStringList{"2016-07-01T22:00Z", "2016-07-01T23:00Z"} << 24;
        QTest::newRow("minutes") << QStringList{"2016-07-01 22:00", "2016-07-01 22:15"} << 0;
        QTest::newRow("milliseconds")
            << QStringList{"1970-01-01 00:04:40.000", "1970-01-01 00:04:40.015"} << 0;
        QTest::newRow("years") << QStringList{"1900-01-01", "1901-01-01"} << 0;
        QTest::newRow("plain numbers") << QStringList{"1900", "1901"} << 0;
        QTest::newRow("values") << QStringList{"1.01", "1.02", "1.03"} << 0;
        QTest::newRow("words") << QStringList{"x", "z"} << 0;
        QTest::newRow("no such days") << QStringList{"2020-02-30", "2020-02-31"} << 0;
        QTest::newRow("monstrous numbers")
            << QStringList{"99999999999999999999-01", "99999999999999999999-02"} << 0;
        QTest::newRow("one") << QStringList{"2020-01-01"} << 0;
        QTest::newRow("none") << QStringList{} << 0;
    }
    void theSeasonFollowsFromTheDistances()
    {
        QFETCH(QStringList, dates);
        QFETCH(int, season);
        std::vector<std::string> texts;
        for (const QString &date : dates) texts.push_back(date.toStdString());
        QCOMPARE(seasonOf(texts), season);
    }

    void monthsWrittenDayFirstAreNoDays()
    {
        std::vector<std::string> dates;
        for (int i = 0; i < 40; ++i)
            dates.push_back("01/" + std::to_string(i % 12 + 1) + "/"
                            + std::to_string(2000 + i / 12));
        QCOMPARE(seasonOf(dates), 12);
    }

    void columnsThatCountTimeAreKnownByName()
    {
        for (const char *name : {"Date", "YEAR", "", "index", "timestamp", "Mois"})
            QVERIFY2(namesTime(name), name);
        for (const char *name : {"Temp", "OT", "Sales", "daytime"})
            QVERIFY2(!namesTime(name), name);
    }
};

QTEST_APPLESS_MAIN(DatesTest)
#include "dates_test.moc"
