// What studies say of networks that are hardly ever right, or never: a share of nothing is no
// figure, and a curve that begins below one half does not fall below it.
#include "../known_networks.hpp"
#include "robustness/report.hpp"
#include "robustness/shown.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace known_networks;

namespace {

/// Answers w·(x - 1/2) > 0 of `count` pictures of which the first `right` are labelled so.
std::shared_ptr<data::Dataset> labelled(std::int64_t count, std::int64_t right,
                                        const std::vector<float> &w)
{
    auto dataset = pictures(count, w, 11);
    data::Samples &samples = dataset->splits[static_cast<std::size_t>(data::Split::Test)];
    for (std::int64_t i = 0; i < count; ++i)
        samples.labels[static_cast<std::size_t>(i)] =
            (margin(samples, i, w) > 0.0) == (i < right) ? 0 : 1;
    return dataset;
}

bool says(const robustness::Findings &found, const std::string &id)
{
    return std::ranges::find(found.sentences, id, &Message::id) != found.sentences.end();
}

std::optional<double> figure(const robustness::Findings &found, const std::string &key)
{
    const auto one = std::ranges::find(found.figures, key, &robustness::Figure::key);
    return one == found.figures.end() ? std::nullopt : std::optional(one->value);
}

robustness::Findings found(const char *study, robustness::StudyRequest asked,
                           graph::Parameters parameters = {})
{
    asked.parameters = std::move(parameters);
    const auto answer = robustness::study(study, asked);
    if (!answer) qFatal("%s: %s", study, sentence(answer.error(), Language::English).c_str());
    return *answer;
}

} // namespace

class WeakNetworksTest : public QObject {
    Q_OBJECT

private:
    const std::vector<float> m_w = randomWeights(7);

    robustness::StudyRequest asked(std::int64_t right, std::size_t subjects = 1) const
    {
        std::vector<attack::Subject> all;
        for (std::size_t i = 0; i < subjects; ++i)
            all.emplace_back(halves(m_w), "net " + std::to_string(i + 1));
        return request(all, labelled(40, right, m_w), 0.05);
    }

private slots:
    void whereNothingIsRightNothingFalls()
    {
        const auto curves = found("curves", asked(0), {{"points", std::int64_t{2}}});
        QVERIFY(says(curves, "robustness.none_right"));
        QVERIFY(!says(curves, "robustness.curves_never") && curves.figures.empty());
        const auto norms = found("norms", asked(0), {{"attacks", std::string("deepfool")}});
        QVERIFY(says(norms, "robustness.none_right"));
        QVERIFY(!says(norms, "robustness.norms_none"));
        QVERIFY(std::isnan(*figure(norms, "median_deepfool")));
        QVERIFY(std::isnan(*figure(norms, "found_deepfool")));
        const auto classes = found("classes", asked(0));
        QCOMPARE(classes.sentences.size(), std::size_t{1});
        QVERIFY(says(classes, "robustness.none_right"));
        const auto transfer = found("transfer", asked(0, 2));
        QVERIFY(std::isnan(*figure(transfer, "transfer_rate")));
        QVERIFY(says(transfer, "robustness.none_right"));
        const auto honesty = robustness::study("honesty", asked(0));
        QVERIFY(!honesty);
        QCOMPARE(honesty.error().what.id, std::string("robustness.nothing_right"));
    }

    void aBenchJudgesNoSlopeByTooFewSamples()
    {
        for (const std::int64_t right : {0, 6}) {
            const auto bench =
                found("defences", asked(right), {{"attacks", std::string("pgd,square")}});
            QCOMPARE(bench.checks.size(), std::size_t{1});
            QCOMPARE(bench.checks.front().verdict, robustness::Check::Verdict::Unknown);
            QCOMPARE(bench.checks.front().evidence.arguments.front(), std::to_string(right));
        }
        const auto enough = found("defences", asked(30), {{"attacks", std::string("pgd,square")}});
        QCOMPARE(enough.checks.front().verdict, robustness::Check::Verdict::Pass);
    }

