// The hints of the first start: in sight where they are put, one at a time, gone for ever on
// demand.
#include "window/hint_bar.hpp"

#include "window_with_home.hpp"

#include <QApplication>
#include <QVBoxLayout>

class HintBarTest : public QObject {
    Q_OBJECT

private slots:
    void itIsNeverAWindowOfItsOwn()
    {
        const ostrich::ui::HintBar bar;
        QVERIFY2(!bar.isVisible(), "it would flash before the window that it belongs to");
    }

    void itStandsInItsPlaceUntilItIsUnderstood()
    {
        QWidget place;
        QVBoxLayout layout(&place);
        auto *bar = new ostrich::ui::HintBar;
        layout.addWidget(bar);
        place.show();
        QVERIFY(bar->isVisible());
        QVERIFY(seen::says(&place, QStringLiteral("1/3")));
        QTest::mouseClick(seen::button(&place, QStringLiteral("Next")), Qt::LeftButton);
        QVERIFY(seen::says(&place, QStringLiteral("2/3")));
        QTest::mouseClick(seen::button(&place, QStringLiteral("Got it")), Qt::LeftButton);
        QVERIFY(!bar->isVisible());

        auto *next = new ostrich::ui::HintBar; // of the next start
        layout.addWidget(next);
        QVERIFY(!next->isVisible());
    }
};

int main(int argc, char **argv)
{
    const WindowHome home;
    QApplication app(argc, argv);
    HintBarTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "hint_bar_test.moc"
