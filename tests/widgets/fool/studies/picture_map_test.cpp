// The map of the picture that stands in One picture, a photograph too.
#include "fool/fool_place.hpp"

#include "../open_place.hpp"
#include "../trained_digits.hpp"
#include "fool/studies/study_model.hpp"

#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

constexpr auto kMap = "surface";

QImage photograph()
{
    QImage image(40, 40, QImage::Format_RGB888);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setBrush(Qt::white);
    painter.drawEllipse(8, 8, 24, 24);
    return image;
}

} // namespace

class PictureMapTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_fool.open());
        QVERIFY(small::trainDigits(m_fool.session()));
        QVERIFY(small::waitForAttack(model()));
    }
    void cleanupTestCase() { m_fool.close(); }

    void studiesKnowThePictureAtHand()
    {
        QVERIFY(studies().sample() && studies().sample()->x == model().picture());
        QCOMPARE(studies().sample()->label, model().label());
        model().useSample({data::Split::Test, 11});
        QVERIFY(studies().sample()->x == model().picture());
    }

    void aPhotographIsMapped()
    {
        model().useImage(photograph());
        QVERIFY(QTest::qWaitFor([this] { return !model().sample(); }, small::kPatience));
        QVERIFY(small::waitForAttack(model()));
        QVERIFY(studies().sample()->x == model().picture());
        QVERIFY2(!studies().sample()->label, "nobody knows what it is");
        studies().setParameters(kMap, {{"resolution", std::int64_t{11}}});
        model().setEpsilon(60.0 / 255.0);
        link()->click();
        QVERIFY(m_fool.place().page() == FoolPlace::Page::Studies);
        QCOMPARE(studies().runningStudy(), std::string(kMap));
        QCOMPARE(studies().attack(), model().options());
        QVERIFY(QTest::qWaitFor([this] { return !studies().running(); }, small::kPatience));
        const auto *findings = studies().findings(kMap);
        QVERIFY2(findings, qPrintable(studies().problem(kMap)));

        robustness::StudyRequest request;
        request.subjects = {attack::Subject(m_fool.session().run.model())};
        request.dataset = m_fool.session().data.dataset();
        request.indices = {0};
        request.attack = model().options();
        request.parameters = studies().parameters(kMap);
        request.sample = robustness::StudySample{model().picture(), std::nullopt};
        const auto alone = robustness::study(kMap, request);
        QVERIFY(alone);
        QVERIFY(findings->maps[0].values == alone->maps[0].values);
    }

    void anotherPictureMakesItAMapOfAnother()
    {
        const auto *note = m_fool.place().findChild<QLabel *>(QStringLiteral("note"));
        QVERIFY(!note->isVisible());
        model().useSample({data::Split::Test, 3});
        QVERIFY2(note->isVisible() && note->text().contains(QLatin1String("another")),
                 qPrintable(note->text()));
    }

private:
    FoolModel &model() { return *m_fool.place().model(); }
    StudyModel &studies() { return *m_fool.place().studies(); }
    QPushButton *link()
    {
        for (QPushButton *button : m_fool.place().findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Map of this picture")) return button;
        return nullptr;
    }
    fool::OpenPlace m_fool;
};

int main(int argc, char **argv)
{
    return fool::run<PictureMapTest>(argc, argv);
}

#include "picture_map_test.moc"
