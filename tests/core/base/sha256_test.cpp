// SHA-256 against the examples that NIST publishes with FIPS 180-4, and pieces against the whole.
#include "base/sha256.hpp"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <random>

using namespace ostrich;

class Sha256Test : public QObject {
    Q_OBJECT

private slots:
    void thePublishedExamples_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("hash");
        QTest::newRow("empty")
            << QByteArray() << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("one block")
            << QByteArray("abc")
            << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("two blocks")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        QTest::newRow("a million letters")
            << QByteArray(1000000, 'a')
            << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }
    void thePublishedExamples()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, hash);
        QCOMPARE(QString::fromStdString(sha256(message.toStdString())), hash);
    }

    /// Every place of the ending within a block, and every cut of the message.
    void piecesAreTheWhole()
    {
        std::mt19937 random(20261126);
        for (int size = 0; size < 200; ++size) {
            std::string message(static_cast<std::size_t>(size), '\0');
            for (char &c : message) c = static_cast<char>(random() & 0xff);
            const std::string expected =
                QCryptographicHash::hash(QByteArray::fromStdString(message),
                                         QCryptographicHash::Sha256)
                    .toHex()
                    .toStdString();
            QCOMPARE(sha256(message), expected);
            const std::size_t cut = random() % (message.size() + 1);
            Sha256 hash;
            hash.add(std::string_view(message).substr(0, cut));
            hash.add(std::string_view(message).substr(cut));
            QCOMPARE(hash.finish(), expected);
        }
    }

    void aFileIsReadInParts()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath("big").toStdString();
        const std::string content(3'000'001, 'x');
        std::ofstream(file, std::ios::binary) << content;
        const auto hash = sha256OfFile(file);
        QVERIFY(static_cast<bool>(hash));
        QCOMPARE(*hash, sha256(content));
        QVERIFY(!sha256OfFile(file + ".not-there"));
    }
};

QTEST_APPLESS_MAIN(Sha256Test)
#include "sha256_test.moc"
