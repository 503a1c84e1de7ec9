// The schedules against tables: PyTorch's OneCycleLR, and half a cosine by hand.
#include "train/schedule.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;

class ScheduleTest : public QObject {
    Q_OBJECT

private slots:
    void givesTheTabledFactor_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<int>("warmup");
        QTest::addColumn<int>("step");
        QTest::addColumn<double>("factor"); // of 100 steps
        QTest::newRow("constant") << "constant" << 0 << 57 << 1.0;
        QTest::newRow("warm-up, first") << "constant" << 10 << 0 << 0.1;
        QTest::newRow("warm-up, last") << "constant" << 10 << 9 << 1.0;
        QTest::newRow("after warm-up") << "constant" << 10 << 10 << 1.0;
        QTest::newRow("cosine, first") << "cosine" << 0 << 0 << 1.0;
        QTest::newRow("cosine, third") << "cosine" << 0 << 33 << 0.5 * (1 + std::cos(M_PI * 0.33));
        QTest::newRow("cosine, half") << "cosine" << 0 << 50 << 0.5;
        QTest::newRow("cosine, end") << "cosine" << 0 << 100 << 0.0;
        QTest::newRow("cosine, past the end") << "cosine" << 0 << 130 << 0.0;
        QTest::newRow("cosine after warm-up") << "cosine" << 20 << 60 << 0.5;
        QTest::newRow("cosine in warm-up") << "cosine" << 20 << 4 << 0.25;
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100)
        QTest::newRow("one cycle, first") << "one-cycle" << 0 << 0 << 0.04;
        QTest::newRow("one cycle, rising") << "one-cycle" << 0 << 10 << 0.29516394846;
        QTest::newRow("one cycle, top") << "one-cycle" << 0 << 29 << 1.0;
        QTest::newRow("one cycle, half-way down") << "one-cycle" << 0 << 64 << 0.5000020000;
        QTest::newRow("one cycle, end") << "one-cycle" << 0 << 99 << 4e-6;
        QTest::newRow("one cycle, past the end") << "one-cycle" << 0 << 150 << 4e-6;
    }

    void givesTheTabledFactor()
    {
        QFETCH(QString, schedule);
        QFETCH(int, warmup);
        QFETCH(int, step);
        QFETCH(double, factor);
        project::Recipe recipe;
        recipe.schedule = schedule.toStdString();
        recipe.warmup_steps = warmup;
        const double got = train::scheduleFactor(recipe, step, 100);
        QVERIFY2(std::abs(got - factor) < 1e-9, qPrintable(QString::number(got, 'g', 12)));
    }

    void staysInRangeForAnyLength()
    {
        for (const char *name : {"constant", "cosine", "one-cycle"}) {
            project::Recipe recipe;
            recipe.schedule = name;
            for (const int total : {0, 1, 2, 3, 4, 7, 10}) {
                for (int step = 0; step <= total + 2; ++step) {
                    const double factor = train::scheduleFactor(recipe, step, total);
                    QVERIFY(factor >= 0.0 && factor <= 1.0);
                }
            }
        }
    }

    void plannedStepsMindTheLimit()
    {
        project::Recipe recipe;
        recipe.epochs = 4;
        QCOMPARE(train::plannedSteps(recipe, 25), std::int64_t{100});
        recipe.max_steps = 60;
        QCOMPARE(train::plannedSteps(recipe, 25), std::int64_t{60});
        recipe.max_steps = 600;
        QCOMPARE(train::plannedSteps(recipe, 25), std::int64_t{100});
    }
};

QTEST_APPLESS_MAIN(ScheduleTest)
#include "schedule_test.moc"
