// A trainer from outside: commands in, events out, what it learns, how it ends.
#include "train/trainer.hpp"

#include "base/file.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "small_setups.hpp"
#include "train/evaluation.hpp"
#include "train/precision_torch.hpp"
#include "train/run.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace ostrich;
using namespace small;
using train::State;
using train::Trainer;

namespace {

std::unique_ptr<Trainer> made(const train::TrainerSetup &setup)
{
    auto trainer = Trainer::create(setup);
    if (!trainer) qFatal("%s", sentence(trainer.error(), Language::English).c_str());
    return std::move(*trainer);
}

/// Plays to the end.
Told played(const train::TrainerSetup &setup)
{
    Told told;
    const auto trainer = made(setup);
    trainer->play();
    if (!readUntil(*trainer, State::Finished, told)) qFatal("the training does not end");
    return told;
}

bool sameWeights(const engine::SnapshotHandle &a, const engine::SnapshotHandle &b)
{
    return a->tensors.size() == b->tensors.size()
           && std::all_of(a->tensors.begin(), a->tensors.end(), [&b](const auto &entry) {
                  return entry.second.equal(b->tensors.at(entry.first));
              });
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private slots:
    void learnsBlobs()
    {
        train::TrainerSetup easy = setup();
        easy.project.recipe.epochs = 30;
        easy.project.recipe.early_stopping = false;
        const Told told = played(easy);
        QCOMPARE(told.epochs.size(), std::size_t{30});
        QCOMPARE(told.summaries.size(), std::size_t{1});
        const train::Summary &summary = told.summaries.front();
        QCOMPARE(summary.stopped_by, std::string("epochs"));
        QCOMPARE(summary.parameters, std::int64_t{2 * 16 + 16 + 16 * 3 + 3});
        QVERIFY(summary.test_accuracy > 0.97);
        QVERIFY(summary.samples_per_second > 0.0);
        QVERIFY(told.epochs.back().train_loss < told.epochs.front().train_loss);
        QVERIFY(told.states == std::vector<State>({State::Running, State::Finished}));
    }

    void learnsPicturesInBothPrecisions()
    {
        for (const char *precision : {"fp32", "bf16"}) {
            train::TrainerSetup pictures = pictureSetup();
            pictures.project.recipe.epochs = 10;
            pictures.project.recipe.precision = precision;
            const Told told = played(pictures);
            QVERIFY2(told.summaries.front().test_accuracy > 0.9, precision);
        }
    }

    void everyOptimizerAndScheduleLearns_data()
    {
        QTest::addColumn<QString>("optimizer");
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<double>("rate");
        QTest::newRow("sgd") << "sgd" << "constant" << 0.05;
        QTest::newRow("adamw, cosine") << "adamw" << "cosine" << 0.02;
        QTest::newRow("adam, one cycle") << "adam" << "one-cycle" << 0.02;
    }

    void everyOptimizerAndScheduleLearns()
    {
        QFETCH(QString, optimizer);
        QFETCH(QString, schedule);
        QFETCH(double, rate);
        train::TrainerSetup one = setup();
        one.project.recipe.optimizer = optimizer.toStdString();
        one.project.recipe.schedule = schedule.toStdString();
        one.project.recipe.learning_rate = rate;
        one.project.recipe.epochs = 15;
        one.project.recipe.clip_norm = 5.0;
        one.project.recipe.label_smoothing = 0.05;
        one.project.recipe.weight_decay = 1e-3;
        QVERIFY(played(one).summaries.front().test_accuracy > 0.95);
    }

    void aRepeatedRunIsTheSameBitForBit()
    {
        for (const train::TrainerSetup &one : {setup(), pictureSetup()}) {
            const Told first = played(one), second = played(one);
            QVERIFY(first.epochs.size() == 4 && figures(first.epochs) == figures(second.epochs));
            QVERIFY(first.summaries.front().test_loss == second.summaries.front().test_loss);
            train::TrainerSetup other = one;
            other.project.recipe.seed = 2;
            QVERIFY(figures(played(other).epochs) != figures(first.epochs));
        }
    }

    void theBestEpochsWeightsAreRestored()
    {
        QTemporaryDir home;
        train::TrainerSetup overfit = setup(home.filePath("run").toStdString());
        overfit.dataset = blobs(0.9, 30); // few samples, much overlap: it must overfit
        overfit.project.network = perceptron(64);
        overfit.project.recipe.epochs = 500;
        overfit.project.recipe.learning_rate = 0.05;
        overfit.project.recipe.patience = 4;
        const auto trainer = made(overfit);
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        const train::Summary &summary = told.summaries.front();
        QCOMPARE(summary.stopped_by, std::string("early_stopping"));
        QCOMPARE(summary.epochs, summary.best_epoch + 4);
        QCOMPARE(summary.epochs, static_cast<std::int64_t>(told.epochs.size()));
        const auto &best = told.epochs[static_cast<std::size_t>(summary.best_epoch - 1)];
        QCOMPARE(summary.val_loss, best.val_loss);
        QCOMPARE(summary.train_loss, best.train_loss);
        for (const auto &epoch : told.epochs) QVERIFY(epoch.val_loss >= best.val_loss);

        const auto run = train::openRun(overfit.runFolder);
        QVERIFY(static_cast<bool>(run));
        const auto model = train::loadModel(*run);
        QVERIFY(static_cast<bool>(model));
        QVERIFY(sameWeights(engine::snapshotOf(*model), trainer->snapshot()));
        const auto test = train::evaluate(*model, *overfit.dataset, data::Split::Test);
        QVERIFY(std::abs(test->loss - summary.test_loss) < 1e-6);
    }

    void nanStopsWithAnExplanation()
    {
        train::TrainerSetup wild = setup();
        wild.project.network =
            chain({{"input_1", "Input"},
                   {"linear_1", "Linear", {{"out_features", Integer{16}}}},
                   {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                   {"output_1", "Output"}});
        wild.project.recipe.optimizer = "sgd";
        wild.project.recipe.learning_rate = 1e6;
        wild.project.recipe.epochs = 50;
        const auto trainer = made(wild);
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Failed, told));
        QCOMPARE(told.errors.size(), std::size_t{1});
        QVERIFY(told.errors.front().what.id.starts_with("train.loss_"));
        QCOMPARE(told.errors.front().hint.id, std::string("train.loss_hint"));
        QVERIFY(sentence(told.errors.front(), Language::English).find("100000")
                != std::string::npos);
        QCOMPARE(told.summaries.size(), std::size_t{1});
        QCOMPARE(told.summaries.front().stopped_by, std::string("error"));
        QCOMPARE(trainer->state(), State::Failed);
        trainer->play(); // nothing more to train
        trainer->reset();
        QVERIFY(readUntil(*trainer, State::Ready, told));
    }

