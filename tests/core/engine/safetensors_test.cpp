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
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

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

/// So many bytes more of address space, and no more, while it lives.
class AddressLimit {
public:
    explicit AddressLimit(std::int64_t bytes)
    {
        std::ifstream stream("/proc/self/statm");
        std::int64_t pages = 0;
        stream >> pages;
        ::getrlimit(RLIMIT_AS, &m_before);
        const rlimit tight{static_cast<rlim_t>(pages * ::sysconf(_SC_PAGESIZE) + bytes),
                           m_before.rlim_max};
        ::setrlimit(RLIMIT_AS, &tight);
    }
    ~AddressLimit() { ::setrlimit(RLIMIT_AS, &m_before); }
    AddressLimit(const AddressLimit &) = delete;
    AddressLimit &operator=(const AddressLimit &) = delete;

private:
    rlimit m_before{};
};

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

    void writingTakesNoMemoryBesideTheTensors()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/w.safetensors").toStdString();
        // 160 MB, and 60 MB left for everything else.
        const TensorFile file{{{"a", at::rand({20'000'000})}, {"b", at::rand({20'000'000})}}, {}};
        const AddressLimit limit(60'000'000);
        QVERIFY(engine::writeSafetensors(path, file));
        QCOMPARE(QFileInfo(QString::fromStdString(path)).size() / 1'000'000, 160);
    }

    void whatTheMemoryDoesNotHoldIsRefused()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/w.safetensors").toStdString();
        QVERIFY(engine::writeSafetensors(path, {{{"a", at::rand({20'000'000})}}, {}}));
        {
            const AddressLimit limit(40'000'000);
            const auto read = engine::readSafetensors(path);
            QVERIFY(!read);
            QCOMPARE(read.error().what.id, std::string("engine.safetensors_no_memory"));
        }
        const std::int64_t terabyte = std::int64_t{1} << 40;
        // A file of holes: nothing but zeros, and one whose header fits its size.
        QFile holes(QString::fromStdString(path));
        QVERIFY(holes.open(QIODevice::WriteOnly | QIODevice::Truncate));
        if (!holes.resize(60'000'000'000)) QSKIP("this file system knows no holes");
        QCOMPARE(engine::readSafetensors(path).error().what.id,
                 std::string("engine.safetensors_foreign"));
        const std::string header = fileOf(
            "{" + entry("a", "U8", std::to_string(terabyte), "0," + std::to_string(terabyte)) + "}",
            0);
        holes.write(header.data(), static_cast<qint64>(header.size()));
        QVERIFY(holes.flush());
        QCOMPARE(engine::readSafetensors(path).error().what.id,
                 std::string("engine.safetensors_outside"));
        if (!holes.resize(static_cast<qint64>(header.size()) + terabyte))
            QSKIP("this file system knows no holes so large");
        QCOMPARE(engine::readSafetensors(path).error().what.id,
                 std::string("engine.safetensors_no_memory"));
    }

    void onlyTheWantedAreRead()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/w.safetensors").toStdString();
        const TensorFile file{{{"a", at::rand({3})}, {"best/a", at::rand({3})}}, {}};
        QVERIFY(engine::writeSafetensors(path, file));
        const auto read = engine::readSafetensors(
            path, [](const std::string &name) { return name.find('/') == std::string::npos; });
        QVERIFY(read);
        QCOMPARE(read->tensors.size(), std::size_t{1});
        QVERIFY(read->tensors.at("a").equal(file.tensors.at("a")));
    }

    void missingFileAndFolderAreSaid()
    {
        QVERIFY(!engine::loadWeights("/no/such/file.safetensors"));
        QVERIFY(!engine::writeSafetensors("/no/such/folder/w.safetensors", {}));
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
