// The estimate of memory against a count by hand, and the refusal of what does not fit.
#include "train/memory.hpp"

#include "blocks/block_kind.hpp"
#include "small_setups.hpp"

#include <QtTest>

using namespace ostrich;

namespace {

train::Footprint footprint(const train::TrainerSetup &setup)
{
    return train::footprintOf(
        setup,
        graph::analyse(setup.project.network, blocks::Registry::instance(), setup.dataset->facts));
}

} // namespace

class MemoryTest : public QObject {
    Q_OBJECT

private slots:
    void theEstimateIsTheCountByHand()
    {
        const train::TrainerSetup points = small::setup(); // 2 -> 16 -> tanh -> drop-out -> 3
        const std::int64_t parameters = (2 * 16 + 16) + (16 * 3 + 3);
        const std::int64_t activations =
            2 + 16 + 16 + 16 + 3; // of a sample; Output puts out nothing
        const std::int64_t batch = 20;
        const train::Footprint found = footprint(points);
        // Parameters, their gradients, two moments, the best and two published copies; an
        // evaluation of 256 is more than a batch of 20 with its gradients, and so are its two
        // copies of the coordinates than the six batches on their way.
        QVERIFY(2 * batch < 256 && 6 * batch < 2 * 256);
        QCOMPARE(found.training, 4 * (7 * parameters + 256 * activations + 2 * 256 * 2));
        QCOMPARE(found.copies, 4 * 3 * parameters);
        QCOMPARE(found.dataset, std::int64_t{(150 + 60 + 60) * (2 * 4 + 4)}); // floats and a label
        QCOMPARE(*train::Trainer::estimateBytes(points), found.training + found.dataset);

        // Pictures lie in memory as bytes.
        QCOMPARE(footprint(small::pictureSetup()).dataset, std::int64_t{300 * (64 + 4)});
    }

    void onlyTheBatchsShareGrowsWithIt()
    {
        train::TrainerSetup setup = small::pictureSetup();
        const auto withBatch = [&setup](std::int64_t size) {
            setup.project.recipe.batch_size = size;
            return footprint(setup);
        };
        // Where the batch is more than what an evaluation takes.
        const std::int64_t one = withBatch(128).training, two = withBatch(129).training;
        QVERIFY(two > one);
        QCOMPARE(withBatch(1000).training, one + 872 * (two - one));
        QVERIFY(withBatch(1).training < one);
        QCOMPARE(withBatch(1000).dataset, withBatch(1).dataset);
    }

    void whatDoesNotFitIsToldInBothFigures()
    {
        QVERIFY(static_cast<bool>(train::checkMemory(1, "cpu")));
        const std::int64_t petabyte = 1'000'000'000'000'000;
        const auto refused = train::checkMemory(petabyte, "cpu");
        QVERIFY(!refused);
        QCOMPARE(refused.error().where, std::string("cpu"));
        QCOMPARE(refused.error().what.id, std::string("train.too_large"));
        QCOMPARE(refused.error().what.arguments.at(0), std::string("1000000 GB"));
        QVERIFY(refused.error().what.arguments.at(1) != "0 MB");
        // A device that does not tell its memory is taken at its word.
        QVERIFY(static_cast<bool>(train::checkMemory(petabyte, "cuda:77")));
    }

    void whatIsTooLargeToCountIsRefusedToo()
    {
        train::TrainerSetup setup = small::setup();
        graph::Analysis endless;
        endless.parameters = INT64_MAX / 3;
        endless.activationsPerSample = INT64_MAX / 5;
        QCOMPARE(train::footprintOf(setup, endless).training, INT64_MAX);
        setup.project.recipe.batch_size = INT64_MAX / 7; // batches on their way, beyond all count
        QCOMPARE(footprint(setup).training, INT64_MAX);
        QCOMPARE(*train::Trainer::estimateBytes(setup), INT64_MAX);
        const auto refused = train::Trainer::create(setup);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("train.too_large"));
    }

    void eachPartMustFitWhereItLies()
    {
        const std::int64_t petabyte = 1'000'000'000'000'000;
        const train::Footprint onCard{.training = petabyte, .copies = 1000, .dataset = 0};
        QVERIFY(!train::checkMemory(onCard, "cpu"));
        QVERIFY(static_cast<bool>(train::checkMemory(onCard, "cuda:77"))); // it does not tell
        const train::Footprint copies{.training = petabyte + 1, .copies = petabyte, .dataset = 0};
        const auto refused = train::checkMemory(copies, "cuda:77");
        QVERIFY(!refused && refused.error().where == "cpu");
    }

    void whatCannotBeEstimatedSaysWhy()
    {
        train::TrainerSetup setup = small::setup();
        setup.dataset = nullptr;
        QCOMPARE(train::Trainer::estimateBytes(setup).error().what.id,
                 std::string("train.no_samples"));
        setup = small::setup();
        setup.project.network.find("linear_2")->parameters["out_features"] = std::int64_t{7};
        const auto misfit = train::Trainer::estimateBytes(setup); // 7 logits for 3 classes
        QVERIFY(!misfit);
        QCOMPARE(misfit.error().where, std::string("output_1"));
    }

    void bytesAreReadable_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64{0} << "0 MB";
        QTest::newRow("a megabyte is a million") << qint64{1'000'000} << "1 MB";
        QTest::newRow("rounded") << qint64{939'600'000} << "940 MB";
        QTest::newRow("a gigabyte") << qint64{1'000'000'000} << "1.0 GB";
        QTest::newRow("tenths below ten") << qint64{6'140'000'000} << "6.1 GB";
        QTest::newRow("none above") << qint64{61'400'000'000} << "61 GB";
    }
    void bytesAreReadable()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(train::readableBytes(bytes)), text);
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
