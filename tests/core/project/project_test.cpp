// Project files: there and back unchanged, and broken ones refused in one line.
#include "project/project.hpp"

#include "base/file.hpp"
#include "data/source.hpp"

#include <QtTest>

namespace fs = std::filesystem;
using namespace ostrich;
using namespace ostrich::project;

class ProjectTest : public QObject {
    Q_OBJECT

    static Project sample()
    {
        Project project;
        project.network.blocks = {{"input_1", "Input", {}, {24.0, 30.0}},
                                  {"conv_1",
                                   "Conv2d",
                                   {{"out_channels", std::int64_t{16}},
                                    {"padding", std::string("same")},
                                    {"bias", false}},
                                   {256.5, 30.0}},
                                  {"unknown_1", "FromTheFuture", {{"gain", 0.1}}, {-5.0, 400.0}}};
        project.network.wires = {{{"input_1", "y"}, {"conv_1", "x"}}};
        project.data = "menagerie?size=64";
        project.recipe.epochs = 7;
        project.recipe.learning_rate = 3e-4;
        project.notes = "a \"quoted\" line\nand é 鸵鸟";
        return project;
    }

private slots:
    void textGoesThereAndBack()
    {
        const Project project = sample();
        const std::string text = toText(project);
        QCOMPARE(text.back(), '\n');
        const auto read = projectFromText(text, "x");
        QVERIFY2(static_cast<bool>(read),
                 read ? "" : sentence(read.error(), Language::English).c_str());
        QCOMPARE(*read, project);
        QCOMPARE(toText(*read), text);
        QVERIFY(text.find("\"data\"") < text.find("\"format\"")
                && text.find("\"format\"") < text.find("\"network\""));
    }

    void filesGoThereAndBack()
    {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "my net.ostrich";
        QVERIFY(static_cast<bool>(saveProject(sample(), file)));
        QCOMPARE(*loadProject(file), sample());
    }

    void aFailedSaveLeavesTheOldFileWhole()
    {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "net.ostrich";
        QVERIFY(static_cast<bool>(saveProject(sample(), file)));
        const auto saved =
            saveProject({}, fs::path(folder.path().toStdString()) / "none" / "net.ostrich");
        QVERIFY(!saved);
        QVERIFY(saved.error().where.find("none") != std::string::npos);
        QCOMPARE(*loadProject(file), sample());
    }

    void missingPartsHaveDefaults()
    {
        const auto project = projectFromText(
            R"({"format":"ostrich","version":1,"network":{"blocks":[],"wires":[]}})", "x");
        QVERIFY(static_cast<bool>(project));
        QCOMPARE(*project, Project{});
    }

    void aTemplatesWordsAreLetThrough()
    {
        QVERIFY(static_cast<bool>(projectFromText(
            R"({"format":"ostrich","version":1,"title":{"en":"t"},"help":{},"order":3,"network":{"blocks":[],"wires":[]}})",
            "x")));
    }

