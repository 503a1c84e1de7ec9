// Attacks on a GPU: they find what they find on the CPU.
#include "whole_training.hpp"

#include "attack/threat.hpp"
#include "data/source.hpp"
#include "project/templates.hpp"

#include <ATen/Context.h>

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace ostrich;
using whole_training::value;

namespace {

constexpr std::int64_t kPictures = 500;

double robustAccuracy(const engine::ModelHandle &model, const data::Dataset &dataset,
                      const attack::AttackOptions &options)
{
    std::vector<std::int64_t> indices(kPictures);
    std::iota(indices.begin(), indices.end(), 0);
    return value(attack::attackSamples(model, dataset.split(data::Split::Test), indices, options))
        .robust_accuracy;
}

} // namespace

class CudaAttacksTest : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const data::Dataset> m_dataset;
    QTemporaryDir m_home;
    engine::ModelHandle m_here, m_there; // the same weights on the CPU and on the GPU

private slots:
    void initTestCase()
    {
        if (!at::hasCUDA()) QSKIP("there is no GPU here that LibTorch can use");
        train::TrainerSetup setup;
        setup.project = value(project::newProject("lenet"));
        setup.project.recipe.epochs = 2;
        setup.project.recipe.precision = "fp32";
        setup.dataset = m_dataset = value(data::load("glyphs?train=3000", 1));
        setup.device = "cpu";
        setup.runFolder = m_home.filePath("run").toStdString();
        whole_training::follow(setup);
        const train::Run run = value(train::openRun(setup.runFolder));
        m_here = value(train::loadModel(run, "cpu"));
        m_there = value(train::loadModel(run, "cuda"));
    }

    void robustAccuracyIsThatOfTheCpu_data()
    {
        QTest::addColumn<QString>("attack");
        QTest::addColumn<QString>("norm");
        QTest::addColumn<double>("epsilon");
        for (const char *attack : {"pgd", "apgd-ce", "square", "fab-t"}) {
            QTest::addRow("%s, linf", attack) << attack << "linf" << 0.08;
            QTest::addRow("%s, l2", attack) << attack << "l2" << 1.0;
        }
    }
    void robustAccuracyIsThatOfTheCpu()
    {
        QFETCH(QString, attack);
        QFETCH(QString, norm);
        QFETCH(double, epsilon);
        attack::AttackOptions options;
        options.attack = attack.toStdString();
        options.norm = *attack::normFromName(norm.toStdString());
        options.epsilon = epsilon;
        options.steps = attack == "square" ? 500 : 40;
        const double here = robustAccuracy(m_here, *m_dataset, options);
        const double there = robustAccuracy(m_there, *m_dataset, options);
        qInfo("%.3f on the CPU, %.3f on the GPU", here, there);
        QVERIFY(std::abs(here - there) <= 0.02);
    }

    void everyAttackEndsInsideItsBall_data()
    {
        QTest::addColumn<QString>("attack");
        for (const attack::AttackDescription &one : attack::attacks())
            QTest::newRow(one.name.c_str()) << QString::fromStdString(one.name);
    }
    void everyAttackEndsInsideItsBall()
    {
        QFETCH(QString, attack);
        const auto *known = attack::describedAttack(attack.toStdString());
        const data::Samples &samples = m_dataset->split(data::Split::Test);
        attack::Subject subject(m_there);
        subject.surrogate = subject.classifier;
        for (const attack::Norm norm :
             known->norms.empty() ? std::vector{attack::Norm::Linf} : known->norms) {
            attack::AttackOptions options;
            options.attack = known->name;
            options.norm = norm;
            options.epsilon = attack::usualEpsilon(*known, norm, m_dataset->facts);
            options.steps = 10;
            const auto result = attack::attackSamples(subject, samples, {0, 1, 2, 3}, options);
            QVERIFY2(result, result ? "" : sentence(result.error(), Language::English).c_str());
            QVERIFY(known->norms.empty() || result->max_norm <= options.epsilon * (1.0 + 1e-6));
        }
    }
};

QTEST_APPLESS_MAIN(CudaAttacksTest)
#include "cuda_attacks_test.moc"
