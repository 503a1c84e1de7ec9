// What stands beside a study: only what it goes by, in the units of the data.
#include "fool/studies/study_settings.hpp"

#include "../../model/own_home.hpp"
#include "../trained_digits.hpp"
#include "fool/attack_fields.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/studies/study_model.hpp"
#include "theme/theme.hpp"
#include "theme/ticked_list.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>

using namespace ostrich;
using namespace ostrich::ui;

class StudySettingsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<StudyModel>(m_session.get());
        m_settings = std::make_unique<StudySettings>(m_session.get(), m_model.get());
        m_settings->show();
        QVERIFY(small::trainDigits(*m_session));
    }
    void cleanupTestCase()
    {
        m_settings.reset();
        m_model.reset();
        m_session.reset();
    }

    void aStudyShowsWhatItGoesBy()
    {
        for (const auto &study : robustness::studies()) {
            const robustness::StudyDescription &d = study->description();
            m_settings->showStudy(d);
            const bool attack = d.heeds == robustness::Heeds::Attack;
            const auto is = [&](const char *name, bool shown) {
                QVERIFY2(isShown(name) == shown,
                         qPrintable(QString::fromStdString(d.name + ": " + name)));
            };
            is("Method", attack);
            is("Steps", attack);
            is("Norm", d.heeds != robustness::Heeds::Nothing);
            is("ε", attack || d.heeds == robustness::Heeds::Ball);
            is("Target", d.single);
            is("Samples", !d.single);
            is("Sample", d.single);
            is("Seed", true);
        }
    }

    void whatIsNotShownDoesNotCount()
    {
        attack::AttackOptions pgd = m_model->attack();
        pgd.attack = "pgd";
        pgd.steps = 1; // meant for another study
        m_model->setAttack(pgd);
        m_model->setPictures(20);
        m_model->run("curves");
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        m_model->cancelHonesty();
        QVERIFY2(m_model->findings("curves"), qPrintable(m_model->problem("curves")));
        robustness::StudyRequest request;
        request.subjects = {attack::Subject(m_session->run.model())};
        request.dataset = m_session->data.dataset();
        for (std::int64_t i = 0; i < 20; ++i) request.indices.push_back(i);
        const auto published = robustness::study("curves", request);
        request.attack.steps = 1;
        const auto single = robustness::study("curves", request);
        const auto pgdOf = [](const robustness::Findings &findings) {
            return findings.plots[0].curves[1].y;
        };
        QVERIFY2(pgdOf(*published) != pgdOf(*single), "else nothing is told apart");
        QVERIFY(pgdOf(*m_model->findings("curves")) == pgdOf(*published));
    }

    void listsOfAttacksAreTicked()
    {
        m_settings->showStudy(robustness::findStudy("norms")->description());
        auto *list = m_settings->findChild<TickedList *>();
        QVERIFY(list);
        QVERIFY2(list->placeholderText().contains(QLatin1String("DeepFool")),
                 qPrintable(list->placeholderText()));
        QTest::mouseClick(list, Qt::LeftButton);
        for (QCheckBox *box : list->findChildren<QCheckBox *>())
            if (box->isChecked() && box->text() != QLatin1String("DeepFool")) box->click();
        QCOMPARE(std::get<std::string>(m_model->parameters("norms").at("attacks")),
                 std::string("deepfool"));
        for (const QCheckBox *box : list->findChildren<QCheckBox *>()) {
            const auto named = std::ranges::find_if(attack::attacks(), [&](const auto &attack) {
                return words(attack.label) == box->text();
            });
            QVERIFY(named != attack::attacks().end());
            QVERIFY2(named->smallest, "others cannot tell how little is needed");
        }
        QTest::keyClick(list->findChildren<QCheckBox *>().front(), Qt::Key_Escape);
    }

    void anyNormCanBeStudied()
    {
        m_settings->showStudy(robustness::findStudy("norms")->description());
        attack::AttackOptions options = m_model->attack();
        options.attack = "fgsm"; // that knows no L0, and is not shown
        options.norm = attack::Norm::Linf;
        m_model->setAttack(options);
        m_settings->findChild<NormChoice *>()->setCurrentIndex(3);
        QCOMPARE(m_model->attack().norm, attack::Norm::L0);
        const auto *described = attack::describedAttack(m_model->attack().attack);
        QVERIFY(std::ranges::find(described->norms, attack::Norm::L0) != described->norms.end());
        m_model->setAttack(options);
    }

    void aStudyOfASingleOneIsOfTheOneAtHand()
    {
        const auto &surface = robustness::findStudy("surface")->description();
        m_settings->showStudy(surface);
        const auto dataset = m_session->data.dataset();
        robustness::StudySample sample{dataset->split(data::Split::Test).sample(7), std::nullopt};
        for (float &value : sample.x.values) value = 1.0f - value; // no test sample
        QVERIFY(said().contains(QLatin1String("first test sample")));
        m_model->setSample(sample);
        QVERIFY2(said().contains(QLatin1String("One picture")), qPrintable(said()));
        attack::AttackOptions options = m_model->attack();
        options.attack = "pgd";
        options.steps = 10;
        options.target = 3;
        m_model->takeAttack(options);
        m_model->setParameters("surface", {{"resolution", std::int64_t{11}}});
        m_model->run("surface");
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        const auto *findings = m_model->findings("surface");
        QVERIFY2(findings, qPrintable(m_model->problem("surface")));

        robustness::StudyRequest request;
        request.subjects = {attack::Subject(m_session->run.model())};
        request.dataset = dataset;
        request.indices = {0};
        request.attack = options;
        request.parameters = m_model->parameters("surface");
        const auto first = robustness::study("surface", request);
        request.sample = sample;
        const auto alone = robustness::study("surface", request);
        QVERIFY(first && alone);
        QVERIFY(alone->maps[0].values != first->maps[0].values);
        QVERIFY(findings->maps[0].values == alone->maps[0].values);

        QVERIFY(!m_model->isOfAnotherSample(surface));
        sample.x.values[0] += 0.5f;
        m_model->setSample(sample);
        QVERIFY(m_model->isOfAnotherSample(surface));
        m_model->setSample({});
    }

    void seriesAreMeasuredInDeviations() // last
    {
        QVERIFY(small::train(*m_session, small::project("conv1d", "waveforms?count=400", 1)));
        m_settings->showStudy(robustness::findStudy("honesty")->description());
        QTRY_COMPARE(m_model->attack().epsilon,
                     usualEpsilon(m_model->attack(), m_session->data.dataset()->facts));
        const auto *epsilon = m_settings->findChild<QDoubleSpinBox *>();
        QCOMPARE(epsilon->value(), m_model->attack().epsilon);
        QVERIFY(m_model->attack().epsilon > 0.1);
        QStringList words;
        for (const QLabel *label : m_settings->findChildren<QLabel *>())
            if (label->isVisible()) words << label->text();
        QVERIFY2(words.contains(QStringLiteral("σ")), qPrintable(words.join(QLatin1Char('|'))));
        QVERIFY(!words.contains(QStringLiteral("/ 255")));
    }

private:
    /// The field of that name.
    bool isShown(const char *name) const
    {
        const QString wanted = QString::fromUtf8(name);
        return std::ranges::any_of(m_settings->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == wanted;
        });
    }
    QString said() const
    {
        QString all;
        for (const QLabel *label : m_settings->findChildren<QLabel *>())
            if (label->isVisible()) all += label->text() + QLatin1Char('\n');
        return all;
    }
    std::unique_ptr<Session> m_session;
    std::unique_ptr<StudyModel> m_model;
    std::unique_ptr<StudySettings> m_settings;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    StudySettingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "study_settings_test.moc"
