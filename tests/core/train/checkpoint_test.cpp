// Checkpoints: every number and tensor back, a file that reads as weights too, no half of one.
#include "train/checkpoint.hpp"

#include "base/file.hpp"
#include "engine/model_torch.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>

#include <QTemporaryDir>
#include <QtTest>

#include <limits>

using namespace ostrich;
using Tensors = std::map<std::string, at::Tensor>;

namespace {

engine::SnapshotHandle snapshot(Tensors tensors)
{
    auto made = std::make_shared<engine::Snapshot>();
    made->tensors = std::move(tensors);
    return made;
}

bool same(const engine::SnapshotHandle &a, const engine::SnapshotHandle &b)
{
    return std::ranges::equal(a->tensors, b->tensors, [](const auto &one, const auto &other) {
        return one.first == other.first && one.second.equal(other.second);
    });
}

train::Checkpoint example()
{
    train::Checkpoint checkpoint;
    // Every number another one, the largest count that doubles hold exactly among them.
    checkpoint.position = {1, 2, std::int64_t{1} << 53, 4, 0.1, 6.5, 7.25, 8, 9};
    checkpoint.recipe_rate = 1e-3;
    checkpoint.learning_rate = 0.3;
    checkpoint.last_rate = 0.15;
    checkpoint.weights = snapshot(
        {{"conv_1.weight", at::arange(6.0).view({2, 3})}, {"norm_1.running_mean", at::ones({3})}});
    checkpoint.best = snapshot(
        {{"conv_1.weight", at::full({2, 3}, -1.5)}, {"norm_1.running_mean", at::full({3}, 2.0)}});
    checkpoint.optimizer =
        snapshot({{"exp_avg/conv_1.weight", at::full({2, 3}, 0.25)}, {"step", at::full({}, 12.0)}});
    return checkpoint;
}

} // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_file = std::filesystem::path(m_home->path().toStdString()) / "last.safetensors";
    }

    void everythingComesBack()
    {
        const train::Checkpoint before = example();
        QVERIFY(static_cast<bool>(train::saveCheckpoint(before, m_file)));
        const auto after = train::loadCheckpoint(m_file);
        QVERIFY(static_cast<bool>(after));
        QVERIFY(after->position == before.position);
        QCOMPARE(after->recipe_rate, 1e-3);
        QCOMPARE(after->learning_rate, 0.3);
        QCOMPARE(after->last_rate.value(), 0.15);
        QVERIFY(same(after->weights, before.weights));
        QVERIFY(same(after->best, before.best));
        QVERIFY(same(after->optimizer, before.optimizer));
    }

    void beforeTheFirstEpochThereIsNoBest()
    {
        train::Checkpoint before;
        before.weights = example().weights;
        QVERIFY(static_cast<bool>(train::saveCheckpoint(before, m_file)));
        const auto after = train::loadCheckpoint(m_file);
        QVERIFY(static_cast<bool>(after));
        QVERIFY(!after->best && !after->optimizer);
        QCOMPARE(after->position.best_val_loss, std::numeric_limits<double>::infinity());
        QVERIFY(after->position == train::Position{});
    }

    void theFileReadsAsWeightsUnderTheirOwnNames()
    {
        QVERIFY(static_cast<bool>(train::saveCheckpoint(example(), m_file)));
        const auto all = engine::loadWeights(m_file.string());
        QVERIFY(static_cast<bool>(all));
        const Tensors &tensors = (*all)->tensors;
        QVERIFY(tensors.at("conv_1.weight").equal(at::arange(6.0).view({2, 3})));
        QVERIFY(tensors.at("best/conv_1.weight").equal(at::full({2, 3}, -1.5)));
        QVERIFY(tensors.at("optimizer/exp_avg/conv_1.weight").equal(at::full({2, 3}, 0.25)));
        QCOMPARE(tensors.at("position/learning_rate").item<double>(), 0.3);
        const auto weights = train::lastWeights(m_file);
        QVERIFY(weights && same(*weights, example().weights));
    }

    void aFileThatLacksANumberIsNoCheckpoint()
    {
        QVERIFY(static_cast<bool>(train::saveCheckpoint(example(), m_file)));
        const Tensors whole = (*engine::loadWeights(m_file.string()))->tensors;
        int numbers = 0;
        const auto refused = [this](const Tensors &tensors) {
            const auto saved = engine::saveWeights(snapshot(tensors), m_file.string());
            const auto read = train::loadCheckpoint(m_file);
            return saved && !read && read.error().where == m_file.string()
                   && read.error().what.id == "train.checkpoint_broken";
        };
        for (const auto &[name, tensor] : whole) {
            if (!name.starts_with("position/") || name == "position/last_rate") continue;
            ++numbers;
            Tensors part = whole;
            part.erase(name);
            QVERIFY2(refused(part), name.c_str());
            part[name] = tensor.to(at::kFloat);
            QVERIFY2(refused(part), name.c_str());
            part[name] = at::ones({2}, at::kDouble);
            QVERIFY2(refused(part), name.c_str());
        }
        QCOMPARE(numbers, 11);
        QVERIFY(refused(example().weights->tensors)); // weights alone
    }

    void olderCheckpointsLackTheLastRate()
    {
        QVERIFY(static_cast<bool>(train::saveCheckpoint(example(), m_file)));
        Tensors older = (*engine::loadWeights(m_file.string()))->tensors;
        QCOMPARE(older.erase("position/last_rate"), std::size_t{1});
        QVERIFY(static_cast<bool>(engine::saveWeights(snapshot(older), m_file.string())));
        const auto read = train::loadCheckpoint(m_file);
        QVERIFY(read && !read->last_rate);
        QVERIFY(read->position == example().position);
    }

    void unreadableFilesAreNamed()
    {
        const auto missing = train::loadCheckpoint(m_file);
        QVERIFY(!missing && missing.error().where == m_file.string());
        QVERIFY(static_cast<bool>(train::saveCheckpoint(example(), m_file)));
        const std::string bytes = *readFile(m_file);
        for (const std::size_t size : {std::size_t{0}, std::size_t{7}, bytes.size() - 1}) {
            QVERIFY(static_cast<bool>(writeFile(m_file, bytes.substr(0, size))));
            QVERIFY(!train::loadCheckpoint(m_file) && !train::lastWeights(m_file));
        }
        QVERIFY(!train::saveCheckpoint(example(), m_file / "below" / "a.safetensors"));
        QCOMPARE(readFile(m_file)->size(), bytes.size() - 1); // untouched
    }

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::filesystem::path m_file;
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "checkpoint_test.moc"
