// The machine's facts, its devices, and each kind's self-check on it.
#include "engine/machine.hpp"
#include "engine/selfcheck.hpp"

#include <ATen/Context.h>

#include <QTest>

#include <algorithm>
#include <fstream>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

using namespace ostrich;

class MachineTest : public QObject {
    Q_OBJECT

private slots:
    void factsAreFilledIn()
    {
        const engine::MachineFacts facts = engine::machineFacts();
        QVERIFY(facts.torchVersion.starts_with("2."));
        QVERIFY(facts.blas != "unknown" && !facts.capability.empty());
        QVERIFY(facts.cores >= 1 && facts.torchThreads >= 1);
        QVERIFY(facts.availableBytes > 0 && facts.availableBytes <= facts.totalBytes);
        qInfo("%s, %s, %s, %s, %d cores", facts.torchVersion.c_str(), facts.blas.c_str(),
              facts.cpu.c_str(), facts.capability.c_str(), facts.cores);
    }

    void devicesResolve()
    {
        const auto all = engine::devices();
        QCOMPARE(all.front().name, std::string("cpu"));
        QCOMPARE(*engine::resolveDevice("cpu"), std::string("cpu"));
        QCOMPARE(*engine::resolveDevice("auto"),
                 all.size() > 1 ? std::string("cuda:0") : std::string("cpu"));
        for (const char *wrong : {"", "gpu", "cuda:99", "cuda:-1", "cuda:x", "cpu:7"}) {
            const auto refused = engine::resolveDevice(wrong);
            QVERIFY2(!refused && refused.error().where == wrong, wrong);
        }
    }

    void aGpuComputesInFullPrecision()
    {
        at::globalContext().setAllowTF32CuDNN(true); // as it is by default
        (void)engine::resolveDevice("auto");
        QVERIFY(!at::globalContext().allowTF32CuDNN());
    }

    void threadCountIsTaken()
    {
        const int before = engine::machineFacts().torchThreads;
        engine::setThreadCount(1);
        QCOMPARE(engine::machineFacts().torchThreads, 1);
        engine::setThreadCount(before);
    }

    void anotherThreadsCountDoesNotReplaceIt()
    {
        int later = 0;
        std::thread([&] {
            engine::setThreadCount(2);
            std::thread([] { engine::setThreadCount(1); }).join();
            later = engine::machineFacts().torchThreads;
        }).join();
        QCOMPARE(later, 2);
    }

    void threadsWaitShortly()
    {
        QVERIFY2(engine::shortWaits() || qEnvironmentVariableIsSet("GOMP_SPINCOUNT")
                     || qEnvironmentVariableIsSet("OMP_WAIT_POLICY"),
                 "the program did not start anew with its own setting");
    }

    void everyKindPassesItsSelfCheck()
    {
        for (const engine::Device &device : engine::devices()) {
            const auto checks = engine::selfcheck(device.name);
            QVERIFY(checks.size() >= 17);
            for (const engine::KindCheck &check : checks) {
                qInfo("%s %s: outputs %.1e gradients %.1e (%s)", device.name.c_str(),
                      check.kind.c_str(), check.max_output_difference,
                      check.max_gradient_difference, check.note.c_str());
                QVERIFY2(check.ok, check.kind.c_str());
            }
        }
        QVERIFY(std::ranges::none_of(engine::selfcheck("cuda:99"), &engine::KindCheck::ok));
    }

    void aLimitOnTheProcessCountsAsMemory()
    {
        const std::int64_t unlimited = engine::availableBytes();
        QVERIFY(unlimited > 0);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        std::int64_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        const std::int64_t left = 100'000'000;
        const rlimit tight{static_cast<rlim_t>(pages * ::sysconf(_SC_PAGESIZE) + left),
                           before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_AS, &tight), 0);
        const std::int64_t limited = engine::availableBytes();
        QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
        QVERIFY(limited <= left && limited > left / 2);
    }
};

QTEST_APPLESS_MAIN(MachineTest)
#include "machine_test.moc"
