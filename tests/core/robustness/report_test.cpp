// Reports: well-formed pages whose figures say what the findings say.
#include "robustness/report.hpp"
#include "robustness/svg.hpp"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <QXmlStreamReader>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace ostrich;
using namespace ostrich::robustness;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Plot lines()
{
    return {.key = "accuracy",
            .title = {"robustness.by_family", {}},
            .xLabel = {"robustness.severity", {}},
            .yLabel = {"robustness.accuracy", {}},
            .yIsShare = true,
            .xIsLevels = true,
            .curves = {{.key = "a",
                        .label = {"robustness.named", {"a, <b> & \"c\""}},
                        .x = {0.0, 4.0 / 255.0, 8.0 / 255.0},
                        .y = {0.9, 0.5, kNone},
                        .low = {0.8, 0.4, 0.0},
                        .high = {0.95, 0.6, 1.0}},
                       {.key = "noise",
                        .label = {"robustness.family_noise", {}},
                        .x = {0.0, 8.0 / 255.0},
                        .y = {0.9, 0.88},
                        .isReference = true}}};
}

QString problemOf(const std::string &xml)
{
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    while (!reader.atEnd()) reader.readNext();
    return reader.hasError() ? reader.errorString() : QString();
}

int count(const std::string &text, const std::string &part)
{
    int found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

Findings everything()
{
    Findings found;
    found.study = "confidence";
    found.sentences = {{"robustness.noise_sentence", {"99.1 %"}}};
    found.asked = {"robustness.asked_samples", {"7", "1"}};
    found.figures = {{.key = "ece",
                      .label = {"robustness.ece", {}},
                      .value = 0.123,
                      .low = 0.1,
                      .high = 0.2,
                      .isShare = true}};
    found.plots = {lines()};
    found.matrices = {{.key = "m",
                       .title = {"robustness.by_corruption", {}},
                       .rowLabel = {"robustness.corruption", {}},
                       .columnLabel = {"robustness.severity", {}},
                       .rows = {"snow", "fog"},
                       .columns = {"1", "2"},
                       .values = {0.9, 0.8, 0.7, 0.35},
                       .isShare = false}};
    found.maps = {{.key = "map",
                   .title = {"robustness.decision_regions", {}},
                   .xLabel = {"robustness.along_attack", {"pgd"}},
                   .yLabel = {"robustness.along_chance", {}},
                   .width = 2,
                   .height = 2,
                   .values = {0.0, 1.0, 1.0, 0.0},
                   .classes = {"dog", "ostrich"},
                   .pathX = {0.0, 1.0},
                   .pathY = {0.0, 0.0}}};
    found.tables = {{.key = "t",
                     .title = {"robustness.by_corruption", {}},
                     .columns = {{"robustness.network", {}}, {"robustness.accuracy", {}}},
                     .rows = {{"<script>", "97.1 %"}, {"v1.5 a", "–"}}}};
    found.checks = {{.key = "c",
                     .verdict = Check::Verdict::Fail,
                     .question = {"robustness.ece", {}},
                     .evidence = {"robustness.named", {"0.3"}},
                     .meaning = {}}};
    found.pictures = {
        {Array{{3, 2, 2}, std::vector<float>(12, 0.5F)}, {"robustness.as_it_is", {}}}};
    return found;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void aPageIsWellFormedInBothLanguages()
    {
        for (const Language language : {Language::English, Language::French}) {
            std::string page = htmlReport({.title = "lenet & <co>",
                                           .date = "2026-11-26",
                                           .facts = {{{"robustness.accuracy", {}}, "93 %"}}},
                                          {everything()}, language);
            QVERIFY(page.starts_with("<!doctype html>"));
            page.erase(0, page.find('\n'));
            QCOMPARE(problemOf(page), QString());
            QVERIFY(page.find("<script") == std::string::npos);
            QVERIFY(page.find("http://") == page.find("http://www.w3.org/2000/svg"));
            const bool isFrench = language == Language::French;
            QVERIFY(page.find(isFrench ? ">12,3 %<" : ">12.3 %<") != std::string::npos);
            QVERIFY(page.find(isFrench ? "10,0 % – 20,0 %" : "10.0 % – 20.0 %")
                    != std::string::npos);
            QVERIFY(page.find(isFrench ? "<td>97,1 %</td>" : "<td>97.1 %</td>")
                    != std::string::npos);
            QVERIFY2(page.find("<td>v1.5 a</td>") != std::string::npos, "a name is no number");
            QVERIFY(page.find(isFrench ? "Exemples : 7" : "Samples: 7") != std::string::npos);
            QVERIFY2(page.find(isFrench ? "0,35" : "0.35") != std::string::npos, "in a matrix");
            QVERIFY(page.find("data:image/png;base64,") != std::string::npos);
            QCOMPARE(count(page, "<svg"), 3);
        }
    }

    void picturesAreTheirOwnPixels()
    {
        const std::string page =
            htmlReport({.title = "t", .date = "d"}, {everything()}, Language::English);
        const std::string mark = "base64,";
        const auto from = page.find(mark) + mark.size();
        const auto to = page.find('"', from);
        const QByteArray file =
            QByteArray::fromBase64(QByteArray::fromStdString(page.substr(from, to - from)));
        const cv::Mat image =
            cv::imdecode(std::vector<unsigned char>(file.begin(), file.end()), cv::IMREAD_COLOR);
        QCOMPARE(image.cols, 2);
        QCOMPARE(image.rows, 2);
        QVERIFY(std::abs(image.at<cv::Vec3b>(0, 0)[2] - 128) <= 1);
    }

    void plotsAreWellFormed()
    {
        const std::string svg = toSvg(lines(), Language::English);
        QCOMPARE(problemOf(svg), QString());
        QCOMPARE(count(svg, "<polyline"), 2);
        QCOMPARE(count(svg, "<circle"), 4); // what is not a number is not drawn
        QVERIFY(svg.find("4/255") != std::string::npos);
        QVERIFY(svg.find("50 %") == std::string::npos || svg.find("100 %") != std::string::npos);
        QVERIFY(svg.find("nan") == std::string::npos);
        Plot bars = lines();
        bars.style = Plot::Style::Bars;
        bars.xNames = {"a", "b", "c"};
        for (Curve &curve : bars.curves) curve.x = {0.0, 1.0, 2.0}, curve.y.resize(3, 0.5);
        QCOMPARE(problemOf(toSvg(bars, Language::French)), QString());
        QCOMPARE(problemOf(toSvg(Plot{}, Language::French)), QString());
        QCOMPARE(problemOf(toSvg(Matrix{}, Language::French)), QString());
        QCOMPARE(problemOf(toSvg(Map{}, Language::French)), QString());
    }

    void csvHoldsTheNumbers()
    {
        const QStringList rows = QString::fromStdString(toCsv(lines(), Language::English))
                                     .split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 6);
        QCOMPARE(rows[0], QString("series,x,y,low,high"));
        QVERIFY(rows[1].startsWith("\"a, <b> & \"\"c\"\"\",0,0.90000000000000002,"));
        const QStringList matrix =
            QString::fromStdString(toCsv(everything().matrices[0])).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(matrix[0], QString(",1,2"));
        QVERIFY(matrix[2].startsWith("fog,0.69999999999999996,0.34999999999999998"));
        QCOMPARE(QString::fromStdString(toCsv(everything().maps[0])).split('\n')[2],
                 QString("1,0,ostrich"));
    }

    void csvNamesTheBars()
    {
        Plot bars = lines();
        bars.style = Plot::Style::Bars;
        bars.xNames = {"dog", "ostrich, \"big\"", "cat"};
        for (Curve &curve : bars.curves) curve.x = {0.0, 1.0, 2.0}, curve.y.resize(3, 0.5);
        const QStringList rows =
            QString::fromStdString(toCsv(bars, Language::French)).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows[0], QString("series,x,y,low,high,name"));
        QCOMPARE(rows.size(), 7);
        QVERIFY2(rows[1].endsWith(",0.94999999999999996,dog"), qPrintable(rows[1]));
        QVERIFY2(rows[2].endsWith(",\"ostrich, \"\"big\"\"\""), qPrintable(rows[2]));
        QVERIFY2(rows[6].endsWith(",2,0.5,,,cat"), qPrintable(rows[6]));
    }

    void aFrenchPlotHasCommas()
    {
        Plot plot = lines();
        plot.yIsShare = plot.xIsLevels = false;
        plot.curves.resize(1);
        plot.curves[0].x = {0.0, 0.5, 1.0};
        const std::string english = toSvg(plot, Language::English),
                          french = toSvg(plot, Language::French);
        QVERIFY(english.find(">0.4<") != std::string::npos);
        QVERIFY2(english.find(">-0<") == std::string::npos, "nothing below 0");
        QVERIFY2(french.find(">0,4<") != std::string::npos, french.c_str());
        QVERIFY(french.find(">0.4<") == std::string::npos);
    }

    void ticksAreRound()
    {
        QCOMPARE(ticks(0.0, 1.0, 5), (std::vector<double>{0.0, 0.2, 0.4, 0.6, 0.8, 1.0}));
        const auto some = ticks(3.0, 97.0, 5);
        QCOMPARE(some, (std::vector<double>{20.0, 40.0, 60.0, 80.0}));
        QCOMPARE(ticks(1.0, 1.0, 5), std::vector<double>{1.0});
    }
};

QTEST_GUILESS_MAIN(ReportTest)
#include "report_test.moc"
