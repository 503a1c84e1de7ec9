// Studies of a network that computes on another device than the CPU: they find the same there.
#include "../attack/other_device.hpp"

#include "robustness/study.hpp"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace ostrich;
using namespace other_device;

namespace {

robustness::StudyRequest request(at::Device device)
{
    auto dataset = std::make_shared<data::Dataset>();
    dataset->splits[static_cast<std::size_t>(data::Split::Validation)] = pictures();
    dataset->splits[static_cast<std::size_t>(data::Split::Test)] = pictures();
    const attack::Subject subject = subjectOn(device);
    dataset->facts = subject.facts;
    robustness::StudyRequest request;
    request.subjects = {subject, subjectOn(at::kCPU)};
    request.dataset = dataset;
    request.indices.resize(kPictures);
    std::iota(request.indices.begin(), request.indices.end(), 0);
    request.attack.epsilon = 0.05;
    request.attack.steps = 5;
    return request;
}

} // namespace

class OtherDeviceTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { stand_in::begin(); }

    void everyStudyFindsTheSame_data()
    {
        QTest::addColumn<QString>("study");
        for (const auto &study : robustness::studies()) {
            const std::string &name = study->description().name;
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }
    void everyStudyFindsTheSame()
    {
        QFETCH(QString, study);
        const std::string name = study.toStdString();
        const auto there = value(robustness::study(name, request(stand_in::kDevice)));
        const auto here = value(robustness::study(name, request(at::kCPU)));
        QCOMPARE(there.figures.size(), here.figures.size());
        for (std::size_t i = 0; i < here.figures.size(); ++i) {
            const double a = there.figures[i].value, b = here.figures[i].value;
            const bool alike = std::abs(a - b) < 1e-4 || (std::isnan(a) && std::isnan(b));
            // What it took is no finding.
            QVERIFY2(alike || here.figures[i].key.starts_with("seconds"),
                     here.figures[i].key.c_str());
        }
        QVERIFY(there.sentences == here.sentences);
        for (std::size_t i = 0; i < here.checks.size(); ++i)
            QVERIFY2(there.checks.at(i).verdict == here.checks[i].verdict,
                     here.checks[i].key.c_str());
    }
};

QTEST_APPLESS_MAIN(OtherDeviceTest)
#include "other_device_test.moc"
