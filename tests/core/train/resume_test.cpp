// Going on: a run that was interrupted anywhere ends as the one that never was.
#include "small_setups.hpp"
#include "train/run.hpp"
#include "train/trainer.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

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

Told played(const train::TrainerSetup &setup)
{
    Told told;
    const auto trainer = made(setup);
    trainer->play();
    if (!readUntil(*trainer, State::Finished, told)) qFatal("the training does not end");
    return told;
}

std::vector<train::EpochMetrics> epochsOf(const std::filesystem::path &folder)
{
    const auto run = train::openRun(folder);
    if (!run) qFatal("%s", sentence(run.error(), Language::English).c_str());
    return run->epochs;
}

} // namespace

class ResumeTest : public QObject {
    Q_OBJECT

private slots:
    void twoAndTwoEpochsAreFour_data()
    {
        QTest::addColumn<bool>("pictures");
        QTest::addColumn<QString>("optimizer");
        QTest::newRow("points, adam") << false << "adam";
        QTest::newRow("points, sgd") << false << "sgd";
        QTest::newRow("pictures, adamw") << true << "adamw";
    }

    void twoAndTwoEpochsAreFour()
    {
        QFETCH(bool, pictures);
        QFETCH(QString, optimizer);
        QTemporaryDir home;
        const auto folder = [&home](const char *name) { return home.filePath(name).toStdString(); };
        const auto base = [&](std::filesystem::path where) {
            train::TrainerSetup one = pictures ? pictureSetup(where) : setup(where);
            one.project.recipe.optimizer = optimizer.toStdString();
            return one;
        };
        const Told straight = played(base(folder("straight")));

        train::TrainerSetup halves = base(folder("halves"));
        halves.project.recipe.epochs = 2;
        Told told = played(halves);
        QCOMPARE(told.epochs.size(), std::size_t{2});
        halves.project.recipe.epochs = 4;
        halves.resume = true;
        told = played(halves);
        QCOMPARE(told.epochs.size(), std::size_t{2}); // only the new ones
        QVERIFY(figures(epochsOf(halves.runFolder)) == figures(straight.epochs));
        const train::Summary &one = straight.summaries.front(), &two = told.summaries.front();
        QVERIFY(one.best_epoch == two.best_epoch && one.test_loss == two.test_loss
                && one.val_loss == two.val_loss && one.train_accuracy == two.train_accuracy);
        const auto run = train::openRun(halves.runFolder);
        QCOMPARE(run->manifest.project.recipe.epochs, std::int64_t{4});
        QVERIFY(run->manifest.summary == two);
    }

    void anyInterruptionIsExact_data()
    {
        QTest::addColumn<int>("batches"); // of 8 an epoch
        for (const int batches : {1, 5, 8, 13, 16, 31}) QTest::addRow("%d", batches) << batches;
    }

    void anyInterruptionIsExact()
    {
        QFETCH(int, batches);
        QTemporaryDir home;
        const Told straight = played(setup());
        train::TrainerSetup cut = setup(home.filePath("run").toStdString());
        Told told;
        {
            const auto trainer = made(cut);
            for (int i = 0; i < batches; ++i) {
                trainer->stepBatch();
                QVERIFY(readUntil(*trainer, State::Paused, told));
            }
        } // closed in the middle
        cut.resume = true;
        played(cut);
        QVERIFY(figures(epochsOf(cut.runFolder)) == figures(straight.epochs));
    }

    void closingWhileRunningIsExact()
    {
        QTemporaryDir home;
        train::TrainerSetup cut = setup(home.filePath("run").toStdString());
        cut.project.recipe.epochs = 60;
        cut.project.recipe.early_stopping = false;
        train::TrainerSetup whole = cut;
        whole.runFolder.clear();
        const Told straight = played(whole);
        for (int i = 0; i < 3; ++i) {
            Told told;
            const auto trainer = made(cut);
            trainer->play();
            QVERIFY(readUntil(*trainer, State::Running, told));
            QTest::qWait(30);
            cut.resume = true;
        }
        played(cut);
        QVERIFY(figures(epochsOf(cut.runFolder)) == figures(straight.epochs));
    }

