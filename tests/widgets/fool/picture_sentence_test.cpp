// What the page says where there was nothing to fool, where the attack knows no epsilon, and where
// the network reads no picture at all.
#include "fool/picture_sentence.hpp"

#include "fool/flip_search.hpp"
#include "fool/picture_choice.hpp"
#include "fool/robustness_curve.hpp"
#include "picture_page.hpp"
#include "script_file.hpp"

#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace ostrich;
using namespace ostrich::ui;
using fool::kLevel;

class PictureSentenceTest : public QObject, private fool::PicturePage {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(open());
        QVERIFY(small::train(session(), small::project("logistic", small::kDigits, 3)));
    }
    void cleanupTestCase() { close(); }

    void aPictureOfTheTargetIsOneAlready()
    {
        const SampleRef first = show(readRightly(), {});
        const std::int64_t truth = *model().label();
        show(first, truth);
        QVERIFY2(said().contains(QLatin1String("It is one already")), qPrintable(said()));
        QVERIFY(said().contains(QStringLiteral("“%1”").arg(truth)));
        QVERIFY(!said().contains(QLatin1String("No pixel moved")));
        QVERIFY(staysUnmarked());
    }

    void aMisreadPictureWasWrongAlready()
    {
        const train::Answer wrong = misread();
        show({data::Split::Test, wrong.sample}, {});
        QVERIFY2(said().contains(QLatin1String("was wrong already")), qPrintable(said()));
        QVERIFY(said().contains(QStringLiteral("the picture shows %1").arg(wrong.label)));
        QVERIFY(said().contains(QStringLiteral("“%1”").arg(wrong.predicted)));
        QVERIFY(staysUnmarked());
    }

    void aMisreadPictureOfTheTargetIsNotFooled()
    {
        const train::Answer wrong = misread();
        show({data::Split::Test, wrong.sample}, wrong.label);
        QVERIFY2(said().contains(QLatin1String("It is one already, though the network says")),
                 qPrintable(said()));
        // What is said already is the target.
        show({data::Split::Test, wrong.sample}, wrong.predicted);
        QVERIFY2(said().contains(QLatin1String("was wrong already")), qPrintable(said()));
        QVERIFY(staysUnmarked());
    }

    void aMisreadPictureMayBeTakenElsewhere()
    {
        const train::Answer wrong = misread();
        std::int64_t third = 0;
        while (third == wrong.label || third == wrong.predicted) ++third;
        model().setEpsilon(80 * kLevel);
        show({data::Split::Test, wrong.sample}, third);
        QCOMPARE(model().result()->y_adv[0], third);
        QVERIFY2(said().contains(QLatin1String("wrong already, went from")), qPrintable(said()));
        QTRY_VERIFY_WITH_TIMEOUT(slider()->flip().has_value(), small::kPatience);
        QVERIFY(*slider()->flip() > 0.0);
    }

    void anAttackThatEpsilonDoesNotHoldHasNoCurve_data()
    {
        QTest::addColumn<QByteArray>("attack");
        for (const attack::AttackDescription &each : attack::attacks())
            if (each.norms.empty())
                QTest::newRow(each.name.c_str()) << QByteArray(each.name.c_str());
    }

    void anAttackThatEpsilonDoesNotHoldHasNoCurve()
    {
        QFETCH(QByteArray, attack);
        show(readRightly(), {});
        QVERIFY(said().contains(QLatin1String("Random noise of the same size")));
        QVERIFY(curveButton()->isEnabled());
        attack::AttackOptions options = model().options();
        options.attack = attack.toStdString();
        options.steps = 3;
        model().setOptions(options);
        QVERIFY(attacked());
        QVERIFY2(!said().contains(QLatin1String("Random noise of the same size")),
                 "of which size?");
        QVERIFY(!curveButton()->isEnabled());
        const QString why = curveButton()->toolTip();
        QVERIFY2(why.contains(QStringLiteral("ε")), qPrintable(why));
        QVERIFY2(said().contains(why), "it stands where the curve would");
        QSignalSpy told(&model(), &FoolModel::statusMessage);
        model().startSweep(20);
        QVERIFY(!model().sweeping() && model().sweep().empty());
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.first().at(0).toString(), why);
        options.attack = "pgd";
        model().setOptions(options);
        QVERIFY(curveButton()->isEnabled() && curveButton()->toolTip().isEmpty());
    }

    void epsilonIsExplained()
    {
        const char *const words[] = {"255 levels", "squares", "sum", "how many pixels"};
        attack::AttackOptions options = model().options();
        options.attack = "pgd";
        for (const attack::Norm norm :
             {attack::Norm::Linf, attack::Norm::L2, attack::Norm::L1, attack::Norm::L0}) {
            options.attack = norm == attack::Norm::L0 ? "jsma" : "pgd";
            options.norm = norm;
            model().setOptions(options);
            QCOMPARE(model().options().norm, norm);
            QVERIFY2(
                slider()->toolTip().contains(QLatin1String(words[static_cast<std::size_t>(norm)])),
                qPrintable(slider()->toolTip()));
        }
        options.attack = "pgd";
        options.norm = attack::Norm::Linf;
        model().setOptions(options);
    }

    void whereItReadsNoneAPhotographHelps() // last: other data
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("blind.pt"));
        QVERIFY(script::write(path, script::kThreeOfThousand)); // no animal that is drawn
        auto project = small::project("lenet", "imagenet", 1);
        session().project.setProject(std::move(project), {});
        QVERIFY(small::waitForData(session()));
        QVERIFY(model().picture().empty());
        model().chooseFile({.file = path.toStdString()});
        QTRY_VERIFY_WITH_TIMEOUT(!model().picture().empty(), small::kPatience);
        QVERIFY(small::waitForAttack(model()));

        const auto &test = session().data.dataset()->split(data::Split::Test);
        QVERIFY(model().sample().has_value());
        QVERIFY2(test.labels[static_cast<std::size_t>(model().sample()->index)]
                     != model().options().target,
                 "no ostrich becomes an ostrich");
        QCOMPARE(model().hint(),
                 QStringLiteral("It reads none of these drawings: drop a photograph here."));
        QVERIFY(said().contains(model().hint()));
        for (const QToolButton *button :
             view()->findChild<PictureChoice *>()->findChildren<QToolButton *>())
            QVERIFY2(button->isVisible(), "there are pictures to choose from");
        QVERIFY(!curveButton()->isEnabled());
        QVERIFY2(said().contains(QLatin1String("reads none of the test pictures")),
                 "why there is no curve");

        // A picture of one's own is what was asked for.
        QImage grey(300, 300, QImage::Format_RGB32);
        grey.fill(QColor(90, 90, 90));
        model().useImage(grey);
        QTRY_VERIFY_WITH_TIMEOUT(!model().sample(), small::kPatience);
        QVERIFY(model().hint().isEmpty());
        QVERIFY(!said().contains(QLatin1String("drop a photograph here")));
    }

