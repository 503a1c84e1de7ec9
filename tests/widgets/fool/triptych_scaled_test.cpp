// On a screen with 1.5 pixels for each of ours, a picture's pixels are squares of the screen's.
#include "../model/own_home.hpp"
#include "sharp_pixels.hpp"

#include <QApplication>
#include <QVBoxLayout>

using namespace ostrich::ui;

class TriptychScaledTest : public QObject {
    Q_OBJECT

private slots:
    void pixelsAreSquaresOfTheScreens_data()
    {
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("room"); // in our pixels
        QTest::addColumn<int>("factor");
        QTest::newRow("ImageNet in the designed window") << 224 << 288 << 1;
        QTest::newRow("ImageNet in a large window") << 224 << 301 << 2;
        QTest::newRow("animals of 64") << 64 << 301 << 7;
        QTest::newRow("digits") << 28 << 299 << 16;
    }

    void pixelsAreSquaresOfTheScreens()
    {
        QFETCH(int, side);
        QFETCH(int, room);
        QFETCH(int, factor);
        Triptych triptych;
        QCOMPARE(triptych.devicePixelRatioF(), 1.5);
        const QSize size(3 * room + 2 * Triptych::kGap, room + 44);
        QCOMPARE(sharp::squareOf(triptych, size, side), factor);
    }

    void alsoWhereItBeginsBetweenTwoPixels()
    {
        QWidget window;
        Triptych triptych(&window);
        triptych.move(7, 5); // 10.5 and 7.5 of the screen's
        const QSize size(3 * 301 + 2 * Triptych::kGap, 301 + 44);
        window.resize(size + QSize(20, 20));
        triptych.resize(size);
        triptych.show({Triptych::Panel{sharp::told(64), {}, {}},
                       {sharp::told(64), {}, {}},
                       {sharp::told(64), {}, {}}},
                      false);
        const QImage seen = window.grab().toImage();
        std::map<QRgb, int> found;
        for (int y = 0; y < seen.height(); ++y)
            for (int x = 0; x < seen.width(); ++x) ++found[seen.pixel(x, y)];
        for (int y = 6; y < 58; ++y)
            for (int x = 6; x < 58; ++x) QCOMPARE(found[qRgb(x, y, sharp::kBlue)], 3 * 7 * 7);
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_SCALE_FACTOR", "1.5");
    const OwnHome home;
    QApplication app(argc, argv);
    TriptychScaledTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "triptych_scaled_test.moc"