    void earlyStoppingGoesOnCounting()
    {
        QTemporaryDir home;
        train::TrainerSetup overfit = setup();
        overfit.dataset = blobs(0.9, 30);
        overfit.project.recipe.learning_rate = 0.05;
        overfit.project.recipe.epochs = 500;
        const Told straight = played(overfit);
        const train::Summary &whole = straight.summaries.front();
        QCOMPARE(whole.stopped_by, std::string("early_stopping"));

        overfit.runFolder = home.filePath("run").toStdString();
        overfit.project.recipe.epochs = whole.best_epoch + 2; // after the best, before the stop
        QCOMPARE(played(overfit).summaries.front().stopped_by, std::string("epochs"));
        overfit.project.recipe.epochs = 500;
        overfit.resume = true;
        const train::Summary rest = played(overfit).summaries.front();
        QCOMPARE(rest.stopped_by, std::string("early_stopping"));
        QCOMPARE(rest.epochs, whole.epochs);
        QCOMPARE(rest.best_epoch, whole.best_epoch);
        QVERIFY(rest.test_loss == whole.test_loss);
    }

    void aLiveLearningRateGoesOn()
    {
        QTemporaryDir home;
        train::TrainerSetup one = setup(home.filePath("run").toStdString());
        Told told;
        {
            const auto trainer = made(one);
            trainer->setLearningRate(0.125);
            trainer->stepBatch();
            QVERIFY(readUntil(*trainer, State::Paused, told));
        }
        one.resume = true;
        for (const double recipeRate : {0.01, 0.02}) { // unchanged; another one asked for
            one.project.recipe.learning_rate = recipeRate;
            const auto trainer = made(one);
            trainer->stepBatch();
            QVERIFY(readUntil(*trainer, State::Paused, told));
            QCOMPARE(told.steps.back().learning_rate, recipeRate == 0.01 ? 0.125 : 0.02);
        }
    }

    void aRunWithoutLastBeginsAnew()
    {
        QTemporaryDir home;
        train::TrainerSetup one = setup(home.filePath("run").toStdString());
        {
            const auto trainer = made(one);
        } // killed before anything was trained
        std::filesystem::remove(one.runFolder / "last.safetensors");
        one.resume = true;
        const Told told = played(one);
        QVERIFY(figures(told.epochs) == figures(played(setup()).epochs));
    }

    void epochsAfterLastAreTrainedAgain()
    {
        QTemporaryDir home;
        train::TrainerSetup one = setup(home.filePath("run").toStdString());
        one.project.recipe.epochs = 2;
        played(one);
        {
            // As after a crash: the metrics are ahead of `last`, and a line is cut off.
            std::ofstream file(one.runFolder / "metrics.jsonl", std::ios::app);
            file
                << R"({"event":"epoch","epoch":3,"step":24,"train_loss":1,"val_loss":1,"train_accuracy":0,)"
                << R"("val_accuracy":0,"learning_rate":1,"samples_per_second":1,"seconds":1})"
                << "\n{\"ev";
        }
        one.project.recipe.epochs = 4;
        one.resume = true;
        played(one);
        QVERIFY(figures(epochsOf(one.runFolder)) == figures(played(setup()).epochs));
    }

    void refusesWhatDoesNotFit()
    {
        QTemporaryDir home;
        train::TrainerSetup one = setup(home.filePath("run").toStdString());
        one.project.recipe.epochs = 1;
        played(one);
        QCOMPARE(Trainer::create(one).error().what.id, std::string("train.folder_in_use"));
        one.resume = true;
        train::TrainerSetup otherData = one;
        otherData.dataset = blobs(0.3);
        QCOMPARE(Trainer::create(otherData).error().what.id, std::string("train.resume_data"));
        train::TrainerSetup otherNetwork = one;
        otherNetwork.project.network = perceptron(17);
        QCOMPARE(Trainer::create(otherNetwork).error().what.id,
                 std::string("train.resume_network"));
        train::TrainerSetup moved = one;
        moved.project.network.blocks[0].position = {100.0, 50.0};
        QVERIFY(static_cast<bool>(Trainer::create(moved)));
        train::TrainerSetup nothing = one;
        nothing.runFolder = home.filePath("none").toStdString();
        QVERIFY(!Trainer::create(nothing));
        {
            std::ofstream file(one.runFolder / "last.safetensors", std::ios::trunc);
            file << "rubbish";
        }
        const auto rubbish = Trainer::create(one);
        QVERIFY(!rubbish);
        QVERIFY(rubbish.error().where.find("last.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "resume_test.moc"
