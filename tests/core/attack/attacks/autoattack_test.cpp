// AutoAttack against its members, on networks of several kinds.
#include "../known_distances.hpp"

#include <ATen/ops/relu.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace known_distances;

namespace {

/// Two layers of random weights; counts the samples it is asked about.
class Small : public attack::Classifier {
public:
    Small(RandomStream &random, std::int64_t classes)
        : m_first(normals(random, {24, 16})), m_second(normals(random, {classes, 24}))
    {
    }
    at::Tensor logits(const at::Tensor &x) const override
    {
        m_asked += x.size(0);
        return at::matmul(at::relu(at::matmul(x.flatten(1) - 0.5, m_first.t())), m_second.t());
    }
    at::Device device() const override { return at::kCPU; }
    std::int64_t asked() const { return m_asked; }

private:
    at::Tensor m_first;
    at::Tensor m_second;
    mutable std::int64_t m_asked = 0;
};

at::Tensor stillRight(const attack::AttackBatch &batch, const at::Tensor &x)
{
    return attack::fooled(batch, attack::logitsOf(batch, x)).logical_not();
}

} // namespace

class AutoattackTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void itNeverLeavesMoreRightThanAnyMember_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<double>("epsilon");
        QTest::addColumn<int>("classes");
        QTest::addRow("linf") << static_cast<int>(Norm::Linf) << 0.06 << 5;
        QTest::addRow("l2") << static_cast<int>(Norm::L2) << 0.2 << 5;
        QTest::addRow("three classes") << static_cast<int>(Norm::Linf) << 0.06 << 3;
        QTest::addRow("two classes") << static_cast<int>(Norm::Linf) << 0.06 << 2;
    }

    void itNeverLeavesMoreRightThanAnyMember()
    {
        QFETCH(const int, norm);
        QFETCH(const double, epsilon);
        QFETCH(const int, classes);
        RandomStream random(m_seed, "members");
        const Small network(random, classes);
        const at::Tensor x = pictures(random, {24, 1, 4, 4});
        const auto options = optionsOf("autoattack", static_cast<Norm>(norm), epsilon);
        const auto batch = batchOf(network, x, true, options);
        const at::Tensor found = attack::findAttack("autoattack")->run(batch);
        QVERIFY(lengths(batch, found).max().item<double>() <= epsilon);
        QVERIFY(found.min().item<double>() >= 0.0 && found.max().item<double>() <= 1.0);
        const auto left = stillRight(batch, found).sum().item<std::int64_t>();
        constexpr std::int64_t kLuck = 2; // of 24
        for (const char *member : {"apgd-ce", "apgd-t", "fab-t", "square"}) {
            const auto own = optionsOf(member, static_cast<Norm>(norm), epsilon);
            const auto alone = batchOf(network, x, true, own);
            const at::Tensor by = stillRight(alone, attack::findAttack(member)->run(alone));
            // Alone it starts elsewhere: on the edge luck is worth a picture.
            QVERIFY2(left <= by.sum().item<std::int64_t>() + kLuck, member);
        }
    }

    void onceNothingIsLeftTheOthersAreNotAsked()
    {
        // So large a ball that the first member fools all of it at once.
        RandomStream random(m_seed, "skipped");
        const Small network(random, 5);
        const auto options = optionsOf("autoattack", Norm::Linf, 1.0);
        const auto batch = batchOf(network, pictures(random, {10, 1, 4, 4}), true, options);
        const std::int64_t before = network.asked();
        const at::Tensor found = attack::findAttack("autoattack")->run(batch);
        QVERIFY(!stillRight(batch, found).any().item<bool>());
        // Square alone would ask 5,000 times of each sample that is still right.
        QVERIFY(network.asked() - before < 10 * 1'000);
    }

    void theSeedDecidesAndStepsAreToldOneAfterTheOther()
    {
        RandomStream random(m_seed, "told");
        const Small network(random, 4);
        const auto options = optionsOf("autoattack", Norm::Linf, 1e-4);
        // The surest of several is never fooled in so small a ball: all steps are walked.
        const at::Tensor several = pictures(random, {20, 1, 4, 4});
        const auto surest =
            attack::lossOf(batchOf(network, several, true, options), network.logits(several))
                .argmin()
                .item<std::int64_t>();
        const at::Tensor x = several.slice(0, surest, surest + 1);
        std::int64_t next = 0;
        bool isInOrder = true;
        const auto attacked = [&] {
            auto batch = batchOf(network, x, true, options);
            batch.watch = [&](std::int64_t step, std::int64_t, const at::Tensor &,
                              const at::Tensor &, const at::Tensor &) {
                isInOrder = isInOrder && (step >= next || next == 0);
                next = step + 1;
            };
            return attack::findAttack("autoattack")->run(batch);
        };
        const at::Tensor first = attacked();
        QVERIFY(isInOrder);
        QVERIFY2(next > 300, qPrintable(QString::number(next)));
        next = 0;
        QVERIFY(first.equal(attacked()));
    }

    void whatIsWrongAlreadyStays()
    {
        const Linear flat(at::zeros({5, 4}), at::zeros({5}));
        const auto options = optionsOf("autoattack", Norm::L2, 0.5);
        auto batch = batchOf(flat, at::full({2, 4}, 0.5), true, options);
        batch.y.fill_(2); // where the network says 0
        QVERIFY(attack::findAttack("autoattack")->run(batch).equal(batch.x));
    }

    void aStopComesBackAtOnce()
    {
        RandomStream random(m_seed, "stop");
        const Small network(random, 4);
        const auto options = optionsOf("autoattack", Norm::Linf, 0.01);
        std::stop_source source;
        source.request_stop();
        auto batch = batchOf(network, pictures(random, {5, 1, 4, 4}), true, options);
        batch.stop = source.get_token();
        QVERIFY(attack::findAttack("autoattack")->run(batch).equal(batch.x));
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(AutoattackTest)
#include "autoattack_test.moc"
