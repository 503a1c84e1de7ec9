// The checklist that follows upon curves by itself, and what is said of it below them.
#include "fool/studies/study_honesty.hpp"

#include "../../model/own_home.hpp"
#include "../trained_digits.hpp"
#include "fool/honesty.hpp"
#include "fool/studies/studies_page.hpp"
#include "fool/studies/study_model.hpp"

#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

constexpr auto kEvaluation = "curves", kOther = "classes";
constexpr int kSamples = 20;

} // namespace

class StudyHonestyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<StudyModel>(m_session.get());
        m_page = std::make_unique<StudiesPage>(m_session.get(), m_model.get());
        m_page->resize(1280, 680);
        m_page->show();
        QVERIFY(small::trainDigits(*m_session));
        m_model->setPictures(kSamples);
        m_model->setParameters(kEvaluation,
                               {{"attacks", std::string("fgsm")}, {"points", std::int64_t{2}}});
        m_page->showStudy(kEvaluation);
    }
    void cleanupTestCase()
    {
        m_page.reset();
        m_model.reset();
        m_session.reset();
    }

    void theListFollowsUponCurves()
    {
        QVERIFY(runs(kEvaluation));
        QVERIFY2(m_model->honesty().running(), "by itself");
        QVERIFY2(!m_model->running(), "another study can be asked for");
        QVERIFY2(note().contains(QLatin1String("being checked")), qPrintable(note()));
        QVERIFY(isChecked());
        const auto *findings = m_model->findings(Honesty::kStudy);
        QVERIFY(findings && !findings->checks.empty());
        const auto having = [&](robustness::Check::Verdict verdict) {
            return static_cast<int>(
                std::ranges::count(findings->checks, verdict, &robustness::Check::verdict));
        };
        const int passed = having(robustness::Check::Verdict::Pass),
                  failed = having(robustness::Check::Verdict::Fail);
        static const QRegularExpression told(
            QStringLiteral("Honesty: (\\d+) of (\\d+) checks (passed|failed)"));
        const auto match = told.match(note());
        QVERIFY2(match.hasMatch(), qPrintable(note()));
        QCOMPARE(match.captured(1).toInt(), failed > 0 ? failed : passed);
        QCOMPARE(match.captured(2).toInt(), passed + failed);

        robustness::StudyRequest request; // the same by hand
        request.subjects = {attack::Subject(m_session->run.model())};
        request.dataset = m_session->data.dataset();
        request.attack.epsilon = m_model->attack().epsilon;
        for (std::int64_t i = 0; i < kSamples; ++i) request.indices.push_back(i);
        const auto alone = robustness::study(Honesty::kStudy, request);
        QVERIFY(alone);
        QCOMPARE(findings->checks.size(), alone->checks.size());
        for (std::size_t i = 0; i < alone->checks.size(); ++i)
            QVERIFY2(findings->checks[i].verdict == alone->checks[i].verdict,
                     alone->checks[i].key.c_str());
    }

    void theLineLeadsToTheList()
    {
        auto *line = noteLabel();
        QVERIFY(line->focusPolicy() & Qt::TabFocus);
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Tab); // to the link in it
        emit line->linkActivated(QStringLiteral("0"));
        QVERIFY2(title().contains(QLatin1String("Honesty")), qPrintable(title()));
        m_page->showStudy(kEvaluation);
    }

    void whatIsKnownIsNotAskedAgain()
    {
        QVERIFY(runs(kEvaluation));
        QVERIFY2(!m_model->honesty().running(), "nothing has changed since");
        QVERIFY(note().contains(QLatin1String("Honesty: ")));
        m_model->setPictures(kSamples + 5);
        QVERIFY(runs(kEvaluation));
        QVERIFY2(m_model->honesty().running(), "of other samples");
    }

    void anotherStudyTakesItsPlace()
    {
        QVERIFY(m_model->honesty().running());
        m_model->run(kOther);
        QVERIFY(m_model->running() && !m_model->honesty().running());
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        QVERIFY2(!m_model->honesty().running(), "upon this one no list follows");
        QVERIFY2(note().contains(QLatin1String("not checked")), qPrintable(note()));
        emit noteLabel() -> linkActivated(QStringLiteral("again"));
        QVERIFY(m_model->honesty().running());
        QVERIFY(isChecked());
        QVERIFY2(note().contains(QLatin1String("Honesty: ")), qPrintable(note()));
    }

    void eachOfSeveralNetworksIsChecked()
    {
        m_model->addFilter({.filter = "bit_depth"});
        QVERIFY(runs(kEvaluation));
        QVERIFY(isChecked());
        const auto answers = m_model->honesty().answers(kEvaluation);
        QCOMPARE(answers.size(), std::size_t{2});
        for (const StudyHonesty::Answer &answer : answers) {
            QVERIFY2(answer.findings, qPrintable(answer.problem));
            QVERIFY2(note().contains(QString::fromStdString("Honesty of " + answer.network + ":")),
                     qPrintable(note()));
        }
        const std::string second = StudyModel::honestyOf(1, answers[1].network);
        QVERIFY2(m_model->findings(Honesty::kStudy) && m_model->findings(second),
                 "both stand in the report");
        QCOMPARE(m_model->findings(second)->sentences[0].id, answers[1].network);
        emit noteLabel() -> linkActivated(QStringLiteral("1"));
        QVERIFY(title().contains(QLatin1String("Honesty")));
        QVERIFY(shows(QString::fromStdString(answers[1].network)));
        emit noteLabel() -> linkActivated(QStringLiteral("0"));
        QVERIFY(shows(QString::fromStdString(answers[0].network)));
    }

    void otherDataForgetIt() // last
    {
        m_session->project.setData("glyphs?test=20&train=100&validation=20");
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(m_model->honesty().answers(kEvaluation).empty());
        QVERIFY(!m_model->findings(Honesty::kStudy));
    }

private:
    bool runs(const char *study)
    {
        m_model->run(study);
        return QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience)
               && m_model->findings(study);
    }
    bool isChecked()
    {
        return QTest::qWaitFor([this] { return !m_model->honesty().running(); }, small::kPatience);
    }
    QLabel *noteLabel() const { return m_page->findChild<QLabel *>(QStringLiteral("note")); }
    QString note() const { return noteLabel()->isVisible() ? noteLabel()->text() : QString(); }
    QString title() const { return m_page->findChild<QLabel *>(QStringLiteral("title"))->text(); }
    bool shows(const QString &text) const
    {
        return std::ranges::any_of(m_page->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == text;
        });
    }
    std::unique_ptr<Session> m_session;
    std::unique_ptr<StudyModel> m_model;
    std::unique_ptr<StudiesPage> m_page;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    StudyHonestyTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "study_honesty_test.moc"
