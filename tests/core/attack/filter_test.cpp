// A network behind a filter: what it answers, which slope it shows, and the lesson of gradient
// masking; filters as they are written.
#include "asked_models.hpp"
#include "attack/filter_torch.hpp"
#include "small_models.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>

#include <QtTest>

#include <random>

using namespace ostrich;
using namespace asked_models;
using attack::Norm;

namespace {

std::string words(const Error &error)
{
    return sentence(error, Language::English);
}

at::Tensor filtered(const std::string &name, const at::Tensor &x)
{
    for (const auto &filter : attack::createAllFilters()) {
        if (filter->description().name == name)
            return filter->apply(x, graph::withDefaults({}, filter->description().parameters));
    }
    return {};
}

} // namespace

class FilterTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
        m_x = at::rand({6, 1, 8, 8}, seeded(m_seed));
        m_w = at::randn({1, 1, 8, 8}, seeded(m_seed + 1));
        m_plain.name = "plain";
        m_plain.classifier = std::make_shared<Asked>(twoClasses(m_w, 3.0));
        m_plain.facts = small_models::facts(graph::Shape::maps(1, 8, 8), 2);
    }

    void textsAreRead()
    {
        const auto plain = attack::filterFromText("jpeg");
        QVERIFY(plain && plain->filter == "jpeg" && plain->parameters.empty() && plain->adaptive);
        const auto full = attack::filterFromText("smoothing?kind=gaussian&radius=2&adaptive=0");
        QVERIFY2(full, "a filter with options");
        QCOMPARE(graph::text(full->parameters, "kind"), std::string("gaussian"));
        QCOMPARE(graph::integer(full->parameters, "radius"), std::int64_t{2});
        QVERIFY(!full->adaptive);
    }

    void wrongTextsAreToldInALine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("part");
        QTest::newRow("unknown") << "blur" << "smoothing";
        QTest::newRow("empty") << "" << "smoothing";
        QTest::newRow("options alone") << "?quality=5" << "smoothing";
        QTest::newRow("path") << "jpeg:FILE" << "jpeg:FILE";
        QTest::newRow("unknown option") << "jpeg?bits=3" << "quality";
        QTest::newRow("out of range") << "jpeg?quality=0" << "1 to 100";
        QTest::newRow("no number") << "bit_depth?bits=many" << "many";
        QTest::newRow("no truth") << "jpeg?adaptive=maybe" << "maybe";
        QTest::newRow("no value") << "jpeg?quality" << "quality";
    }
    void wrongTextsAreToldInALine()
    {
        QFETCH(QString, text);
        QFETCH(QString, part);
        const auto choice = attack::filterFromText(text.toStdString());
        QVERIFY(!choice);
        const QString line = QString::fromStdString(words(choice.error()));
        QVERIFY2(line.contains(part) && !line.contains('\n'), qPrintable(line));
    }

    void theNetworkSeesWhatTheFilterLeaves()
    {
        for (const attack::FilterDescription &filter : attack::filters()) {
            for (const bool adaptive : {true, false}) {
                const auto behind = attack::behindFilter(m_plain, {filter.name, {}, adaptive});
                QVERIFY(behind);
                QCOMPARE(behind->name, "plain, " + filter.name);
                QVERIFY(behind->facts == m_plain.facts && !behind->model);
                const at::Tensor expected = m_plain.classifier->logits(filtered(filter.name, m_x));
                QVERIFY(behind->classifier->logits(m_x).equal(expected));
                // With slopes on the values are the same.
                const at::Tensor leaf = m_x.clone().requires_grad_(true);
                QVERIFY(behind->classifier->logits(leaf).detach().equal(expected));
            }
        }
    }

    void slopesAreOneOrTheFiltersOwn()
    {
        const at::Tensor plain = slope(*m_plain.classifier);
        for (const char *name : {"jpeg", "bit_depth", "smoothing"}) {
            const auto knowing = attack::behindFilter(m_plain, {name, {}, true});
            QVERIFY(slope(*knowing->classifier).equal(plain));
        }
        for (const char *name : {"jpeg", "bit_depth"}) {
            const auto ignorant = attack::behindFilter(m_plain, {name, {}, false});
            QVERIFY(slope(*ignorant->classifier).eq(0.0).all().item<bool>());
        }
        // A linear filter's own slope: that of w·F(x) is F turned round, here F itself inside.
        const auto linear = attack::behindFilter(
            m_plain, {"smoothing", {{"kind", std::string("gaussian")}}, false});
        const at::Tensor own = slope(*linear->classifier);
        at::Tensor unit = at::zeros({1, 1, 8, 8});
        unit[0][0][4][4] = 1.0;
        const double there = (linear->classifier->logits(unit)
                              - linear->classifier->logits(at::zeros({1, 1, 8, 8})))[0][0]
                                 .item<double>();
        QVERIFY(std::abs(own[0][0][4][4].item<double>() - there) < 1e-5);
        QVERIFY(!own.equal(plain));
    }

    void aMaskedSlopeFoolsTheAttackAndNotTheOneWhoKnows()
    {
        // On a level of 3 bits. Random noise changes the margin by about 1 (|w|_2 is near 8), the
        // worst of the ball by more than 10.
        const at::Tensor x = at::full({4, 1, 8, 8}, 3.0 / 7.0);
        attack::Subject subject = m_plain;
        const double margin = 6.0 - 3.0 / 7.0 * m_w.sum().item<double>();
        subject.classifier = std::make_shared<Asked>(twoClasses(m_w, margin));
        auto wished = options("pgd", Norm::Linf, 0.25, 40, m_seed);
        const auto share = [&](const attack::Classifier &network, const at::Tensor &start) {
            const auto batch = batchOf(network, start, wished);
            return attack::fooled(batch, attack::logitsOf(batch, attacked(batch)))
                .to(at::kFloat)
                .mean()
                .item<double>();
        };
        const auto knowing = attack::behindFilter(subject, {"bit_depth", {}, true});
        const auto ignorant = attack::behindFilter(subject, {"bit_depth", {}, false});
        QCOMPARE(share(*knowing->classifier, x), 1.0);
        // Without a slope it stands where its random start was put, or where it came from.
        at::Generator generator = seeded(m_seed);
        const at::Tensor start = x + attack::randomInBall(x, Norm::Linf, 0.25, generator);
        const at::Tensor found = attacked(batchOf(*ignorant->classifier, x, wished));
        const at::Tensor atStart = (found - start).abs().flatten(1).amax(1) < 1e-6;
        const at::Tensor atHome = (found == x).flatten(1).all(1);
        QVERIFY(atStart.logical_or(atHome).all().item<bool>());
        QCOMPARE(share(*ignorant->classifier, x), 0.0);
    }

    void pointsHaveNoFilterAndWrongParametersAreNamed()
    {
        attack::Subject points = m_plain;
        points.facts = small_models::facts(graph::Shape::vector(4), 2);
        const auto none = attack::behindFilter(points, {"jpeg", {}, true});
        QVERIFY(!none && words(none.error()).find("picture") != std::string::npos);
        QVERIFY(!attack::behindFilter(m_plain, {"jpeg", {{"quality", std::int64_t{0}}}, true}));
        QVERIFY(!attack::behindFilter(m_plain, {"blur", {}, true}));
    }

    void scaleBatchAndDeviceAreTheNetworks()
    {
        class Small final : public attack::Classifier {
        public:
            at::Tensor logits(const at::Tensor &x) const override { return x.flatten(1); }
            at::Tensor probabilities(const at::Tensor &logits) const override
            {
                return logits * 2.0;
            }
            at::Device device() const override { return at::kCPU; }
            at::ScalarType dtype() const override { return at::kDouble; }
            std::int64_t largestBatch(std::int64_t wanted) const override
            {
                return std::min<std::int64_t>(wanted, 7);
            }
        };
        attack::Subject subject = m_plain;
        subject.classifier = std::make_shared<Small>();
        const auto behind = attack::behindFilter(subject, {"bit_depth", {}, true});
        QCOMPARE(behind->classifier->largestBatch(100), std::int64_t{7});
        QVERIFY(behind->classifier->dtype() == at::kDouble);
        QVERIFY(!behind->classifier->scale().defined());
        QVERIFY(behind->classifier->probabilities(m_x).equal(m_x * 2.0));
    }

private:
    std::uint64_t m_seed = 0;
    at::Tensor m_x, m_w;
    attack::Subject m_plain;

    /// Of the first logit, at m_x.
    at::Tensor slope(const attack::Classifier &network) const
    {
        const auto wished = options("pgd", Norm::Linf, 0.1, 1, m_seed);
        const auto batch = batchOf(network, m_x, wished);
        return attack::ascend(batch, m_x,
                              [](const at::Tensor &logits) { return logits.select(1, 0); })
            .gradient;
    }
};

QTEST_APPLESS_MAIN(FilterTest)
#include "filter_test.moc"
