// Numbers and sentences as the window writes them, in both languages.
#include "theme/theme.hpp"

#include <QTest>

#include <limits>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// The narrow space that no line breaks at, as one that can be read below.
QString readable(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char('_'));
}

} // namespace

class WordsTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { setLanguage(Language::English); }

    void countsHaveThreeSignificantDigits_data()
    {
        QTest::addColumn<qlonglong>("value");
        QTest::addColumn<QString>("whole");
        QTest::addColumn<QString>("compact");
        const std::tuple<qlonglong, const char *, const char *> rows[] = {
            {0, "0", "0"},
            {999, "999", "999"},
            {9'999, "9,999", "9,999"},
            {10'000, "10,000", "10_k"},
            {53'418, "53,418", "53.4_k"},
            {452'300, "452,300", "452_k"},
            {999'700, "999,700", "1_M"}, // not "1000 k"
            {2'600'000, "2,600,000", "2.6_M"},
            {1'234'000'000, "1,234,000,000", "1.23_G"},
        };
        for (const auto &[value, whole, compact] : rows)
            QTest::newRow(whole) << value << QString::fromLatin1(whole)
                                 << QString::fromLatin1(compact);
    }

    void countsHaveThreeSignificantDigits()
    {
        QFETCH(qlonglong, value);
        QTEST(readable(count(value)), "whole");
        QTEST(readable(count(value, true)), "compact");
    }

    void percentNeverSaysZeroOfSomething_data()
    {
        QTest::addColumn<double>("share");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << 0.0 << QStringLiteral("0.0_%");
        QTest::newRow("nearly none") << 0.0004 << QStringLiteral("< 0.1_%");
        QTest::newRow("ordinary") << 0.9137 << QStringLiteral("91.4_%");
        QTest::newRow("all") << 1.0 << QStringLiteral("100_%");
        QTest::newRow("no number")
            << std::numeric_limits<double>::quiet_NaN() << QStringLiteral("–");
    }

    void percentNeverSaysZeroOfSomething()
    {
        QFETCH(double, share);
        QTEST(readable(percent(share)), "text");
    }

    void frenchHasItsOwnNumbersAndWords()
    {
        const Words label{"Learning rate", "Taux d'apprentissage"};
        const Message problem{"graph.no_input", {}};
        QCOMPARE(words(label), QStringLiteral("Learning rate"));
        const QString english = sentence(problem);
        setLanguage(Language::French);
        QCOMPARE(words(label), QStringLiteral("Taux d'apprentissage"));
        QVERIFY(!sentence(problem).isEmpty());
        QVERIFY(sentence(problem) != english);
        QCOMPARE(readable(count(53'418)), QStringLiteral("53_418"));
        QCOMPARE(readable(count(2'600'000, true)), QStringLiteral("2,6_M"));
        QCOMPARE(readable(percent(0.9137)), QStringLiteral("91,4_%"));
        QCOMPARE(readable(percent(0.0004)), QStringLiteral("< 0,1_%"));
    }

    void aSentenceNobodyWroteIsShownByItsName()
    {
        const QString text = sentence(Message{"graph.never_written", {"conv_1"}});
        QVERIFY(text.contains(QLatin1String("graph.never_written")));
        QVERIFY(text.contains(QLatin1String("conv_1")));
    }
};

QTEST_MAIN(WordsTest)
#include "words_test.moc"
