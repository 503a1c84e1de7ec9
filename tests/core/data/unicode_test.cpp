// Code points, small letters and kinds of signs against Qt's, which follow Unicode's tables.
#include "data/unicode.hpp"

#include <QStringDecoder>
#include <QtTest>

#include <random>

using namespace ostrich::data;

class UnicodeTest : public QObject {
    Q_OBJECT

private slots:
    void everyCodePointGoesThereAndBack()
    {
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if (c >= 0xD800 && c <= 0xDFFF) continue;
            std::string text;
            unicode::append(c, text);
            QCOMPARE(text, QString().append(QChar::fromUcs4(c)).toStdString());
            std::size_t position = 0;
            QVERIFY(unicode::next(text, position) == c);
            QCOMPARE(position, text.size());
        }
    }

    void brokenBytesAreSeenAsQtSeesThem()
    {
        const unsigned seed = 20240611;
        std::mt19937 random(seed);
        for (int round = 0; round < 200000; ++round) {
            std::string text;
            const auto length = 1 + random() % 6;
            // Bytes of long sequences come often: else almost nothing is sound.
            for (unsigned i = 0; i < length; ++i)
                text += static_cast<char>(random() % 2 ? 0x80 + random() % 0x80 : random() % 0x100);
            std::size_t position = 0;
            bool sound = true;
            while (sound && position < text.size())
                sound = unicode::next(text, position).has_value();
            QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom
                                                             | QStringDecoder::Flag::Stateless);
            const QString decoded =
                decoder.decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
            const bool expected = !decoder.hasError() && decoded.toUtf8().toStdString() == text;
            QVERIFY2(sound == expected,
                     (QByteArray::fromStdString(text).toHex() + " seed " + QByteArray::number(seed))
                         .constData());
        }
    }

    void brokenSequencesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a lone continuation") << QByteArray("\x80");
        QTest::newRow("cut off") << QByteArray("\xE2\x82");
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF");
        QTest::newRow("overlong of three") << QByteArray("\xE0\x80\xAF");
        QTest::newRow("half a surrogate pair") << QByteArray("\xED\xA0\x80");
        QTest::newRow("beyond the last") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("Latin-1") << QByteArray("\xE9t\xE9");
    }
    void brokenSequencesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        std::size_t position = 0;
        QVERIFY(!unicode::next(bytes.toStdString(), position));
        QCOMPARE(position, std::size_t{0});
    }

    void smallLettersAreUnicodes_data()
    {
        QTest::addColumn<uint>("first");
        QTest::addColumn<uint>("last");
        QTest::newRow("Latin") << 0x00U << 0x017FU;
        QTest::newRow("more Latin") << 0x01CDU << 0x021FU;
        QTest::newRow("Latin, Vietnamese") << 0x1E00U << 0x1EFFU;
        QTest::newRow("Greek") << 0x0386U << 0x03CEU;
        QTest::newRow("Cyrillic") << 0x0400U << 0x052FU;
    }
    void smallLettersAreUnicodes()
    {
        QFETCH(uint, first);
        QFETCH(uint, last);
        for (uint c = first; c <= last; ++c) {
            // Capitals whose small letter lies elsewhere (digraphs in three cases, İ).
            const bool special = c == 0x130 || (c >= 0x1F1 && c <= 0x1F7);
            if (special) continue;
            QVERIFY2(unicode::folded(c) == QChar::toLower(c),
                     QByteArray::number(c, 16).constData());
        }
    }

    void signsAreNoLetters()
    {
        // What Unicode calls a letter, a digit or a mark is none of our signs and blanks, below the
        // surrogates, and punctuation of the scripts that we part is one.
        for (uint c = 0; c < 0x2C00; ++c) {
            const bool letter =
                QChar::isLetter(c) || QChar::category(c) == QChar::Number_DecimalDigit;
            const bool letterlike = c >= 0x2100 && c <= 0x218F; // ℃, ™ and the like count as signs
            if (letter && !letterlike)
                QVERIFY2(!unicode::isSign(c) && !unicode::isBlank(c),
                         QByteArray::number(c, 16).constData());
            const bool latin =
                c < 0x0590 || (c >= 0x2000 && c < 0x2800) || c >= 0x2900; // Braille spells
            if (latin && (QChar::isPunct(c) || QChar::isSymbol(c)) && c != 0x0482
                && !(c >= 0x02E5 && c <= 0x02FF) && !QChar::isSpace(c))
                QVERIFY2(unicode::isSign(c) || unicode::isInvisible(c) || unicode::isBlank(c),
                         QByteArray::number(c, 16).constData());
            if (QChar::isSpace(c))
                QVERIFY2(unicode::isBlank(c), QByteArray::number(c, 16).constData());
        }
    }
};

QTEST_APPLESS_MAIN(UnicodeTest)
#include "unicode_test.moc"
