// ostrich-cli attack, as people and scripts run it: what is saved is verified, studies answer in
// JSON, and what cannot be is told on one line.
#include "cli_run.hpp"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

class CliAttackTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    QString path(const QString &name) const { return m_temporary.filePath(name); }
    Answer cli(const QStringList &arguments) const { return run(arguments, m_temporary.path()); }
    /// One JSON object of an attack that must go well.
    QJsonObject attack(const QStringList &more, int samples = 60) const
    {
        const Answer answer =
            cli(QStringList{"attack", "digits", "--samples", QString::number(samples), "--json"}
                + more);
        if (answer.exitCode != 0) qWarning("%s", answer.errors.constData());
        return answer.last();
    }

private slots:
    void initTestCase()
    {
        const QString data = "glyphs?train=600&validation=100&test=100";
        for (const QString name : {"digits", "twin"}) {
            QCOMPARE(cli({"new", "mlp", "-o", name + ".ostrich"}).exitCode, 0);
            const Answer trained = cli({"train", name + ".ostrich", "--data", data, "--out", name,
                                        "--set", "recipe.epochs=4", "--set",
                                        name == "twin" ? "recipe.seed=2" : "recipe.seed=1"});
            QVERIFY2(trained.exitCode == 0, trained.errors.constData());
        }
    }

    void everyNormHasItsOwnEpsilon_data()
    {
        QTest::addColumn<QString>("norm");
        QTest::addColumn<double>("epsilon");
        QTest::newRow("linf") << "linf" << 8.0 / 255.0;
        QTest::newRow("l2") << "l2" << 0.5;
        QTest::newRow("l1") << "l1" << 12.0;
    }

    void everyNormHasItsOwnEpsilon()
    {
        QFETCH(QString, norm);
        QFETCH(double, epsilon);
        const QJsonObject answer = attack({"--norm", norm});
        QCOMPARE(answer["norm"].toString(), norm);
        QCOMPARE(answer["eps"].toDouble(), epsilon);
        QCOMPARE(answer["steps"].toInt(), 40); // PGD's own
        QCOMPARE(answer["restarts"].toInt(), 1);
        QVERIFY(answer["max_norm"].toDouble() <= epsilon);
        const double robust = answer["robust_accuracy"].toDouble();
        QVERIFY(answer["low"].toDouble() <= robust && robust <= answer["high"].toDouble());
        QVERIFY(robust <= answer["clean_accuracy"].toDouble());
    }

    void withoutANormItIsTheAttacksFirst()
    {
        QCOMPARE(attack({})["norm"].toString(), QString("linf"));
        const QJsonObject sparse = attack({"--attack", "jsma"}, 5);
        QVERIFY(!sparse.isEmpty());
        QVERIFY(sparse["norm"].toString() != "linf");
    }

    void aSinglePixelIsUsualForOnePixel()
    {
        const QJsonObject answer = attack({"--attack", "one-pixel", "--steps", "1"}, 2);
        QCOMPARE(answer["norm"].toString(), QString("l0"));
        QCOMPARE(answer["eps"].toDouble(), 1.0);
    }

    void onPointsEpsilonIsAShareOfTheirDeviation()
    {
        QCOMPARE(cli({"new", "mlp", "-o", "points.ostrich"}).exitCode, 0);
        const Answer trained = cli({"train", "points.ostrich", "--data", "blobs?count=300", "--out",
                                    "points", "--set", "recipe.epochs=1"});
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
        for (const auto &[norm, epsilon] : {std::pair("linf", 0.25), {"l2", 1.0}, {"l1", 2.0}}) {
            const Answer answer = cli({"attack", "points", "--norm", norm, "--json"});
            QVERIFY2(answer.exitCode == 0, answer.errors.constData());
            QCOMPARE(answer.last()["eps"].toDouble(), epsilon);
        }
    }

    void aBudgetThatIsOfNoUseIsPassedOverAloud()
    {
        QCOMPARE(attack({"--attack", "pgd", "--steps", "3", "--restarts", "2"}, 5)["restarts"], 2);
        const auto told = [this](const QStringList &budget) {
            const Answer answer =
                cli(QStringList{"attack", "digits", "--samples", "5", "--attack", "fgsm"} + budget);
            return answer.exitCode == 0 ? answer.errors : QByteArray("failed: ") + answer.errors;
        };
        QCOMPARE(told({"--steps", "0", "--restarts", "1"}), QByteArray());
        QVERIFY(told({"--steps", "5"}).contains("--steps is passed over"));
        QVERIFY(told({"--restarts", "3"}).contains("--restarts is passed over"));
    }

    void theChecklistBelievesAnHonestNetwork()
    {
        const QJsonObject plain = attack({"--eps", "0.1"});
        QVERIFY(!plain.contains("honesty"));
        const QJsonObject checked = attack({"--eps", "0.1", "--honesty"});
        QCOMPARE(checked["robust_accuracy"], plain["robust_accuracy"]);
        const QJsonObject honesty = checked["honesty"].toObject();
        QCOMPARE(honesty["failed"], 0);
        QVERIFY(honesty["passed"].toInt() > 4);
        QCOMPARE(honesty["passed"].toInt() + honesty["unknown"].toInt(), 11);
        const Answer told =
            cli({"attack", "digits", "--samples", "60", "--eps", "0.1", "--honesty"});
        QVERIFY2(told.output.contains("questions passed"), told.output.constData());
    }

    void theChecklistCatchesAFilterThatOnlyHides()
    {
        // Two levels have no slope, and the attack is not told.
        const Answer answer = cli({"attack", "digits@bit_depth?bits=1&adaptive=false", "--samples",
                                   "60", "--eps", "0.1", "--honesty", "--json"});
        QCOMPARE(answer.exitCode, 1);
        QVERIFY(answer.last().value("honesty")["failed"].toInt() > 0);
        QVERIFY(answer.last().contains("robust_accuracy"));
    }

    void whatWasSavedIsVerified()
    {
        const QJsonObject made = attack({"--eps", "0.2", "--save", "x.npz"});
        const double right = made["clean_accuracy"].toDouble() * 60;
        const Answer answer =
            cli({"attack", "digits", "--verify", "x.npz", "--eps", "0.2", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const QJsonObject found = answer.last();
        QCOMPARE(found["samples"].toInt(), 60);
        const double fooled = right - made["robust_accuracy"].toDouble() * 60;
        QVERIFY(fooled > 10);
        QCOMPARE(found["fooled"].toInt(), qRound(fooled));
        // Half a level more or less hardly matters at 51 levels.
        QVERIFY(std::abs(found["fooled_quantised"].toInt() - fooled) <= 3);
        QVERIFY(std::abs(found["max_norm"].toDouble() - made["max_norm"].toDouble()) < 1e-6);
        QVERIFY(found["max_norm_quantised"].toDouble() <= 0.2 + 0.5 / 255.0 + 1e-6);
        QVERIFY(std::abs(found["accuracy_quantised"].toDouble() * 60
                         - (right - found["fooled_quantised"].toInt()))
                < 1e-6);
    }

    void whatDoesNotHoldIsSaid()
    {
        attack({"--eps", "0.2", "--save", "x.npz"});
        const Answer beyond =
            cli({"attack", "digits", "--verify", "x.npz", "--eps", "0.1", "--json"});
        QCOMPARE(beyond.exitCode, 1);
        QVERIFY(beyond.last()["broken_claims"].toInt() > 10);
        QCOMPARE(cli({"attack", "digits", "--verify", "digits.ostrich"}).exitCode, 2);
        QCOMPARE(cli({"attack", "digits", "--verify", "nosuch.npz"}).exitCode, 2);
    }

    void picturesAreSavedAndVerified()
    {
        const QJsonObject made = attack({"--eps", "0.2", "--save", "shots/"}, 10);
        QVERIFY(!made.isEmpty());
        const QDir folder(path("shots"));
        QCOMPARE(folder.entryList({"*-before-*.png"}).size(), 10);
        QCOMPARE(folder.entryList({"*-noise.png"}).size(), 10);
        QCOMPARE(folder.entryList({"*-after-*.png"}).size(), 10);
        const QStringList ask{"attack", "digits", "--verify", "shots", "--json"};
        const Answer answer = cli(ask);
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        QCOMPARE(answer.last()["samples"].toInt(), 10);
        QVERIFY(answer.last()["fooled"].toInt() > 0);
        QCOMPARE(answer.last()["fooled"], answer.last()["fooled_quantised"]);

        // Put the innocent picture in the place of one that fools.
        QFile list(folder.filePath("pictures.json"));
        QVERIFY(list.open(QFile::ReadOnly));
        const auto pictures = QJsonDocument::fromJson(list.readAll())["pictures"].toArray();
        for (const QJsonValue &picture : pictures) {
            if (picture["before"]["answer"] != picture["truth"]
                || picture["after"]["answer"] == picture["truth"])
                continue;
            const QString after = folder.filePath(picture["after"]["file"].toString());
            QVERIFY(QFile::remove(after));
            QVERIFY(QFile::copy(folder.filePath(picture["before"]["file"].toString()), after));
            break;
        }
        QCOMPARE(cli(ask).exitCode, 1);
    }

    void studiesAnswerInJson()
    {
        const Answer answer = cli({"attack", "digits", "--study", "curves,classes", "--samples",
                                   "50", "--set", "points=3", "--set", "nearest=", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const auto found = answer.lines();
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0]["study"].toString(), QString("curves"));
        const auto curves = found[0]["plots"].toArray().at(0)["curves"].toArray();
        QCOMPARE(curves.size(), 3);
        QCOMPARE(curves[1]["key"].toString(), QString("pgd"));
        QCOMPARE(curves[1]["y"].toArray().size(), 4);
        QVERIFY(curves[1]["low"].toArray().at(3).toDouble()
                <= curves[1]["y"].toArray().at(3).toDouble());
        QVERIFY(!found[0]["sentences"].toArray().isEmpty());
        const auto figures = found[1]["figures"].toObject();
        QVERIFY(figures["robust_accuracy"]["high"].toDouble()
                > figures["robust_accuracy"]["value"].toDouble());
        QCOMPARE(found[1]["matrices"].toArray().at(0)["rows"].toArray().size(), 10);
    }

    void severalNetworksAreComparedByAStudy()
    {
        const Answer answer = cli({"attack", "digits", "twin", "--study", "transfer", "--samples",
                                   "40", "--eps", "0.1", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.errors.constData());
        const auto matrix = answer.last()["matrices"].toArray().at(0);
        QCOMPARE(matrix["rows"].toArray(), (QJsonArray{"digits", "twin"}));
        const auto values = matrix["values"].toArray();
        QCOMPARE(values.size(), 4);
        // White box, on the diagonal, is the stronger.
        QVERIFY(values[0].toDouble() <= values[1].toDouble());
        QVERIFY(values[3].toDouble() <= values[2].toDouble());
    }

    void anHonestNetworkPassesTheChecklist()
    {
        const Answer answer = cli({"attack", "digits", "--study", "honesty", "--samples", "60",
                                   "--eps", "0.1", "--json"});
        QVERIFY2(answer.exitCode == 0, answer.output.constData());
        const auto checks = answer.last()["checks"].toArray();
        QCOMPARE(checks.size(), 11);
        for (const QJsonValue &check : checks) {
            QVERIFY(check["verdict"].toString() != "fail");
            QVERIFY(!check["question"].toString().startsWith("robustness."));
            QVERIFY(!check["evidence"].toString().startsWith("robustness."));
        }
    }

    void thereIsAListOfEverything()
    {
        const QJsonObject all = cli({"attack", "--list", "--json"}).last();
        for (const char *kind : {"attacks", "filters", "studies"})
            for (const QJsonValue &one : all[QLatin1String(kind)].toArray())
                QVERIFY(one["help"]["en"].toString() != one["help"]["fr"].toString());
        QVERIFY(all["attacks"].toArray().size() > 2 && all["studies"].toArray().size() > 4);
        for (const char *language : {"en", "fr"}) {
            const Answer answer = cli({"attack", "--list", "--lang", language});
            QCOMPARE(answer.exitCode, 0);
            QVERIFY(answer.output.contains("honesty") && !answer.output.contains("cli."));
            QVERIFY(answer.output.contains("most=4") && answer.output.contains("adaptive=true"));
        }
        QVERIFY(cli({"attack", "--help"}).output.contains("words"));
        const auto names = [&](const char *kind, const char *which) {
            for (const QJsonValue &one : all[QLatin1String(kind)].toArray()) {
                if (one["name"] != QLatin1String(which)) continue;
                QStringList parameters;
                for (const QJsonValue &each : one["parameters"].toArray())
                    parameters << each["name"].toString();
                return parameters;
            }
            return QStringList();
        };
        QCOMPARE(names("attacks", "words"), (QStringList{"most", "beam", "nearest"}));
        QCOMPARE(names("filters", "jpeg"), (QStringList{"quality", "adaptive"}));
    }

    void refusalsAreOneLineAndNameTheCulprit_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("culprit");
        QTest::newRow("no run") << QStringList{} << QByteArray("--list");
        QTest::newRow("no attack")
            << QStringList{"digits", "--attack", "nosuch"} << QByteArray("--attack nosuch");
        QTest::newRow("no norm") << QStringList{"digits", "--norm", "l7"}
                                 << QByteArray("--norm l7");
        QTest::newRow("norm that does not fit")
            << QStringList{"digits", "--attack", "fgsm", "--norm", "l0"} << QByteArray("l0");
        QTest::newRow("no such setting")
            << QStringList{"digits", "--set", "nosuch=1"} << QByteArray("nosuch");
        QTest::newRow("no setting") << QStringList{"digits", "--study", "curves", "--set", "points"}
                                    << QByteArray("--set points");
        QTest::newRow("setting out of range")
            << QStringList{"digits", "--study", "curves", "--set", "points=0"}
            << QByteArray("points");
        QTest::newRow("no study") << QStringList{"digits", "--study", "nosuch"}
                                  << QByteArray("--study nosuch");
        QTest::newRow("two networks") << QStringList{"digits", "twin"} << QByteArray("twin");
        QTest::newRow("nobody to transfer to")
            << QStringList{"digits", "--study", "transfer"} << QByteArray("transfer");
        QTest::newRow("two sizes to save")
            << QStringList{"digits", "--eps", "0.1,0.2", "--save", "x.npz"} << QByteArray("--save");
        QTest::newRow("a program")
            << QStringList{"torchscript:x.pt", "--data", "glyphs"} << QByteArray("--trust");
        QTest::newRow("no class") << QStringList{"digits", "--target", "zebra"}
                                  << QByteArray("zebra");
        QTest::newRow("a checklist about nothing")
            << QStringList{"digits", "--eps", "0.1,0", "--honesty"} << QByteArray("--honesty");
        QTest::newRow("a checklist beside studies")
            << QStringList{"digits", "--study", "curves", "--honesty"}
            << QByteArray("--study honesty");
        QTest::newRow("two sizes for a study")
            << QStringList{"digits", "--study", "curves", "--eps", "0.1,0.2"}
            << QByteArray("--eps");
        QTest::newRow("kept pictures and a study")
            << QStringList{"digits", "--verify", "x.npz", "--study", "curves"}
            << QByteArray("--verify");
        QTest::newRow("no photo") << QStringList{"digits", "--input", "nosuch.jpg"}
                                  << QByteArray("nosuch.jpg");
    }

    void refusalsAreOneLineAndNameTheCulprit()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, culprit);
        const Answer answer = cli(QStringList{"attack"} + arguments);
        QCOMPARE(answer.exitCode, 2);
        QCOMPARE(answer.errors.count('\n'), 1);
        QVERIFY2(answer.errors.contains(culprit), answer.errors.constData());
        QVERIFY2(!QRegularExpression("(cli|attack)\\.[a-z_]+").match(answer.errors).hasMatch(),
                 answer.errors.constData());
    }
};

QTEST_GUILESS_MAIN(CliAttackTest)
#include "cli_attack_test.moc"
