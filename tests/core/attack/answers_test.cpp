// What a network says of pictures that are kept, and the smallest perturbations of linear networks,
// which are known.
#include "attack/answers.hpp"
#include "small_models.hpp"

#include <QtTest>

#include <cmath>

using namespace ostrich;
using attack::Norm;

namespace {

std::string words(const Error &error)
{
    return sentence(error, Language::English);
}

/// Two pictures of 2 by 1; class 0 where the left pixel is the brighter one.
engine::ModelHandle leftOrRight()
{
    return small_models::linearOnPictures(1, 2, {1.0F, 0.0F, 0.0F, 1.0F}, {0.0F, 0.0F});
}

data::Samples samplesOf(const std::vector<std::uint8_t> &bytes,
                        const std::vector<std::int32_t> &labels)
{
    data::Samples samples;
    samples.sampleShape = {1, 1, 2};
    samples.bytes = bytes;
    samples.labels = labels;
    return samples;
}

} // namespace

class AnswersTest : public QObject {
    Q_OBJECT

private slots:
    void answersAreTheNetworks()
    {
        const Array x{{3, 1, 1, 2}, {0.9F, 0.1F, 0.2F, 0.3F, 0.5F, 0.25F}};
        const auto answers = attack::answersOf(leftOrRight(), x);
        QVERIFY2(bool(answers), answers ? "" : words(answers.error()).c_str());
        QCOMPARE(answers->classes, (std::vector<std::int64_t>{0, 1, 0}));
        QCOMPARE(answers->probabilities.shape, (std::vector<std::int64_t>{3, 2}));
        const double expected = 1.0 / (1.0 + std::exp(-0.25));
        QVERIFY(std::abs(static_cast<double>(answers->probabilities.values[4]) - expected) < 1e-6);
        QVERIFY(!attack::answersOf(leftOrRight(), Array{{1, 1, 2, 1}, {0.0F, 1.0F}}));
        QVERIFY(!attack::answersOf(leftOrRight(), Array{{1, 1, 1, 2}, {std::nanf(""), 1.0F}}));
    }

    void eightBitsAreTheNearestLevels()
    {
        const Array x{{1, 1, 1, 4}, {0.0F, 1.0F, 0.4F / 255.0F, 100.6F / 255.0F}};
        QCOMPARE(attack::quantised(x).values,
                 (std::vector<float>{0.0F, 1.0F, 0.0F, 101.0F / 255.0F}));
    }

    void distancesCountPixelsNotChannels()
    {
        // Two channels of two pixels; the second pixel moves in both.
        const Array x{{1, 2, 1, 2}, {0.0F, 0.0F, 0.0F, 0.0F}};
        const Array moved{{1, 2, 1, 2}, {0.0F, 0.5F, 0.0F, -0.25F}};
        QCOMPARE(attack::distances(x, moved, Norm::Linf), std::vector<double>{0.5});
        QCOMPARE(attack::distances(x, moved, Norm::L1), std::vector<double>{0.75});
        QCOMPARE(attack::distances(x, moved, Norm::L2), std::vector<double>{std::sqrt(0.3125)});
        QCOMPARE(attack::distances(x, moved, Norm::L0), std::vector<double>{1.0});
    }

    void whatRoundingUndoesIsCounted()
    {
        // All of class 0. The first is fooled by far, the second by less than half a level, the
        // third is not, the fourth was wrong before.
        const float level = 1.0F / 255.0F;
        const Array x{{4, 1, 1, 2},
                      {100 * level, 90 * level, 100 * level, 99 * level, 100 * level, 90 * level,
                       90 * level, 100 * level}};
        const Array moved{{4, 1, 1, 2},
                          {90 * level, 100 * level, 100 * level, 100.3F * level, 100 * level,
                           91 * level, 90 * level, 100 * level}};
        const auto found = attack::verified(leftOrRight(), x, moved, {0, 0, 0, 0}, Norm::Linf);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QCOMPARE(found->fooled, 2);
        QCOMPARE(found->fooled_quantised, 1);
        QCOMPARE(found->accuracy_quantised, 0.5);
        QVERIFY(std::abs(found->max_norm - 10.0 / 255.0) < 1e-6);
        QCOMPARE(found->after, (std::vector<std::int64_t>{1, 1, 0, 1}));
    }

    void whatIsNoPictureIsRefused()
    {
        const Array x{{1, 1, 1, 2}, {0.5F, 0.25F}};
        const auto refused = [&](const Array &moved, const std::vector<std::int64_t> &y) {
            return !attack::verified(leftOrRight(), x, moved, y, Norm::Linf);
        };
        QVERIFY(!refused(x, {0}));
        QVERIFY(refused(x, {0, 1}));
        QVERIFY(refused(Array{{1, 1, 1, 2}, {0.5F, 1.25F}}, {0}));
        QVERIFY(refused(Array{{1, 1, 1, 2}, {0.5F, std::nanf("")}}, {0}));
        QVERIFY(refused(Array{{2, 1, 1, 2}, {0.5F, 0.5F, 0.5F, 0.5F}}, {0}));
    }

    void smallestPerturbationsOfALinearNetworkAreItsMargins()
    {
        // |left - right| / 2 in Linf; the third is wrong already.
        const auto samples = samplesOf({200, 100, 140, 100, 100, 200}, {0, 0, 0});
        attack::AttackOptions options;
        options.attack = "deepfool";
        options.epsilon = 0.0; // plays no part
        const auto found =
            attack::smallestPerturbations(leftOrRight(), samples, {0, 1, 2}, options);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        for (const auto &[index, levels] : {std::pair(0, 50.0), {1, 20.0}, {2, 0.0}}) {
            const double norm = found->norms[static_cast<std::size_t>(index)];
            QVERIFY2(norm >= levels / 255.0 - 1e-6 && norm <= levels / 255.0 * 1.03 + 1e-4,
                     qPrintable(QString("%1 of %2").arg(norm * 255).arg(levels)));
        }
        QCOMPARE(found->robust_accuracy, 0.0);
        QVERIFY(found->noise.empty() && std::isnan(found->noise_accuracy));
    }

    void whatCannotFallHasNoNorm()
    {
        // The answer is always class 0.
        const auto stubborn =
            small_models::linearOnPictures(1, 2, {0.1F, 0.1F, 0.0F, 0.0F}, {5.0F, 0.0F});
        attack::AttackOptions options;
        options.attack = "deepfool";
        const auto found =
            attack::smallestPerturbations(stubborn, samplesOf({200, 100}, {0}), {0}, options);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QVERIFY(std::isnan(found->norms.at(0)) && std::isnan(found->median_norm));
        QCOMPARE(found->robust_accuracy, 1.0);
    }

    void onlySomeAttacksLookForTheSmallest()
    {
        attack::AttackOptions options;
        options.attack = "pgd";
        const auto found =
            attack::smallestPerturbations(leftOrRight(), samplesOf({200, 100}, {0}), {0}, options);
        QVERIFY(!found);
        QVERIFY(words(found.error()).find("deepfool") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(AnswersTest)
#include "answers_test.moc"
