// The certified curve of a network whose radii are known, and what the study refuses.
#include "../../attack/small_models.hpp"
#include "base/random.hpp"
#include "robustness/study.hpp"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace ostrich;

namespace {

constexpr std::size_t kPixels = 16;

/// Two classes on 4×4 pictures, told apart by a plane, and pictures all of the first class.
struct Known {
    std::shared_ptr<data::Dataset> dataset = std::make_shared<data::Dataset>();
    engine::ModelHandle model;
    std::vector<double> distances; // from the plane, negative beyond it

    explicit Known(std::uint64_t seed)
    {
        RandomStream random(seed, "known");
        std::vector<float> weight;
        double squares = 0.0, middle = 0.0;
        for (std::size_t i = 0; i < kPixels; ++i) {
            weight.push_back(static_cast<float>(random.normal()));
            squares += static_cast<double>(weight.back()) * weight.back();
            middle += 0.5 * weight.back();
        }
        data::Samples &samples = dataset->splits[static_cast<std::size_t>(data::Split::Test)];
        samples.sampleShape = {1, 4, 4};
        for (int sample = 0; sample < 60; ++sample) {
            double sum = -middle;
            for (std::size_t i = 0; i < kPixels; ++i) {
                samples.bytes.push_back(static_cast<std::uint8_t>(random.integer(256)));
                sum += weight[i] * samples.bytes.back() / 255.0;
            }
            samples.labels.push_back(0);
            distances.push_back(sum / std::sqrt(squares));
        }
        weight.resize(2 * kPixels, 0.0F);
        model = small_models::linearOnPictures(4, 4, weight, {static_cast<float>(-middle), 0.0F});
        dataset->facts = model->facts();
    }

    robustness::StudyRequest request(graph::Parameters parameters) const
    {
        robustness::StudyRequest request;
        request.subjects = {{model, "plane"}};
        request.dataset = dataset;
        request.indices.resize(distances.size());
        std::iota(request.indices.begin(), request.indices.end(), 0);
        request.parameters = std::move(parameters);
        return request;
    }
    double shareBeyond(double radius) const
    {
        return static_cast<double>(std::ranges::count_if(
                   distances, [&](double distance) { return distance >= radius; }))
               / static_cast<double>(distances.size());
    }
};

} // namespace

class CertificatesTest : public QObject {
    Q_OBJECT

private slots:
    void theCurveStaysBelowTheExactOneAndNearIt()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        const Known known(seed);
        const auto found =
            robustness::study("certificates", known.request({{"sigma", std::string("0.5")},
                                                             {"n", std::int64_t{4000}},
                                                             {"alpha", 1e-6}}));
        QVERIFY2(bool(found), found ? "" : sentence(found.error(), Language::English).c_str());
        QCOMPARE(found->plots.size(), std::size_t{1});
        const robustness::Plot &plot = found->plots.front();
        QCOMPARE(plot.key, std::string("certified_accuracy"));
        const robustness::Curve &curve = plot.curves.front();
        QVERIFY(curve.x.size() > 10 && curve.x.front() == 0.0 && curve.x.back() > 0.5);
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            QVERIFY(curve.low[i] <= curve.y[i] && curve.y[i] <= curve.high[i]);
            QVERIFY(i == 0 || curve.y[i] <= curve.y[i - 1]);
            QVERIFY(curve.y[i] <= known.shareBeyond(curve.x[i]) + 1e-12);
            if (curve.x[i] <= 0.6) QVERIFY(curve.y[i] >= known.shareBeyond(curve.x[i] + 0.2));
        }
        const auto figure = [&](const char *key) {
            return std::ranges::find(found->figures, key, &robustness::Figure::key)->value;
        };
        QCOMPARE(figure("certified_accuracy"), curve.y.front());
        QVERIFY(figure("abstained") < 0.5 && figure("mean_radius") > 0.0);
        QCOMPARE(found->tables.front().rows.size(), std::size_t{1});
    }

    void severalSigmasAndNetworksGiveACurveEach()
    {
        const Known known(1);
        robustness::StudyRequest request =
            known.request({{"sigma", std::string("0.1, 0.5")}, {"n", std::int64_t{100}}});
        request.indices.resize(5);
        request.subjects.push_back({known.model, "again"});
        int told = 0;
        const auto found = robustness::study(
            "certificates", request,
            {.progress = {}, .partial = [&](const robustness::Findings &) { ++told; }});
        QVERIFY(bool(found));
        QCOMPARE(found->plots.front().curves.size(), std::size_t{4});
        QCOMPARE(found->tables.front().rows.size(), std::size_t{4});
        QCOMPARE(told, 4);
        // The same network, the same seed: the same figures.
        QCOMPARE(found->plots.front().curves[0].y, found->plots.front().curves[2].y);
    }

    void whatIsNoSigmaIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "0", "-1", "abc", "0.25,", "0.25;0.5", "nan", "inf"})
            QTest::newRow(text) << QString(text);
    }
    void whatIsNoSigmaIsRefused()
    {
        QFETCH(QString, text);
        const auto refused =
            robustness::study("certificates", Known(1).request({{"sigma", text.toStdString()}}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("robustness.bad_sigma"));
    }

    void itCanBeCancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto stopped =
            robustness::study("certificates", Known(1).request({}), {}, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().what.id, std::string("attack.cancelled"));
    }
};

QTEST_APPLESS_MAIN(CertificatesTest)
#include "certificates_test.moc"
