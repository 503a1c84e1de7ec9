// .npz files: what is written is what a reader of the format finds.
#include "data/npz.hpp"

#include <QtTest>

#include <zip.h>

using namespace ostrich;

namespace {

QByteArray entry(const std::string &file, const char *name)
{
    int error = 0;
    zip_t *archive = zip_open(file.c_str(), ZIP_RDONLY, &error);
    if (!archive) return {};
    zip_stat_t facts;
    zip_stat_init(&facts);
    QByteArray bytes;
    if (zip_stat(archive, name, 0, &facts) == 0) {
        bytes.resize(static_cast<qsizetype>(facts.size));
        zip_file_t *content = zip_fopen(archive, name, 0);
        if (zip_fread(content, bytes.data(), facts.size) != static_cast<zip_int64_t>(facts.size))
            bytes.clear();
        zip_fclose(content);
    }
    zip_discard(archive);
    return bytes;
}

} // namespace

class NpzTest : public QObject {
    Q_OBJECT

private slots:
    void entriesHoldTheArrays()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath("a.npz").toStdString();
        const Array x{{2, 1, 3}, {0.0f, 0.5f, 1.0f, -1.0f, 2.0f, 3.25f}};
        QVERIFY(data::saveNpz({{"x", x}, {"y", std::vector<std::int64_t>{7, -1}}}, file));

        const QByteArray floats = entry(file, "x.npy");
        QVERIFY(floats.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
        const int header = static_cast<unsigned char>(floats[8]) + 256 * floats[9];
        QCOMPARE((10 + header) % 64, 0);
        QVERIFY(floats.contains("'descr': '<f4'") && floats.contains("'shape': (2,1,3,)"));
        QCOMPARE(floats.size(), 10 + header + 24);
        QCOMPARE(floats.right(24), QByteArray(reinterpret_cast<const char *>(x.values.data()), 24));

        const QByteArray integers = entry(file, "y.npy");
        QVERIFY(integers.contains("'descr': '<i8'") && integers.contains("'shape': (2,)"));
        QCOMPARE(integers.back(), '\xff');
    }

    void numpyReadsIt()
    {
        QProcess python;
        python.start("python3", {"-c", "import numpy"});
        if (!python.waitForFinished() || python.exitCode() != 0) QSKIP("no NumPy here");
        QTemporaryDir folder;
        const QString file = folder.filePath("b.npz");
        const Array x{{2, 3}, {0, 1, 2, 3, 4, 5}};
        QVERIFY(data::saveNpz({{"x", x}, {"y", std::vector<std::int64_t>{1, 2, 3}}},
                              file.toStdString()));
        python.start("python3",
                     {"-c",
                      "import numpy, sys; d = numpy.load(sys.argv[1]); "
                      "print(d['x'].tolist(), d['x'].dtype, d['y'].tolist(), d['y'].dtype)",
                      file});
        QVERIFY(python.waitForFinished());
        QCOMPARE(python.readAllStandardOutput().trimmed(),
                 QByteArray("[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] float32 [1, 2, 3] int64"));
    }

    void whatWasSavedIsLoaded()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath("c.npz").toStdString();
        const Array x{{2, 1, 3}, {0.0f, 0.5f, 1.0f, -1.0f, 2.0f, 3.25f}};
        const std::vector<std::int64_t> y{7, -1};
        QVERIFY(data::saveNpz({{"x", x}, {"y", y}}, file));
        const auto entries = data::loadNpz(file);
        QVERIFY(entries);
        QCOMPARE(entries->size(), std::size_t{2});
        QCOMPARE(entries->at(0).name, std::string("x"));
        QVERIFY(std::get<Array>(entries->at(0).values) == x);
        QVERIFY(std::get<std::vector<std::int64_t>>(entries->at(1).values) == y);
    }

    void whatNumpyWroteIsLoaded()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("d.npz");
        QProcess python;
        python.start("python3", {"-c",
                                 "import numpy as n, sys; n.savez_compressed(sys.argv[1], "
                                 "a=n.arange(6, dtype='float32').reshape(3, 2), b=n.array([4, 5]), "
                                 "c=n.float32(2.5))",
                                 file});
        if (!python.waitForFinished() || python.exitCode() != 0) QSKIP("no NumPy here");
        const auto entries = data::loadNpz(file.toStdString());
        QVERIFY(entries);
        QVERIFY(std::get<Array>(entries->at(0).values) == (Array{{3, 2}, {0, 1, 2, 3, 4, 5}}));
        QVERIFY(std::get<Array>(entries->at(2).values) == (Array{{}, {2.5f}}));
    }

    void archivesThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("npy");
        const auto file = [](const char *type, const char *shape, qsizetype bytes) {
            QByteArray header = QByteArray("{'descr': '") + type
                                + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
            QByteArray all("\x93NUMPY\x01\x00", 8);
            all += char(header.size());
            all += '\0';
            return all + header + QByteArray(bytes, '\0');
        };
        QTest::newRow("fewer bytes than it says") << file("<f4", "3, 2", 20);
        QTest::newRow("more bytes than it says") << file("<f4", "3, 2", 28);
        QTest::newRow("sizes beyond any memory") << file("<f4", "4000000000, 4000000000", 24);
        QTest::newRow("a negative size") << file("<f4", "-6", 24);
        QTest::newRow("objects, which are code") << file("|O", "6", 24);
        QTest::newRow("doubles") << file("<f8", "3", 24);
        QTest::newRow("a header beyond the file") << file("<f4", "1", 4).left(30);
        QTest::newRow("no array") << QByteArray("hello");
    }

    void archivesThatLieAreRefused()
    {
        QFETCH(QByteArray, npy);
        QTemporaryDir folder;
        const QByteArray file = folder.filePath("e.npz").toLocal8Bit();
        int error = 0;
        zip_t *archive = zip_open(file.constData(), ZIP_CREATE, &error);
        zip_source_t *source =
            zip_source_buffer(archive, npy.constData(), static_cast<zip_uint64_t>(npy.size()), 0);
        QVERIFY(zip_file_add(archive, "x.npy", source, 0) >= 0);
        QCOMPARE(zip_close(archive), 0);
        const auto entries = data::loadNpz(file.constData());
        QVERIFY(!entries);
        QVERIFY(entries.error().where.find("e.npz: x") != std::string::npos);
    }

    void cutOffArchivesAreRefused()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("f.npz");
        QVERIFY(data::saveNpz({{"x", Array{{4}, {1, 2, 3, 4}}}}, file.toStdString()));
        QFile archive(file);
        QVERIFY(archive.resize(archive.size() / 2));
        QVERIFY(!data::loadNpz(file.toStdString()));
        QVERIFY(!data::loadNpz(folder.filePath("nosuch.npz").toStdString()));
    }

    void aFolderThatIsNotThereIsAnError()
    {
        const auto saved =
            data::saveNpz({{"y", std::vector<std::int64_t>{1}}}, "/nonexistent/a.npz");
        QVERIFY(!saved);
    }
};

QTEST_GUILESS_MAIN(NpzTest)
#include "npz_test.moc"
