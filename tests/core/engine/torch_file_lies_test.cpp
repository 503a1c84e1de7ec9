// Files of weights that lie about themselves: each is refused in one line, nothing in it is run,
// and none takes much memory or time.
#include "pickle_writing.hpp"

#include "base/file.hpp"
#include "engine/tensor_file_torch.hpp"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <random>

using namespace ostrich;
using namespace ostrich::test;

namespace {

const std::string kFiles = OSTRICH_TESTS_DIR "/core/engine/state_dicts/";

} // namespace

class TorchFileLiesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// A new file each time, without a sync: writing over one of so many waits for the disk.
    std::string written(const std::string &bytes, const std::string &name = "lies.pt") const
    {
        std::string file = m_folder.path().toStdString() + "/" + name;
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

private slots:
    void filesThatLieAreRefused_data();
    void filesThatLieAreRefused();
    void archivesThatLieAreRefused_data();
    void archivesThatLieAreRefused();
    void nothingIsRun();
    void bombsStaySmall_data();
    void bombsStaySmall();
    void everyPlaceToEndIsTooEarly_data();
    void everyPlaceToEndIsTooEarly();
    void flippedBytesNeverHarm_data();
    void flippedBytesNeverHarm();
};

void TorchFileLiesTest::filesThatLieAreRefused_data()
{
    QTest::addColumn<QByteArray>("zip"); // empty: legacy alone
    QTest::addColumn<QByteArray>("legacy");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const Described &one, const char *id) {
        const std::string value = dict({{"a", tensor(one)}});
        QTest::newRow(name) << QByteArray::fromStdString(
            zipFile(archive(value, {std::string(24, '\1')})))
                            << QByteArray::fromStdString(legacyFile(value, {Stored{}}))
                            << QString("engine.") + id;
    };
    const auto with = [](auto change) {
        Described one;
        change(one);
        return one;
    };
    constexpr std::int64_t kHuge = std::int64_t{1} << 62;
    row("an offset too far", with([](auto &d) { d.offset = 1; }), "torch_tensor_outside");
    row("an offset beyond all", with([](auto &d) { d.offset = kHuge; }), "torch_tensor_outside");
    row("a negative offset", with([](auto &d) { d.offset = -1; }), "torch_tensor");
    row("a size too large", with([](auto &d) { d.sizes = {3, 3}; }), "torch_tensor_outside");
    row("a negative size", with([](auto &d) { d.sizes = {-2, -3}; }), "torch_tensor");
    row("sizes that overflow", with([](auto &d) { d.sizes = {kHuge, kHuge}; }), "torch_tensor");
    row("sizes that overflow beside a 0", with([](auto &d) {
            d.sizes = {0, kHuge, kHuge};
            d.strides = {1, 1, 1};
        }),
        "torch_tensor");
    row("a stride too long", with([](auto &d) { d.strides = {4, 1}; }), "torch_tensor_outside");
    row("a stride beyond all", with([](auto &d) { d.strides = {kHuge, kHuge}; }), "torch_tensor");
    row("a negative stride", with([](auto &d) { d.strides = {3, -1}; }), "torch_tensor");
    row("fewer strides than sizes", with([](auto &d) { d.strides = {1}; }), "torch_tensor");
    row("seventeen dimensions", with([](auto &d) {
            d.sizes = d.strides = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        }),
        "torch_tensor");
    row("one value more", with([](auto &d) { d.count = 7; }), "torch_storage_size");
    row("one value less", with([](auto &d) {
            d.count = 5;
            d.sizes = {5};
            d.strides = {1};
        }),
        "torch_storage_size");
    row("a count beyond all", with([](auto &d) { d.count = kHuge; }), "torch_storage");
    row("a negative count", with([](auto &d) { d.count = -1; }), "torch_storage");
    row("another type", with([](auto &d) { d.type = "ComplexDoubleStorage"; }), "torch_type");
    row("no type", with([](auto &d) { d.type = "load"; }), "pickle_call");
    row("a size for a type", with([](auto &d) { d.type = "Size"; }), "torch_storage");
    row("a view outside",
        with([](auto &d) { d.view = "(" + words("v") + number(4) + number(3) + "t"; }),
        "torch_storage");

    // Legacy alone.
    const auto legacy = [](const char *name, const std::string &bytes, const char *id) {
        QTest::newRow(name) << QByteArray() << QByteArray::fromStdString(bytes)
                            << QString("engine.") + id;
    };
    const std::string good = dict({{"a", tensor({})}});
    legacy("no magic number", pickled(number(1)) + "rest", "torch_foreign");
    legacy("another version", legacyBegins(true, 1002) + pickled(good), "torch_version");
    legacy("big-endian numbers", legacyBegins(false) + pickled(good), "torch_byte_order");
    legacy("a key that nobody uses", legacyFile(good, {Stored{}, {"1", 1, "1234"}}),
           "torch_storage");
    legacy("a key twice", legacyFile(good, {Stored{}, Stored{}}), "torch_storage");
    legacy("a key that is missing", legacyFile(good, {}), "torch_storage_missing");
    legacy("another count", legacyFile(good, {{"0", 5, std::string(24, '\1')}}),
           "torch_storage_size");
    legacy("keys that are no list", legacyBegins() + pickled(good) + pickled("N"), "torch_storage");
    legacy("numbers cut off", legacyFile(good, {{"0", 6, std::string(23, '\1')}}), "torch_short");
    legacy("a word that is no UTF-8", legacyFile(dict({{"a\xff", tensor({})}}), {Stored{}}),
           "torch_tensor");
    Described wide;
    wide.count = 3;
    wide.type = "DoubleStorage";
    wide.sizes = {3};
    wide.strides = {1};
    legacy("one storage of two types",
           legacyFile(dict({{"a", tensor({})}, {"b", tensor(wide)}}), {Stored{}}),
           "torch_storage_twice");
    legacy("a storage of a terabyte",
           legacyFile(dict({{"a", tensor(with([](auto &d) {
                                 d.count = std::int64_t{1} << 38;
                                 d.sizes = {d.count};
                                 d.strides = {1};
                             }))}}),
                      {{"0", std::uint64_t{1} << 38, std::string(24, '\1')}}),
           "torch_short");
}

