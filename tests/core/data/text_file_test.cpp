// Text files as editors and programs leave them, and those that are none.
#include "data/text_file.hpp"
#include "one_line_error.hpp"
#include "scratch_folder.hpp"

#include <QtTest>

using namespace ostrich;
using namespace ostrich::data;
using namespace ostrich::test;

class TextFileTest : public QObject {
    Q_OBJECT

private slots:
    void lineEndsAndMarksAreMadeAlike_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << QByteArray("été\nb\n");
        QTest::newRow("no final newline") << QByteArray("été\nb");
        QTest::newRow("Windows") << QByteArray("été\r\nb\r\n");
        QTest::newRow("old Macintosh") << QByteArray("été\rb\r");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFété\r\nb");
    }
    void lineEndsAndMarksAreMadeAlike()
    {
        QFETCH(QByteArray, bytes);
        const ScratchFolder folder("text");
        const auto text = readText(folder.write("a.txt", bytes.toStdString()));
        QVERIFY(static_cast<bool>(text));
        QCOMPARE(linesOf(*text), (std::vector<std::string_view>{"été", "b"}));
    }

    void blankLinesAreKept()
    {
        QCOMPARE(linesOf("a\n\nb\n\n"), (std::vector<std::string_view>{"a", "", "b", ""}));
        QVERIFY(linesOf("").empty());
    }

    void blanksAreTakenOffBothEnds()
    {
        QCOMPARE(trimmed(" \t\u00A0 a b \u202F\r"), std::string_view("a b"));
        QCOMPARE(trimmed("à"), std::string_view("à")); // ends with the byte A0
        QCOMPARE(trimmed(" \u00A0"), std::string_view(""));
    }

    void whatIsNoTextIsToldWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("english"); // after "FILE: "
        const auto row = [](const char *name, const std::string &bytes, const char *english) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(english);
        };
        row("empty", "", "The file holds no text.");
        row("blank lines alone", "\n \r\n\t", "The file holds no text.");
        row("nothing but a mark", "\xEF\xBB\xBF", "The file holds no text.");
        row("Latin-1", "abc\ncaf\xE9\n", "Line 2 is not UTF-8 text.");
        row("strange bytes", "\xFF\xFE\xFD\t1\n", "Line 1 is not UTF-8 text.");
        row("UTF-16",
            std::string("\xFF\xFE"
                        "a\0b\0",
                        6),
            "Line 1 is not UTF-8 text.");
        row("binary", std::string("abc\n\n\x01\0\x02", 8),
            "Line 3 holds bytes of value 0: this is no text file.");
        row("a line too long", "a\n" + std::string(kLongestLine + 1, 'x'),
            "Line 2 is longer than 1 MB (1 MB).");
    }
    void whatIsNoTextIsToldWithItsLine()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, english);
        const ScratchFolder folder("text-bad");
        const auto path = folder.write("a.txt", bytes.toStdString());
        const auto text = readText(path);
        QVERIFY(!text);
        QCOMPARE(faultOf(text.error(), path), std::string());
        QCOMPARE(QString::fromStdString(sentence(text.error().what, Language::English)), english);
    }

    void filesThatCannotBeReadAreTold()
    {
        const ScratchFolder folder("text-none");
        for (const auto &path : {folder.path() / "nowhere.txt", folder.path()}) {
            const auto text = readText(path);
            QVERIFY(!text);
            QCOMPARE(faultOf(text.error(), path), std::string());
        }
        const auto large = folder.write("large.txt", std::string(200, 'a'));
        const auto text = readText(large, 100);
        QVERIFY(!text);
        QCOMPARE(faultOf(text.error(), large), std::string());
    }
};

QTEST_APPLESS_MAIN(TextFileTest)
#include "text_file_test.moc"
