// Files of weights: what is written comes back; whatever is malformed is refused in words.
#include "small_networks.hpp"

#include "engine/model_torch.hpp"
#include "engine/safetensors_torch.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/rand.h>

#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace ostrich;
using engine::TensorFile;

namespace {

/// A file from its header's text and so many bytes of numbers.
std::string fileOf(const std::string &header, std::size_t dataBytes, std::int64_t lengthOff = 0)
{
    const std::uint64_t length = header.size() + static_cast<std::uint64_t>(lengthOff);
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, '\1');
}

std::string entry(const std::string &name, const std::string &dtype, const std::string &shape,
                  const std::string &offsets)
{
    return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + shape
           + "],\"data_offsets\":[" + offsets + "]}";
}

const std::string kGood = entry("a", "F32", "2", "0,8");

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyTypeComesBack()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/w.safetensors").toStdString();
        TensorFile file;
        for (const at::ScalarType type :
             {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16, at::kLong, at::kInt, at::kShort,
              at::kChar, at::kByte, at::kBool})
            file.tensors[std::string("t.") + c10::toString(type)] =
                at::rand({3, 5}).mul(100).to(type);
        file.tensors["scalar"] = at::ones({}, at::TensorOptions().dtype(at::kLong)).mul(42);
        file.tensors["empty"] = at::empty({0, 4});
        file.tensors["channels last"] =
            at::rand({2, 3, 4, 5}).contiguous(at::MemoryFormat::ChannelsLast);
        file.metadata = {{"step", "17"}, {"é \"quoted\"", "日本"}};
        QVERIFY(engine::writeSafetensors(path, file));
        const auto read = engine::readSafetensors(path);
        QVERIFY(read);
        QCOMPARE(read->metadata, file.metadata);
        QCOMPARE(read->tensors.size(), file.tensors.size());
        for (const auto &[name, tensor] : file.tensors) {
            QCOMPARE(read->tensors.at(name).scalar_type(), tensor.scalar_type());
            QVERIFY2(read->tensors.at(name).equal(tensor), name.c_str());
        }
    }

    void weightsComeBackThroughAFile()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/best.safetensors").toStdString();
        const auto options = optionsFor(graph::Shape::maps(1, 28, 28));
        const auto model = *engine::compile(lenet(), options);
        QVERIFY(engine::saveWeights(engine::snapshotOf(model), path));
        const auto loaded = engine::loadWeights(path);
        QVERIFY(loaded);
        engine::CompileOptions other = options;
        other.seed = 99;
        const auto fresh = *engine::compile(lenet(), other);
        QVERIFY(engine::restore(fresh, *loaded));
        const Array x = samples(3, {1, 28, 28});
        QCOMPARE(*engine::probabilities(fresh, x), *engine::probabilities(model, x));
    }

    void malformedFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const std::string &bytes, const char *id) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes)
                                << QString("engine.safetensors_") + id;
        };
        const std::string good = "{" + kGood + "}";
        row("empty file", "", "short");
        row("seven bytes", "1234567", "short");
        row("length beyond the file", fileOf(good, 8, 1000), "short");
        row("length beyond the limit", fileOf(good, 8, std::int64_t{1} << 40), "foreign");
        row("length of all ones", std::string(16, '\xff'), "foreign");
        row("no header", fileOf("", 0), "foreign");
        row("a list", fileOf("[1]", 0), "foreign");
        row("a picture", "\x89PNG\r\n\x1a\n0123456789", "foreign");
        row("metadata of numbers", fileOf("{\"__metadata__\":{\"a\":1}}", 0), "metadata");
        row("metadata of a list", fileOf("{\"__metadata__\":[]}", 0), "metadata");
        row("an entry that is a number", fileOf("{\"a\":1}", 0), "entry");
        row("no shape", fileOf("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8), "entry");
        row("one key too many",
            fileOf("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}", 8),
            "entry");
        row("one offset", fileOf("{" + entry("a", "F32", "2", "8") + "}", 8), "entry");
        row("a negative size", fileOf("{" + entry("a", "F32", "-2", "0,8") + "}", 8), "entry");
        row("a size that is no integer", fileOf("{" + entry("a", "F32", "2.0", "0,8") + "}", 8),
            "entry");
        row("a negative offset", fileOf("{" + entry("a", "F32", "2", "-1,7") + "}", 8), "entry");
        row("a type unknown", fileOf("{" + entry("a", "F128", "2", "0,8") + "}", 8), "type");
        row("a size that overflows",
            fileOf("{" + entry("a", "F32", "4611686018427387904,16", "0,8") + "}", 8), "size");
        row("a size beyond signed",
            fileOf("{" + entry("a", "F32", "18446744073709551615", "0,8") + "}", 8), "size");
        row("a shape larger than its place", fileOf("{" + entry("a", "F32", "3", "0,8") + "}", 8),
            "size");
        row("an end outside", fileOf("{" + entry("a", "F32", "2", "0,8") + "}", 7), "outside");
        row("begin after end", fileOf("{" + entry("a", "F32", "2", "8,0") + "}", 8), "outside");
        row("overlap", fileOf("{" + kGood + "," + entry("b", "F32", "2", "4,12") + "}", 12),
            "overlap");
        row("the same place twice",
            fileOf("{" + kGood + "," + entry("b", "F32", "2", "0,8") + "}", 8), "overlap");
        row("a gap", fileOf("{" + kGood + "," + entry("b", "F32", "2", "12,20") + "}", 20), "gap");
        row("bytes left over", fileOf(good, 9), "trailing");
        row("the same name twice",
            fileOf("{" + kGood + "," + entry("a", "F32", "2", "8,16") + "}", 16), "gap");
    }
    void malformedFilesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, id);
        const auto read = engine::parseSafetensors(bytes.toStdString(), "w.safetensors");
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().what.id), id);
        QCOMPARE(read.error().where, std::string("w.safetensors"));
        for (const Language language : {Language::English, Language::French})
            QVERIFY(sentence(read.error(), language).find("engine.") == std::string::npos);
    }

    void brokenJsonIsRefused()
    {
        for (const std::string header : {"{", "{\"a\":", "{\"a\":{}", "{\"\\ud800\":1}", "{\xff}"})
            QVERIFY(!engine::parseSafetensors(fileOf(header, 8), "w"));
        QVERIFY(!engine::parseSafetensors(fileOf("{\"a\":" + std::string(100000, '['), 8), "w"));
    }

    void everyCutIsRefused()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/w.safetensors").toStdString();
        QVERIFY(engine::writeSafetensors(
            path, {{{"a", at::rand({2, 3})}, {"b", at::rand({4})}}, {{"k", "v"}}}));
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string whole = file.readAll().toStdString();
        QVERIFY(engine::parseSafetensors(whole, "w"));
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!engine::parseSafetensors(std::string_view(whole).substr(0, size), "w"));
    }

    void missingFileAndFolderAreSaid()
    {
        QVERIFY(!engine::loadWeights("/no/such/file.safetensors"));
        QVERIFY(!engine::writeSafetensors("/no/such/folder/w.safetensors", {}));
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
