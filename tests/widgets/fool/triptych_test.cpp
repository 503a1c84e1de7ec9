// Pictures in the triptych are sharp at every size: a whole factor, in the middle.
#include "../model/own_home.hpp"
#include "sharp_pixels.hpp"

#include <QApplication>

using namespace ostrich::ui;

class TriptychTest : public QObject {
    Q_OBJECT

private slots:
    void pixelsAreSquaresOfAWholeFactor_data()
    {
        QTest::addColumn<int>("side"); // of the picture
        QTest::addColumn<int>("room"); // for it
        QTest::addColumn<int>("factor");
        QTest::newRow("ImageNet in the designed window") << 224 << 288 << 1;
        QTest::newRow("ImageNet in a large window") << 224 << 447 << 1;
        QTest::newRow("ImageNet twice as large") << 224 << 448 << 2;
        QTest::newRow("animals of 128") << 128 << 288 << 2;
        QTest::newRow("animals of 64") << 64 << 301 << 4;
        QTest::newRow("digits") << 28 << 299 << 10;
        QTest::newRow("as large as the room") << 250 << 250 << 1;
    }

    void pixelsAreSquaresOfAWholeFactor()
    {
        QFETCH(int, side);
        QFETCH(int, room);
        QFETCH(int, factor);
        Triptych triptych;
        QCOMPARE(sharp::squareOf(triptych, sizeFor(room), side), factor);
        // The three stand together, in the middle.
        const auto [left, right] = triptych.extent();
        QVERIFY(std::abs(left - (triptych.width() - right)) <= 1);
        QCOMPARE(right - left, 3 * std::max(240, factor * side) + 2 * Triptych::kGap);
    }

    void aPictureWithoutRoomForItsPixelsIsShownWhole()
    {
        Triptych triptych;
        triptych.resize(sizeFor(250));
        QImage image(500, 500, QImage::Format_RGB32);
        image.fill(QColor(10, 200, 30));
        triptych.show({Triptych::Panel{image, {}, {}}, {image, {}, {}}, {image, {}, {}}}, false);
        const QImage seen = triptych.grab().toImage();
        const int left = triptych.extent().first;
        for (const QPoint &at : {QPoint(20, 20), QPoint(230, 20), QPoint(20, 230), QPoint(230, 230),
                                 QPoint(125, 2), QPoint(2, 125)})
            QCOMPARE(seen.pixel(at + QPoint(left, 0)), qRgb(10, 200, 30));
        QCOMPARE(triptych.extent().second - left, 3 * 250 + 2 * Triptych::kGap);
    }

private:
    static QSize sizeFor(int room) { return QSize(3 * room + 2 * Triptych::kGap, room + 44); }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    TriptychTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "triptych_test.moc"
