// Pickles as data: what state dicts need is understood, everything else is refused by name, and no
// bytes exhaust anything.
#include "pickle_writing.hpp"

#include "engine/pickle.hpp"

#include <QElapsedTimer>
#include <QTest>

#include <random>

#include <sys/resource.h>

using namespace ostrich;
using namespace ostrich::test;
using engine::Pickle;
using Kind = engine::PickleValue::Kind;

namespace {

Result<Pickle> read(const std::string &bytes)
{
    const engine::ByteSource source{bytes.size(),
                                    [&](std::uint64_t offset, char *to, std::size_t count) {
                                        bytes.copy(to, count, offset);
                                        return Result<void>();
                                    }};
    return engine::readPickle(source, 0, "file");
}

/// The value that `piece` describes, in Python's words.
std::string told(const Pickle &pickle, engine::PickleId id)
{
    const engine::PickleValue &value = pickle.at(id);
    std::string inner;
    for (std::size_t i = 0; i < value.items.size(); ++i)
        inner += (i == 0 ? "" : " ") + told(pickle, value.items[i]);
    switch (value.kind) {
    case Kind::None:
        return "None";
    case Kind::Bool:
        return value.integer == 1 ? "True" : "False";
    case Kind::Int:
        return std::to_string(value.integer);
    case Kind::Float:
        return QString::number(value.real, 'g', 17).toStdString();
    case Kind::Tuple:
        return "(" + inner + ")";
    case Kind::List:
        return "[" + inner + "]";
    case Kind::Dict:
        return "{" + inner + "}";
    case Kind::Persistent:
        return "pid:" + inner;
    case Kind::Call:
        return "call:" + inner;
    default:
        return value.text;
    }
}

std::string repeated(const std::string &piece, std::size_t count)
{
    std::string all;
    all.reserve(piece.size() * count);
    for (std::size_t i = 0; i < count; ++i) all += piece;
    return all;
}

/// What this process has held at most, in bytes.
std::int64_t peakBytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

/// pickle.dumps of Python 3.11 of one list: [None, True, False, 0, 255 ...
const std::vector<std::pair<const char *, const char *>> kWrittenByPython{
    {"protocol 1",
     "5d7100284e4930310a4930300a4b004bff4d00014affffffff4a701101004c313039393531313632"
     "373737364c0a4c2d313039393531313632373737364c0a473fb999999999999a47fe37e43c880075"
     "9c5803000000616263710158070000006772c3b6c39f65710229284b01747103284b014b02747104"
     "284b014b024b03747105284b014b024b034b047471067d71077d710858010000006171095d710a28"
     "4b017d710b580100000062710c2973657363636f6c6c656374696f6e730a4f726465726564446963"
     "740a710d2952710e2858010000006b710f4b0158010000006c71104b02756808652e"},
    {"protocol 2",
     "80025d7100284e88894b004bff4d00014affffffff4a701101008a060000000000018a0600000000"
     "00ff473fb999999999999a47fe37e43c8800759c5803000000616263710158070000006772c3b6c3"
     "9f657102294b018571034b014b028671044b014b024b03877105284b014b024b034b047471067d71"
     "077d710858010000006171095d710a284b017d710b580100000062710c2973657363636f6c6c6563"
     "74696f6e730a4f726465726564446963740a710d2952710e2858010000006b710f4b015801000000"
     "6c71104b02756808652e"},
    {"protocol 3",
     "80035d7100284e88894b004bff4d00014affffffff4a701101008a060000000000018a0600000000"
     "00ff473fb999999999999a47fe37e43c8800759c5803000000616263710158070000006772c3b6c3"
     "9f657102294b018571034b014b028671044b014b024b03877105284b014b024b034b047471067d71"
     "077d710858010000006171095d710a284b017d710b580100000062710c2973657363636f6c6c6563"
     "74696f6e730a4f726465726564446963740a710d2952710e2858010000006b710f4b015801000000"
     "6c71104b02756808652e"},
    {"protocol 4",
     "800495b1000000000000005d94284e88894b004bff4d00014affffffff4a701101008a0600000000"
     "00018a060000000000ff473fb999999999999a47fe37e43c8800759c8c03616263948c076772c3b6"
     "c39f6594294b0185944b014b0286944b014b024b038794284b014b024b034b0474947d947d948c01"
     "61945d94284b017d948c016294297365738c0b636f6c6c656374696f6e73948c0b4f726465726564"
     "44696374949394295294288c016b944b018c016c944b02756808652e"},
    {"protocol 5",
     "800595b1000000000000005d94284e88894b004bff4d00014affffffff4a701101008a0600000000"
     "00018a060000000000ff473fb999999999999a47fe37e43c8800759c8c03616263948c076772c3b6"
     "c39f6594294b0185944b014b0286944b014b024b038794284b014b024b034b0474947d947d948c01"
     "61945d94284b017d948c016294297365738c0b636f6c6c656374696f6e73948c0b4f726465726564"
     "44696374949394295294288c016b944b018c016c944b02756808652e"},
};

} // namespace

class PickleTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAreUnderstood_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<QString>("meaning");
        const auto row = [](const char *name, const std::string &piece, const char *meaning) {
            QTest::newRow(name) << QByteArray::fromStdString(piece) << QString(meaning);
        };
        using namespace std::string_literals;
        row("a false of protocol 1", "I00\n", "False");
        row("two bytes", "M\x00\x80"s, "32768");
        row("a long of no bytes", "\x8a\x00"s, "0");
        row("a long of one byte", "\x8a\x01\x80"s, "-128");
        row("digits", "I-42\n", "-42");
        row("digits beyond 64 bits", "L119547037146038801333356L\n", "119547037146038801333356");
        row("a short word of Python 2", "U\x03"s + "abc", "abc");
        row("a word of Python 2", "T\x03\0\0\0"s + "abc", "abc");
        row("bytes", "C\x02"s + "ab", "ab");
        row("a list and a dict from marks", "((K\1K\2l(K\1K\2dt", "([1 2] {1 2})");
        row("the memo", "K\7q\0K\1r\xff\0\0\0h\0j\xff\0\0\0\x86\x87"s, "(7 1 (7 1))");
        row("what is popped is gone", "(K\1K\0020(K\3K\0041(0K\0052t", "(1 5 5)");
        row("one key", "}K\1K\2s", "{1 2}");
        row("an ordered dict with attributes",
            global("collections", "OrderedDict") + ")RK\1K\2s" + dict({{"a", "N"}}) + "b", "{1 2}");
        row("an ordered dict of Python 2",
            global("collections", "OrderedDict") + "](](K\1K\2e](K\3K\4ee\x85R", "{1 2 3 4}");
        row("a size", global("torch", "Size") + tuple({1, 2}) + "\x85R", "(1 2)");
        row("a global of protocol 4", "\x8c\x05torch\x8c\x0c"s + "FloatStorage\x93",
            "torch.FloatStorage");
        row("a persistent id", "K\1Q", "pid:1");
        row("a call", global("torch", "device") + words("cpu") + "\x85R",
            "call:torch.device (cpu)");
    }
    void valuesAreUnderstood()
    {
        QFETCH(QByteArray, piece);
        QFETCH(QString, meaning);
        const auto pickle = read(pickled(piece.toStdString()));
        QVERIFY2(pickle, pickle ? "" : sentence(pickle.error(), Language::English).c_str());
        QCOMPARE(QString::fromStdString(told(*pickle, pickle->root)), meaning);
        QCOMPARE(pickle->end, static_cast<std::uint64_t>(piece.size()) + 3);
    }

    void whatPythonWroteIsUnderstood_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const auto &[name, hex] : kWrittenByPython)
            QTest::newRow(name) << QByteArray::fromHex(hex);
    }
    void whatPythonWroteIsUnderstood()
    {
        QFETCH(QByteArray, bytes);
        const auto pickle = read(bytes.toStdString());
        QVERIFY2(pickle, pickle ? "" : sentence(pickle.error(), Language::English).c_str());
        QCOMPARE(QString::fromStdString(told(*pickle, pickle->root)),
                 QString("[None True False 0 255 256 -1 70000 1099511627776 -1099511627776 "
                         "0.10000000000000001 -1.0000000000000001e+300 abc größe () (1) (1 2) "
                         "(1 2 3) (1 2 3 4) {} {a [1 {b ()}]} {k 1 l 2} {a [1 {b ()}]}]"));
    }

    void allOtherCallsAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<QString>("name");
        const auto row = [](const std::string &piece, const std::string &name) {
            QTest::newRow(name.c_str())
                << QByteArray::fromStdString(piece) << QString::fromStdString(name);
        };
        const std::string call = words("touch hacked") + "\x85R";
        for (const auto &[module, name] :
             {std::pair("os", "system"), std::pair("posix", "system"), std::pair("nt", "system"),
              std::pair("builtins", "eval"), std::pair("builtins", "getattr"),
              std::pair("__builtin__", "eval"), std::pair("subprocess", "Popen"),
              std::pair("torch", "load"), std::pair("torch.storage", "_load_from_bytes"),
              std::pair("torch.hub", "load"), std::pair("collections", "defaultdict"),
              std::pair("collections", "OrderedDict.fromkeys"),
              std::pair("torch._utils", "_rebuild_tensor_v2.__globals__"),
              std::pair("numpy.core.multiarray", "_reconstruct")})
            row(global(module, name) + call, std::string(module) + "." + name);
        row("(" + words("touch hacked") + "ios\nsystem\n", "os.system");
        row(words("os") + words("system") + "\x93" + call, "os.system");
        row(global("torch", "FloatStorage") + call, "torch.FloatStorage");
        row(global("torch", "float32") + call, "torch.float32");
        row(global("o\x1b[31ms", "sys\ttem\xff") + call, "o?[31ms.sys?tem?");
        row(global("os", std::string(200, 'a')) + call, "os." + std::string(77, 'a') + "...");
    }
    void allOtherCallsAreRefusedByName()
    {
        QFETCH(QByteArray, piece);
        QFETCH(QString, name);
        const auto pickle = read(pickled(piece.toStdString()));
        QVERIFY(!pickle);
        QCOMPARE(pickle.error().what, (Message{"engine.pickle_call", {name.toStdString()}}));
        QCOMPARE(pickle.error().where, std::string("file"));
        const std::string line = sentence(pickle.error(), Language::English);
        QVERIFY2(line.find("runs no code") != std::string::npos, line.c_str());
        QVERIFY(sentence(pickle.error(), Language::French).find("aucun code") != std::string::npos);
    }

    void otherInstructionsAreRefusedByName_data()
    {
        QTest::addColumn<char>("opcode");
        QTest::addColumn<QString>("name");
        for (const auto &[opcode, name] :
             {std::pair('\x81', "NEWOBJ"), std::pair('\x92', "NEWOBJ_EX"), std::pair('o', "OBJ"),
              std::pair('P', "PERSID"), std::pair('\x82', "EXT1"), std::pair('S', "STRING"),
              std::pair('\x8b', "LONG4"), std::pair('\x8f', "EMPTY_SET"),
              std::pair('\x96', "BYTEARRAY8"), std::pair('\x98', "READONLY_BUFFER"),
              std::pair('\x99', "0x99"), std::pair('\x00', "0x00"), std::pair('\xff', "0xff")})
            QTest::newRow(name) << opcode << QString(name);
    }
    void otherInstructionsAreRefusedByName()
    {
        QFETCH(char, opcode);
        QFETCH(QString, name);
        const auto pickle = read(pickled(std::string("N") + opcode + "N"));
        QVERIFY(!pickle);
        QCOMPARE(pickle.error().what, (Message{"engine.pickle_opcode", {name.toStdString()}}));
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const std::string &piece, const char *id = "broken") {
            QTest::newRow(name) << QByteArray::fromStdString(piece)
                                << QString("engine.pickle_") + id;
        };
        using namespace std::string_literals;
        row("nothing on the stack", "");
        row("two values at the end", "NN");
        row("a mark at the end", "N(");
        row("a mark below the end", "(N");
        row("a pop of nothing", "0");
        row("a tuple of less", "N\x86");
        row("a tuple below a mark", "N(\x85t");
        row("a tuple without its mark", "Nt");
        row("a memo that is not there", "h\5");
        row("a memo between others", "Nr\5\0\0\0h\3"s);
        row("a memo of nothing", "q\0"s);
        row("a key without a value", "}(Nu");
        row("a key without a value from a mark", "(Nd");
        row("keys for a list", "](NNu");
        row("values for a dict", "}(NNe");
        row("state for a list", "]Nb");
        row("a call of a word", words("os.system") + ")R");
        row("a call with a list", global("torch", "Size") + "]R");
        row("a size of two", global("torch", "Size") + "NN\x86R");
        row("an ordered dict of numbers", global("collections", "OrderedDict") + "](K\1e\x85R");
        row("a global of numbers", "K\1K\2\x93");
        row("digits that are none", "Iabc\n");
        row("no digits", "I\n");
        row("a long beyond all use", "\x8a\xff" + std::string(255, '\1'));
        row("a protocol to come", "\x80\x06N");
        row("a memo far away", "Nr\xff\xff\xff\xff", "large");
        row("a name without an end", "c" + std::string(5'000, 'a'), "large");
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, piece);
        QFETCH(QString, id);
        const auto pickle = read(pickled(piece.toStdString()));
        QVERIFY(!pickle);
        QCOMPARE(QString::fromStdString(pickle.error().what.id), id);
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(pickle.error(), language);
            QVERIFY2(line.find("engine.") == std::string::npos, line.c_str());
        }
    }

    void typesOfNumbersThatAreNotOursAreNamed()
    {
        for (const char *name : {"ComplexFloatStorage", "QInt8Storage", "uint16", "complex64",
                                 "float8_e4m3fn", "quint8", "bits16"}) {
            const auto pickle = read(pickled(global("torch", name)));
            QVERIFY(!pickle);
            QCOMPARE(pickle.error().what,
                     (Message{"engine.torch_type", {std::string("torch.") + name}}));
        }
    }

    void everyPlaceToEndIsTooEarly()
    {
        const std::string whole =
            pickled(dict({{"a", tensor({})}, {"b", "](K\1K\2e"}, {"c", global("torch", "int8")}}));
        QVERIFY(read(whole));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto pickle = read(whole.substr(0, length));
            QVERIFY(!pickle);
            QCOMPARE(pickle.error().what.id, std::string("engine.torch_short"));
        }
    }

    void smallFilesStaySmall_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char *name, const std::string &piece, bool isFine) {
            QTest::newRow(name) << QByteArray::fromStdString(pickled(piece)) << isFine;
        };
        using namespace std::string_literals;
        row("a million lists, one in the other", repeated("]", 1'000'000) + repeated("a", 999'999),
            true);
        row("a list that holds itself", "]q\0h\0a"s, true);
        std::string doubled = ")"; // 2^200 values if written out
        for (int i = 0; i < 200; ++i) doubled += "2\x86";
        row("a tuple of twice itself, 200 times", doubled, true);
        row("a word of 4 GB", "X\xff\xff\xff\xff" + "a"s, false);
        row("three million values", "(" + repeated(")", 3'000'000) + "t", false);
        row("twelve million instructions", repeated("N0", 6'000'000) + "N", false);
        row("twelve million marks", repeated("(", 12'000'000), false);
        // Each call would copy the list of pairs.
        row("a thousand copies of a long list",
            "](" + repeated("](NNe", 100'000) + "e\x85q\0"s
                + repeated(global("collections", "OrderedDict") + "h\0R0"s, 1'000) + "N",
            false);
    }
    void smallFilesStaySmall()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isFine);
        const std::string words = bytes.toStdString();
        const std::int64_t before = peakBytes();
        QElapsedTimer timer;
        timer.start();
        {
            const auto pickle = read(words);
            QCOMPARE(static_cast<bool>(pickle), isFine);
        }
        QVERIFY2(timer.elapsed() < 10'000, "it took more than ten seconds");
        QVERIFY2(peakBytes() - before < 400'000'000, "it took more than 400 MB");
    }

    void flippedBytesNeverHarm()
    {
        const std::string whole = pickled(dict({{"weight", tensor({})}, {"bias", tensor({})}}));
        const unsigned seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        int refused = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string bytes = whole;
            for (int flips = 1 + i % 3; flips > 0; --flips) {
                char &one = bytes[random() % bytes.size()];
                one = static_cast<char>(one ^ static_cast<char>(1 + random() % 255));
            }
            const auto pickle = read(bytes);
            if (pickle) continue;
            ++refused;
            QVERIFY(!pickle.error().what.empty());
        }
        QVERIFY(refused > 5'000 && refused < 20'000);
    }
};

QTEST_APPLESS_MAIN(PickleTest)
#include "pickle_test.moc"
