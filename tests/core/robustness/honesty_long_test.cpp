// The honesty checklist on trained networks: it passes a LeNet trained plainly and one trained
// against attacks, and flags what only hides its slope.
#include "../train/whole_training.hpp"

#include "attack/filter.hpp"
#include "data/source.hpp"
#include "project/templates.hpp"
#include "robustness/study.hpp"

#include <QtTest>

#include <numeric>

using namespace ostrich;
using robustness::Check;
using whole_training::value;

namespace {

constexpr std::int64_t kPictures = 200;
constexpr double kEpsilon = 0.1;

engine::ModelHandle lenet(const std::shared_ptr<const data::Dataset> &dataset, const char *defence)
{
    train::TrainerSetup setup;
    setup.project = value(project::newProject("lenet"));
    setup.project.recipe.defence = defence;
    setup.project.recipe.defence_epsilon = kEpsilon;
    setup.project.recipe.epochs = 3;
    setup.dataset = dataset;
    setup.device = "cpu";
    return whole_training::trained(setup);
}

/// The keys of the questions that `subject` fails.
QStringList failed(const attack::Subject &subject,
                   const std::shared_ptr<const data::Dataset> &dataset)
{
    robustness::StudyRequest request;
    request.subjects = {subject};
    request.dataset = dataset;
    request.indices.resize(kPictures);
    std::iota(request.indices.begin(), request.indices.end(), 0);
    request.attack.epsilon = kEpsilon;
    const robustness::Findings found = value(robustness::study("honesty", request));
    for (const robustness::Figure &figure : found.figures)
        qInfo("%s %.3f", figure.key.c_str(), figure.value);
    QStringList keys;
    for (const Check &check : found.checks) {
        if (check.verdict == Check::Verdict::Fail) keys << QString::fromStdString(check.key);
        qInfo("%-30s %-8s %s", check.key.c_str(), robustness::name(check.verdict).data(),
              sentence(check.evidence, Language::English).c_str());
    }
    qInfo("failed: %s", qPrintable(keys.join(", ")));
    return keys;
}

} // namespace

class HonestyLongTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const data::Dataset> m_dataset;
    engine::ModelHandle m_plain;

private slots:
    void initTestCase()
    {
        m_dataset = value(data::load("glyphs?train=4000", 1));
        m_plain = lenet(m_dataset, "none");
    }

    void aPlainNetworkFailsNothing() { QCOMPARE(failed(m_plain, m_dataset), QStringList()); }

    void adversarialTrainingFailsNothing()
    {
        QCOMPARE(failed(lenet(m_dataset, "adversarial"), m_dataset), QStringList());
    }

    void aMaskedNetworkIsFlagged()
    {
        QVERIFY(!failed(lenet(m_dataset, "masked"), m_dataset).isEmpty());
    }

    void aFilterThatTheAttackDoesNotKnowIsFlagged_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::newRow("bit depth") << "bit_depth?adaptive=0";
        QTest::newRow("JPEG") << "jpeg?adaptive=0";
    }
    void aFilterThatTheAttackDoesNotKnowIsFlagged()
    {
        QFETCH(QString, filter);
        const auto choice = value(attack::filterFromText(filter.toStdString()));
        QVERIFY(!failed(value(attack::behindFilter(m_plain, choice)), m_dataset).isEmpty());
    }
};

QTEST_APPLESS_MAIN(HonestyLongTest)
#include "honesty_long_test.moc"
