// The bench: a standard network, a defended one and one that only hides its slope.
#include "../../train/small_setups.hpp"
#include "../smoothing_trial.hpp"
#include "robustness/study.hpp"

#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace ostrich;

namespace {

constexpr double kEpsilon = 0.15;

engine::ModelHandle withDefence(const char *defence)
{
    train::TrainerSetup setup = small::pictureSetup();
    setup.project.recipe.epochs = 60;
    setup.project.recipe.early_stopping = false;
    setup.project.recipe.defence = defence;
    setup.project.recipe.defence_epsilon = kEpsilon;
    return smoothing_trial::trained(setup);
}

robustness::StudyRequest request(std::vector<attack::Subject> subjects)
{
    robustness::StudyRequest request;
    request.subjects = std::move(subjects);
    request.dataset = small::bars();
    request.indices.resize(100);
    std::iota(request.indices.begin(), request.indices.end(), 0);
    request.attack.epsilon = kEpsilon;
    // Two classes: the DLR loss asks for three.
    request.parameters = {{"attacks", std::string("pgd,square")}, {"queries", std::int64_t{2000}}};
    return request;
}

double figure(const robustness::Findings &found, const std::string &key)
{
    const auto one = std::ranges::find(found.figures, key, &robustness::Figure::key);
    if (one == found.figures.end()) qFatal("no figure %s", key.c_str());
    return one->value;
}

} // namespace

class DefencesBenchTest : public QObject {
    Q_OBJECT

private slots:
    void theBenchTellsDefendingFromHiding()
    {
        const auto found =
            robustness::study("defences", request({{withDefence("none"), "plain"},
                                                   {withDefence("adversarial"), "defended"},
                                                   {withDefence("masked"), "hidden"}}));
        QVERIFY2(bool(found), found ? "" : sentence(found.error(), Language::English).c_str());
        for (const Message &line : found->sentences)
            qInfo("%s", sentence(line, Language::English).c_str());
        const double plain = figure(*found, "robust_accuracy@plain");
        const double defended = figure(*found, "robust_accuracy@defended");
        QVERIFY(defended > plain + 0.2);
        QVERIFY(figure(*found, "robust_accuracy@hidden") < defended - 0.2);
        QVERIFY(figure(*found, "clean_accuracy@hidden") > 0.9);
        QVERIFY(figure(*found, "seconds_per_batch@defended") > 0.0);
        QCOMPARE(found->checks.size(), std::size_t{3});
        for (const robustness::Check &check : found->checks) {
            const bool hides = check.key == "slope_is_honest@hidden";
            QVERIFY2(check.verdict
                         == (hides ? robustness::Check::Verdict::Fail
                                   : robustness::Check::Verdict::Pass),
                     sentence(check.evidence, Language::English).c_str());
            QCOMPARE(check.meaning.empty(), !hides);
        }
    }

    void figuresPlotsAndTablesAgree()
    {
        const auto model = withDefence("none");
        const auto found = robustness::study("defences", request({{model, "one"}}));
        QVERIFY(bool(found));
        const robustness::Matrix &matrix = found->matrices.front();
        QCOMPARE(matrix.values.size(), std::size_t{2});
        QCOMPARE(matrix.columns, (std::vector<std::string>{"pgd", "square"}));
        QCOMPARE(sentence(matrix.columnLabels.front(), Language::French), std::string("PGD"));
        const double worst = figure(*found, "robust_accuracy");
        QVERIFY(worst <= *std::ranges::min_element(matrix.values));
        const robustness::Plot &bars = found->plots.front();
        QCOMPARE(bars.curves.size(), std::size_t{5}); // as they are, noise, two attacks, the worst
        QCOMPARE(bars.curves.back().y.front(), worst);
        QCOMPARE(bars.curves.front().y.front(), figure(*found, "clean_accuracy"));
        QCOMPARE(bars.curves[2].y.front(), matrix.values.front());
        for (const robustness::Curve &curve : bars.curves)
            QVERIFY(curve.low.front() <= curve.y.front() && curve.y.front() <= curve.high.front());
        QCOMPARE(found->tables.front().rows.front().size(), found->tables.front().columns.size());

        // What the attack itself says of the same budget.
        attack::AttackOptions options;
        options.epsilon = kEpsilon;
        options.steps = 40;
        options.untilFooled = true;
        const auto request = ::request({{model, "one"}});
        const auto alone = attack::attackSamples(model, request.dataset->split(request.split),
                                                 request.indices, options);
        QVERIFY(std::abs(alone->robust_accuracy - matrix.values.front()) <= 0.03);
    }

    void anUnknownAttackIsNamed()
    {
        robustness::StudyRequest wrong = request({{withDefence("none"), "one"}});
        wrong.parameters = {{"attacks", std::string("pgd,hammer")}};
        const auto refused = robustness::study("defences", wrong);
        QVERIFY(!refused);
        QVERIFY(sentence(refused.error(), Language::English).find("hammer") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(DefencesBenchTest)
#include "defences_test.moc"
