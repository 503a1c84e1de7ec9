// Mistyped names: distances counted by hand, and names spoilt on purpose.
#include "graph/nearest_name.hpp"

#include "base/random.hpp"

#include <QtTest>

#include <random>

using namespace ostrich;
using graph::nearestName;

namespace {

// At least five edits apart from each other, so that two edits never leave a name for another.
const std::vector<std::string> kNames{"AdaptiveAvgPool2d", "BatchNorm2d", "Conv2d",
                                      "Dropout",           "Flatten",     "Softmax"};

/// One letter more, less or another one.
std::string spoilt(std::string name, RandomStream &random)
{
    const auto place = static_cast<std::size_t>(random.integer(std::ssize(name)));
    const char letter = static_cast<char>('a' + random.integer(26));
    switch (random.integer(3)) {
    case 0:
        return name.insert(place, 1, letter);
    case 1:
        return name.erase(place, 1);
    default:
        name[place] = letter;
        return name;
    }
}

} // namespace

class NearestNameTest : public QObject {
    Q_OBJECT

private slots:
    void distancesCountedByHand_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("near");
        QTest::newRow("itself") << "Conv2d" << "Conv2d" << true;
        QTest::newRow("upper and lower case alike") << "CONV2D" << "conv2d" << true;
        QTest::newRow("two swapped letters are two edits") << "Covn2d" << "Conv2d" << true;
        QTest::newRow("kitten to sitting is three") << "kitten" << "sitting" << false;
        QTest::newRow("two letters missing") << "Dropo" << "Dropout" << true;
        QTest::newRow("three letters missing") << "Drop" << "Dropout" << false;
        QTest::newRow("a third of twelve may differ") << "abcdefghWXYZ" << "abcdefghijkl" << true;
        QTest::newRow("more than a third may not") << "abcdefgVWXYZ" << "abcdefghijkl" << false;
        QTest::newRow("nothing typed") << "" << "Add" << false;
        QTest::newRow("all letters would change") << "xy" << "ab" << false;
    }
    void distancesCountedByHand()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QFETCH(bool, near);
        const auto found = nearestName(typed.toStdString(), {name.toStdString()});
        QCOMPARE(found.has_value(), near);
        if (near) QCOMPARE(*found, name.toStdString());
    }

    void theNearestWinsAndTheFirstAmongEquals()
    {
        QCOMPARE(*nearestName("Conv2", {"Conv1d", "Conv2d"}), std::string("Conv2d"));
        QCOMPARE(*nearestName("Conv", {"Conv1", "Conv2"}), std::string("Conv1"));
        QCOMPARE(*nearestName("Conv", {"Conv2", "Conv1"}), std::string("Conv2"));
        QVERIFY(!nearestName("Conv", {}));
    }

    void spoiltNamesAreFoundAgain()
    {
        const std::uint64_t seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        for (int round = 0; round < 3000; ++round) {
            const std::string &name = kNames[static_cast<std::size_t>(
                random.integer(static_cast<std::int64_t>(kNames.size())))];
            std::string typed = spoilt(name, random);
            if (random.chance(0.5)) typed = spoilt(typed, random);
            const auto found = nearestName(typed, kNames);
            QVERIFY2(found && *found == name, (typed + " is not taken for " + name).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(NearestNameTest)
#include "nearest_name_test.moc"
