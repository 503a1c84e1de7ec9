// Corruptions: what each has to do to a picture, whatever the picture.
#include "robustness/corruption.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace ostrich;
using namespace ostrich::robustness;

namespace {

/// A picture with edges and colours, smooth enough to look like one.
Array picture(std::int64_t channels, std::int64_t side)
{
    Array x{.shape = {channels, side, side}, .values = {}};
    for (std::int64_t c = 0; c < channels; ++c)
        for (std::int64_t i = 0; i < side; ++i)
            for (std::int64_t j = 0; j < side; ++j) {
                const double u = static_cast<double>(i) / static_cast<double>(side);
                const double v = static_cast<double>(j) / static_cast<double>(side);
                const bool inside = std::hypot(u - 0.5, v - 0.45) < 0.28;
                x.values.push_back(static_cast<float>(
                    std::round((inside ? 0.75 - 0.2 * static_cast<double>(c)
                                       : 0.25 + 0.3 * u * static_cast<double>(c + 1) / 3.0)
                               * 255.0)
                    / 255.0));
            }
    return x;
}

double distance(const Array &a, const Array &b)
{
    double squares = 0.0;
    for (std::size_t i = 0; i < a.values.size(); ++i)
        squares += (double{a.values[i]} - double{b.values[i]})
                   * (double{a.values[i]} - double{b.values[i]});
    return std::sqrt(squares);
}

double mean(const Array &x)
{
    double sum = 0.0;
    for (const float value : x.values) sum += double{value};
    return sum / static_cast<double>(x.values.size());
}

const Corruption &named(const std::string &name)
{
    return *std::ranges::find(corruptionKinds(), name, &Corruption::name);
}

} // namespace

class CorruptionTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void eachFamilyHasMembersAndNamesAreUnique()
    {
        std::set<std::string> names;
        for (const Corruption &kind : corruptionKinds()) {
            names.insert(kind.name);
            QCOMPARE(std::ranges::count(corruptionFamilies(), kind.family), 1);
            QVERIFY(sentence(kind.label(), Language::French) != kind.label().id);
        }
        QCOMPARE(names.size(), corruptionKinds().size());
        for (const std::string &family : corruptionFamilies())
            QVERIFY(std::ranges::count(corruptionKinds(), family, &Corruption::family) >= 3);
    }

    void strongerSeveritiesDoMore_data()
    {
        QTest::addColumn<int>("kind");
        for (std::size_t i = 0; i < corruptionKinds().size(); ++i)
            QTest::newRow(corruptionKinds()[i].name.c_str()) << static_cast<int>(i);
    }

    void strongerSeveritiesDoMore()
    {
        QFETCH(int, kind);
        const Corruption &corruption = corruptionKinds()[static_cast<std::size_t>(kind)];
        for (const auto &[channels, side] : {std::pair{1, 28}, {3, 32}, {3, 64}, {3, 224}}) {
            const Array x = picture(channels, side);
            std::vector<double> moved(kSeverities + 1);
            constexpr int kRounds = 6; // means: a single draw may be mild
            for (int severity = 1; severity <= kSeverities; ++severity) {
                for (std::uint64_t round = 0; round < kRounds; ++round) {
                    const Array y = corrupted(x, corruption, severity, m_seed + round);
                    QCOMPARE(y.shape, x.shape);
                    for (const float value : y.values) {
                        QVERIFY(value >= 0.0F && value <= 1.0F);
                        const float levels = value * 255.0F;
                        QVERIFY(std::abs(levels - std::round(levels)) < 1e-3F);
                    }
                    moved[static_cast<std::size_t>(severity)] += distance(x, y) / kRounds;
                }
            }
            QVERIFY2(moved[1] > 0.0, qPrintable(QString("%1 x %2").arg(channels).arg(side)));
            QVERIFY2(moved[5] > 1.2 * moved[1],
                     qPrintable(QString("%1 at %2").arg(moved[5]).arg(side)));
        }
    }

    void theSameSeedGivesTheSamePicture()
    {
        const Array x = picture(3, 32);
        for (const Corruption &kind : corruptionKinds())
            QCOMPARE(corrupted(x, kind, 3, m_seed).values, corrupted(x, kind, 3, m_seed).values);
        QVERIFY(corrupted(x, named("gaussian_noise"), 3, m_seed).values
                != corrupted(x, named("gaussian_noise"), 3, m_seed + 1).values);
    }

    void noiseHasTheStatedSize()
    {
        Array grey{.shape = {3, 64, 64}, .values = std::vector<float>(3 * 64 * 64, 0.5F)};
        const Array noisy = corrupted(grey, named("gaussian_noise"), 5, m_seed);
        const double deviation = distance(grey, noisy) / std::sqrt(3.0 * 64 * 64);
        QVERIFY2(std::abs(deviation - 0.10) < 0.005, qPrintable(QString::number(deviation)));
        const Array shot = corrupted(grey, named("shot_noise"), 1, m_seed);
        QVERIFY(std::abs(distance(grey, shot) / std::sqrt(3.0 * 64 * 64) - std::sqrt(0.5 / 500.0))
                < 0.003);
        const Array salted = corrupted(grey, named("impulse_noise"), 5, m_seed);
        const auto changed = std::ranges::count_if(
            salted.values, [](float value) { return value == 0.0F || value == 1.0F; });
        QVERIFY(std::abs(static_cast<double>(changed) / (3.0 * 64 * 64) - 0.07) < 0.02);
    }

    void blursKeepTheBrightness()
    {
        const Array x = picture(3, 64);
        for (const char *name : {"defocus_blur", "motion_blur", "glass_blur"})
            QVERIFY(std::abs(mean(corrupted(x, named(name), 5, m_seed)) - mean(x)) < 0.01);
    }

    void lowContrastPullsTowardsTheMean()
    {
        const Array x = picture(3, 64), faded = corrupted(x, named("contrast"), 5, m_seed);
        QVERIFY(std::abs(mean(faded) - mean(x)) < 0.01);
        const auto [low, high] = std::ranges::minmax(faded.values);
        const auto [was, were] = std::ranges::minmax(x.values);
        QVERIFY(high - low < 0.5F * (were - was));
    }

    void glareOnlyLightens()
    {
        const Array x = picture(1, 28), bright = corrupted(x, named("brightness"), 2, m_seed);
        for (std::size_t i = 0; i < x.values.size(); ++i)
            QVERIFY(std::abs(bright.values[i] - std::min(x.values[i] + 0.1F, 1.0F))
                    < 0.5F / 255.0F + 1e-5F);
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_GUILESS_MAIN(CorruptionTest)
#include "corruption_test.moc"
