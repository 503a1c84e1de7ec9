// What the lab makes of attacks that break their word: it mends rounding, and nothing else.
#include "attack/lab_torch.hpp"

#include "small_models.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/ones_like.h>
#include <ATen/ops/zeros_like.h>

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

namespace {

constexpr int kSide = 4;
constexpr int kPixels = kSide * kSide;
constexpr double kEpsilon = 0.1;

using Move = std::function<at::Tensor(const attack::AttackBatch &)>;

/// Puts out whatever it is told to.
class Rogue final : public attack::Attack {
public:
    explicit Rogue(Move move) : m_move(std::move(move)) {}
    const attack::AttackDescription &description() const override
    {
        static const attack::AttackDescription description{
            .name = "rogue",
            .label = {},
            .help = {},
            .source = "",
            .norms = {Norm::Linf, Norm::L2, Norm::L1, Norm::L0}};
        return description;
    }
    at::Tensor run(const attack::AttackBatch &batch) const override { return m_move(batch); }
    at::Tensor smallest(const attack::AttackBatch &batch) const override { return m_move(batch); }

private:
    Move m_move;
};

/// `length` in `norm`, the same in every pixel; in L0 that many whole pixels.
at::Tensor movedBy(const attack::AttackBatch &batch, Norm norm, double length)
{
    at::Tensor move = at::zeros_like(batch.x);
    if (norm == Norm::L0) {
        move.view({-1}).slice(0, 0, static_cast<std::int64_t>(length)).fill_(0.25);
        return batch.x + move;
    }
    move = at::ones_like(batch.x);
    return batch.x + move * (length / attack::norms(move, norm).item<double>());
}

struct Outcome {
    std::optional<Error> error;
    attack::AttackResult result;

    std::string id() const { return error ? error->what.id : std::string(); }
};

Outcome outcome(const Move &move, Norm norm, double epsilon = kEpsilon,
                attack::Lab::Goal goal = attack::Lab::Goal::WithinEpsilon, float grey = 0.5F)
{
    const attack::Subject subject(small_models::linearOnPictures(
        kSide, kSide, std::vector<float>(2 * kPixels, 1.0F), {1.0F, 0.0F}));
    AttackOptions options;
    options.attack = "rogue";
    options.norm = norm;
    options.epsilon = epsilon;
    const Rogue rogue(move);
    attack::Lab lab(rogue, subject, options, true, {}, goal);
    Outcome seen;
    seen.error = lab.add({{1, 1, kSide, kSide}, std::vector<float>(kPixels, grey)}, {0});
    if (!seen.error) seen.result = lab.finish();
    return seen;
}

} // namespace

class LabLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void whoeverLeavesTheBallIsNamed_data()
    {
        QTest::addColumn<int>("norm");
        QTest::addColumn<double>("epsilon");
        QTest::addColumn<double>("beyond");
        QTest::newRow("linf") << int(Norm::Linf) << kEpsilon << 1.001 * kEpsilon;
        QTest::newRow("l2") << int(Norm::L2) << kEpsilon << 1.001 * kEpsilon;
        QTest::newRow("l1") << int(Norm::L1) << kEpsilon << 1.001 * kEpsilon;
        QTest::newRow("l0") << int(Norm::L0) << 3.0 << 4.0;
    }

    void whoeverLeavesTheBallIsNamed()
    {
        QFETCH(int, norm);
        QFETCH(double, epsilon);
        QFETCH(double, beyond);
        const auto in = static_cast<Norm>(norm);
        const auto by = [&](double length) {
            return outcome([&](const auto &batch) { return movedBy(batch, in, length); }, in,
                           epsilon);
        };
        QCOMPARE(by(epsilon).id(), std::string());
        const Outcome left = by(beyond);
        QCOMPARE(left.id(), std::string("attack.left_ball"));
        QCOMPARE(left.error->what.arguments.front(), std::string("rogue"));
    }

    void noAttackOfOursBreaksItsWord_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("norm");
        for (const attack::AttackDescription &known : attack::attacks()) {
            for (const Norm norm : known.norms)
                QTest::addRow("%s %s", known.name.c_str(), attack::name(norm).data())
                    << QString::fromStdString(known.name) << int(norm);
            if (known.norms.empty())
                QTest::addRow("%s", known.name.c_str())
                    << QString::fromStdString(known.name) << int(Norm::Linf);
        }
    }

    void noAttackOfOursBreaksItsWord()
    {
        QFETCH(QString, name);
        QFETCH(int, norm);
        AttackOptions options;
        options.attack = name.toStdString();
        options.norm = static_cast<Norm>(norm);
        options.steps = 5;
        const attack::AttackDescription &known = *attack::describedAttack(options.attack);
        // Pictures at the ends of the range, where there is room on one side alone.
        data::Samples pictures;
        pictures.sampleShape = {1, kSide, kSide};
        for (int i = 0; i < 3 * kPixels; ++i)
            pictures.bytes.push_back(static_cast<std::uint8_t>(i % 3 == 0 ? 0 : i % 5 * 63));
        pictures.labels.assign(3, 0);
        std::vector<float> weight;
        for (int i = 0; i < 3 * kPixels; ++i) weight.push_back(0.3F * std::sin(7.0F * float(i)));
        attack::Subject onPictures(
            small_models::linearOnPictures(kSide, kSide, weight, {0.5F, 0.0F, 0.1F}));
        onPictures.surrogate = onPictures.classifier;
        // Points far from the origin, where single precision is coarse.
        data::Samples points;
        points.sampleShape = {2};
        points.values = {5000.0F, -3.0F, 5010.0F, 4.0F};
        points.labels = {0, 1};
        attack::Subject onPoints(small_models::linearOnPoints({{5000.0F, 0.0F}, {10.0F, 3.0F}},
                                                              {1, -1, -1, 1}, {0.1F, 0}));
        onPoints.surrogate = onPoints.classifier;
        for (const double epsilon : {0.0, 0.3, 3.0}) {
            if (options.norm == Norm::Linf && epsilon > 1.0) continue;
            options.epsilon = options.norm == Norm::L0 ? 4.0 * epsilon : epsilon;
            const auto seen = attack::attackSamples(onPictures, pictures, {0, 1, 2}, options);
            QVERIFY2(bool(seen), seen ? "" : sentence(seen.error(), Language::English).c_str());
            if (known.norms.empty()) continue;
            const auto there = attack::attackSamples(onPoints, points, {0, 1}, options);
            QVERIFY2(bool(there), there ? "" : sentence(there.error(), Language::English).c_str());
        }
        if (!known.smallest) return;
        const auto nearest =
            attack::smallestPerturbations(onPictures, pictures, {0, 1, 2}, options);
        QVERIFY2(bool(nearest),
                 nearest ? "" : sentence(nearest.error(), Language::English).c_str());
    }

    void roundingIsTakenAway()
    {
        for (const Norm norm : {Norm::Linf, Norm::L2, Norm::L1}) {
            const Outcome seen = outcome(
                [&](const auto &batch) { return movedBy(batch, norm, (1.0 + 5e-5) * kEpsilon); },
                norm);
            QCOMPARE(seen.id(), std::string());
            QVERIFY(seen.result.max_norm <= kEpsilon && seen.result.max_norm > 0.999 * kEpsilon);
        }
    }

    void whoeverLeavesTheRangeIsNamed()
    {
        using Goal = attack::Lab::Goal;
        const auto over = [](double by) {
            return [by](const auto &batch) { return at::full_like(batch.x, 1.0 + by); };
        };
        for (const Goal goal : {Goal::WithinEpsilon, Goal::Smallest}) {
            QCOMPARE(outcome(over(0.01), Norm::Linf, kEpsilon, goal, 0.95F).id(),
                     std::string("attack.left_ball"));
            const Outcome rounded = outcome(over(5e-6), Norm::Linf, kEpsilon, goal, 0.95F);
            QCOMPARE(rounded.id(), std::string());
            QCOMPARE(rounded.result.x_adv.values.front(), 1.0F);
        }
    }

    void whatIsNoNumberIsCalledSo()
    {
        const Outcome seen = outcome(
            [](const auto &batch) {
                return at::full_like(batch.x, std::numeric_limits<double>::quiet_NaN());
            },
            Norm::Linf);
        QCOMPARE(seen.id(), std::string("attack.not_finite_attacked"));
    }
};

QTEST_GUILESS_MAIN(LabLimitsTest)
#include "lab_limits_test.moc"
