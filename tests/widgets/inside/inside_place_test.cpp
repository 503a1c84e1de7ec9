// The whole place: the choices beside the views do what they say.
#include "inside/inside_place.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"
#include "inside/curve_legend.hpp"
#include "inside/inside_model.hpp"
#include "inside/reading.hpp"
#include "theme/controls.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QMenu>
#include <QPushButton>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

template <typename Widget>
Widget *named(const QWidget &place, const QString &name)
{
    for (Widget *widget : place.findChildren<Widget *>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

} // namespace

class InsidePlaceTest : public QObject {
    Q_OBJECT

private slots:
    void otherRunsAreChosenInAMenu()
    {
        Session session;
        QVERIFY(
            small::train(session, small::project("lstm", "recall?lag=4&around=3&count=120", 1)));
        InsidePlace place(&session);
        place.resize(1280, 720);
        place.show();
        QVERIFY(QTest::qWaitFor([&] { return place.model()->halfMemory().has_value(); },
                                small::kPatience));
        auto *compare = named<QPushButton>(place, "Compare the memory with that of other runs");
        QVERIFY(compare && compare->isVisible());
        QVERIFY(!compare->isEnabled()); // and its tooltip says what to do
        QVERIFY(compare->toolTip().startsWith("Train another"));

        const graph::Network &network = session.project.network();
        session.project.apply(graph::withKind(network, *network.find("lstm_1"), "GRU", {}));
        session.run.play();
        QVERIFY(small::waitForModel(session));
        QVERIFY(QTest::qWaitFor([&] { return compare->isEnabled(); }, small::kPatience));
        const auto *legend = place.findChild<CurveLegend *>();
        QVERIFY(QTest::qWaitFor([&] { return legend->entries().size() == 2; }, small::kPatience));
        QVERIFY(legend->entries()[0].text.startsWith("GRU, half at "));
        QCOMPARE(legend->entries()[1].text, QStringLiteral("step swapped"));

        QTest::mouseClick(compare, Qt::LeftButton);
        auto *menu = compare->findChild<QMenu *>();
        QVERIFY(menu && menu->isVisible());
        QCOMPARE(menu->actions().size(), 1);
        QVERIFY(menu->actions().front()->text().startsWith("LSTM"));
        QVERIFY(!menu->actions().front()->isChecked());
        menu->actions().front()->trigger();
        menu->close();
        QCOMPARE(legend->entries().size(), std::size_t{3});
        QVERIFY(
            QTest::qWaitFor([&] { return legend->entries()[2].text.startsWith("LSTM, half at "); },
                            small::kPatience));
        QVERIFY(legend->entries()[2].pen != legend->entries()[0].pen);
    }

    void aDecoderIsAskedForBothItsLooks()
    {
        Session session;
        QVERIFY(small::train(session, small::project("translator", "translation?count=150", 1)));
        InsidePlace place(&session);
        place.resize(1280, 720);
        place.show();
        InsideModel &model = *place.model();
        QVERIFY(QTest::qWaitFor([&] { return model.current() != nullptr; }, small::kPatience));
        model.setBlock("decoder_1");
        QVERIFY(QTest::qWaitFor([&] { return model.array("self_attention") && !model.waiting(); },
                                small::kPatience));
        auto *target = named<SegmentedControl>(place, "Looks at");
        auto *rollout = place.findChild<QCheckBox *>();
        auto *layer = named<SegmentedControl>(place, "Layer");
        QVERIFY(target && target->isVisible() && rollout && layer);
        QVERIFY(!rollout->isVisible()); // of looks at the source there is none
        target->setCurrentIndex(1);
        QVERIFY(model.atItself());
        QVERIFY(rollout->isVisible());
        rollout->click();
        QVERIFY(attentionSeen(model).rolled);
        QVERIFY(!layer->isEnabled());
        rollout->click();
        QVERIFY(!attentionSeen(model).rolled);
        QVERIFY(layer->isEnabled());
        target->setCurrentIndex(0);
        QVERIFY(attentionSeen(model).written);

        model.setBlock("encoder_1");
        QVERIFY(QTest::qWaitFor([&] { return model.array("rollout") && !model.waiting(); },
                                small::kPatience));
        QVERIFY(!target->isVisible());
        QVERIFY(rollout->isVisible());
    }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication application(argc, argv);
    InsidePlaceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "inside_place_test.moc"
