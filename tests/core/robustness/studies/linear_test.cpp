// The studies on linear networks, whose answers are arithmetic: a sample falls in Linf exactly
// where its margin is below epsilon times the sum of the weights' sizes.
#include "../known_networks.hpp"

#include <QtTest>

#include <algorithm>

using namespace ostrich;
using namespace known_networks;

namespace {

std::string words(const Error &error)
{
    return sentence(error, Language::English);
}

/// Whether sample `i` is labelled as the network answers.
bool isRight(const data::Samples &samples, std::int64_t i, const std::vector<float> &w)
{
    return (margin(samples, i, w) > 0.0) == (samples.labels[static_cast<std::size_t>(i)] == 0);
}

/// The epsilon at which it falls.
double fallsAt(const data::Samples &samples, std::int64_t i, const std::vector<float> &w)
{
    return std::abs(margin(samples, i, w)) / sumOfSizes(w);
}

const robustness::Curve &curve(const robustness::Plot &plot, const std::string &key)
{
    const auto found = std::ranges::find(plot.curves, key, &robustness::Curve::key);
    if (found == plot.curves.end()) qFatal("no curve %s", key.c_str());
    return *found;
}

const robustness::Figure &figure(const robustness::Findings &findings, const std::string &key)
{
    const auto found = std::ranges::find(findings.figures, key, &robustness::Figure::key);
    if (found == findings.figures.end()) qFatal("no figure %s", key.c_str());
    return *found;
}

} // namespace

class LinearTest : public QObject {
    Q_OBJECT

private:
    const std::vector<float> m_w = randomWeights(3);
    const std::shared_ptr<data::Dataset> m_dataset = pictures(200, m_w, 4);
    const data::Samples &samples() const { return m_dataset->split(data::Split::Test); }
    int stillRight(double epsilon) const
    {
        int count = 0;
        for (std::int64_t i = 0; i < samples().count(); ++i)
            count += isRight(samples(), i, m_w) && fallsAt(samples(), i, m_w) > epsilon;
        return count;
    }

private slots:
    void curvesAreThoseOfTheMargins()
    {
        auto asked = request({halves(m_w)}, m_dataset, 0.1);
        asked.parameters = {{"points", std::int64_t{6}}, {"largest", 0.12}};
        int partials = 0;
        const auto found = robustness::study(
            "curves", asked, {.partial = [&](const robustness::Findings &) { ++partials; }});
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QCOMPARE(partials, 6);
        const robustness::Plot &plot = found->plots.at(0);
        QCOMPARE(plot.curves.size(), std::size_t{3});
        QVERIFY(plot.xIsLevels && plot.yIsShare && curve(plot, "noise").isReference);
        for (const char *name : {"fgsm", "pgd"}) {
            const robustness::Curve &line = curve(plot, name);
            QCOMPARE(line.x.size(), std::size_t{7});
            for (std::size_t i = 0; i < line.x.size(); ++i) {
                // A sample on the very edge may go either way.
                QVERIFY(line.y[i] * 200 >= stillRight(line.x[i] + 1e-5) - 1e-9);
                QVERIFY(line.y[i] * 200 <= stillRight(line.x[i] - 1e-5) + 1e-9);
                QVERIFY(i == 0 || line.y[i] <= line.y[i - 1]);
                QVERIFY(line.low[i] <= line.y[i] && line.y[i] <= line.high[i]);
            }
            QVERIFY(line.y.front() > 0.85 && line.y.back() < 0.5);
        }
        QVERIFY(curve(plot, "noise").y[3] > curve(plot, "pgd").y[3]);
        const double half = figure(*found, "half_at_pgd").value;
        QVERIFY(stillRight(half - 0.02) >= 100 && stillRight(half + 0.02) <= 100);
        QVERIFY2(figure(*found, "half_at_pgd").isLevels, "as the sentence says it");
    }

    void whatIsNotOfAPixelsRangeIsRefused()
    {
        auto asked = request({halves(m_w)}, m_dataset, 0.1);
        asked.parameters = {{"points", std::int64_t{1}},
                            {"attacks", std::string("noise")},
                            {"largest", 16.0}}; // 16/255 was meant
        const auto found = robustness::study("curves", asked);
        QVERIFY2(!found, "4080/255");
        QVERIFY2(words(found.error()).find("16/255 is 0.0627") != std::string::npos,
                 words(found.error()).c_str());
        asked.attack.norm = attack::Norm::L2;
        const auto inL2 = robustness::study("curves", asked);
        QVERIFY2(bool(inL2), "lengths go beyond 1");
        asked.attack.norm = attack::Norm::Linf;
        asked.parameters["largest"] = 1.0;
        QVERIFY(bool(robustness::study("curves", asked)));
    }