    void closingAfterNanKeepsTheGoodCheckpoint()
    {
        QTemporaryDir home;
        train::TrainerSetup wild = setup(home.filePath("run").toStdString());
        wild.dataset = blobs(0.2, 20000); // the measurement at the end takes its time
        wild.project.network =
            chain({{"input_1", "Input"},
                   {"linear_1", "Linear", {{"out_features", Integer{64}}}},
                   {"linear_2", "Linear", {{"out_features", std::string("classes")}}},
                   {"output_1", "Output"}});
        wild.project.recipe.optimizer = "sgd";
        wild.project.recipe.batch_size = 500;
        auto trainer = made(wild);
        Told told;
        trainer->stepEpoch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        trainer->pause();
        trainer->stepBatch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        trainer.reset(); // writes `last`
        const auto good = readFile(wild.runFolder / "last.safetensors");
        QVERIFY(static_cast<bool>(good));

        wild.resume = true;
        trainer = made(wild);
        trainer->setLearningRate(1e6);
        trainer->play();
        while (told.errors.empty())
            for (const auto &event : trainer->waitForEvents(std::chrono::seconds(1)))
                told.add(event);
        trainer.reset();
        QCOMPARE(told.errors.front().what.arguments.at(0), std::string("2"));
        const auto after = readFile(wild.runFolder / "last.safetensors");
        QVERIFY(after && *after == *good);
    }