    void aCurveThatBeginsBelowOneHalfSaysSo()
    {
        for (const std::int64_t right : {8, 20}) {
            const auto weak = found("curves", asked(right), {{"points", std::int64_t{2}}});
            QVERIFY(says(weak, "robustness.curves_below"));
            QVERIFY(!says(weak, "robustness.curves_never"));
            QVERIFY(!says(weak, "robustness.curves_half") && !figure(weak, "half_at_pgd"));
        }
        const auto fine = found("curves", asked(30), {{"points", std::int64_t{2}}});
        QVERIFY(says(fine, "robustness.curves_half") && figure(fine, "half_at_pgd"));
        QVERIFY(!says(fine, "robustness.curves_below") && !says(fine, "robustness.curves_never"));
        const auto near =
            found("curves", asked(30), {{"points", std::int64_t{1}}, {"largest", 1e-6}});
        QVERIFY(says(near, "robustness.curves_never"));
    }

    void eachNetworkIsJudgedByItself()
    {
        auto two = asked(30, 2);
        std::vector<float> turned = m_w;
        for (float &weight : turned) weight = -weight;
        two.subjects[1] = attack::Subject(halves(turned), "turned"); // right on 10 of 40
        const auto both = found("curves", two, {{"points", std::int64_t{2}}});
        const auto below =
            std::ranges::find(both.sentences, "robustness.curves_below", &Message::id);
        QVERIFY(below != both.sentences.end());
        QCOMPARE(below->arguments, (std::vector<std::string>{"turned", "25.0 %"}));
        QVERIFY(says(both, "robustness.curves_half"));
    }

    void classesThatNeverStoodDoNotFallFirst()
    {
        // All of class 0 but one, which the network calls 0 too.
        auto half = asked(40);
        auto dataset = std::make_shared<data::Dataset>(*half.dataset);
        data::Samples &samples = dataset->splits[static_cast<std::size_t>(data::Split::Test)];
        std::ranges::fill(samples.labels, 0);
        std::size_t called0 = 0;
        while (margin(samples, static_cast<std::int64_t>(called0), m_w) <= 0.0) ++called0;
        samples.labels[called0] = 1;
        half.dataset = dataset;
        const auto classes = found("classes", half);
        for (const Message &said : classes.sentences)
            QVERIFY2(said.id != "robustness.classes_extremes",
                     sentence(said, Language::English).c_str());
    }

    void aShareOfNothingIsShownAsAGap()
    {
        const auto norms = found("norms", asked(0), {{"attacks", std::string("deepfool")}});
        for (const robustness::Figure &figure : norms.figures) {
            QCOMPARE(robustness::shown(figure, Language::English), std::string("–"));
            QCOMPARE(robustness::shownInterval(figure, Language::English), std::string());
        }
        const std::string page =
            robustness::htmlReport({"net", "today"}, {norms}, Language::English);
        QVERIFY(page.find(">–<") != std::string::npos);
        QVERIFY(page.find("nan") == std::string::npos);
    }

    void neverIsThereANumberThatIsNone()
    {
        for (const std::int64_t right : {0, 1, 20})
            for (const auto &study : robustness::studies()) {
                auto wish = asked(right, 2);
                if (study->description().name == "certificates")
                    wish.parameters = {{"n", std::int64_t{20}}, {"n0", std::int64_t{5}}};
                const auto answer = robustness::study(study->description().name, wish);
                if (!answer) continue; // told in a sentence
                for (const Message &said : answer->sentences)
                    QVERIFY2(sentence(said, Language::English).find("nan") == std::string::npos,
                             sentence(said, Language::English).c_str());
                for (const robustness::Table &table : answer->tables)
                    for (const auto &row : table.rows)
                        for (const std::string &cell : row)
                            QVERIFY2(cell.find("nan") == std::string::npos, table.key.c_str());
            }
    }
};

QTEST_GUILESS_MAIN(WeakNetworksTest)
#include "weak_networks_test.moc"
