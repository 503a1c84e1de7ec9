// What stands in a report, and that it is said in the language of the window.
#include "fool/report.hpp"

#include "../model/own_home.hpp"
#include "findings/figure_text.hpp"
#include "fool/honesty.hpp"
#include "fool/sentence_model.hpp"
#include "fool/series_findings.hpp"
#include "fool/series_model.hpp"
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
        Lab lab;
        FoolModel &model = lab.model;
        QVERIFY(small::trainDigits(lab.session));
        model.setDefence(attack::FilterChoice{.filter = "bit_depth"});
        QTRY_VERIFY_WITH_TIMEOUT(model.result(), small::kPatience);
        const Report english = reportOf(lab.sources());
        QCOMPARE(english.findings[0].study, std::string("One picture"));
        const std::string label = words(filterOf("bit_depth").label).toStdString();
        QCOMPARE(factNamed(english, "Defence").substr(0, label.size()), label);
        setLanguage(Language::French);
        QTranslator translator; // as app/ostrich does
        QVERIFY(translator.load(QStringLiteral(":/translations/ostrich_fr.qm")));
        QCoreApplication::installTranslator(&translator);
        const Report french = reportOf(lab.sources());
        QCOMPARE(french.findings[0].study, std::string("Une image"));
        QVERIFY(french.findings[0].sentences[1].id.starts_with("Un bruit"));
        const std::string inFrench = words(filterOf("bit_depth").label).toStdString();
        QCOMPARE(factNamed(french, "Défense").substr(0, inFrench.size()), inFrench);
        QCoreApplication::removeTranslator(&translator);
    }

    void aPictureIsToldWithItsLossItsCurveAndItsChecks()
    {
        Lab lab;
        QVERIFY(small::trainDigits(lab.session));
        attack::AttackOptions options = lab.model.options();
        options.steps = 10;
        options.seed = 7;
        lab.model.setOptions(options);
        QVERIFY(QTest::qWaitFor([&] { return lab.model.result() && !lab.model.live().running(); },
                                small::kPatience));
        lab.model.startSweep(30);
        QVERIFY(QTest::qWaitFor([&] { return lab.honesty.findings() && !lab.honesty.running(); },
                                small::kPatience));
        const Report report = reportOf(lab.sources());
        QCOMPARE(studiesOf(report), (std::vector<std::string>{"One picture", "Loss, step by step",
                                                              "Accuracy against ε", "honesty"}));
        QCOMPARE(factNamed(report, "Seed"), std::string("7"));
        QCOMPARE(factNamed(report, "Attack"), std::string("PGD-10"));
        QCOMPARE(report.findings[1].plots[0].curves[0].y.size(), lab.model.live().seen().size());
        const robustness::Plot &curve = report.findings[2].plots[0];
        QCOMPARE(curve.curves[0].low.size(), lab.model.sweep().size());

        robustness::Check fail; // whatever these networks are like
        fail.verdict = robustness::Check::Verdict::Fail;
        fail.question = said(QStringLiteral("A question?"));
        fail.meaning = said(QStringLiteral("What a fail means."));
        Report failed = report;
        failed.findings[3].checks.push_back(fail);
        const QByteArray page = pageOf(failed);
        for (const robustness::Check &check : failed.findings[3].checks)
            QVERIFY(page.contains(sentence(check.question).toHtmlEscaped().toUtf8()));
        QVERIFY(page.contains("What a fail means."));
        QVERIFY(page.contains("Clopper"));
    }

    /// While another attack is on its way, the report is of the one that has ended.
    void whatIsOnItsWayIsNotYetTold()
    {
        Lab lab;
        QVERIFY(small::trainDigits(lab.session));
        attack::AttackOptions options = lab.model.options();
        options.epsilon = 24.0 / 255.0;
        options.steps = 10;
        lab.model.setOptions(options);
        QVERIFY(QTest::qWaitFor([&] { return lab.model.result() && !lab.model.live().running(); },
                                small::kPatience));
        options.epsilon = 48.0 / 255.0;
        options.steps = 1'000'000;
        lab.model.setOptions(options);
        QVERIFY(lab.model.live().running());
        const Report report = reportOf(lab.sources());
        QCOMPARE(factNamed(report, "Allowed change"), std::string("L∞, ε = 24/255"));
        QCOMPARE(factNamed(report, "Attack"), std::string("PGD-10"));
        QCOMPARE(studiesOf(report), std::vector<std::string>{"One picture"});
        lab.model.live().cancel();
    }

    void aStudyTellsWithWhatItWasAsked()
    {
        Lab lab;
        StudyModel &studies = lab.studies;
        QVERIFY(small::trainDigits(lab.session));
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
        QVERIFY(lab.model.options().epsilon != 16.0 / 255.0);
        const Report report = reportOf(lab.sources());
        QCOMPARE(report.findings.back().study, std::string("classes"));
        QCOMPARE(sentence(report.findings.back().asked),
                 QStringLiteral("Attacked with FGSM within epsilon 16/255 (Linf). Samples: 30, "
                                "seed: 1."));
        QVERIFY(pageOf(report).contains("Attacked with FGSM within epsilon 16/255"));
    }

    /// Points: there is no picture, and what its attack would be is of no study.
    void studiesAloneAreNotToldWithThePicturesAttack()
    {
        Lab lab;
        QVERIFY(!hasReport(lab.sources()));
        QVERIFY(reportOf(lab.sources()).findings.empty());
        QVERIFY(small::train(lab.session, small::spirals(3)));
        QVERIFY2(!hasReport(lab.sources()), "there is a network, but nothing was asked");
        lab.studies.setPictures(20);
        lab.studies.run("classes");
        QVERIFY(QTest::qWaitFor([&] { return !lab.studies.running(); }, small::kPatience));
        QVERIFY2(lab.studies.problem("classes").isEmpty(),
                 qPrintable(lab.studies.problem("classes")));
        QVERIFY(hasReport(lab.sources()));
        const Report report = reportOf(lab.sources());
        QCOMPARE(studiesOf(report), std::vector<std::string>{"classes"});
        QVERIFY(!factNamed(report, "Project").empty() && !factNamed(report, "Run").empty());
        for (const char *fact :
             {"Attack", "Allowed change", "Random starts", "Seed", "Defence", "Paper"})
            QVERIFY2(factNamed(report, fact).empty(), fact);
    }

    void aSentenceIsToldWithItsExchanges()
    {
        Lab lab;
        QVERIFY(
            small::train(lab.session, small::project("bag-of-words", "sentiment?count=1200", 6)));
        QVERIFY(QTest::qWaitFor([&] { return !lab.sentences.before().empty(); }, small::kPatience));
        QVERIFY(!hasReport(lab.sources()));
        lab.sentences.start();
        QVERIFY(
            QTest::qWaitFor([&] { return lab.sentences.result().has_value(); }, small::kPatience));
        QVERIFY(hasReport(lab.sources()));
        const attack::WordResult &result = *lab.sentences.result();
        QVERIFY2(!result.changes.empty(), "it has to change a word");
        const Report report = reportOf(lab.sources());
        QCOMPARE(studiesOf(report), std::vector<std::string>{"One sentence"});
        QVERIFY(factNamed(report, "Attack").empty());
        const robustness::Findings &found = report.findings[0];
        QCOMPARE(found.tables.size(), std::size_t{2});
        QCOMPARE(found.tables[0].rows.size(), result.changes.size());
        for (std::size_t i = 0; i < result.changes.size(); ++i) {
            const attack::WordChange &change = result.changes[i];
            QCOMPARE(found.tables[0].rows[i],
                     (std::vector<std::string>{std::to_string(change.step + 1), change.from,
                                               change.to}));
        }
        QCOMPARE(found.tables[1].rows.size(), lab.sentences.found().size() + 1);
        const QByteArray page = pageOf(report);
        for (const std::string &word : result.words) QVERIFY(page.contains(word.c_str()));
        QVERIFY2(!page.contains("&lt;b"), "no mark-up is shown");
    }

    void aSeriesIsToldWithBothLines()
    {
        Lab lab;
        QVERIFY(small::train(lab.session, small::project("conv1d", "waveforms?count=400", 3)));
        QVERIFY(QTest::qWaitFor([&] { return lab.series.result() && !lab.series.live().running(); },
                                small::kPatience));
        QVERIFY(hasReport(lab.sources()));
        const Report report = reportOf(lab.sources());
        QCOMPARE(studiesOf(report), std::vector<std::string>{"One series"});
        QVERIFY(factNamed(report, "Attack").empty());
        const robustness::Findings &found = report.findings[0];
        QCOMPARE(found.plots.size(), std::size_t{2}); // and the loss
        const auto floats = [](const std::vector<double> &values) {
            return std::vector<float>(values.begin(), values.end());
        };
        QCOMPARE(floats(found.plots[0].curves[0].y), lab.series.result()->x_adv.values);
        QCOMPARE(floats(found.plots[0].curves[1].y), lab.series.series().values);
        QVERIFY(found.plots[0].curves[1].isReference);
        QCOMPARE(found.plots[1].curves[0].y.size(), lab.series.live().seen().size());
        QVERIFY(sentence(found.asked).contains(QStringLiteral("ε = 0.25 σ")));
    }

    void eachFeatureOfASeriesHasItsPlot()
    {
        const Array series{{3, 2}, {1, 10, 2, 20, 3, 30}};
        const robustness::Plot second = seriesPlot(series, {1, 11, 2, 21, 3, 31}, 1);
        QCOMPARE(second.curves.size(), std::size_t{2});
        QCOMPARE(second.curves[0].x, (std::vector<double>{0, 1, 2}));
        QCOMPARE(second.curves[0].y, (std::vector<double>{11, 21, 31}));
        QCOMPARE(second.curves[1].y, (std::vector<double>{10, 20, 30}));
        QVERIFY(second.key != seriesPlot(series, {}, 0).key);
        QCOMPARE(seriesPlot(series, {}, 0).curves.size(), std::size_t{1});
    }

private:
    /// All that a report is made of, over a session of its own.
    struct Lab {
        Session session;
        FoolModel model{&session};
        Honesty honesty{&session, &model};
        StudyModel studies{&session};
        SentenceModel sentences{&session, &model};
        SeriesModel series{&session, &model};
        ReportSources sources() const
        {
            return {session, model, honesty, studies, sentences, series};
        }
    };

    static std::string factNamed(const Report &report, const char *label)
    {
        for (const auto &[name, value] : report.facts.facts)
            if (name.id == label) return value;
        return {};
    }
    static std::vector<std::string> studiesOf(const Report &report)
    {
        std::vector<std::string> all;
        for (const robustness::Findings &findings : report.findings) all.push_back(findings.study);
        return all;
    }
    /// The page that is written of it.
    static QByteArray pageOf(const Report &report)
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("report.html"));
        if (!writeReport(report, path).isEmpty()) return {};
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
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
