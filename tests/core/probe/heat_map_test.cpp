// Heat maps: every probe's findings become a picture, and colours mean what they say.
#include "probe/heat_map.hpp"

#include "probe/lettering.hpp"
#include "subjects.hpp"

#include <opencv2/imgcodecs.hpp>

#include <QtTest>

using namespace subjects;

namespace {

/// How many pixels have exactly this colour (blue, green, red).
int pixelsOf(const cv::Mat &picture, const cv::Vec3b &colour)
{
    int count = 0;
    for (int y = 0; y < picture.rows; ++y)
        for (int x = 0; x < picture.cols; ++x)
            count += picture.at<cv::Vec3b>(y, x) == colour ? 1 : 0;
    return count;
}

} // namespace

class HeatMapTest : public QObject {
    Q_OBJECT

private slots:
    void everyProbeIsDrawn()
    {
        const auto lstm = subject(recurrent("LSTM", {{"hidden_size", Integer{5}}}),
                                  series(graph::Task::LabelSteps));
        const auto translates = subject(translator(), pairs());
        const auto pictures = subject(small::convolution(), small::bars());
        int drawn = 0;
        QTemporaryDir folder;
        for (const auto &probe : probe::probes())
            for (const auto *made : {&lstm, &translates, &pictures}) {
                const auto result = probe->look(*made, {}, {});
                if (!result) continue;
                const std::string file = folder.filePath("a.png").toStdString();
                QVERIFY(static_cast<bool>(probe::saveHeatMap(*result, file)));
                const cv::Mat read = cv::imread(file);
                QCOMPARE(read.cols, 960);
                QVERIFY(read.rows > 100);
                const QString keep = qEnvironmentVariable("OSTRICH_KEEP_PICTURES");
                const QString name = QString::fromStdString(probe->description().name);
                if (!keep.isEmpty())
                    cv::imwrite(QString("%1/%2-%3.png").arg(keep, name).arg(drawn).toStdString(),
                                read);
                ++drawn;
            }
        QVERIFY2(drawn >= 14, qPrintable(QString::number(drawn)));
    }

    void signsAndSharesHaveTheirColours()
    {
        probe::ProbeResult result;
        result.arrays["hidden"] = {{2, 2}, {-2.0F, 2.0F, 0.0F, 0.0F}};
        const cv::Mat hidden = probe::heatMap(result);
        QVERIFY(pixelsOf(hidden, {0, 120, 230}) > 1000); // orange: the least
        QVERIFY(pixelsOf(hidden, {178, 114, 0}) > 1000); // blue: the most
        result.arrays = {{"gate_i", Array{{2, 2}, {0.0F, 1.0F, 0.0F, 0.0F}}}};
        const cv::Mat gate = probe::heatMap(result);
        QVERIFY(pixelsOf(gate, {107, 48, 8}) > 1000); // dark blue: 1
        QCOMPARE(pixelsOf(gate, {0, 120, 230}), 0);
    }

    void rolloutLiesAsAttentionDoes()
    {
        probe::ProbeResult result;
        result.steps = {"le", "chat"};
        // The second word looks at the first, never the other way round.
        result.arrays["rollout"] = {{2, 2}, {1.0F, 0.0F, 1.0F, 0.0F}};
        const cv::Mat picture = probe::heatMap(result);
        const cv::Mat left = picture.colRange(0, picture.cols / 3);
        const cv::Vec3b full(107, 48, 8);
        int top = picture.rows, bottom = 0, darkest = 0;
        for (int y = 0; y < picture.rows; ++y)
            for (int x = 0; x < picture.cols; ++x)
                if (picture.at<cv::Vec3b>(y, x) == full) {
                    top = std::min(top, y);
                    bottom = std::max(bottom, y);
                    darkest = std::max(darkest, x);
                }
        QVERIFY(bottom - top > 250);  // both rows of the first column
        QVERIFY(darkest < left.cols); // and nothing of the second
    }

    void lettersLoseTheirAccentsAlone()
    {
        QCOMPARE(probe::plainLetters("été ␣ l’œuf ↵"), std::string("ete _ l'oeuf \\n"));
        QCOMPARE(probe::plainLetters("日本"), std::string("??"));
        QCOMPARE(probe::plainLetters("abcdefgh", 4), std::string("abc~"));
    }

    void brokenNumbersDoNotStopIt()
    {
        probe::ProbeResult result;
        result.arrays["a"] = {{3}, {NAN, INFINITY, 1.0F}};
        result.arrays["b"] = {{1, 2}, {NAN, 0.0F}};
        result.arrays["c"] = {{}, {NAN}};
        result.arrays["d"] = {{0, 4}, {}};
        QVERIFY(!probe::heatMap(result).empty());
    }

    void aFolderThatIsNotThereIsAnError()
    {
        QVERIFY(!probe::saveHeatMap({}, "/nonexistent/a.png"));
    }
};

QTEST_GUILESS_MAIN(HeatMapTest)
#include "heat_map_test.moc"
