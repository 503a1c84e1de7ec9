// Adversarial training of a LeNet in full: what it promises is held against PGD-40.
#include "whole_training.hpp"

#include "attack/threat.hpp"
#include "data/source.hpp"
#include "project/templates.hpp"

#include <QFileInfo>
#include <QtTest>

#include <numeric>

using namespace ostrich;
using whole_training::value;

namespace {

constexpr std::int64_t kPictures = 1000;

/// MNIST where it lies beside the project, else drawn digits.
std::string digits()
{
    const QString folder = OSTRICH_SHARED_DATA "/mnist";
    return QFileInfo(folder).isDir() ? "idx:" + folder.toStdString() : std::string("glyphs");
}

train::TrainerSetup hardened(const std::string &source)
{
    train::TrainerSetup setup;
    setup.project = value(project::newProject("lenet"));
    setup.project.recipe.defence = "adversarial";
    setup.project.recipe.defence_epsilon = 0.25;
    setup.project.recipe.schedule = "cosine";
    setup.project.recipe.epochs = 8;
    setup.project.recipe.seed = 1;
    setup.dataset = value(data::load(source, setup.project.recipe.seed));
    setup.device = "cpu";
    return setup;
}

attack::AttackResult attacked(const engine::ModelHandle &model, const data::Dataset &dataset,
                              double epsilon)
{
    std::vector<std::int64_t> indices(kPictures);
    std::iota(indices.begin(), indices.end(), 0);
    attack::AttackOptions options;
    options.attack = "pgd";
    options.steps = 40;
    options.epsilon = epsilon;
    return value(attack::attackSamples(model, dataset.split(data::Split::Test), indices, options));
}

} // namespace

class DefencesLongTest : public QObject {
    Q_OBJECT

private slots:
    void adversarialTrainingHoldsNineOfTen()
    {
        const std::string source = digits();
        const train::TrainerSetup setup = hardened(source);
        const engine::ModelHandle model = whole_training::trained(setup);
        const auto inside = attacked(model, *setup.dataset, 0.2);
        const auto beyond = attacked(model, *setup.dataset, 0.3);
        qInfo("%s: clean %.3f; under PGD-40 %.3f at 0.2, %.3f at 0.3", source.c_str(),
              inside.clean_accuracy, inside.robust_accuracy, beyond.robust_accuracy);
        QVERIFY(inside.clean_accuracy >= 0.95);
        QVERIFY(inside.robust_accuracy >= 0.9);
        QVERIFY(beyond.robust_accuracy <= inside.robust_accuracy);
    }
};

QTEST_APPLESS_MAIN(DefencesLongTest)
#include "defences_long_test.moc"
