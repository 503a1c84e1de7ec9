// Numbers of findings as they are read, in both languages.
#include "robustness/report.hpp"
#include "robustness/shown.hpp"

#include <QtTest>

#include <limits>

using namespace ostrich;
using namespace ostrich::robustness;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

using Names = std::vector<std::string>;

} // namespace

class ShownTest : public QObject {
    Q_OBJECT

private slots:
    void sharesAreShownInPerCent()
    {
        QCOMPARE(shown(0.9345, true, Language::English), std::string("93.5 %"));
        QCOMPARE(shown(0.9345, true, Language::French), std::string("93,5 %"));
        QCOMPARE(shown(1.23456, false, Language::English), std::string("1.235"));
        QCOMPARE(shown(1.23456, false, Language::French), std::string("1,235"));
        QCOMPARE(shown(kNone, false, Language::French), std::string("–"));
    }

    void levelsAreShownIn255ths()
    {
        Figure figure{.key = "half", .label = {}, .value = 23.5 / 255.0, .isLevels = true};
        QCOMPARE(shown(figure, Language::English), std::string("23.5/255"));
        QCOMPARE(shown(figure, Language::French), std::string("23,5/255"));
        QCOMPARE(shownInterval(figure, Language::French), std::string());
        figure.low = 8.0 / 255.0;
        figure.high = 30.25 / 255.0;
        QCOMPARE(shownInterval(figure, Language::French), std::string("8/255 – 30,2/255"));
        figure.value = kNone;
        QCOMPARE(shown(figure, Language::French), std::string("–"));
    }

    void numbersAreToldFromNames()
    {
        for (const Names &numbers :
             {Names{"0", "12"}, Names{"93.0 % (89.1–95.9)", "–"}, Names{"8/255", "", "-0.5"},
              Names{"−3", "< 0.1 %"}, Names{"1e-05"}})
            QVERIFY2(areNumbers(numbers), numbers.front().c_str());
        for (const Names &names : {Names{"2.5-net", "0.5"}, Names{"–", ""}, Names{"“8” 50.0 %"},
                                   Names{"3 2026-11-26_18-00"}, Names{}, Names{"-"}})
            QVERIFY2(!areNumbers(names), names.empty() ? "none" : names.front().c_str());
    }

    void aTableHasCommasInItsNumbersAlone()
    {
        const Table table{.key = "t",
                          .title = {},
                          .columns = {{"a", {}}, {"b", {}}},
                          .rows = {{"v1.5", "97.1 %"}, {"v2", "–"}, {"short"}}};
        const auto rows = shownRows(table, Language::French);
        QCOMPARE(rows[0], (Names{"v1.5", "97,1 %"}));
        QCOMPARE(rows[1], (Names{"v2", "–"}));
        QCOMPARE(rows[2], (Names{"short"}));
        QCOMPARE(shownRows(table, Language::English), table.rows);
        QCOMPARE(shownNames({"1.5/255", "3/255"}, Language::French), (Names{"1,5/255", "3/255"}));
        QCOMPARE(shownNames({"1.5", "one.5"}, Language::French), (Names{"1.5", "one.5"}));
    }

    void aMatrixIsReadInTheLanguageAndStoredByName()
    {
        Matrix matrix{.key = "m",
                      .title = {},
                      .rowLabel = {},
                      .columnLabel = {},
                      .rows = {"fog"},
                      .columns = {"one-pixel", "pgd"},
                      .values = {0.5, kNone}};
        QCOMPARE(rowNames(matrix, Language::French), (Names{"fog"}));
        matrix.rowLabels = {{"robustness.corruption_fog", {}}};
        matrix.columnLabels = {{"attack.label_one-pixel", {}}, {"attack.label_pgd", {}}};
        QCOMPARE(rowNames(matrix, Language::French), (Names{"Brouillard"}));
        QCOMPARE(columnNames(matrix, Language::French), (Names{"Un seul pixel", "PGD"}));
        QCOMPARE(columnNames(matrix, Language::English), (Names{"One pixel", "PGD"}));
        const std::string svg = toSvg(matrix, Language::French);
        QVERIFY(svg.find(">Brouillard<") != std::string::npos);
        QVERIFY(svg.find(">Un seul pixel<") != std::string::npos);
        QVERIFY(svg.find(">–<") != std::string::npos);
        QCOMPARE(toCsv(matrix), std::string(",one-pixel,pgd\nfog,0.5,\n"));
    }

    void aTableQuotesAsItsLanguageDoes()
    {
        const Table table{.key = "t",
                          .title = {},
                          .columns = {{"a", {}}, {"b", {}}},
                          .rows = {{"“8”", "“saw” and “1.5”"}, {"–", "«x»"}}};
        const auto rows = shownRows(table, Language::French);
        QCOMPARE(rows[0], (Names{"«\u00a08\u00a0»", "«\u00a0saw\u00a0» and «\u00a01.5\u00a0»"}));
        QCOMPARE(rows[1], (Names{"–", "«x»"}));
        QCOMPARE(shownRows(table, Language::English), table.rows);
    }
};

QTEST_APPLESS_MAIN(ShownTest)
#include "shown_test.moc"
