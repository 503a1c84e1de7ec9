// Which networks studies are made of, and what is forgotten with them.
#include "fool/studies/study_model.hpp"

#include "../../model/own_home.hpp"
#include "../trained_digits.hpp"
#include "fool/studies/study_network_list.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <filesystem>
#include <functional>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

constexpr auto kStudy = "classes";

namespace fs = std::filesystem;

/// A copy of `run` as the only one of a project in `folder`; `change` gets its manifest.
QString projectWithRun(const QString &folder, const fs::path &run,
                       const std::function<void(QByteArray &)> &change = {})
{
    const QString path = folder + QStringLiteral("/digits.ostrich");
    const fs::path copy = project::runsFolder(path.toStdString()) / run.filename();
    fs::create_directories(copy.parent_path());
    fs::copy(run, copy, fs::copy_options::recursive);
    if (!change) return path;
    QFile file(QString::fromStdString((copy / "manifest.json").string()));
    if (!file.open(QIODevice::ReadWrite)) return {};
    QByteArray text = file.readAll();
    change(text);
    file.resize(0);
    file.write(text);
    return path;
}

} // namespace

class StudyNetworksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session = std::make_unique<Session>();
        m_model = std::make_unique<StudyModel>(m_session.get());
        QVERIFY(small::trainDigits(*m_session));
        m_model->setPictures(20);
        attack::AttackOptions options = m_model->attack();
        options.attack = "fgsm";
        m_model->setAttack(options);
    }
    void cleanupTestCase()
    {
        m_model.reset();
        m_session.reset();
    }

    void networksOfOtherClassesAreNotCompared()
    {
        const QTemporaryDir folder;
        const auto renamed = [](QByteArray &manifest) {
            const auto names = manifest.indexOf("\"class_names\"");
            manifest.replace(manifest.indexOf("\"0\"", names), 3, "\"nought\"");
        };
        const fs::path run = m_session->run.runFolder();
        const QString path = projectWithRun(folder.path(), run, renamed);
        const auto known = m_model->networks().size();
        QSignalSpy told(m_model.get(), &StudyModel::statusMessage);
        QVERIFY(!m_model->addProject(path));
        QCOMPARE(told.count(), 1);
        QCOMPARE(m_model->networks().size(), known);
    }

    void twoProjectsOfOneNameAreToldApart()
    {
        const QTemporaryDir first, second;
        const fs::path run = m_session->run.runFolder();
        QVERIFY(m_model->addProject(projectWithRun(first.path(), run)));
        QVERIFY(m_model->addProject(projectWithRun(second.path(), run)));
        const auto &networks = m_model->networks();
        QCOMPARE(networks.size(), std::size_t{3});
        QVERIFY2(networks[2].name != networks[1].name, qPrintable(networks[2].name));
        const StudyNetworkList list(m_session.get(), m_model.get());
        const auto boxes = list.findChildren<QCheckBox *>();
        QVERIFY(boxes.last()->toolTip().contains(second.path()));
        for (std::size_t i : {1u, 2u}) m_model->setChosen(i, false); // their folders go now
    }

    void plainStandsBesideBehindAFilter()
    {
        const QString plain = m_model->networks()[0].name;
        QVERIFY(m_model->canFilter());
        const std::size_t before = m_model->networks().size();
        attack::FilterChoice coarse{.filter = "bit_depth",
                                    .parameters = {{"bits", std::int64_t{1}}}};
        m_model->addFilter(coarse);
        m_model->addFilter(coarse); // is there already
        attack::FilterChoice blind = coarse;
        blind.adaptive = false;
        m_model->addFilter(blind);
        QCOMPARE(m_model->networks().size(), before + 2);
        QStringList names;
        for (const StudyNetwork &network : m_model->networks()) names << network.name;
        QCOMPARE(names.removeDuplicates(), 0);
        QVERIFY2(names[names.size() - 2].startsWith(plain + QLatin1String(" behind ")),
                 qPrintable(names.join(QLatin1Char('\n'))));
        QVERIFY(names.last().contains(QLatin1String("not adaptive")));
        QVERIFY(m_model->networks().back().isChosen);
        m_model->setChosen(before + 1, false);
        QVERIFY(!m_model->networks().back().isChosen && m_model->networks()[before].isChosen);

        const auto curve = [this](const attack::Subject &subject) {
            robustness::StudyRequest request;
            request.subjects = {subject};
            request.dataset = m_session->data.dataset();
            request.attack.epsilon = m_model->attack().epsilon;
            for (std::int64_t i = 0; i < 20; ++i) request.indices.push_back(i);
            return robustness::study("curves", request)->plots[0].curves[0].y;
        };
        const attack::Subject subject(m_session->run.model(), plain.toStdString());
        const auto clear = curve(subject), cleaned = curve(*attack::behindFilter(subject, coarse));
        QVERIFY2(clear != cleaned, "else nothing is told apart below");
        m_model->run("curves");
        QVERIFY(QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience));
        const auto *findings = m_model->findings("curves");
        QVERIFY2(findings, qPrintable(m_model->problem("curves")));
        m_model->cancelHonesty();
        const auto &curves = findings->plots[0].curves; // fgsm, pgd, noise of each
        QCOMPARE(curves.size(), std::size_t{6});
        QVERIFY(curves[0].y == clear && curves[3].y == cleaned);
        m_model->setChosen(before, false);
    }

    void aFilterFollowsTheNetworkAtHand()
    {
        const auto behind = [this] {
            return m_model->networks().back().filter ? m_model->networks().back().name : QString();
        };
        const QString before = behind();
        QVERIFY(!before.isEmpty());
        m_session->run.play();
        QTRY_VERIFY2(behind().isEmpty(), "while there is no network, none stands behind it");
        QVERIFY(small::waitForModel(*m_session));
        QTRY_VERIFY(!behind().isEmpty());
        QVERIFY2(behind() != before, "it is another run");
        QVERIFY(behind().startsWith(m_model->networks()[0].name));
    }

    void anotherSeedForgetsWhatWasFound()
    {
        QVERIFY(runs());
        m_session->project.setRecipeValue("seed", std::int64_t{7});
        QVERIFY(small::waitForData(*m_session));
        QTRY_VERIFY(!m_model->hasFindings());
        m_session->project.undoStack()->undo();
        QVERIFY(small::waitForData(*m_session));
        for (const StudyNetwork &network : m_model->networks()) QVERIFY(network.isOwn);
    }

    void anotherDocumentForgetsWhatWasFound()
    {
        QVERIFY(runs());
        attack::TorchScriptChoice choice;
        choice.file = "/nowhere/net.pt";
        m_model->addTorchScript(choice);
        QSignalSpy loaded(&m_session->data, &DataModel::loaded);
        m_session->project.setProject(small::project("mlp", small::kDigits, 1), {});
        QVERIFY2(loaded.isEmpty(), "the data are the same");
        QVERIFY(!m_model->hasFindings() && m_model->networks().empty());
        QVERIFY2(!m_model->findings(kStudy), "they were of the networks of another document");
    }

private:
    bool runs()
    {
        m_model->run(kStudy);
        return QTest::qWaitFor([this] { return !m_model->running(); }, small::kPatience)
               && m_model->hasFindings();
    }
    std::unique_ptr<Session> m_session;
    std::unique_ptr<StudyModel> m_model;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    StudyNetworksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "study_networks_test.moc"
