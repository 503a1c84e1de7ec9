// PyTorch's files of weights: those that PyTorch wrote are read to the last value, those that
// hold something else are refused.
#include "pickle_writing.hpp"

#include "base/file.hpp"
#include "engine/model_torch.hpp"
#include "engine/tensor_file_torch.hpp"
#include "engine/weight_file.hpp"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/tensor.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace ostrich;
using namespace ostrich::test;
using engine::TensorFile;

namespace {

const std::string kFiles = OSTRICH_TESTS_DIR "/core/engine/state_dicts/";

at::Tensor counting(std::int64_t count)
{
    return at::arange(count, at::TensorOptions().dtype(at::kFloat));
}

/// What write.py's tensors() makes, by its formulas.
std::map<std::string, at::Tensor> allTensors()
{
    std::map<std::string, at::Tensor> all;
    for (const auto &[name, type] :
         {std::pair("float64", at::kDouble), std::pair("float32", at::kFloat),
          std::pair("float16", at::kHalf), std::pair("bfloat16", at::kBFloat16),
          std::pair("int64", at::kLong), std::pair("int32", at::kInt),
          std::pair("int16", at::kShort), std::pair("int8", at::kChar),
          std::pair("uint8", at::kByte)})
        all[std::string("type.") + name] = counting(6).mul(3).reshape({2, 3}).to(type);
    all["type.bool"] = counting(6).reshape({2, 3}).remainder(2).eq(1);
    all["scalar"] = at::full({}, 42, at::TensorOptions().dtype(at::kLong));
    all["empty"] = at::empty({0, 4});
    all["transposed"] = counting(24).reshape({4, 6}).t();
    all["slice"] = counting(24).reshape({4, 6}).slice(0, 1, 3).slice(1, 2, 5);
    all["expanded"] = at::tensor({7.0F, 8.0F}).reshape({2, 1}).expand({2, 5});
    all["channels_last"] = counting(24).reshape({1, 2, 3, 4});
    all["owner"] = all["tied"] = counting(10).div(8);
    all["parameter"] = at::full({3}, 0.5);
    all["größe.日本"] = at::ones({1});
    return all;
}

/// Empty, or what differs.
QString difference(const std::map<std::string, at::Tensor> &found,
                   const std::map<std::string, at::Tensor> &expected)
{
    if (found.size() != expected.size())
        return QString("%1 tensors instead of %2").arg(found.size()).arg(expected.size());
    for (const auto &[name, tensor] : expected) {
        const auto one = found.find(name);
        if (one == found.end()) return QString::fromStdString(name + " is missing");
        if (one->second.scalar_type() != tensor.scalar_type() || !one->second.equal(tensor))
            return QString::fromStdString(name + " is another");
        if (!one->second.is_contiguous())
            return QString::fromStdString(name + " is not contiguous");
    }
    return {};
}

QString told(const Error &error)
{
    return QString::fromStdString(sentence(error, Language::English));
}

} // namespace

class TorchFileTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    std::string written(const std::string &bytes, const std::string &name = "lies.pt") const
    {
        std::string file = m_folder.path().toStdString() + "/" + name;
        if (!writeFile(file, bytes)) qFatal("cannot write");
        return file;
    }

