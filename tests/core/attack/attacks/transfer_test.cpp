// Transfer: goes where the other network's slope leads, in the victim's units, and asks this one
// for nothing but its answer.
#include "../asked_models.hpp"
#include "attack/objection.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/sign.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

/// A network whose unit of epsilon is `scale` data units.
class Scaled final : public attack::Classifier {
public:
    Scaled(at::Tensor w, double margin, at::Tensor scale)
        : m_network(twoClasses(w, margin)), m_scale(std::move(scale))
    {
    }
    at::Tensor logits(const at::Tensor &x) const override { return m_network(x * m_scale); }
    at::Device device() const override { return at::kCPU; }
    at::Tensor scale() const override { return m_scale; }

private:
    Asked::Function m_network;
    at::Tensor m_scale;
};

} // namespace

class TransferTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_w = at::randn({1, 1, 4, 4}, seeded(m_seed));
        m_x = at::rand({5, 1, 4, 4}, seeded(m_seed + 1)) * 0.2 + 0.4;
    }

    void itGoesInTheOthersDirectionExactly()
    {
        const Asked victim(twoClasses(at::randn({1, 1, 4, 4}, seeded(m_seed + 2)), 100.0), true);
        const Asked other(twoClasses(m_w, 5.0));
        for (const char *method : {"pgd", "mifgsm"}) {
            auto wished = options("transfer", Norm::Linf, 0.1, 20, m_seed);
            wished.parameters["method"] = std::string(method);
            auto batch = batchOf(victim, m_x, wished);
            batch.surrogate = &other;
            QVERIFY((attacked(batch) - (m_x - 0.1 * at::sign(m_w))).abs().max().item<double>()
                    < 1e-6);
        }
        auto round = options("transfer", Norm::L2, 0.1, 40, m_seed);
        round.parameters["method"] = std::string("mifgsm"); // which starts at the picture itself
        auto batch = batchOf(victim, m_x, round);
        batch.surrogate = &other;
        const at::Tensor along = m_x - 0.1 * m_w / m_w.norm();
        QVERIFY((attacked(batch) - along).abs().max().item<double>() < 1e-5);
    }

    void whatTheOtherGetsWrongAnywayIsPushedAllTheSame()
    {
        const Asked victim(twoClasses(m_w, 100.0), true);
        const Asked other(twoClasses(m_w, -50.0)); // takes everything for class 1
        const auto wished = options("transfer", Norm::Linf, 0.1, 20, m_seed);
        auto batch = batchOf(victim, m_x, wished);
        batch.surrogate = &other;
        QVERIFY((attacked(batch) - (m_x - 0.1 * at::sign(m_w))).abs().max().item<double>() < 1e-6);
    }

    void whatTheVictimGetsWrongStays()
    {
        const Asked victim(twoClasses(m_w, -100.0), true);
        const Asked other(twoClasses(m_w, 5.0));
        const auto wished = options("transfer", Norm::Linf, 0.1, 20, m_seed);
        auto batch = batchOf(victim, m_x, wished);
        batch.surrogate = &other;
        QVERIFY(attacked(batch).equal(m_x));
    }

    void unitsAreTheVictims()
    {
        // Both see the same data; a unit of the victim's second feature is 10 of the data's, one of
        // the other network's is 2. In data units both slopes are equal, in the victim's the second
        // is ten times the first.
        const Scaled victim(at::tensor({1.0F, 1.0F}), 100.0, at::tensor({1.0F, 10.0F}));
        const Scaled other(at::tensor({1.0F, 1.0F}), 5.0, at::tensor({2.0F, 2.0F}));
        auto wished = options("transfer", Norm::L2, 1.0, 40, m_seed);
        wished.parameters["method"] = std::string("mifgsm");
        auto batch = batchOf(victim, at::zeros({1, 2}), wished, false);
        batch.surrogate = &other;
        const at::Tensor x_adv = attacked(batch);
        QVERIFY(std::abs((x_adv[0][1] / x_adv[0][0]).item<double>() - 10.0) < 1e-3);
    }

    void whoLooksOnSeesTheVictimsAnswer()
    {
        const Asked victim(twoClasses(m_w, 100.0), true);
        const Asked other(twoClasses(m_w, 5.0));
        const auto wished = options("transfer", Norm::Linf, 0.1, 10, m_seed);
        auto batch = batchOf(victim, m_x.narrow(0, 0, 1), wished);
        batch.surrogate = &other;
        int told = 0;
        batch.watch = [&](std::int64_t, std::int64_t, const at::Tensor &x, const at::Tensor &logits,
                          const at::Tensor &) {
            QVERIFY((attack::logitsOf(batch, x) - logits).abs().max().item<double>() < 1e-4);
            ++told;
        };
        attacked(batch);
        QVERIFY(told >= 10);
    }

    void withoutASecondNetworkItSaysSo()
    {
        attack::Subject subject;
        subject.facts.input = graph::Shape::maps(1, 4, 4);
        subject.facts.classes = 2;
        const auto wished = options("transfer", Norm::Linf, 0.1, 10, m_seed);
        const auto wrong = attack::objection(subject, wished, {1, 4, 4});
        QVERIFY(wrong.has_value());
        QCOMPARE(wrong->what.id, std::string("attack.no_surrogate"));
        QVERIFY(sentence(*wrong, Language::English).find("--from RUN") != std::string::npos);
        subject.surrogate = std::make_shared<Asked>(twoClasses(m_w, 5.0));
        QVERIFY(!attack::objection(subject, wished, {1, 4, 4}));
    }

    void picturesAloneAreTurnedOrCovered()
    {
        attack::Subject subject;
        subject.facts.input = graph::Shape::vector(4);
        subject.facts.classes = 2;
        for (const char *name : {"spatial", "patch"}) {
            const auto wished = options(name, Norm::Linf, 0.1, 10, m_seed);
            const auto wrong = attack::objection(subject, wished, {4});
            QVERIFY(wrong && wrong->what.id == "attack.pictures_only");
        }
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_w; // (1, 1, 4, 4)
    at::Tensor m_x; // (5, 1, 4, 4)
};

QTEST_APPLESS_MAIN(TransferTest)
#include "transfer_test.moc"
