// Attacks on a network that computes on another device than the CPU: they find the same there.
#include "other_device.hpp"

#include "attack/filter.hpp"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace ostrich;
using namespace other_device;

namespace {

double farthest(const Array &a, const Array &b)
{
    double largest = a.shape == b.shape ? 0.0 : INFINITY;
    for (std::size_t i = 0; i < std::min(a.values.size(), b.values.size()); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a.values[i] - b.values[i])));
    return largest;
}

} // namespace

class OtherDeviceTest : public QObject {
    Q_OBJECT

private:
    data::Samples m_pictures;
    std::vector<std::int64_t> m_all = std::vector<std::int64_t>(kPictures);

    void compare(const attack::Subject &there, const attack::Subject &here,
                 const attack::AttackOptions &options)
    {
        const auto found = value(attack::attackSamples(there, m_pictures, m_all, options));
        const auto known = value(attack::attackSamples(here, m_pictures, m_all, options));
        QCOMPARE(found.y_adv, known.y_adv);
        QCOMPARE(found.robust_accuracy, known.robust_accuracy);
        QVERIFY(farthest(found.x_adv, known.x_adv) < 1e-5);
    }

private slots:
    void initTestCase()
    {
        stand_in::begin();
        m_pictures = pictures();
        std::iota(m_all.begin(), m_all.end(), 0);
    }

    /// Or the tests below could not fail.
    void twoDevicesInOneOperationAreRefused()
    {
        const at::Tensor there = at::full({3}, 1.0, stand_in::kDevice);
        QCOMPARE((there + there).cpu().sum().item<double>(), 6.0);
        QVERIFY_THROWS_EXCEPTION(c10::Error, there + at::full({3}, 1.0));
        QVERIFY_THROWS_EXCEPTION(c10::Error, there.index_select(0, at::full({1}, 0, at::kLong)));
        at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(1);
        QVERIFY_THROWS_EXCEPTION(c10::Error, at::empty_like(there).uniform_(0, 1, generator));
    }

    void everyAttackFindsTheSame_data()
    {
        QTest::addColumn<QString>("attack");
        QTest::addColumn<QString>("norm");
        for (const attack::AttackDescription &one : attack::attacks()) {
            const auto norms = one.norms.empty() ? std::vector{attack::Norm::Linf} : one.norms;
            for (const attack::Norm norm : norms) {
                const std::string shown(attack::name(norm));
                QTest::addRow("%s, %s", one.name.c_str(), shown.c_str())
                    << QString::fromStdString(one.name) << QString::fromStdString(shown);
            }
        }
    }
    void everyAttackFindsTheSame()
    {
        QFETCH(QString, attack);
        QFETCH(QString, norm);
        attack::AttackOptions options;
        options.attack = attack.toStdString();
        options.norm = *attack::normFromName(norm.toStdString());
        options.epsilon = attack::usualEpsilon(options.norm);
        options.steps = 12;
        options.restarts = 2;
        compare(subjectOn(stand_in::kDevice), subjectOn(at::kCPU), options);
        options.target = 1;
        options.untilFooled = true;
        if (attack::describedAttack(options.attack)->canTarget)
            compare(subjectOn(stand_in::kDevice), subjectOn(at::kCPU), options);
    }

    void smallestPerturbationsAreTheSame_data()
    {
        QTest::addColumn<QString>("attack");
        for (const attack::AttackDescription &one : attack::attacks())
            if (one.smallest) QTest::newRow(one.name.c_str()) << QString::fromStdString(one.name);
    }
    void smallestPerturbationsAreTheSame()
    {
        QFETCH(QString, attack);
        attack::AttackOptions options;
        options.attack = attack.toStdString();
        options.norm = attack::describedAttack(options.attack)->norms.front();
        options.steps = 20;
        const auto found = value(attack::smallestPerturbations(subjectOn(stand_in::kDevice),
                                                               m_pictures, m_all, options));
        const auto known =
            value(attack::smallestPerturbations(subjectOn(at::kCPU), m_pictures, m_all, options));
        QVERIFY(std::abs(found.median_norm - known.median_norm) < 1e-5);
    }

    void stepsAreToldFromThere()
    {
        for (const char *name : {"pgd", "apgd-ce", "fab-t", "square", "spatial", "patch"}) {
            attack::AttackOptions options;
            options.attack = name;
            options.steps = 25;
            int told = 0;
            const auto watcher = [&told](const attack::AttackStep &) { ++told; };
            value(attack::attackPicture(subjectOn(stand_in::kDevice), m_pictures.sample(0), {},
                                        options, {}, watcher));
            QVERIFY2(told > 0, name);
        }
    }

    void filtersStandThere_data()
    {
        QTest::addColumn<QString>("filter");
        for (const attack::FilterDescription &one : attack::filters())
            for (const char *adaptive : {"0", "1"})
                QTest::addRow("%s, adaptive %s", one.name.c_str(), adaptive)
                    << QString::fromStdString(one.name + "?adaptive=" + adaptive);
    }
    void filtersStandThere()
    {
        QFETCH(QString, filter);
        const auto choice = value(attack::filterFromText(filter.toStdString()));
        const auto behind = [&](at::Device device) {
            return value(attack::behindFilter(subjectOn(device), choice));
        };
        attack::AttackOptions options;
        options.steps = 5;
        compare(behind(stand_in::kDevice), behind(at::kCPU), options);
    }
};

QTEST_APPLESS_MAIN(OtherDeviceTest)
#include "other_device_test.moc"
