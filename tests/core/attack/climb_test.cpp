// What all attacks along the gradient promise: the ball and the range, strength, seeds, those that
// leave, and a stop.
#include "attack/attack_torch.hpp"
#include "base/random.hpp"
#include "small_models.hpp"

#include <ATen/ops/argmax.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/tanh.h>

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <utility>

using namespace ostrich;
using attack::AttackBatch;
using attack::AttackOptions;
using attack::Norm;

namespace {

constexpr std::int64_t kSide = 6;
constexpr std::int64_t kPixels = kSide * kSide;
constexpr std::int64_t kClasses = 5;

/// Two random layers with a bend between them, which count what they are asked.
class Bent final : public attack::Classifier {
public:
    explicit Bent(at::Generator generator, double scale = 1.0)
        : m_first(at::randn({kPixels, 24}, generator) * 0.7),
          m_second(at::randn({24, kClasses}, generator) * scale)
    {
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        asked += x.size(0);
        ++calls;
        if (onCall) onCall();
        const at::Tensor hidden = at::matmul(x.reshape({x.size(0), -1}) - 0.5, m_first);
        return at::matmul(at::tanh(hidden) + 0.3 * at::relu(hidden), m_second);
    }
    at::Device device() const override { return at::kCPU; }

    mutable std::int64_t asked = 0, calls = 0;
    std::function<void()> onCall;

private:
    at::Tensor m_first, m_second;
};

double epsilonOf(Norm norm)
{
    return norm == Norm::Linf ? 0.05 : norm == Norm::L2 ? 0.25 : 1.0;
}

struct Setting {
    Bent network;
    at::Tensor x, y;
    AttackOptions options = {};

    AttackBatch batch(std::stop_token stop = {}) const
    {
        return {.classifier = network,
                .x = x,
                .y = y,
                .options = options,
                .generator = at::make_generator<at::CPUGeneratorImpl>(options.seed),
                .stop = std::move(stop)};
    }
    at::Tensor attacked(const std::string &name) const
    {
        return attack::findAttack(name)->run(batch());
    }
    at::Tensor fooled(const at::Tensor &x_adv) const
    {
        return attack::fooled(batch(), network.logits(x_adv));
    }
    double meanLoss(const at::Tensor &x_adv) const
    {
        return attack::lossOf(batch(), network.logits(x_adv)).mean().item<double>();
    }
};

/// 64 random pictures, some values at the range's ends, that the network gets right.
Setting setting(std::uint64_t seed, const QString &attack, int norm, double scale = 1.0)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    Setting made{.network = Bent(generator, scale), .x = {}, .y = {}};
    made.x = (at::rand({64, 1, kSide, kSide}, generator) * 1.4 - 0.2).clamp(0.0, 1.0);
    made.y = at::argmax(made.network.logits(made.x), 1);
    made.options.attack = attack.toStdString();
    made.options.norm = static_cast<Norm>(norm);
    made.options.epsilon = epsilonOf(made.options.norm);
    made.options.seed = seed;
    return made;
}

std::int64_t count(const at::Tensor &flags)
{
    return flags.sum().item<std::int64_t>();
}

} // namespace

class ClimbTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void theyStayInsideAndFindMoreThanNoise_data() { everyAttackInEveryNorm(); }
    void theyStayInsideAndFindMoreThanNoise()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        const Setting made = setting(m_seed, name, norm);
        const double epsilon = made.options.epsilon;
        const at::Tensor found = made.attacked(made.options.attack);
        const at::Tensor noise = made.attacked("noise");
        const at::Tensor length =
            attack::norms(found.to(at::kDouble) - made.x.to(at::kDouble), static_cast<Norm>(norm));
        QVERIFY(length.max().item<double>() <= epsilon);
        QVERIFY(found.min().item<double>() >= 0.0 && found.max().item<double>() <= 1.0);
        QVERIFY(count(made.fooled(found)) >= count(made.fooled(noise)));
        QVERIFY(made.meanLoss(found) > made.meanLoss(noise));
    }

    void manyStepsFindMoreThanOne_data() { everyAttackInEveryNorm(); }
    void manyStepsFindMoreThanOne()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        const Setting made = setting(m_seed, name, norm);
        const std::int64_t single = count(made.fooled(made.attacked("fgsm")));
        const std::int64_t many = count(made.fooled(made.attacked(made.options.attack)));
        // Of 64, one long step may land beyond a bend by luck: seldom more than two. Beside another
        // loss than its own, several.
        const std::int64_t luck = name == "apgd-dlr" ? 12 : 6;
        QVERIFY2(many >= single - luck,
                 qPrintable(QString("%1, one step %2").arg(many).arg(single)));
        QVERIFY2(many > 0, "epsilon is so small that the test says nothing");
    }

    void aSeedAlwaysGivesTheSameBits_data() { everyAttackInEveryNorm(); }
    void aSeedAlwaysGivesTheSameBits()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        made.options.steps = 7;
        const at::Tensor first = made.attacked(made.options.attack);
        QVERIFY(first.equal(made.attacked(made.options.attack)));
        ++made.options.seed;
        const bool isRandom = name.startsWith("apgd") || name == "pgd";
        QCOMPARE(first.equal(made.attacked(made.options.attack)), !isRandom);
    }

    void thoseFooledLeaveWhereNoMoreIsAsked_data() { everyAttackInEveryNorm(); }
    void thoseFooledLeaveWhereNoMoreIsAsked()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        const at::Tensor worst = made.fooled(made.attacked(made.options.attack));
        const std::int64_t asked = std::exchange(made.network.asked, 0);
        made.options.untilFooled = true;
        const at::Tensor enough = made.fooled(made.attacked(made.options.attack));
        // The others walk on as if they were alone, but for the rounding of smaller batches.
        QVERIFY(count(worst) > 0 && std::abs(count(worst) - count(enough)) <= 2);
        QVERIFY2(made.network.asked < asked,
                 qPrintable(QString("%1 of %2").arg(made.network.asked).arg(asked)));
    }

    void samplesAlreadyWrongStayAsTheyAre_data() { everyAttackInEveryNorm(); }
    void samplesAlreadyWrongStayAsTheyAre()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        made.options.steps = 3;
        made.y.slice(0, 0, 20).copy_((made.y.slice(0, 0, 20) + 1) % kClasses);
        const at::Tensor found = made.attacked(made.options.attack);
        QVERIFY(found.slice(0, 0, 20).equal(made.x.slice(0, 0, 20)));
    }

    void aTargetIsReachedOrNeared_data() { everyAttackInEveryNorm(); }
    void aTargetIsReachedOrNeared()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        made.options.epsilon *= 10.0;
        made.options.target = 2;
        const at::Tensor found = made.attacked(made.options.attack);
        QVERIFY(count(made.fooled(found)) >= 48);
        QVERIFY(made.meanLoss(found) > made.meanLoss(made.x));
    }

    void aStopComesBackWithinAFewSteps_data() { everyAttackInEveryNorm(); }
    void aStopComesBackWithinAFewSteps()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        made.options.epsilon *= 0.01; // nothing is fooled before
        made.options.steps = 1'000'000'000;
        std::stop_source source;
        made.network.onCall = [&] {
            if (made.network.calls >= 6) source.request_stop();
        };
        made.network.calls = 0;
        const at::Tensor found =
            attack::findAttack(made.options.attack)->run(made.batch(source.get_token()));
        QVERIFY(made.network.calls <= 9);
        QCOMPARE(found.sizes(), made.x.sizes());
    }

    void withoutASlopeNothingBreaks_data() { everyAttackInEveryNorm(); }
    void withoutASlopeNothingBreaks()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        // All logits are 0 everywhere; the labels are what argmax says then.
        Setting made = setting(m_seed, name, norm, 0.0);
        const at::Tensor found = made.attacked(made.options.attack);
        QVERIFY(at::isfinite(found).all().item<bool>());
        QVERIFY(attack::norms(found - made.x, static_cast<Norm>(norm)).max().item<double>()
                <= made.options.epsilon * (1.0 + 1e-6));
    }

    void whoLooksOnSeesEveryStepInOrder_data() { everyAttackInEveryNorm(); }
    void whoLooksOnSeesEveryStepInOrder()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        Setting made = setting(m_seed, name, norm);
        // The surest picture in a tiny ball is never fooled: all is walked.
        const auto surest =
            attack::lossOf(made.batch(), made.network.logits(made.x)).argmin().item<std::int64_t>();
        made.x = made.x.slice(0, surest, surest + 1);
        made.y = made.y.slice(0, surest, surest + 1);
        made.options.epsilon *= 0.01;
        made.options.restarts = 2;
        made.options.steps = 10;
        std::vector<std::int64_t> seen;
        std::int64_t planned = 0;
        AttackBatch batch = made.batch();
        batch.watch = [&](std::int64_t step, std::int64_t steps, const at::Tensor &x,
                          const at::Tensor &logits, const at::Tensor &loss) {
            seen.push_back(step);
            planned = steps;
            QVERIFY(x.size(0) == 1 && logits.size(1) == kClasses && loss.numel() == 1);
        };
        attack::findAttack(made.options.attack)->run(batch);
        QCOMPARE(std::ssize(seen), planned + 1);
        for (std::int64_t i = 0; i <= planned; ++i) QCOMPARE(seen[std::size_t(i)], i);
    }

private:
    static void everyAttackInEveryNorm()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("norm");
        for (const char *name : {"bim", "mifgsm", "pgd", "apgd-ce", "apgd-dlr", "apgd-t"}) {
            for (const Norm norm : attack::describedAttack(name)->norms)
                QTest::addRow("%s %s", name, std::string(attack::name(norm)).c_str())
                    << name << int(norm);
        }
    }

    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(ClimbTest)
#include "climb_test.moc"
