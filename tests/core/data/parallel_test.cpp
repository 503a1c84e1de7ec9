// Work on all cores: every index once, stopping, exceptions.
#include "data/parallel.hpp"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

using namespace ostrich::data;

class ParallelTest : public QObject {
    Q_OBJECT

private slots:
    void everyIndexIsWorkedOnOnce()
    {
        std::vector<std::atomic<int>> counts(1000);
        QVERIFY(forEachIndex(1000, [&](std::int64_t i) { ++counts[static_cast<std::size_t>(i)]; },
                             {}, {}));
        QVERIFY(std::ranges::all_of(counts, [](const auto &count) { return count == 1; }));
        QVERIFY(
            forEachIndex(0, [](std::int64_t) { throw std::logic_error("never called"); }, {}, {}));
    }

    void stoppingCutsItShort()
    {
        std::stop_source stop;
        std::atomic<int> done{0};
        const auto work = [&](std::int64_t) {
            if (++done == 20) stop.request_stop();
        };
        QVERIFY(!forEachIndex(1'000'000, work, {}, stop.get_token()));
        QVERIFY(done < 1000);
    }

    void anExceptionReachesTheCaller()
    {
        const auto work = [](std::int64_t i) {
            if (i == 7) throw std::runtime_error("seven");
        };
        QVERIFY_EXCEPTION_THROWN(forEachIndex(100, work, {}, {}), std::runtime_error);
    }

    void progressIsToldOnTheCallingThreadAndGrows()
    {
        std::vector<double> told;
        const auto caller = std::this_thread::get_id();
        bool elsewhere = false;
        const auto progress = [&](double fraction) {
            elsewhere |= std::this_thread::get_id() != caller;
            told.push_back(fraction);
        };
        const auto work = [](std::int64_t) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        };
        const auto cores = std::max(1U, std::thread::hardware_concurrency());
        QVERIFY(forEachIndex(30 * cores, work, progress, {})); // 300 ms, however many there are
        QVERIFY(!elsewhere);
        QVERIFY(told.size() >= 2);
        QVERIFY(std::ranges::is_sorted(told));
        QVERIFY(told.front() >= 0.0 && told.back() <= 1.0);
    }
};

QTEST_APPLESS_MAIN(ParallelTest)
#include "parallel_test.moc"
