// Attacks that do not work as a study is asked: left out in a sentence, while the others go on.
#include "../known_networks.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace known_networks;
using attack::Norm;
using robustness::Check;

namespace {

std::string words(const Error &error)
{
    return sentence(error, Language::English);
}

/// Everything that `found` says, in one text.
std::string said(const robustness::Findings &found, Language language = Language::English)
{
    std::string all;
    for (const Message &message : found.sentences) all += sentence(message, language) + '\n';
    return all;
}

} // namespace

class FittingTest : public QObject {
    Q_OBJECT

private:
    const std::vector<float> m_w = randomWeights(13);

    robustness::StudyRequest asked(Norm norm, double epsilon) const
    {
        auto asked = request({attack::Subject(halves(m_w), "net")}, pictures(30, m_w, 14), epsilon);
        asked.attack.norm = norm;
        return asked;
    }

private slots:
    void theBenchGoesOnWithoutWhatDoesNotFit()
    {
        const auto found = robustness::study("defences", asked(Norm::L1, 1.0)); // Square: no L1
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QCOMPARE(found->matrices.front().columns, (std::vector<std::string>{"pgd", "apgd-dlr"}));
        QVERIFY(said(*found).find("square does not work in the norm l1") != std::string::npos);
    }

    void curvesGoOnWithoutWhatDoesNotFit()
    {
        auto wish = asked(Norm::L0, 2.0);
        wish.parameters = {{"attacks", std::string("fgsm,jsma")}, {"points", std::int64_t{1}}};
        const auto found = robustness::study("curves", wish);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        std::vector<std::string> keys;
        for (const auto &curve : found->plots.front().curves) keys.push_back(curve.key);
        QCOMPARE(keys, (std::vector<std::string>{"jsma", "noise"}));
        QVERIFY(said(*found).find("fgsm does not work in the norm l0") != std::string::npos);
    }

    void normsGoOnWithoutWhatDoesNotFit()
    {
        auto wish = asked(Norm::Linf, 0.1);
        wish.parameters = {{"attacks", std::string("cw,deepfool")}}; // Carlini-Wagner: L2 alone
        const auto found = robustness::study("norms", wish);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QCOMPARE(found->plots.front().curves.size(), std::size_t{1});
        QVERIFY(said(*found).find("cw does not work in the norm linf") != std::string::npos);
    }

    void whereNoneFitsTheFirstIsTold()
    {
        const auto found = robustness::study("curves", asked(Norm::L0, 2.0));
        QVERIFY(!found);
        QVERIFY2(words(found.error()).find("fgsm does not work in the norm l0. It takes: linf")
                     != std::string::npos,
                 words(found.error()).c_str());
    }

    void whatIsWrongWithTheSubjectIsNoneOfTheAttacks()
    {
        auto wish = asked(Norm::Linf, 0.1);
        wish.parameters = {{"attacks", std::string("transfer,fgsm")}, {"points", std::int64_t{1}}};
        const auto alone = robustness::study("curves", wish); // no second network
        QVERIFY2(bool(alone), alone ? "" : words(alone.error()).c_str());
        QVERIFY(said(*alone).find("needs a second network") != std::string::npos);
        wish.attack.restarts = 0;
        const auto none = robustness::study("curves", wish);
        QVERIFY(!none);
    }

    void honestyKnowsThatItCannotAsk()
    {
        const auto found = robustness::study("honesty", asked(Norm::L0, 2.0));
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QCOMPARE(found->checks.size(), std::size_t{11});
        for (const Check &check : found->checks)
            if (check.key != "gradients_do_not_vanish") // which asks the network alone
                QVERIFY2(check.verdict == Check::Verdict::Unknown, check.key.c_str());
        QCOMPARE(found->sentences.size(), std::size_t{1});
        QVERIFY(said(*found).find("In L0 this cannot be checked") != std::string::npos);
        QCOMPARE(sentence(found->checks.front().evidence, Language::English),
                 std::string("PGD is not available in this norm"));
        QCOMPARE(found->figures.front().key, std::string("clean_accuracy"));
    }

    void honestySaysWhichAttackItAsksAbout()
    {
        auto wish = asked(Norm::Linf, 0.05);
        wish.attack.attack = "fgsm";
        wish.parameters = {{"queries", std::int64_t{20}}};
        const auto found = robustness::study("honesty", wish);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QVERIFY2(said(*found).find("PGD with 40 steps") != std::string::npos, said(*found).c_str());
    }

    void attacksAreCalledInTheReadersLanguage()
    {
        auto wish = asked(Norm::L0, 1.0);
        wish.subjects.emplace_back(halves(randomWeights(15)), "other");
        wish.parameters = {{"attacks", std::string("one-pixel")}, {"points", std::int64_t{1}}};
        wish.indices.resize(3);
        const auto curves = robustness::study("curves", wish);
        QVERIFY2(bool(curves), curves ? "" : words(curves.error()).c_str());
        const Message label = curves->plots.front().curves.front().label;
        QCOMPARE(sentence(label, Language::English), std::string("One pixel on net"));
        QCOMPARE(sentence(label, Language::French), std::string("Un seul pixel sur net"));
    }
};

QTEST_GUILESS_MAIN(FittingTest)
#include "fitting_test.moc"
