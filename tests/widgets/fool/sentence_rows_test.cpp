// Where the words of two rows stand, whatever their number and the room.
#include "fool/sentence_rows.hpp"

#include <QScrollBar>
#include <QTest>

#include <cmath>

using namespace ostrich::ui;
using Word = SentenceRows::Word;

namespace {

/// `count` words, every third of which is exchanged for a longer one.
std::vector<Word> sentence(int count)
{
    std::vector<Word> words;
    for (int i = 0; i < count; ++i) {
        const QString word = QStringLiteral("word%1").arg(i);
        words.push_back({word, i % 3 == 2 ? QStringLiteral("a-longer-word%1").arg(i) : word});
    }
    return words;
}

/// Pixels that two pictures differ in.
int differing(const QImage &a, const QImage &b)
{
    int differ = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) differ += a.pixel(x, y) != b.pixel(x, y);
    return differ;
}

} // namespace

class SentenceRowsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_rows = std::make_unique<SentenceRows>();
        m_rows->resize(800, 300);
        m_rows->show();
    }
    void cleanup() { m_rows.reset(); }

    void noWordLiesOverAnother_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSize>("size");
        QTest::newRow("one word") << 1 << QSize(800, 300);
        QTest::newRow("a sentence") << 9 << QSize(800, 300);
        QTest::newRow("several lines") << 40 << QSize(800, 300);
        QTest::newRow("a narrow window") << 12 << QSize(330, 120);
        QTest::newRow("a long text") << 300 << QSize(500, 200);
    }

    void noWordLiesOverAnother()
    {
        QFETCH(int, count);
        QFETCH(QSize, size);
        m_rows->resize(size);
        m_rows->setWords(sentence(count), true);
        std::vector<QRectF> all;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            for (const bool after : {false, true}) {
                const QRectF chip = m_rows->chipRect(i, after);
                QVERIFY(chip.left() >= 0.0 && chip.right() <= m_rows->viewport()->width());
                for (const QRectF &other : all) QVERIFY(!chip.intersects(other));
                all.push_back(chip);
            }
        // All of it can be reached.
        const double bottom = all.back().bottom() - m_rows->verticalScrollBar()->maximum();
        QVERIFY(bottom <= m_rows->viewport()->height() + 1.0);
    }

    void aWordStandsAboveWhatTakesItsPlace()
    {
        m_rows->setWords(sentence(9), true);
        for (std::size_t i = 0; i < 9; ++i) {
            const QRectF above = m_rows->chipRect(i, false), below = m_rows->chipRect(i, true);
            QCOMPARE(above.left(), below.left());
            QCOMPARE(above.width(), below.width());
            QVERIFY(below.top() > above.bottom());
        }
    }

    void fewWordsAreLarger()
    {
        m_rows->setWords(sentence(4), true);
        const double few = m_rows->chipRect(0, false).height();
        m_rows->setWords(sentence(60), true);
        QVERIFY(m_rows->chipRect(0, false).height() < few);
    }

    /// In shades of grey too: a line through the one, an arrow, a line under the other.
    void anExchangeIsToldWithoutColour()
    {
        const std::vector<Word> kept{{"good", "good"}, {"film", "film"}};
        const std::vector<Word> exchanged{{"good", "poor"}, {"film", "film"}};
        m_rows->setWords(kept, true);
        const QImage before = m_rows->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        const QRectF gap(m_rows->chipRect(0, false).bottomLeft(),
                         m_rows->chipRect(0, true).topRight());
        m_rows->setWords(exchanged, true);
        const QImage after = m_rows->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        const QRect arrow = gap.toAlignedRect();
        QVERIFY(differing(before.copy(arrow), after.copy(arrow)) > 20);
        const QRect first = m_rows->chipRect(0, false).toAlignedRect(); // the same word, struck
        QVERIFY(differing(before.copy(first), after.copy(first)) > 20);
        const QRect other = m_rows->chipRect(1, false).toAlignedRect();
        QCOMPARE(differing(before.copy(other), after.copy(other)), 0);
    }

    void whoDoesNotSeeItIsTold()
    {
        m_rows->setWords({{"a", "a"}, {"good", "poor"}, {"film", "film"}}, true);
        QVERIFY(m_rows->accessibleDescription().contains(QStringLiteral("a good film")));
        QVERIFY(m_rows->accessibleDescription().contains(QStringLiteral("good → poor")));
        m_rows->setMessage(QStringLiteral("Type a sentence."));
        QCOMPARE(m_rows->accessibleDescription(), QStringLiteral("Type a sentence."));
        QVERIFY(m_rows->words().empty());
    }

private:
    std::unique_ptr<SentenceRows> m_rows;
};

QTEST_MAIN(SentenceRowsTest)
#include "sentence_rows_test.moc"
