// The hash of raw bytes: the same for good, and different for every small accident.
#include "data/checksum.hpp"

#include "base/random.hpp"

#include <QtTest>

#include <bit>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace ostrich;
using data::hashBytes;

namespace {

std::string counting(std::size_t size)
{
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i);
    return bytes;
}

std::string randomBytes(std::size_t size, RandomStream &random)
{
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random.integer(256));
    return bytes;
}

} // namespace

class ChecksumTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_seed = std::random_device{}();
        qInfo("seed %llu", static_cast<unsigned long long>(m_seed));
    }

    void manifestsOfEarlierVersionsStayValid()
    {
        // From a second implementation, in Python, of the hash's description.
        QCOMPARE(hashBytes("", 0), std::uint64_t{0xb8b763707fd92bd1});
        QCOMPARE(hashBytes("a", 1), std::uint64_t{0x5ea5ce7f8821b881});
        QCOMPARE(hashBytes("Ostrich", 7, 7), std::uint64_t{0x63ba6407e7a43eb8});
        QCOMPARE(hashBytes(counting(32).data(), 32), std::uint64_t{0xabe81e841c35d449});
        QCOMPARE(hashBytes(counting(77).data(), 77, 1), std::uint64_t{0x3e32c4308dfa56d7});
    }

    void onlyTheBytesCountNotTheirPlace()
    {
        RandomStream random(m_seed, "place");
        const std::string bytes = randomBytes(1000, random);
        const std::uint64_t expected = hashBytes(bytes.data(), bytes.size());
        for (std::size_t shift = 1; shift < 16; ++shift) {
            const std::string moved = std::string(shift, 'x') + bytes + "y";
            QCOMPARE(hashBytes(moved.data() + shift, bytes.size()), expected);
        }
    }

    void everyFlippedBitChangesHalfTheHash()
    {
        RandomStream random(m_seed, "flips");
        for (const std::size_t size : {std::size_t{5}, std::size_t{8}, std::size_t{100}}) {
            std::string bytes = randomBytes(size, random);
            const std::uint64_t before = hashBytes(bytes.data(), size);
            std::set<std::uint64_t> hashes{before};
            int changed = 0;
            for (std::size_t bit = 0; bit < 8 * size; ++bit) {
                bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
                const std::uint64_t after = hashBytes(bytes.data(), size);
                bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
                changed += std::popcount(before ^ after);
                QVERIFY(hashes.insert(after).second);
            }
            const double mean = changed / (8.0 * static_cast<double>(size));
            // 32 of 64, with a deviation of 4 / √flips.
            QVERIFY2(std::abs(mean - 32.0) < 5.0, qPrintable(QString::number(mean)));
        }
    }

    void lengthOrderAndSeedCount()
    {
        std::set<std::uint64_t> hashes;
        const std::string zeros(200, '\0');
        for (std::size_t size = 0; size <= zeros.size(); ++size)
            QVERIFY(hashes.insert(hashBytes(zeros.data(), size)).second);
        for (std::uint64_t seed = 1; seed < 200; ++seed)
            QVERIFY(hashes.insert(hashBytes(zeros.data(), 64, seed)).second);

        RandomStream random(m_seed, "order");
        std::vector<std::string> words;
        for (int i = 0; i < 12; ++i) words.push_back(randomBytes(8, random));
        const auto hashOf = [&] {
            std::string all;
            for (const std::string &word : words) all += word;
            return hashBytes(all.data(), all.size());
        };
        const std::uint64_t before = hashOf();
        for (std::size_t i = 0; i < words.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) { // within a lane (4 apart) and across lanes
                std::swap(words[i], words[j]);
                QVERIFY(hashOf() != before);
                std::swap(words[i], words[j]);
            }
        }
    }

private:
    std::uint64_t m_seed = 0;
};

QTEST_APPLESS_MAIN(ChecksumTest)
#include "checksum_test.moc"
