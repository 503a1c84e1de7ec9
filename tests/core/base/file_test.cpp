// Files: what reading refuses, and that a write leaves the old or the new file, never a part.
#include "base/file.hpp"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>
#include <new>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace ostrich;

class FileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_scratch;
    int m_count = 0;
    fs::path m_folder;

    fs::path make(const std::string &name, const std::string &bytes) const
    {
        std::ofstream(m_folder / name, std::ios::binary) << bytes;
        return m_folder / name;
    }
    std::size_t entries() const
    {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
    }

private slots:
    void init()
    {
        m_folder = fs::path(m_scratch.path().toStdString()) / std::to_string(m_count++);
        fs::create_directory(m_folder);
    }

    void readsEveryByteOfAFile()
    {
        const std::string bytes("a\0b\r\n\xff", 6);
        const auto read = readFile(make("bytes", bytes));
        QVERIFY(static_cast<bool>(read));
        QCOMPARE(*read, bytes);
        QCOMPARE(*readFile(make("empty", "")), std::string());
    }

    void readsFilesWhoseSizeTheSystemDoesNotTell()
    {
        const auto read = readFile("/proc/self/status");
        QVERIFY(static_cast<bool>(read));
        QVERIFY(read->size() > 100);
    }

    void refusesWhatIsNoFileToRead_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("id");
        QTest::newRow("missing") << "missing" << "base.file_missing";
        QTest::newRow("below a file") << "below" << "base.file_missing";
        QTest::newRow("folder") << "folder" << "base.file_is_folder";
        QTest::newRow("fifo") << "fifo" << "base.file_not_regular";
        QTest::newRow("device") << "device" << "base.file_not_regular";
    }
    void refusesWhatIsNoFileToRead()
    {
        QFETCH(QString, kind);
        QFETCH(QString, id);
        fs::path path = m_folder / "nothing";
        if (kind == "below") path = make("file", "x") / "inner";
        if (kind == "folder") path = m_folder;
        if (kind == "device") path = "/dev/zero";
        if (kind == "fifo") QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
        const auto read = readFile(path);
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().what.id), id);
        QCOMPARE(read.error().where, path.string());
        QVERIFY(!read.error().hint.empty());
    }

    void refusesFilesAboveTheLimit()
    {
        const fs::path path = make("ten", "0123456789");
        QVERIFY(static_cast<bool>(readFile(path, 10)));
        const auto read = readFile(path, 9);
        QVERIFY(!read);
        QCOMPARE(read.error().what, (Message{"base.file_too_large", {"9"}}));
    }

    void writesNewFilesAndReplacesOldOnes()
    {
        const fs::path path = m_folder / "new";
        QVERIFY(static_cast<bool>(writeFile(path, "one")));
        QVERIFY(static_cast<bool>(writeFile(path, std::string_view("t\0o", 3))));
        QCOMPARE(*readFile(path), std::string("t\0o", 3));
        QCOMPARE(entries(), std::size_t{1});
    }

    void writingKeepsThePermissions()
    {
        const fs::path path = make("private", "old");
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        QVERIFY(static_cast<bool>(writeFile(path, "new")));
        QCOMPARE(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }

    void writingThroughALinkKeepsTheLink()
    {
        const fs::path path = make("real", "old");
        fs::create_symlink("real", m_folder / "link");
        QVERIFY(static_cast<bool>(writeFile(m_folder / "link", "new")));
        QVERIFY(fs::is_symlink(m_folder / "link"));
        QCOMPARE(*readFile(path), std::string("new"));
    }

    void writingToNoFolderOrOverAFolderIsAnError()
    {
        const auto nowhere = writeFile(m_folder / "none" / "file", "x");
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().what.id, std::string("base.file_no_folder"));
        const auto folder = writeFile(m_folder, "x");
        QVERIFY(!folder);
        QCOMPARE(folder.error().what.id, std::string("base.file_is_folder"));
    }

    void refusesFilesAboveTheMemory()
    {
        const fs::path path = make("holes", "x");
        std::error_code code;
        fs::resize_file(path, std::uintmax_t{1} << 43, code); // 8 TB of nothing
        if (code) QSKIP("this file system knows no holes so large");
        const auto read = readFile(path, std::uintmax_t{1} << 44);
        QVERIFY(!read);
        QCOMPARE(read.error().what.id, std::string("base.file_no_memory"));
    }

    void readsInParts()
    {
        const fs::path path = make("parts", "0123456789");
        const auto file = OpenFile::open(path);
        QVERIFY(static_cast<bool>(file));
        QCOMPARE(file->size(), std::uint64_t{10});
        std::string part(4, ' ');
        QVERIFY(static_cast<bool>(file->read(3, part.data(), part.size())));
        QCOMPARE(part, std::string("3456"));
        const auto beyond = file->read(8, part.data(), part.size());
        QVERIFY(!beyond);
        QCOMPARE(beyond.error().what.id, std::string("base.file_short"));
        QCOMPARE(OpenFile::open(m_folder).error().what.id, std::string("base.file_is_folder"));
        QCOMPARE(OpenFile::open("/dev/zero").error().what.id, std::string("base.file_not_regular"));
        QCOMPARE(OpenFile::open(m_folder / "none").error().what.id,
                 std::string("base.file_missing"));
    }

    void writesInParts()
    {
        const fs::path path = make("parts", "old");
        QVERIFY(static_cast<bool>(writeFile(path, [](const Append &append) {
            QVERIFY(append("ab") && append("") && append("c"));
        })));
        QCOMPARE(*readFile(path), std::string("abc"));
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(writeFile(path,
                                                             [](const Append &append) {
                                                                 append("half");
                                                                 throw std::bad_alloc();
                                                             })),
                                 std::bad_alloc);
        QCOMPARE(*readFile(path), std::string("abc"));
        QCOMPARE(entries(), std::size_t{1});
    }

    void whatACrashedProgramLeftIsNoObstacle()
    {
        // Its process had our number, and the counter began where ours is by now or will be.
        const std::string own = ".ostrich-" + std::to_string(::getpid()) + "-";
        for (int i = 0; i < 200; ++i) make(own + std::to_string(i) + ".tmp", "left over");
        const auto written = writeFile(m_folder / "new", "content");
        QVERIFY(static_cast<bool>(written));
        QCOMPARE(*readFile(m_folder / "new"), std::string("content"));
        QCOMPARE(entries(), std::size_t{201});
    }

    void aWriteThatFailsLeavesTheOldFileAndNothingElse()
    {
        const fs::path path = make("kept", "old");
        // A limit on file sizes fails in the middle of writing, as a full disk does.
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{1000, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto written = writeFile(path, std::string(5000, 'x'));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!written);
        QCOMPARE(*readFile(path), std::string("old"));
        QCOMPARE(entries(), std::size_t{1});
    }

    void aProtectedFileOrFolderStaysAsItWas()
    {
        if (::geteuid() == 0) QSKIP("root may write everywhere");
        const fs::path path = make("protected", "old");
        fs::permissions(path, fs::perms::owner_read);
        const auto written = writeFile(path, "new");
        QVERIFY(!written);
        QCOMPARE(written.error().what.id, std::string("base.file_forbidden"));
        QCOMPARE(*readFile(path), std::string("old"));
    }

    void theUsersFoldersFollowTheEnvironment()
    {
        qputenv("XDG_CACHE_HOME", (m_folder / "cache").c_str());
        QCOMPARE(cacheFolder(), m_folder / "cache" / "ostrich");
        QVERIFY(fs::is_directory(cacheFolder()));
        qputenv("XDG_DATA_HOME", "relative/paths/do/not/count");
        qputenv("HOME", m_folder.c_str());
        QCOMPARE(dataFolder(), m_folder / ".local/share/ostrich");
        QVERIFY(fs::is_directory(dataFolder()));
    }
};

QTEST_APPLESS_MAIN(FileTest)
#include "file_test.moc"
