// What stands in a report, and that it is said in the language of the window.
#include "fool/report.hpp"

#include "../model/own_home.hpp"
#include "fool/honesty.hpp"
#include "fool/studies/study_model.hpp"
#include "theme/theme.hpp"
#include "trained_digits.hpp"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTranslator>

using namespace ostrich;
using namespace ostrich::ui;

class ReportTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { setLanguage(Language::English); }

    /// tr() of a class looks in the context of its whole name.
    void everyContextIsAWholeName()
    {
        QFile file(QStringLiteral(OSTRICH_SOURCE_DIR "/resources/translations/ostrich_fr.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString all = QString::fromUtf8(file.readAll());
        const QRegularExpression name(QStringLiteral("<name>(.*)</name>"));
        int names = 0;
        for (auto matches = name.globalMatch(all); matches.hasNext(); ++names) {
            const QString context = matches.next().captured(1);
            QVERIFY2(context.contains(QLatin1String("::")), qPrintable(context));
        }
        QVERIFY(names > 50);
    }

    void theReportSpeaksTheLanguageOfTheWindow()
    {
        Session session;
        FoolModel model(&session);
        Honesty honesty(&session, &model);
        StudyModel studies(&session);
        QVERIFY(small::trainDigits(session));
        model.setDefence(attack::FilterChoice{.filter = "bit_depth"});
        QTRY_VERIFY_WITH_TIMEOUT(model.result(), small::kPatience);
        const auto factNamed = [](const Report &report, const char *label) {
            for (const auto &[name, value] : report.facts.facts)
                if (name.id == label) return value;
            return std::string();
        };
        const Report english = reportOf(session, model, honesty, studies);
        QCOMPARE(english.findings[0].study, std::string("One picture"));
        const std::string label = words(filterOf("bit_depth").label).toStdString();
        QCOMPARE(factNamed(english, "Defence").substr(0, label.size()), label);
        setLanguage(Language::French);
        QTranslator translator; // as app/ostrich does
        QVERIFY(translator.load(QStringLiteral(":/translations/ostrich_fr.qm")));
        QCoreApplication::installTranslator(&translator);
        const Report french = reportOf(session, model, honesty, studies);
        QCOMPARE(french.findings[0].study, std::string("Une image"));
        QVERIFY(french.findings[0].sentences[1].id.starts_with("Un bruit"));
        const std::string inFrench = words(filterOf("bit_depth").label).toStdString();
        QCOMPARE(factNamed(french, "Défense").substr(0, inFrench.size()), inFrench);
    }

    void aStudyTellsWithWhatItWasAsked()
    {
        Session session;
        FoolModel model(&session);
        Honesty honesty(&session, &model);
        StudyModel studies(&session);
        QVERIFY(small::trainDigits(session));
        attack::AttackOptions options = studies.attack();
        options.attack = "fgsm";
        options.epsilon = 16.0 / 255.0;
        studies.setAttack(options);
        studies.setPictures(30);
        studies.setParameters("classes", {{"nearest", std::string()}});
        studies.run("classes");
        QVERIFY(QTest::qWaitFor([&] { return !studies.running(); }, small::kPatience));
        options.epsilon = 90.0 / 255.0; // for what comes next
        studies.setAttack(options);
        QVERIFY(model.options().epsilon != 16.0 / 255.0);
        const Report report = reportOf(session, model, honesty, studies);
        QCOMPARE(report.findings.back().study, std::string("classes"));
        QCOMPARE(sentence(report.findings.back().asked),
                 QStringLiteral("Attacked with FGSM within epsilon 16/255 (Linf). Samples: 30, "
                                "seed: 1."));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("report.html"));
        QCOMPARE(writeReport(report, path), QString());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Attacked with FGSM within epsilon 16/255"));
    }

private:
    static attack::FilterDescription filterOf(const std::string &name)
    {
        for (const attack::FilterDescription &filter : attack::filters())
            if (filter.name == name) return filter;
        return {};
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    ReportTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_test.moc"