private slots:
    void whatPyTorchWroteIsRead_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::newRow("zip") << "all.pt" << "pytorch-zip";
        QTest::newRow("legacy") << "all_legacy.pth" << "pytorch-legacy";
        QTest::newRow("zip, protocol 1") << "all_protocol_1.pt" << "pytorch-zip";
        QTest::newRow("zip, protocol 4") << "all_protocol_4.pt" << "pytorch-zip";
        QTest::newRow("legacy, protocol 1") << "all_legacy_protocol_1.pth" << "pytorch-legacy";
    }
    void whatPyTorchWroteIsRead()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        const auto read = engine::readTensorFile(kFiles + file.toStdString());
        QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
        QCOMPARE(QString::fromStdString(read->format), format);
        QCOMPARE(read->taken, std::string());
        QCOMPARE(difference(read->tensors, allTensors()), QString());
    }

    void onlyWhatIsWantedIsRead()
    {
        const auto wanted = [](const std::string &name) { return name.starts_with("type."); };
        const auto read = engine::readTensorFile(kFiles + "all.pt", wanted);
        QVERIFY(read);
        QCOMPARE(read->tensors.size(), std::size_t{10});
    }

    void aCheckpointsStateDictIsFound_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("zip") << "checkpoint.pt";
        QTest::newRow("legacy") << "checkpoint_legacy.pth";
    }
    void aCheckpointsStateDictIsFound()
    {
        QFETCH(QString, file);
        const auto read = engine::readTensorFile(kFiles + file.toStdString());
        QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
        QCOMPARE(read->taken, std::string("model_state_dict"));
        std::map<std::string, at::Tensor> expected{
            {"0.weight", counting(18).reshape({2, 1, 3, 3})},
            {"0.bias", counting(2).add(100)},
            {"1.weight", counting(2).add(200)},
            {"1.bias", counting(2).add(300)},
            {"1.running_mean", counting(2).mul(0)},
            {"1.running_var", at::ones({2})},
            {"1.num_batches_tracked", at::full({}, 0, at::TensorOptions().dtype(at::kLong))}};
        QCOMPARE(difference(read->tensors, expected), QString());
    }

    void otherFilesOfPyTorchAreRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *file, const char *id, const char *words) {
            QTest::newRow(file) << file << QString("engine.") + id << words;
        };
        row("whole_network.pt", "pickle_call",
            "wants to call torch.nn.modules.container.Sequential; Ostrich runs no code");
        row("program.pt", "torch_program", "TorchScript");
        row("uint16.pt", "torch_type", "torch.uint16");
        row("complex.pt", "torch_type", "torch.ComplexFloatStorage");
        row("two_dicts.pt", "torch_several", "ema, net");
        row("lone_tensor.pt", "torch_no_tensors", "no dict of tensors");
    }
    void otherFilesOfPyTorchAreRefused()
    {
        QFETCH(QString, file);
        QFETCH(QString, id);
        QFETCH(QString, words);
        const auto read = engine::readTensorFile(kFiles + file.toStdString());
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().what.id), id);
        QCOMPARE(read.error().where, kFiles + file.toStdString());
        QVERIFY2(told(read.error()).contains(words), qPrintable(told(read.error())));
    }

    void aNestedDictIsFound_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("taken");
        const auto row = [](const char *name, const std::string &value, const char *taken) {
            QTest::newRow(name) << QByteArray::fromStdString(value) << taken;
        };
        const std::string weights = dict({{"a", tensor({})}});
        const std::string other = dict({{"b", tensor({})}});
        row("plain", weights, "");
        row("by its name", dict({{"ema", other}, {"state_dict", weights}}), "state_dict");
        row("in two steps", dict({{"x", "N"}, {"model", dict({{"state_dict", weights}})}}),
            "model.state_dict");
        row("the only one", dict({{"epoch", number(3)}, {"net", weights}}), "net");
        row("not an empty one", dict({{"state_dict", "}"}, {"weights", weights}}), "weights");
        row("before a tensor beside it", dict({{"best", tensor({})}, {"model", weights}}), "model");
        row("the first of two names", dict({{"model", other}, {"state_dict", weights}}),
            "state_dict");
        row("a later entry of the same name", dict({{"a", "N"}, {"a", tensor({})}}), "");
    }
    void aNestedDictIsFound()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, taken);
        const auto file = written(zipFile(archive(value.toStdString(), {std::string(24, '\0')})));
        const auto read = engine::readTensorFile(file);
        QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
        QCOMPARE(QString::fromStdString(read->taken), taken);
        QCOMPARE(read->tensors.size(), std::size_t{1});
        QVERIFY(read->tensors.at("a").equal(counting(6).mul(0).reshape({2, 3})));
    }

    void viewsOfOldFilesAreRead()
    {
        // ("storage", type, key, location, count, (view's key, first, count)), before PyTorch 0.4.
        Described view;
        view.count = 8;
        view.view = "(" + words("view") + number(2) + number(6) + "t";
        std::string bytes;
        for (int i = 0; i < 8; ++i) {
            const float value = static_cast<float>(i);
            bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
        }
        const auto file = written(legacyFile(dict({{"a", tensor(view)}}), {{"0", 8, bytes}}));
        const auto read = engine::readTensorFile(file);
        QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
        QVERIFY(read->tensors.at("a").equal(counting(8).slice(0, 2).reshape({2, 3})));
        view.offset = 1; // beyond the view, though not beyond the storage's 8
        view.view = "(" + words("view") + number(1) + number(6) + "t";
        const auto lies = written(legacyFile(dict({{"a", tensor(view)}}), {{"0", 8, bytes}}));
        const auto refused = engine::readTensorFile(lies);
        QVERIFY(!refused);
        QCOMPARE(refused.error().what.id, std::string("engine.torch_tensor_outside"));
    }

    void deflatedArchivesAreRead()
    {
        std::string bytes;
        for (int i = 0; i < 200'000; ++i) {
            const float value = static_cast<float>(i % 1'000);
            bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
        }
        Described one;
        one.count = 200'000;
        one.sizes = {200'000};
        one.strides = {1};
        Described tail = one;
        tail.offset = 199'990;
        tail.sizes = {10};
        auto entries = archive(dict({{"a", tensor(one)}, {"tail", tensor(tail)}}), {bytes});
        for (Zipped &entry : entries) entry.deflated = true;
        const auto read = engine::readTensorFile(written(zipFile(entries)));
        QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
        QVERIFY(read->tensors.at("a").equal(counting(200'000).remainder(1'000)));
        QVERIFY(read->tensors.at("tail").equal(counting(10).add(990)));
    }

    void boolsOfAnyByteAreTrueOrFalse()
    {
        Described one;
        one.type = "BoolStorage";
        const auto file = written(
            zipFile(archive(dict({{"a", tensor(one)}}), {std::string("\0\1\2\xff\0\x80", 6)})));
        const auto read = engine::readTensorFile(file);
        QVERIFY(read);
        const at::Tensor &values = read->tensors.at("a");
        const auto *bytes = static_cast<const unsigned char *>(values.const_data_ptr());
        const std::vector<int> found(bytes, bytes + 6);
        QCOMPARE(found, (std::vector<int>{0, 1, 1, 1, 0, 1}));
    }

    void safetensorsAreToldApart()
    {
        // Headers of every length: some begin like a pickle, 0x80 0x02.
        for (const std::size_t padding : {0U, 500U, 600U, 700U}) {
            TensorFile content;
            content.tensors["a"] = counting(3);
            for (std::size_t length = 0; length < 256; length += 8) {
                content.metadata["x"] = std::string(padding + length, 'x');
                const std::string file = m_folder.path().toStdString() + "/w.pth";
                QVERIFY(engine::writeSafetensors(file, content));
                const auto read = engine::readTensorFile(file);
                QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
                QCOMPARE(read->format, std::string("safetensors"));
            }
        }
    }

    void aRealNetworkIsRead();
    void tensorsGetNewNames();
    void factsAreTold();
};

void TorchFileTest::aRealNetworkIsRead()
{
    // Where app/run puts it; not cacheFolder(), which tests have to themselves.
    const QString file =
        QDir::home().filePath(".cache/ostrich/weights/efficientnet-lite0-57934424.pth");
    if (!QFile::exists(file)) QSKIP("the weights of efficientnet-lite0 are not there");
    QElapsedTimer timer;
    timer.start();
    const auto read = engine::readTensorFile(file.toStdString());
    QVERIFY2(read, read ? "" : qPrintable(told(read.error())));
    qInfo("read in %lld ms", timer.elapsed());
    QCOMPARE(read->format, std::string("pytorch-legacy"));
    QCOMPARE(read->tensors.size(), std::size_t{296});
    std::int64_t values = 0;
    double sum = 0;
    for (const auto &[name, tensor] : read->tensors) {
        QVERIFY2(at::isfinite(tensor).all().item<bool>(), name.c_str());
        values += tensor.numel();
        sum += tensor.to(at::kDouble).sum().item<double>();
    }
    // As PyTorch 2.13.0 reads it.
    QCOMPARE(values, std::int64_t{4'694'073});
    QVERIFY2(std::abs(sum - 425'663.2450016) < 1e-4, std::to_string(sum).c_str());
}

void TorchFileTest::tensorsGetNewNames()
{
    const auto weights = engine::loadWeights(kFiles + "all.pt");
    QVERIFY(weights);
    const auto renamed =
        engine::renamed(*weights, {{"block_1.weight", "slice"}, {"block_1.bias", "parameter"}});
    QVERIFY(renamed);
    QCOMPARE((*renamed)->tensors.size(), std::size_t{2});
    QVERIFY((*renamed)->tensors.at("block_1.weight").equal((*weights)->tensors.at("slice")));
    QVERIFY((*renamed)->tensors.at("block_1.bias").equal((*weights)->tensors.at("parameter")));
    const auto missing =
        engine::renamed(*weights, {{"a", "slice"}, {"b", "nowhere"}, {"c", "not there"}});
    QVERIFY(!missing);
    QCOMPARE(missing.error().what, (Message{"engine.renamed_missing", {"nowhere"}}));
}

void TorchFileTest::factsAreTold()
{
    const auto facts = engine::weightFileFacts(kFiles + "checkpoint.pt");
    QVERIFY(facts);
    QCOMPARE(facts->format, std::string("pytorch-zip"));
    QCOMPARE(facts->taken, std::string("model_state_dict"));
    QCOMPARE(facts->weights.size(), std::size_t{7});
    const engine::WeightFacts &first = facts->weights[1];
    QCOMPARE(first.name, std::string("0.weight"));
    QCOMPARE(first.type, std::string("float32"));
    QCOMPARE(first.sizes, (std::vector<std::int64_t>{2, 1, 3, 3}));
    QCOMPARE(first.count, std::int64_t{18});
    QCOMPARE(first.bytes, std::int64_t{72});
}

QTEST_APPLESS_MAIN(TorchFileTest)
#include "torch_file_test.moc"
