// ostrich-cli attack: which sample a study looks at, a network beside itself behind a filter, and
// reports.
#include "cli_run.hpp"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

class CliAttackStudyTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString path(const QString &name) const { return m_temporary.filePath(name); }
    Answer cli(const QStringList &arguments) const { return run(arguments, m_temporary.path()); }
    QJsonObject json(const QStringList &arguments) const
    {
        const Answer answer = cli(QStringList{"attack"} + arguments + QStringList{"--json"});
        if (answer.exitCode != 0) qWarning("%s", answer.errors.constData());
        return answer.last();
    }
    QString page(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    QJsonObject around(const QStringList &more) const
    {
        return json(
            QStringList{"digits", "--study", "surface", "--eps", "0.1", "--set", "resolution=5"}
            + more);
    }
    /// What the network says in the middle of the map, where the sample itself is.
    static QString saidInTheMiddle(const QJsonObject &found)
    {
        for (const QJsonValue &map : found["maps"].toArray()) {
            if (map["key"] != "decision_regions") continue;
            return map["classes"].toArray().at(map["values"].toArray().at(12).toInt()).toString();
        }
        return {};
    }
    static QJsonArray loss(const QJsonObject &found)
    {
        for (const QJsonValue &map : found["maps"].toArray())
            if (map["key"] == "loss_surface") return map["values"].toArray();
        return {};
    }
    /// What an attack on the first samples saved of each: pictures.json.
    QJsonArray saved()
    {
        if (!QFile::exists(path("shots/pictures.json")))
            cli({"attack", "digits", "--samples", "12", "--eps", "0.1", "--save", "shots/"});
        return QJsonDocument::fromJson(page("shots/pictures.json").toUtf8())["pictures"].toArray();
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(cli({"new", "mlp", "-o", "digits.ostrich"}).exitCode, 0);
        const Answer trained =
            cli({"train", "digits.ostrich", "--data", "glyphs?train=600&validation=100&test=100",
                 "--out", "digits", "--set", "recipe.epochs=4"});
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
    }

    void theMapIsOfTheSampleThatWasNamed()
    {
        QStringList said, answers;
        for (int i = 0; i < 8; ++i) {
            const QJsonValue picture = saved().at(i);
            if (picture["before"]["answer"] != picture["truth"]) continue; // nothing to attack
            said << saidInTheMiddle(around({"--sample", QString::number(i)}));
            answers << QString::number(picture["truth"].toInt());
        }
        QCOMPARE(said, answers);
        answers.removeDuplicates();
        QVERIFY(answers.size() > 2);
    }

    void aPhotographIsStudiedAsTheSampleThatItIs()
    {
        int i = 0;
        while (saved().at(i)["before"]["answer"] != saved().at(i)["truth"]) ++i;
        const QJsonValue picture = saved().at(i);
        const QString file = "shots/" + picture["before"]["file"].toString();
        const auto asSample = around({"--sample", QString::number(i)});
        QCOMPARE(loss(asSample).size(), 25);
        QCOMPARE(loss(around({"--input", file})), loss(asSample));
        const QString truth = QString::number(picture["truth"].toInt());
        QCOMPARE(loss(around({"--input", file, "--class", truth})), loss(asSample));
    }

    void aNetworkStandsBesideItselfBehindAFilter()
    {
        const Answer answer =
            cli({"attack", "digits", "digits@jpeg?quality=10", "--study", "curves", "--samples",
                 "30", "--set", "points=1", "--set", "attacks=fgsm", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        QStringList keys;
        for (const QJsonValue &curve : answer.last()["plots"].toArray().at(0)["curves"].toArray())
            keys << curve["key"].toString();
        QVERIFY2(keys.contains("fgsm@digits") && keys.contains("fgsm@digits, jpeg?quality=10"),
                 qPrintable(keys.join(' ')));
    }

    void aFilterOfItsOwnIsThatOfDefence()
    {
        const QStringList ask{"--attack", "fgsm", "--samples", "100", "--eps", "0.2"};
        auto own = json(QStringList{"digits@bit_depth?bits=1"} + ask);
        auto ofAll = json(QStringList{"digits", "--defence", "bit_depth?bits=1"} + ask);
        auto both =
            json(QStringList{"digits@bit_depth?bits=1", "--defence", "smoothing?radius=2"} + ask);
        auto plain = json(QStringList{"digits"} + ask);
        for (QJsonObject *answer : {&own, &ofAll, &both, &plain}) {
            QVERIFY(!answer->isEmpty());
            answer->remove("seconds");
        }
        QCOMPARE(own, ofAll);
        QCOMPARE(own, both); // --defence is for those that name none
        QVERIFY(own != plain);
    }

    void pathsMayHoldTheSign()
    {
        QVERIFY(QFile::link(path("digits"), path("me@home")));
        QVERIFY(!json({"me@home", "--attack", "fgsm", "--samples", "5"}).isEmpty());
        QVERIFY(!json({"me@home@jpeg", "--attack", "fgsm", "--samples", "5"}).isEmpty());
    }

    void aPlainAttackIsReported()
    {
        const Answer answer = cli({"attack", "digits", "--samples", "40", "--eps", "0.2,0.1",
                                   "--report", "r.html", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const QString html = page("r.html");
        for (const QJsonObject &one : answer.lines()) {
            const double robust = one["robust_accuracy"].toDouble() * 100.0;
            QVERIFY(html.contains(QString("<td>%1 % (").arg(robust, 0, 'f', 1)));
        }
        QCOMPARE(html.count("<svg"), 1); // the curve
        QVERIFY(html.count("<img") >= 3 && html.count("<img") % 3 == 0);
        QVERIFY(html.contains("PGD-40"));
        QVERIFY(!QRegularExpression("(cli|robustness|attack)\\.[a-z_]+").match(html).hasMatch());
    }

    void aReportOfOneEpsilonHasNoCurve()
    {
        const Answer answer = cli({"attack", "digits", "--samples", "40", "--eps", "0.1",
                                   "--honesty", "--report", "one.HTM", "--lang", "fr"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const QString html = page("one.HTM");
        QVERIFY(html.contains("exactitude sous l'attaque")
                || html.contains("exactitude sous l&#39;"));
        QCOMPARE(html.count("<h2>"), 2); // the attack and the checklist
        QCOMPARE(html.count("<svg"), 1); // the checklist's
    }

    void aPhotographIsReported()
    {
        const QString file = "shots/" + saved().at(0)["before"]["file"].toString();
        const Answer answer = cli(
            {"attack", "digits", "--input", file, "--eps", "0.1,0.3", "--report", "photo.html"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const QString html = page("photo.html");
        QCOMPARE(html.count("<img"), 6);
        QCOMPARE(html.count("<svg"), 0);
        QVERIFY(html.contains(file));
    }

    void refusalsAreOneLineAndNameTheCulprit_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("culprit");
        const QStringList surface{"digits", "--study", "surface"};
        QTest::newRow("beyond the split")
            << surface + QStringList{"--sample", "100"} << QByteArray("--sample 100");
        QTest::newRow("below the split")
            << surface + QStringList{"--sample", "-1"} << QByteArray("--sample");
        QTest::newRow("a sample and no study")
            << QStringList{"digits", "--sample", "1"} << QByteArray("--study surface");
        QTest::newRow("a sample and a study of many")
            << QStringList{"digits", "--study", "curves", "--sample", "1"}
            << QByteArray("--study surface");
        QTest::newRow("a photograph and a study of many")
            << QStringList{"digits", "--study", "curves", "--input", "x.png"}
            << QByteArray("--input");
        QTest::newRow("a sample and a photograph")
            << surface + QStringList{"--sample", "1", "--input", "x.png"} << QByteArray("--input");
        QTest::newRow("no such filter") << QStringList{"digits@jepg"} << QByteArray("digits@jepg");
        QTest::newRow("no such option of a filter")
            << QStringList{"digits@jpeg?nosuch=1"} << QByteArray("nosuch");
        QTest::newRow("a run that is not there")
            << QStringList{"nosuch@jpeg"} << QByteArray("nosuch");
        QTest::newRow("a PDF") << QStringList{"digits", "--report", "r.pdf"}
                               << QByteArray("--report r.pdf");
        QTest::newRow("a report of kept pictures")
            << QStringList{"digits", "--verify", "x.npz", "--report", "r.html"}
            << QByteArray("--report");
    }

    void refusalsAreOneLineAndNameTheCulprit()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, culprit);
        for (const char *language : {"en", "fr"}) {
            const Answer answer =
                cli(QStringList{"attack"} + arguments + QStringList{"--lang", language});
            QCOMPARE(answer.exitCode, 2);
            QCOMPARE(answer.errors.count('\n'), 1);
            QVERIFY2(answer.errors.contains(culprit), answer.errors.constData());
            QVERIFY2(!QRegularExpression("(cli|attack|robustness)\\.[a-z_]+")
                          .match(answer.errors)
                          .hasMatch(),
                     answer.errors.constData());
        }
        QVERIFY(!QFile::exists(path("r.pdf")));
    }
};

QTEST_GUILESS_MAIN(CliAttackStudyTest)
#include "cli_attack_study_test.moc"