void TorchFileLiesTest::filesThatLieAreRefused()
{
    QFETCH(QByteArray, zip);
    QFETCH(QByteArray, legacy);
    QFETCH(QString, id);
    for (const QByteArray &bytes : {zip, legacy}) {
        if (bytes.isEmpty()) continue;
        const std::string file = written(bytes.toStdString());
        const auto read = engine::readTensorFile(file);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().what.id), id);
        QCOMPARE(read.error().where, file);
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(read.error(), language);
            QVERIFY2(line.find("engine.") == std::string::npos, line.c_str());
            QVERIFY2(line.find('\n') == std::string::npos, line.c_str());
        }
    }
}

void TorchFileLiesTest::archivesThatLieAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const std::string &bytes, const char *id) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString("engine.") + id;
    };
    Described second;
    second.key = "1";
    const std::string numbers(24, '\1');
    const auto changed = [&](auto change) {
        auto entries = archive(dict({{"a", tensor({})}, {"b", tensor(second)}}),
                               {numbers, std::string(24, '\2')});
        change(entries);
        return zipFile(entries);
    };
    constexpr std::size_t kPickle = 0, kOrder = 1, kFirst = 2, kSecond = 3;
    const std::int64_t apart = static_cast<std::int64_t>(30 + std::strlen("archive/data/0") + 24);
    row("storages in one place", changed([&](auto &e) { e[kSecond].placeOff = -apart; }),
        "zip_damaged");
    row("a storage over the next",
        changed([](auto &e) { e[kFirst].packedOff = e[kFirst].sizeOff = 8; }), "zip_overlap");
    row("a storage over the table",
        changed([](auto &e) { e[kSecond].packedOff = e[kSecond].sizeOff = 1'000; }),
        "torch_outside");
    row("a place outside", changed([](auto &e) { e[kSecond].placeOff = 1 << 30; }), "torch_short");
    row("a place that is another", changed([](auto &e) { e[kSecond].placeOff = 1; }),
        "zip_damaged");
    row("two names for one entry",
        changed([](auto &e) { e[kSecond].localName = "archive/data/2"; }), "zip_damaged");
    row("one name twice", changed([](auto &e) { e[kSecond].name = "archive/data/0"; }),
        "zip_damaged");
    row("a size that is not packed", changed([](auto &e) { e[kSecond].sizeOff = 4; }),
        "zip_damaged");
    row("encrypted", changed([](auto &e) { e[kSecond].flags = 1; }), "zip_method");
    row("deflated to less than announced", changed([](auto &e) {
            e[kSecond].deflated = true;
            e[kSecond].bytes.pop_back();
            e[kSecond].sizeOff = 1;
        }),
        "zip_packed_badly");
    row("deflated to more than announced", changed([](auto &e) {
            e[kSecond].deflated = true;
            e[kSecond].bytes += std::string(100'000, '\3');
            e[kSecond].sizeOff = -100'000;
        }),
        "zip_packed_badly");
    row("deflated and cut off", changed([](auto &e) {
            e[kSecond].deflated = true;
            e[kSecond].packedOff = -2;
        }),
        "zip_packed_badly");
    row("deflated and of another sum", changed([](auto &e) {
            e[kSecond].deflated = true;
            e[kSecond].crcOff = 1;
        }),
        "zip_crc");
    row("a description of another sum", changed([](auto &e) { e[kPickle].crcOff = 1; }), "zip_crc");
    row("no description", changed([](auto &e) { e[kPickle].name = "archive/data.txt"; }),
        "torch_foreign");
    row("big-endian", changed([](auto &e) { e[kOrder].bytes = "big"; }), "torch_byte_order");
    row("a storage that is missing", changed([](auto &e) { e.erase(e.begin() + kSecond); }),
        "torch_storage_missing");
    row("a storage too short", changed([](auto &e) { e[kSecond].bytes.pop_back(); }),
        "torch_storage_size");
    row("a description of 4 GB", changed([](auto &e) {
            e[kPickle].deflated = true;
            e[kPickle].sizeOff = 0xf0000000;
        }),
        "pickle_large");
    row("an empty archive", zipFile({}), "torch_foreign");
    row("the first bytes alone", "PK\3\4", "torch_short");
    row("a text that begins so", "PK\3\4" + std::string(1'000, 'x'), "torch_short");
    const std::string good = changed([](auto &) {});
    row("a table that begins later",
        good.substr(0, good.size() - 6) + little(1 << 30, 4) + little(0, 2), "zip_damaged");
    row("more entries than the table has room for",
        good.substr(0, good.size() - 12) + little(0xffff, 2) + good.substr(good.size() - 10),
        "zip_damaged");
}

void TorchFileLiesTest::archivesThatLieAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    const auto read = engine::readTensorFile(written(bytes.toStdString()));
    QVERIFY(!read);
    QCOMPARE(QString::fromStdString(read.error().what.id), id);
    const std::string french = sentence(read.error(), Language::French);
    QVERIFY2(french.find("engine.") == std::string::npos, french.c_str());
}

void TorchFileLiesTest::nothingIsRun()
{
    const std::string mark = m_folder.path().toStdString() + "/hacked";
    const std::string call = global("posix", "system") + words("touch " + mark) + "\x85R";
    const std::string text = "cposix\nsystem\n(S'touch " + mark + "'\ntR.";
    const std::string weights = dict({{"a", tensor({})}, {"b", call}});
    for (const std::string &bytes :
         {pickled(call), text, legacyFile(weights, {Stored{}}), legacyFile(call, {}),
          zipFile(archive(weights, {std::string(24, '\1')})),
          legacyBegins() + pickled(dict({{"a", tensor({})}})) + pickled(call)}) {
        const auto read = engine::readTensorFile(written(bytes, "evil.pth"));
        QVERIFY(!read);
        QCOMPARE(read.error().what, (Message{"engine.pickle_call", {"posix.system"}}));
        QVERIFY(!std::filesystem::exists(mark));
    }
}

void TorchFileLiesTest::bombsStaySmall_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const std::string &bytes, const char *id) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString("engine.") + id;
    };
    Described large;
    large.count = 64 << 20;
    large.sizes = {large.count};
    large.strides = {1};
    auto bomb = archive(dict({{"a", tensor(large)}}), {std::string(std::size_t{256} << 20, '\0')});
    for (Zipped &entry : bomb) entry.deflated = true;
    row("256 MB of zeros in 260 KB", zipFile(bomb), "torch_growth");

    Described repeated;
    repeated.sizes = {1 << 20, 1 << 20};
    repeated.strides = {0, 0};
    row("one value a million times a million",
        zipFile(archive(dict({{"a", tensor(repeated)}}), {std::string(24, '\1')})), "torch_growth");

    Described whole; // 1 MB, which 100,000 names all claim
    whole.count = 1 << 18;
    whole.sizes = {whole.count};
    whole.strides = {1};
    std::string many = "}(" + words("a") + tensor(whole) + "q" + std::string(1, '\0');
    for (int i = 0; i < 100'000; ++i) many += words(std::to_string(i)) + "h" + std::string(1, '\0');
    row("one storage a hundred thousand times",
        zipFile(archive(many + "u", {std::string(1 << 20, '\1')})), "torch_growth");

    Described sparse = whole; // two values each, but the whole storage between them
    sparse.sizes = {2};
    sparse.strides = {whole.count - 1};
    many = "}(" + words("a") + tensor(sparse) + "q" + std::string(1, '\0');
    for (int i = 0; i < 100'000; ++i) many += words(std::to_string(i)) + "h" + std::string(1, '\0');
    row("the first and the last value a hundred thousand times",
        zipFile(archive(many + "u", {std::string(1 << 20, '\1')})), "torch_growth");

    std::string nested = "}q" + std::string(1, '\0') + "(";
    for (const char *name : {"state_dict", "model_state_dict", "model"})
        nested += words(name) + "h" + std::string(1, '\0');
    for (int i = 0; i < 300'000; ++i)
        nested += words(std::to_string(i)) + "h" + std::string(1, '\0');
    row("a dict that holds nothing but itself", zipFile(archive(nested + "u", {})),
        "torch_no_tensors");
    row("a million lists, one in the other",
        zipFile(archive(std::string(1'000'000, ']') + std::string(999'999, 'a'), {})),
        "torch_no_tensors");
}

void TorchFileLiesTest::bombsStaySmall()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    const std::string file = written(bytes.toStdString());
    QElapsedTimer timer;
    timer.start();
    const auto read = engine::readTensorFile(file);
    QVERIFY(!read);
    QCOMPARE(QString::fromStdString(read.error().what.id), id);
    QVERIFY2(timer.elapsed() < 5'000, "it took more than five seconds");
}

void TorchFileLiesTest::everyPlaceToEndIsTooEarly_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("zip") << "all.pt";
    QTest::newRow("legacy") << "all_legacy.pth";
}

void TorchFileLiesTest::everyPlaceToEndIsTooEarly()
{
    QFETCH(QString, file);
    const auto whole = readFile(kFiles + file.toStdString());
    QVERIFY(whole);
    for (std::size_t length = 0; length < whole->size(); ++length) {
        const auto read = engine::readTorchFile(written(whole->substr(0, length)));
        QVERIFY(!read);
        if (length >= 2) // "P" alone is no archive yet
            QCOMPARE(read.error().what.id, std::string("engine.torch_short"));
        QVERIFY(!engine::readTensorFile(written(whole->substr(0, length))));
    }
}

void TorchFileLiesTest::flippedBytesNeverHarm_data()
{
    everyPlaceToEndIsTooEarly_data();
}

void TorchFileLiesTest::flippedBytesNeverHarm()
{
    QFETCH(QString, file);
    const auto whole = readFile(kFiles + file.toStdString());
    QVERIFY(whole);
    const unsigned seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = *whole;
        for (int flips = 1 + i % 4; flips > 0; --flips) {
            char &one = bytes[random() % bytes.size()];
            one = static_cast<char>(one ^ static_cast<char>(1 + random() % 255));
        }
        const auto read = engine::readTorchFile(written(bytes, "flipped.pt"));
        if (read) continue; // in the numbers, or in what is not looked at
        ++refused;
        QVERIFY(!sentence(read.error(), Language::English).empty());
        QVERIFY(read.error().where.ends_with("/flipped.pt"));
    }
    qInfo("%d of 20000 refused", refused);
    QVERIFY(refused > 5'000);
}

QTEST_APPLESS_MAIN(TorchFileLiesTest)
#include "torch_file_lies_test.moc"
