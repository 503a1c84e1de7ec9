// The exact interval of a share, against sums of the binomial distribution, and how studies are
// asked.
#include "known_networks.hpp"

#include <QtTest>

using namespace ostrich;

namespace {

/// P(X >= k) of n trials, term by term.
double atLeast(std::int64_t k, std::int64_t n, double p)
{
    if (k <= 0) return 1.0;
    if (p <= 0.0) return 0.0;
    if (p >= 1.0) return 1.0;
    double sum = 0.0;
    for (std::int64_t i = k; i <= n; ++i) {
        const auto x = static_cast<double>(i), m = static_cast<double>(n);
        sum += std::exp(std::lgamma(m + 1) - std::lgamma(x + 1) - std::lgamma(m - x + 1)
                        + x * std::log(p) + (m - x) * std::log1p(-p));
    }
    return sum;
}

/// The p at which a rising function reaches `level`.
template <typename Rising>
double bisected(const Rising &rising, double level)
{
    double low = 0.0, high = 1.0;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2.0;
        (rising(middle) < level ? low : high) = middle;
    }
    return low;
}

} // namespace

class StudyTest : public QObject {
    Q_OBJECT

private slots:
    void theIntervalIsThatOfTheBinomialSums_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("total");
        QTest::addColumn<double>("confidence");
        for (const double confidence : {0.95, 0.999})
            for (const auto &[count, total] :
                 {std::pair(0, 1), {1, 1}, {0, 10}, {3, 10}, {10, 10}, {17, 200}, {990, 1000}})
                QTest::addRow("%d of %d at %g", count, total, confidence)
                    << count << total << confidence;
    }

    void theIntervalIsThatOfTheBinomialSums()
    {
        QFETCH(int, count);
        QFETCH(int, total);
        QFETCH(double, confidence);
        const double tail = (1.0 - confidence) / 2.0;
        const double low =
            count == 0 ? 0.0 : bisected([&](double p) { return atLeast(count, total, p); }, tail);
        const double high =
            count == total
                ? 1.0
                : bisected([&](double p) { return atLeast(count + 1, total, p); }, 1.0 - tail);
        const auto interval = robustness::clopperPearson(count, total, confidence);
        QCOMPARE(interval.share, double(count) / total);
        QVERIFY2(std::abs(interval.low - low) < 1e-9,
                 qPrintable(QString("%1, not %2").arg(interval.low).arg(low)));
        QVERIFY2(std::abs(interval.high - high) < 1e-9,
                 qPrintable(QString("%1, not %2").arg(interval.high).arg(high)));
    }

    void theIntervalIsThatOfPublishedTables()
    {
        // Four places, as statistical tables print them.
        const auto is = [](std::int64_t count, std::int64_t total, double low, double high) {
            const auto interval = robustness::clopperPearson(count, total);
            return std::abs(interval.low - low) < 5e-5 && std::abs(interval.high - high) < 5e-5;
        };
        QVERIFY(is(0, 10, 0.0, 0.3085));
        QVERIFY(is(1, 10, 0.0025, 0.4450));
        QVERIFY(is(5, 10, 0.1871, 0.8129));
        QVERIFY(is(10, 10, 0.6915, 1.0));
        QVERIFY(is(0, 100, 0.0, 0.0362));
    }

    void everyStudySaysWhatItIs()
    {
        std::string before;
        for (const auto &study : robustness::studies()) {
            const auto &description = study->description();
            QVERIFY(before < description.name);
            before = description.name;
            QVERIFY(!description.label.en.empty() && !description.label.fr.empty());
            QVERIFY(!description.help.en.empty() && description.help.en != description.help.fr);
        }
        for (const char *name : {"curves", "norms", "classes", "transfer", "honesty"})
            QVERIFY2(robustness::findStudy(name), name);
    }

    void findingsSayWhatTheyWereAskedWith()
    {
        const auto w = known_networks::randomWeights(1);
        auto request = known_networks::request({known_networks::halves(w)},
                                               known_networks::pictures(20, w, 2), 8.0 / 255.0);
        request.attack.steps = 3;
        request.attack.seed = 5;
        const auto askedOf = [&](const char *name) {
            std::string partial;
            const auto found = robustness::study(
                name, request, {.partial = [&](const robustness::Findings &known) {
                    partial = sentence(known.asked, Language::English);
                }});
            if (!found) return sentence(found.error(), Language::English);
            const std::string asked = sentence(found->asked, Language::English);
            return partial.empty() || partial == asked ? asked : "partly " + partial;
        };
        QCOMPARE(askedOf("classes"), std::string("Attacked with PGD-3 within epsilon 8/255 (Linf). "
                                                 "Samples: 20, seed: 5."));
        // What a study does not go by it does not name.
        request.parameters = {{"attacks", std::string("fgsm")}};
        QCOMPARE(askedOf("curves"),
                 std::string("Perturbations measured in Linf. Samples: 20, seed: 5."));
        request.parameters = {{"attacks", std::string("deepfool")}, {"samples", std::int64_t{7}}};
        QCOMPARE(askedOf("norms"),
                 std::string("Perturbations measured in Linf. Samples: 7, seed: 5."));
        request.parameters = {{"attacks", std::string("fgsm")}};
        QCOMPARE(askedOf("defences"),
                 std::string("Within epsilon 8/255 (Linf). Samples: 20, seed: 5."));
        request.parameters = {{"resolution", std::int64_t{5}}};
        QCOMPARE(askedOf("surface"), std::string("Attacked with PGD-3 within epsilon 8/255 (Linf). "
                                                 "Samples: 1, seed: 5."));
    }

    void whatWasAskedIsSaidInBothLanguages()
    {
        const auto w = known_networks::randomWeights(1);
        auto request = known_networks::request({known_networks::halves(w)},
                                               known_networks::pictures(4, w, 2), 2.0);
        request.attack.attack = "one-pixel";
        request.attack.norm = attack::Norm::L0;
        request.attack.steps = 2;
        request.parameters = {{"nearest", std::string()}};
        const auto found = robustness::study("classes", request);
        QVERIFY2(bool(found), found ? "" : sentence(found.error(), Language::English).c_str());
        QCOMPARE(sentence(found->asked, Language::English),
                 std::string("Attacked with One pixel-2 within epsilon 2 (L0). Samples: 4, seed: "
                             "1."));
        QCOMPARE(sentence(found->asked, Language::French),
                 std::string("Attaqué par Un seul pixel-2 dans epsilon 2 (L0). Exemples : 4, "
                             "graine : 1."));
    }

    void unknownStudiesAndParametersAreTold()
    {
        const auto w = known_networks::randomWeights(1);
        auto request = known_networks::request({known_networks::halves(w)},
                                               known_networks::pictures(10, w, 2), 0.1);
        const auto nothing = robustness::study("nosuch", request);
        QVERIFY(!nothing);
        QVERIFY(sentence(nothing.error(), Language::English).find("curves") != std::string::npos);
        request.parameters["points"] = std::int64_t{0};
        QVERIFY(!robustness::study("curves", request));
        request.parameters = {{"pionts", std::int64_t{3}}};
        QVERIFY(!robustness::study("curves", request));
        request.parameters = {{"attacks", std::string("fgsm,nosuch")}};
        const auto attacks = robustness::study("curves", request);
        QVERIFY(!attacks);
        QVERIFY(sentence(attacks.error(), Language::English).find("nosuch") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(StudyTest)
#include "study_test.moc"