    void severalNetworksLieOverOneAnother()
    {
        const attack::Subject a(halves(m_w), "a"), b(halves(randomWeights(9)), "b");
        auto asked = request({a, b}, m_dataset, 0.1);
        asked.parameters = {{"points", std::int64_t{2}}, {"attacks", std::string("fgsm")}};
        const auto found = robustness::study("curves", asked);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        std::vector<std::string> keys;
        for (const auto &line : found->plots.at(0).curves) keys.push_back(line.key);
        QCOMPARE(keys, (std::vector<std::string>{"fgsm@a", "noise@a", "fgsm@b", "noise@b"}));
        QVERIFY(curve(found->plots[0], "fgsm@a").y[0] > curve(found->plots[0], "fgsm@b").y[0]);
    }

    void aStoppedStudySaysSo()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto found = robustness::study("curves", request({halves(m_w)}, m_dataset, 0.1), {},
                                             stop.get_token());
        QVERIFY(!found);
        QCOMPARE(QString::fromStdString(found.error().what.id), QString("attack.cancelled"));
    }

    void smallestNormsAreTheMargins()
    {
        auto asked = request({halves(m_w)}, m_dataset, 0.1);
        asked.parameters = {{"attacks", std::string("deepfool")}};
        const auto found = robustness::study("norms", asked);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        std::vector<double> expected;
        for (std::int64_t i = 0; i < samples().count(); ++i)
            if (isRight(samples(), i, m_w)) expected.push_back(fallsAt(samples(), i, m_w));
        std::ranges::sort(expected);
        const auto &line = curve(found->plots.at(0), "deepfool");
        QCOMPARE(line.x.size(), expected.size() + 1); // from (0, 0) on
        // DeepFool oversteps by 2 %.
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(line.x[i + 1] >= expected[i] * 0.999);
            QVERIFY(line.x[i + 1] <= expected[i] * 1.03 + 1e-4);
        }
        QCOMPARE(line.y.back(), 1.0);
        const double median = figure(*found, "median_deepfool").value;
        QVERIFY(std::abs(median - expected[expected.size() / 2]) < 0.03 * median + 1e-4);
        QVERIFY(figure(*found, "median_deepfool").isLevels);
        QCOMPARE(figure(*found, "found_deepfool").value, 1.0);
        QVERIFY(!figure(*found, "found_deepfool").isLevels);
        const auto &bars = curve(found->plots.at(1), "deepfool").y;
        QVERIFY(std::abs(std::accumulate(bars.begin(), bars.end(), 0.0) - 1.0) < 1e-9);
    }

    void anAttackOfOnlyOneSizeFindsNoSmallest()
    {
        auto asked = request({halves(m_w)}, m_dataset, 0.1);
        asked.parameters = {{"attacks", std::string("pgd")}};
        const auto found = robustness::study("norms", asked);
        QVERIFY(!found);
        QCOMPARE(QString::fromStdString(found.error().what.id), QString("attack.not_smallest"));
    }

    void ofTwoClassesEachBecomesTheOther()
    {
        const double epsilon = 0.06;
        auto asked = request({halves(m_w)}, m_dataset, epsilon);
        const auto found = robustness::study("classes", asked);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        QVERIFY(std::abs(figure(*found, "robust_accuracy").value * 200 - stillRight(epsilon))
                < 1.5);
        const robustness::Matrix &before = found->matrices.at(0), &after = found->matrices.at(1);
        for (const auto *matrix : {&before, &after}) {
            QCOMPARE(matrix->values.size(), std::size_t{4});
            QCOMPARE(matrix->values[0] + matrix->values[1], 1.0);
            QCOMPARE(matrix->values[2] + matrix->values[3], 1.0);
        }
        std::array<int, 2> total{}, right{};
        for (std::int64_t i = 0; i < samples().count(); ++i) {
            const auto label = static_cast<std::size_t>(samples().labels[std::size_t(i)]);
            ++total[label];
            right[label] += isRight(samples(), i, m_w);
        }
        QCOMPARE(before.values[0], double(right[0]) / total[0]);
        QCOMPARE(before.values[3], double(right[1]) / total[1]);
        QVERIFY(after.values[0] < before.values[0] && after.values[3] < before.values[3]);
        const auto &rows = found->tables.at(0).rows;
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(rows[0][0], std::string("0"));
        const auto &table = found->tables.at(0);
        QCOMPARE(rows[0].size(), table.columns.size());
        const std::size_t becomes = rows[0].size() - 2;
        QVERIFY2(rows[0][becomes] == "“1”" && rows[1][becomes] == "“0”", "a name, no figure");
        for (const auto &row : rows) QVERIFY2(row.back().ends_with(" %"), row.back().c_str());

        // Where nothing falls there is a dash, as in every table.
        asked.attack.epsilon = 1e-9;
        asked.parameters = {{"nearest", std::string()}};
        const auto still = robustness::study("classes", asked);
        QVERIFY2(bool(still), still ? "" : words(still.error()).c_str());
        for (const auto &row : still->tables.at(0).rows)
            for (std::size_t i = becomes - 1; i < row.size(); ++i)
                QCOMPARE(row[i], std::string("–"));
    }

    void twinsFallTogetherAndStrangersDoNot()
    {
        // The stranger looks at the other half of the pixels: no slope of one is in the other.
        std::vector<float> upper = m_w, lower = m_w;
        std::fill(upper.begin() + kPixels / 2, upper.end(), 0.0F);
        std::fill(lower.begin(), lower.begin() + kPixels / 2, 0.0F);
        const auto dataset = pictures(200, upper, 5);
        const attack::Subject a(halves(upper), "a"), twin(halves(upper), "twin"),
            stranger(halves(lower), "stranger");
        auto asked = request({a, twin, stranger}, dataset, 0.1);
        asked.attack.attack = "fgsm"; // which moves nothing that has no slope
        const auto found = robustness::study("transfer", asked);
        QVERIFY2(bool(found), found ? "" : words(found.error()).c_str());
        const robustness::Matrix &matrix = found->matrices.at(0);
        QCOMPARE(matrix.rows, (std::vector<std::string>{"a", "twin", "stranger"}));
        const auto at = [&](std::size_t row, std::size_t column) {
            return matrix.values[row * 3 + column];
        };
        QVERIFY(at(0, 0) < 0.3);
        QCOMPARE(at(0, 1), at(0, 0));
        QCOMPARE(at(2, 0), figure(*found, "clean_accuracy@a").value);
        QCOMPARE(at(0, 2), figure(*found, "clean_accuracy@stranger").value);
    }

    void whatTrainingCostIsToldWhereItIsKnown()
    {
        attack::Subject timed(halves(m_w), "timed"), found(halves(m_w), "found");
        timed.trainingSeconds = 12.5;
        auto wish = request({timed, found}, m_dataset, 0.05);
        wish.parameters = {{"attacks", std::string("fgsm,one-pixel,pgd")}};
        const auto both = robustness::study("defences", wish);
        QVERIFY2(bool(both), both ? "" : words(both.error()).c_str());
        QCOMPARE(figure(*both, "training_seconds@timed").value, 12.5);
        const auto isOfFound = [](const auto &each) {
            return each.key == "training_seconds@found";
        };
        QVERIFY(std::ranges::none_of(both->figures, isOfFound));
        const robustness::Table &table = both->tables.front();
        QCOMPARE(table.columns.back().id, std::string("robustness.training_time"));
        QCOMPARE(table.rows.at(0).back(), std::string("12.5"));
        QCOMPARE(table.rows.at(1).back(), std::string("–"));
        QCOMPARE(both->matrices.front().columns, (std::vector<std::string>{"fgsm", "pgd"}));
        wish.subjects = {found};
        const auto untold = robustness::study("defences", wish);
        QVERIFY(bool(untold));
        QVERIFY(untold->tables.front().columns.back().id != "robustness.training_time");
    }

    void aSingleNetworkHasNobodyToTransferTo()
    {
        const auto found = robustness::study("transfer", request({halves(m_w)}, m_dataset, 0.1));
        QVERIFY(!found);
        QVERIFY(words(found.error()).find("two") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(LinearTest)
#include "linear_test.moc"
