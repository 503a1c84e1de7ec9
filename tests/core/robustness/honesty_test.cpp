// The honesty checklist: it passes networks that hide nothing and names what is wrong with those
// that do; and the statistics behind its comparisons.
#include "known_networks.hpp"

#include "robustness/honesty_trials.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace known_networks;
using robustness::Check;

namespace {

Check::Verdict verdict(const robustness::Findings &findings, const std::string &key)
{
    const auto found = std::ranges::find(findings.checks, key, &Check::key);
    if (found == findings.checks.end()) qFatal("no question %s", key.c_str());
    return found->verdict;
}

std::int64_t failures(const robustness::Findings &findings)
{
    return std::ranges::count(findings.checks, Check::Verdict::Fail, &Check::verdict);
}

void tell(const robustness::Findings &findings)
{
    for (const Check &check : findings.checks)
        qInfo("%-30s %-8s %s", check.key.c_str(), robustness::name(check.verdict).data(),
              sentence(check.evidence, Language::English).c_str());
}

robustness::Findings honesty(const attack::Subject &subject, const std::vector<float> &w)
{
    auto asked = request({subject}, pictures(120, w, 6), 0.05);
    asked.parameters = {{"queries", std::int64_t{200}}};
    const auto found = robustness::study("honesty", asked);
    if (!found) qFatal("%s", sentence(found.error(), Language::English).c_str());
    tell(*found);
    return *found;
}

/// `fell` of `total`, from `first` on.
robustness::Fell run(std::size_t total, std::size_t first, std::size_t fell)
{
    robustness::Fell all(total, false);
    std::fill_n(all.begin() + static_cast<std::ptrdiff_t>(first), fell, true);
    return all;
}

} // namespace

class HonestyTest : public QObject {
    Q_OBJECT

private:
    const std::vector<float> m_w = randomWeights(5);

private slots:
    void comparisonsCountWhoFellToOneAlone()
    {
        const auto comparison = robustness::compared(run(100, 0, 30), run(100, 25, 20));
        QCOMPARE(comparison.onlyStronger, 25);
        QCOMPARE(comparison.onlyWeaker, 15);
        QCOMPARE(comparison.gap(), -0.1);
    }

    void theSignTestIsThatOfCoinTosses()
    {
        // Of 8 tosses all, or all but one, fall on one side: 1/256 and 9/256.
        robustness::Comparison all{.samples = 100, .onlyStronger = 0, .onlyWeaker = 8};
        robustness::Comparison most{.samples = 100, .onlyStronger = 1, .onlyWeaker = 7};
        QVERIFY(std::abs(all.chance() - 1.0 / 256) < 1e-12);
        QVERIFY(std::abs(most.chance() - 9.0 / 256) < 1e-12);
        QVERIFY(all.isUpsideDown(0.01) && !most.isUpsideDown(0.01));
        QVERIFY(!all.isUpsideDown(0.08));
        QCOMPARE(robustness::Comparison{}.chance(), 1.0);
    }

    void anHonestNetworkPasses()
    {
        const auto found = honesty(halves(m_w), m_w);
        QCOMPARE(found.checks.size(), std::size_t{11});
        QCOMPARE(failures(found), 0);
        QCOMPARE(verdict(found, "unbounded_reaches_100"), Check::Verdict::Pass);
        QCOMPARE(verdict(found, "inside_ball_and_range"), Check::Verdict::Pass);
        QCOMPARE(verdict(found, "transfer_does_no_better"), Check::Verdict::Unknown);
        for (const Check &check : found.checks) QVERIFY(check.meaning.empty());
        QVERIFY(found.sentences.at(0).id == "robustness.honest");
        QCOMPARE(found.plots.at(0).curves.size(), std::size_t{2});
    }

    void aSaturatedNetworkIsFlagged()
    {
        const auto found = honesty(halves(m_w, 1e4F), m_w);
        QCOMPARE(verdict(found, "gradients_do_not_vanish"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "unbounded_reaches_100"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "attack_beats_noise"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "white_box_beats_black_box"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "inside_ball_and_range"), Check::Verdict::Pass);
        QVERIFY(found.sentences.at(0).id == "robustness.not_honest");
        for (const Check &check : found.checks)
            QCOMPARE(check.meaning.empty(), check.verdict != Check::Verdict::Fail);
    }

    void roundingInFrontIsFlagged()
    {
        const auto found = honesty(rounded(halves(m_w), 15.0), m_w);
        QCOMPARE(verdict(found, "gradients_do_not_vanish"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "attack_beats_noise"), Check::Verdict::Fail);
        QCOMPARE(verdict(found, "white_box_beats_black_box"), Check::Verdict::Fail);
    }

    void aSurrogateSeesWhatIsHidden()
    {
        const attack::Subject open(halves(m_w), "open");
        auto asked = request({rounded(halves(m_w), 15.0), open}, pictures(120, m_w, 6), 0.05);
        asked.parameters = {{"queries", std::int64_t{50}}};
        const auto found = robustness::study("honesty", asked);
        QVERIFY(found);
        QCOMPARE(verdict(*found, "transfer_does_no_better"), Check::Verdict::Fail);
        asked.subjects = {open, open};
        const auto itself = robustness::study("honesty", asked);
        QVERIFY(itself);
        QCOMPARE(verdict(*itself, "transfer_does_no_better"), Check::Verdict::Pass);
    }

    void whereTooFewFallNothingIsClaimed()
    {
        auto asked = request({halves(m_w)}, pictures(5, m_w, 6), 0.05);
        asked.parameters = {{"queries", std::int64_t{50}}};
        const auto found = robustness::study("honesty", asked);
        QVERIFY(found);
        tell(*found);
        for (const char *key :
             {"curve_is_monotone", "iterative_beats_single_step", "white_box_beats_black_box",
              "more_steps_do_no_better", "restarts_do_no_better", "attack_beats_noise"})
            QCOMPARE(verdict(*found, key), Check::Verdict::Unknown);
        QCOMPARE(verdict(*found, "unbounded_reaches_100"), Check::Verdict::Pass);
    }

    void epsilonZeroHasNothingToCheck()
    {
        QVERIFY(!robustness::study("honesty", request({halves(m_w)}, pictures(20, m_w, 6), 0.0)));
    }
};

QTEST_GUILESS_MAIN(HonestyTest)
#include "honesty_test.moc"