private:
    QPushButton *curveButton()
    {
        for (QPushButton *button :
             view()->findChild<AttackPanel *>()->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Draw the curve")) return button;
        qFatal("no such button");
    }
    const std::vector<train::Answer> &answers()
    {
        return session().run.evaluation(data::Split::Test)->answers;
    }
    train::Answer misread()
    {
        const auto wrong = std::ranges::find_if(
            answers(), [](const auto &each) { return each.label != each.predicted; });
        if (wrong == answers().end()) qFatal("three epochs cannot teach it every digit");
        return *wrong;
    }
    SampleRef readRightly()
    {
        const auto right = std::ranges::find_if(
            answers(), [](const auto &each) { return each.label == each.predicted; });
        return {data::Split::Test, right->sample};
    }
    /// Attacks it, towards `target` where there is one.
    SampleRef show(SampleRef sample, std::optional<std::int64_t> target)
    {
        attack::AttackOptions options = model().options();
        options.attack = "pgd";
        options.steps = 10;
        options.target = target;
        model().setOptions(options);
        model().useSample(sample);
        small::waitForAttack(model());
        return sample;
    }
    /// Once the search for a flip has surely ended.
    bool staysUnmarked()
    {
        return !QTest::qWaitFor([this] { return slider()->flip().has_value(); }, 700);
    }
};

int main(int argc, char **argv)
{
    return fool::run<PictureSentenceTest>(argc, argv);
}

#include "picture_sentence_test.moc"