    void theSummaryMeasuresTheWholeTrainingSplit()
    {
        train::TrainerSetup many = setup();
        many.dataset = blobs(0.7, 5000); // an epoch's figures come from 2,250 of them
        many.project.recipe.epochs = 1;
        const auto trainer = made(many);
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        const auto model =
            engine::compile(many.project.network,
                            {.facts = many.dataset->facts, .statistics = many.dataset->statistics});
        QVERIFY(model && engine::restore(*model, trainer->snapshot()));
        const auto whole = train::evaluate(*model, *many.dataset, data::Split::Train);
        const train::Summary &summary = told.summaries.front();
        QCOMPARE(summary.train_accuracy, whole->accuracy);
        QVERIFY(std::abs(summary.train_loss - whole->loss) < 1e-6);
        QVERIFY(told.epochs.front().train_loss != summary.train_loss);
    }

    void autoTakesBfloat16OnlyWhereItPays()
    {
        QCOMPARE(train::resolvePrecision("bf16", "cpu", 1), std::string("bf16"));
        QCOMPARE(train::resolvePrecision("fp32", "cpu", 1'000'000'000), std::string("fp32"));
        for (const engine::Device &device : engine::devices()) {
            QCOMPARE(train::resolvePrecision("auto", device.name, 100'000), std::string("fp32"));
            QCOMPARE(train::resolvePrecision("auto", device.name, 1'000'000'000),
                     std::string(device.fastBfloat16 ? "bf16" : "fp32"));
        }
        QCOMPARE(train::resolvePrecision("auto", "cuda:77", 1'000'000'000), std::string("fp32"));
    }

    void stepsOneBatchAndOneEpoch()
    {
        const auto trainer = made(setup());
        QCOMPARE(trainer->state(), State::Ready);
        const auto before = trainer->snapshot();
        Told told;
        trainer->stepBatch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        QCOMPARE(told.steps.size(), std::size_t{1});
        QCOMPARE(told.steps.front().step, std::int64_t{1});
        QCOMPARE(told.steps.front().stepsPerEpoch, std::int64_t{8});
        QVERIFY(std::isfinite(told.steps.front().loss));
        QVERIFY(!sameWeights(before, trainer->snapshot()));
        trainer->stepEpoch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        QCOMPARE(told.epochs.size(), std::size_t{1});
        QCOMPARE(told.epochs.front().step, std::int64_t{8});
        trainer->stepEpoch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        QCOMPARE(told.epochs.back().step, std::int64_t{16});
    }

    void interruptionsChangeNothing()
    {
        const Told straight = played(setup());
        const auto trainer = made(setup());
        Told told;
        for (int i = 0; i < 11; ++i) {
            trainer->stepBatch();
            QVERIFY(readUntil(*trainer, State::Paused, told));
        }
        trainer->play();
        trainer->pause();
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        QVERIFY(figures(told.epochs) == figures(straight.epochs));
    }

    void pauseAndPlay()
    {
        train::TrainerSetup longOne = setup();
        longOne.project.recipe.epochs = 100000;
        longOne.project.recipe.early_stopping = false;
        const auto trainer = made(longOne);
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Running, told));
        trainer->pause();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        static_cast<void>(trainer->takeEvents());
        QTest::qWait(50);
        QVERIFY(trainer->takeEvents().empty());
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Running, told));
        trainer->stop();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        QCOMPARE(told.summaries.front().stopped_by, std::string("user"));
    }

    void stopBeforeAnythingStillEnds()
    {
        const auto trainer = made(setup());
        const auto initial = trainer->snapshot();
        Told told;
        trainer->stop();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        QCOMPARE(told.summaries.front().stopped_by, std::string("user"));
        QCOMPARE(told.summaries.front().epochs, std::int64_t{0});
        QVERIFY(sameWeights(initial, trainer->snapshot()));
    }

    void resetGoesBackToTheSameWeights()
    {
        QTemporaryDir home;
        const train::TrainerSetup one = setup(home.filePath("run").toStdString());
        const auto trainer = made(one);
        const auto initial = trainer->snapshot();
        Told first;
        trainer->setLearningRate(0.5);
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, first));
        trainer->reset();
        QVERIFY(readUntil(*trainer, State::Ready, first));
        QVERIFY(sameWeights(initial, trainer->snapshot()));
        const auto run = train::openRun(one.runFolder);
        QVERIFY(run && run->epochs.empty() && !run->manifest.summary);
        Told second;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, second));
        QVERIFY(figures(second.epochs) == figures(played(setup()).epochs));
    }

    void theLearningRateChangesLive()
    {
        const auto trainer = made(setup());
        Told told;
        trainer->stepBatch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        trainer->setLearningRate(0.125);
        trainer->stepBatch();
        QVERIFY(readUntil(*trainer, State::Paused, told));
        QCOMPARE(told.steps[0].learning_rate, 0.01);
        QCOMPARE(told.steps[1].learning_rate, 0.125);
    }

    void limitsEndTheRun()
    {
        train::TrainerSetup bySteps = setup();
        bySteps.project.recipe.max_steps = 11;
        Told told = played(bySteps);
        QCOMPARE(told.summaries.front().stopped_by, std::string("steps"));
        QCOMPARE(told.epochs.size(), std::size_t{1});
        train::TrainerSetup byTime = setup();
        byTime.project.recipe.epochs = 100000;
        byTime.project.recipe.early_stopping = false;
        byTime.project.recipe.max_seconds = 0.2;
        told = played(byTime);
        QCOMPARE(told.summaries.front().stopped_by, std::string("time"));
        QVERIFY(told.summaries.front().seconds < 2.0);
    }

    void stepsAreThinned()
    {
        train::TrainerSetup longOne = setup();
        longOne.project.recipe.epochs = 100000;
        longOne.project.recipe.early_stopping = false;
        longOne.project.recipe.max_seconds = 1.0;
        const Told told = played(longOne);
        QVERIFY(!told.steps.empty());
        QVERIFY2(told.steps.size() < 45, qPrintable(QString::number(told.steps.size())));
    }

    void snapshotsAreNotWrittenAgain()
    {
        const auto trainer = made(setup());
        const auto first = trainer->snapshot();
        const at::Tensor copy = first->tensors.at("linear_1.weight").clone();
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Finished, told));
        QVERIFY(first->tensors.at("linear_1.weight").equal(copy));
        QVERIFY(first != trainer->snapshot());
    }

    void closingWhileItTrainsEndsAtOnce()
    {
        QTemporaryDir home;
        train::TrainerSetup longOne = setup(home.filePath("run").toStdString());
        longOne.project.recipe.epochs = 100000;
        longOne.project.recipe.early_stopping = false;
        auto trainer = made(longOne);
        Told told;
        trainer->play();
        QVERIFY(readUntil(*trainer, State::Running, told));
        QTest::qWait(100);
        const auto begin = std::chrono::steady_clock::now();
        trainer.reset();
        // Its epochs would take minutes; a busy disk may take a second to keep `last`.
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
        QVERIFY(std::filesystem::exists(longOne.runFolder / "last.safetensors"));
    }

    void refusesWhatCannotBeTrained()
    {
        train::TrainerSetup broken = setup();
        broken.project.network.wires.erase(broken.project.network.wires.begin());
        const auto noWire = Trainer::create(broken);
        QVERIFY(!noWire);

        train::TrainerSetup empty = setup();
        empty.dataset = std::make_shared<data::Dataset>();
        const auto noData = Trainer::create(empty);
        QVERIFY(!noData);
        QCOMPARE(noData.error().what.id, std::string("train.no_samples"));

        train::TrainerSetup nowhere = setup();
        nowhere.device = "cuda:77";
        QVERIFY(!Trainer::create(nowhere));

        train::TrainerSetup forbidden = setup("/proc/nothing/run");
        const auto noFolder = Trainer::create(forbidden);
        QVERIFY(!noFolder);
        QCOMPARE(noFolder.error().where, std::string("/proc/nothing/run"));
    }

    void refusesWhatDoesNotFitTheMemory()
    {
        train::TrainerSetup huge = setup();
        huge.project.network =
            chain({{"input_1", "Input"},
                   {"linear_1", "Linear", {{"out_features", Integer{60000}}}},
                   {"linear_2", "Linear", {{"out_features", Integer{60000}}}},
                   {"linear_3", "Linear", {{"out_features", std::string("classes")}}},
                   {"output_1", "Output"}});
        const auto estimate = Trainer::estimateBytes(huge);
        QVERIFY(estimate && *estimate > std::int64_t{14'000'000'000}); // 3.6e9 weights
        const auto trainer = Trainer::create(huge);
        QVERIFY(!trainer);
        QCOMPARE(trainer.error().what.id, std::string("train.too_large"));
        QVERIFY(sentence(trainer.error(), Language::English).find(" GB") != std::string::npos);
        const auto modest = Trainer::estimateBytes(setup());
        QVERIFY(modest && *modest < 1'000'000);
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "trainer_test.moc"
