// The bars of what comes next, shaped by the temperature.
#include "inside/next_token_bars.hpp"

#include "../model/own_home.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace ostrich::ui;

namespace {

/// Four specials, and letters whose logits fall by one each.
constexpr int kLetters = 20;

std::vector<float> logits()
{
    std::vector<float> all{50.0F, 50.0F, 50.0F, -50.0F};
    for (int i = 0; i < kLetters; ++i) all.push_back(static_cast<float>(-i));
    return all;
}

QStringList names()
{
    QStringList all{"<pad>", "<unknown>", "<begin>", "<end>"};
    for (int i = 0; i < kLetters; ++i) all << QString(QChar(u'a' + i));
    return all;
}

double sum(const std::vector<NextTokenBars::Row> &rows)
{
    double all = 0.0;
    for (const auto &row : rows) all += row.share;
    return all;
}

} // namespace

class NextTokenBarsTest : public QObject {
    Q_OBJECT

private slots:
    void tenAndTheOthers()
    {
        NextTokenBars bars;
        bars.setLogits(logits(), names());
        QCOMPARE(bars.rows().size(), std::size_t{11});
        QCOMPARE(bars.rows()[0].name, QStringLiteral("a"));
        QCOMPARE(bars.rows()[9].name, QStringLiteral("j"));
        QCOMPARE(bars.rows()[10].token, -1);
        QVERIFY(std::abs(sum(bars.rows()) - 1.0) < 1e-12);
        // A geometric series, but for the end, which is next to nothing.
        const double first = (1.0 - std::exp(-1.0)) / (1.0 - std::exp(-kLetters));
        QVERIFY(std::abs(bars.rows()[0].share - first) < 1e-9);
        bars.setLogits({}, names());
        QVERIFY(bars.rows().empty());
    }

    void theTemperatureShapesThemInPlace()
    {
        NextTokenBars bars;
        bars.setLogits(logits(), names());
        const auto before = bars.rows();
        bars.setTemperature(2.0);
        for (std::size_t i = 0; i < 10; ++i) {
            QCOMPARE(bars.rows()[i].token, before[i].token);
            QCOMPARE(bars.rows()[i].unheated, before[i].share);
        }
        QVERIFY(bars.rows()[0].share < before[0].share);
        QVERIFY(std::abs(bars.rows()[1].share / bars.rows()[0].share - std::exp(-0.5)) < 1e-9);
        QVERIFY(std::abs(sum(bars.rows()) - 1.0) < 1e-12);
        bars.setTemperature(0.0);
        QCOMPARE(bars.rows()[0].share, 1.0);
        QCOMPARE(bars.rows()[1].share, 0.0);
    }

    void aBarIsClicked()
    {
        NextTokenBars bars;
        bars.setLogits(logits(), names());
        bars.resize(bars.sizeHint());
        bars.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bars));
        QSignalSpy chosen(&bars, &NextTokenBars::tokenChosen);
        QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.rowRect(2).center().toPoint());
        QTest::mouseClick(&bars, Qt::LeftButton, {}, bars.rowRect(10).center().toPoint());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<std::int32_t>(), 6);
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    NextTokenBarsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "next_token_bars_test.moc"