    void brokenFilesAreRefusedInOneLine_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("culprit");
        const auto row = [](const char *name, const std::string &content, const char *culprit) {
            QTest::newRow(name) << QByteArray(content.data(), static_cast<int>(content.size()))
                                << QString(culprit);
        };
        const std::string sound = toText(sample());
        const auto replaced = [&](const std::string &from, const std::string &to) {
            std::string text = sound;
            const std::size_t at = text.find(from);
            return at == std::string::npos ? std::string("?") : text.replace(at, from.size(), to);
        };
        std::string noise;
        for (unsigned value = 1, i = 0; i < 65536; ++i)
            noise += static_cast<char>((value = value * 1664525U + 1013904223U) >> 24);
        row("empty", "", "");
        row("cut off", sound.substr(0, 100), "");
        row("noise", noise, "");
        row("a list", "[]", "");
        row("null", "null", "");
        row("nested 200,000 deep", std::string(200000, '['), "");
        row("another encoding", std::string("\xff\xfe{\0", 4), "");
        row("no format", R"({"version":1,"network":{}})", "");
        row("another format", R"({"format":"ostrich-glyphs","version":1})", "ostrich-glyphs");
        row("format is a number", R"({"format":1,"version":1})", "");
        row("newer", R"({"format":"ostrich","version":999})", "999");
        row("newer beyond 64 bits", R"({"format":"ostrich","version":18446744073709551615})",
            "18446744073709551615");
        row("version 0", R"({"format":"ostrich","version":0})", "version");
        row("version -1", R"({"format":"ostrich","version":-1})", "version");
        row("version is a text", R"({"format":"ostrich","version":"1"})", "version");
        row("no network", R"({"format":"ostrich","version":1})", "network");
        row("network is a list", R"({"format":"ostrich","version":1,"network":[]})", "");
        row("data is a number", replaced("\"menagerie?size=64\"", "5"), "data");
        row("notes are a list", replaced("\"notes\": \"", "\"notes\": [], \"x\": \""), "x");
        row("unknown entry", replaced("\"notes\"", "\"nots\""), "nots");
        row("recipe is a list",
            R"({"format":"ostrich","version":1,"network":{"blocks":[],"wires":[]},"recipe":[]})",
            "recipe");
        row("unknown field", replaced("\"epochs\"", "\"epoch\""), "recipe.epoch");
        row("field out of range", replaced("\"epochs\": 7", "\"epochs\": -7"), "recipe.epochs");
        row("a block twice", replaced("\"conv_1\"", "\"input_1\""), "input_1");
        row("a wire to nothing", replaced("\"conv_1.x\"", "\"conv_9.x\""), "conv_9");
        row("a position of text", replaced("256.5", "\"left\""), "x");
    }
    void brokenFilesAreRefusedInOneLine()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, culprit);
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "broken.ostrich";
        QVERIFY(static_cast<bool>(writeFile(file, content.toStdString())));
        const auto project = loadProject(file);
        QVERIFY(!project);
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(project.error(), language);
            QVERIFY2(line.find(file.string()) == 0, line.c_str());
            QVERIFY2(line.find('\n') == std::string::npos && line.size() < 600, line.c_str());
            QVERIFY2(line.find(culprit.toStdString()) != std::string::npos, line.c_str());
            QVERIFY2(line.find(project.error().what.id) == std::string::npos, line.c_str());
        }
    }

    void missingFilesAndFoldersAreNamed()
    {
        QTemporaryDir folder;
        for (const std::string &path :
             {folder.path().toStdString(), folder.path().toStdString() + "/nosuchfile"}) {
            const auto project = loadProject(path);
            QVERIFY(!project);
            QCOMPARE(project.error().where, path);
        }
    }

    void relativeDataLieBesideTheProjectFirst()
    {
        QTemporaryDir folder;
        const fs::path root = fs::canonical(folder.path().toStdString());
        const fs::path before = fs::current_path();
        fs::create_directories(root / "school" / "im");
        fs::create_directories(root / "here" / "im");
        fs::create_directories(root / "here" / "only & here?");
        fs::current_path(root / "here");
        const auto resolved = [](const std::string &source, const fs::path &file) {
            Project project;
            project.data = source;
            return dataSource(project, file);
        };
        const std::string beside = (root / "school" / "im").string();
        QCOMPARE(resolved("images:im?size=32", root / "school" / "net.ostrich"),
                 "images:" + beside + "?size=32");
        QCOMPARE(resolved("images:./im", "../school/net.ostrich"), "images:" + beside);
        // What is not there is looked for in the current folder.
        const std::string here = (root / "here" / "im").string();
        QCOMPARE(resolved("images:im", root / "net.ostrich"), "images:" + here);
        QCOMPARE(resolved("images:im", ""), "images:" + here);
        QCOMPARE(resolved("images:im", "net.ostrich"), "images:" + here);
        const auto odd = data::parseSource(resolved("images:only %26 here%3F", "net.ostrich"));
        QCOMPARE(odd->path, (root / "here" / "only & here?").string());
        // What is nowhere, absolute, without a path or no source stays as it was written.
        for (const std::string source :
             {"images:nowhere", "images:/data/im", "glyphs?train=10", "images:im?size", "", ":im"})
            QCOMPARE(resolved(source, root / "school" / "net.ostrich"), source);
        fs::current_path(before);
    }

    void fragmentsGoThereAndBack()
    {
        const graph::Network network = sample().network;
        QCOMPARE(*fragmentFromText(fragmentText(network)), network);
        QCOMPARE(*fragmentFromText(toText(sample())), network); // a whole project is taken too
        for (const char *text :
             {"", "hello", "{}", "[1,2]", R"({"format":"ostrich","version":2,"network":{}})"})
            QVERIFY(!fragmentFromText(text));
    }

    void runsLieBesideTheProject()
    {
        QCOMPARE(runsFolder("/home/a/my.net.ostrich"), fs::path("/home/a/my.net.runs"));
        QCOMPARE(runsFolder("net.ostrich"), fs::path("net.runs"));
    }
};

QTEST_APPLESS_MAIN(ProjectTest)
#include "project_test.moc"
