// Weights out of a model and into it: values by hand, nothing shared, clear objections.
#include "base/file.hpp"
#include "engine/model_torch.hpp"
#include "small_networks.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace ostrich;
using Tensors = std::map<std::string, at::Tensor>;

namespace {

engine::SnapshotHandle snapshot(Tensors tensors)
{
    auto made = std::make_shared<engine::Snapshot>();
    made->tensors = std::move(tensors);
    return made;
}

/// Two features to two logits, nothing else.
engine::ModelHandle linear()
{
    const auto network = chain({{"input_1", "Input"},
                                {"linear_1", "Linear", {{"out_features", std::int64_t{2}}}},
                                {"output_1", "Output"}});
    auto model = engine::compile(network, optionsFor(graph::Shape::vector(2), 2));
    if (!model) qFatal("%s", sentence(model.error(), Language::English).c_str());
    return *model;
}

/// The point (10, 1) is normalised to (2, 1).
Tensors byHand()
{
    return {{"input_1.mean", at::tensor({9.0F, 0.0F})},
            {"input_1.deviation", at::tensor({0.5F, 1.0F})},
            {"linear_1.weight", at::tensor({1.0F, 2.0F, 3.0F, 4.0F}).view({2, 2})},
            {"linear_1.bias", at::tensor({5.0F, 6.0F})}};
}

/// Logits of the point (10, 1).
std::pair<float, float> logits(const engine::ModelHandle &model)
{
    const at::NoGradGuard noGradient;
    const at::Tensor y = model->logits(at::tensor({10.0F, 1.0F}).view({1, 2}));
    return {y[0][0].item<float>(), y[0][1].item<float>()};
}

} // namespace

class SnapshotTest : public QObject {
    Q_OBJECT

private slots:
    void valuesPutInByHandAreComputedWith()
    {
        const auto model = linear();
        QVERIFY(static_cast<bool>(engine::restore(model, snapshot(byHand()))));
        QCOMPARE(logits(model), std::pair(9.0F, 16.0F)); // 2 + 2 + 5, 6 + 4 + 6

        // Another memory layout and another dtype hold the same values.
        Tensors other = byHand();
        other["linear_1.weight"] = at::tensor({1.0, 3.0, 2.0, 4.0}, at::kDouble).view({2, 2}).t();
        const auto second = linear();
        QVERIFY(static_cast<bool>(engine::restore(second, snapshot(other))));
        QCOMPARE(logits(second), std::pair(9.0F, 16.0F));
        QVERIFY(second->parameters()[0].tensor.scalar_type() == at::kFloat);
    }

    void aSnapshotSharesNothingWithTheModel()
    {
        const auto model = linear();
        const Tensors source = byHand();
        QVERIFY(static_cast<bool>(engine::restore(model, snapshot(source))));
        const auto taken = engine::snapshotOf(model);
        {
            const at::NoGradGuard noGradient;
            for (const auto &[name, tensor] : model->parameters()) tensor.mul_(-1.0);
        }
        QCOMPARE(logits(model), std::pair(-9.0F, -16.0F));
        for (const auto &[name, tensor] : byHand()) {
            QVERIFY(taken->tensors.at(name).equal(tensor));
            QVERIFY(source.at(name).equal(tensor)); // nor does restoring share
        }
        for (const auto &[name, tensor] : model->parameters()) QVERIFY(tensor.requires_grad());
    }

    void runningStatisticsBelongToIt()
    {
        const auto network = chain({{"input_1", "Input"},
                                    {"norm_1", "BatchNorm2d"},
                                    {"flatten_1", "Flatten"},
                                    {"linear_1", "Linear", {{"out_features", std::int64_t{2}}}},
                                    {"output_1", "Output"}});
        const auto model = engine::compile(network, optionsFor(graph::Shape::maps(1, 2, 2), 2));
        QVERIFY(static_cast<bool>(model));
        const auto before = engine::snapshotOf(*model);
        const std::string mean = "norm_1.running_mean";
        QVERIFY(before->tensors.contains(mean));
        static_cast<void>((*model)->forward(at::full({4, 1, 2, 2}, 5.0), {true, {}}));
        const auto after = engine::snapshotOf(*model);
        // PyTorch's momentum of 0.1: a tenth of the way from 0 to 5.
        QVERIFY(std::abs(after->tensors.at(mean).item<float>() - 0.5F) < 1e-6F);
        QCOMPARE(before->tensors.at(mean).item<float>(), 0.0F);
    }

    void whatDoesNotFitIsNamedAndChangesNothing()
    {
        const auto model = linear();
        const auto before = logits(model);
        const auto objection = [&model](const Tensors &tensors) {
            const auto restored = engine::restore(model, snapshot(tensors));
            return restored ? Message{} : restored.error().what;
        };
        Tensors missing = byHand();
        missing.erase("linear_1.bias");
        QCOMPARE(objection(missing), (Message{"engine.snapshot_missing", {"linear_1.bias"}}));
        Tensors extra = byHand();
        extra["linear_2.bias"] = at::ones({1});
        QCOMPARE(objection(extra), (Message{"engine.snapshot_extra", {"linear_2.bias"}}));
        Tensors shape = byHand();
        shape["linear_1.weight"] = at::ones({3, 2});
        QCOMPARE(objection(shape),
                 (Message{"engine.snapshot_shape", {"linear_1.weight", "3×2", "2×2"}}));
        shape["linear_1.weight"] = at::ones({});
        QCOMPARE(objection(shape),
                 (Message{"engine.snapshot_shape", {"linear_1.weight", "1", "2×2"}}));
        QCOMPARE(logits(model), before);
    }

    void aFileMadeByHandIsRestored()
    {
        const QTemporaryDir home;
        const std::string file = home.filePath("weights.safetensors").toStdString();
        const char *const names[] = {"input_1.deviation", "input_1.mean", "linear_1.bias"};
        std::string header = "{";
        for (int i = 0; i < 3; ++i)
            header += QString(R"("%1":{"dtype":"F32","shape":[2],"data_offsets":[%2,%3]},)")
                          .arg(names[i])
                          .arg(8 * i)
                          .arg(8 * i + 8)
                          .toStdString();
        header += R"("linear_1.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[24,40]}})";
        header.resize(320, ' ');
        std::string bytes = std::string("\x40\x01\0\0\0\0\0\0", 8) + header;
        // 0.5, 1; 9, 0; 5, 6; 1, 2, 3, 4: the upper halves of their little-endian single precision
        for (const int top :
             {0x3F00, 0x3F80, 0x4110, 0, 0x40A0, 0x40C0, 0x3F80, 0x4000, 0x4040, 0x4080})
            bytes += {'\0', '\0', static_cast<char>(top & 0xFF), static_cast<char>(top >> 8)};
        QVERIFY(static_cast<bool>(writeFile(file, bytes)));
        const auto weights = engine::loadWeights(file);
        QVERIFY(static_cast<bool>(weights));
        const auto model = linear();
        QVERIFY(static_cast<bool>(engine::restore(model, *weights)));
        QCOMPARE(logits(model), std::pair(9.0F, 16.0F));

        QVERIFY(static_cast<bool>(engine::saveWeights(engine::snapshotOf(model), file)));
        const auto again = engine::loadWeights(file);
        QVERIFY(again && (*again)->tensors.size() == 4);
        for (const auto &[name, tensor] : byHand())
            QVERIFY((*again)->tensors.at(name).equal(tensor));
        const auto none = engine::loadWeights(file + "x");
        QVERIFY(!none && none.error().where == file + "x");
    }
};

QTEST_APPLESS_MAIN(SnapshotTest)
#include "snapshot_test.moc"
