// What a card draws of its strip.
#include "canvas/block_painting.hpp"

#include "canvas/canvas_geometry.hpp"

#include <QTest>

using namespace ostrich::ui;

class BlockPaintingTest : public QObject {
    Q_OBJECT

private slots:
    void aSamplesWordsAreDrawnAtTheZoomOfTheCanvas()
    {
        // Drawn large they have more in them than the same words drawn small and scaled up.
        const QImage drawn = words(4.0);
        const QImage scaled =
            words(1.0).scaled(drawn.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        QVERIFY(edges(drawn) > 0);
        QVERIFY(edges(drawn) > edges(scaled) * 1.5);
    }

    void farAwayThereAreNone() { QCOMPARE(edges(words(kWordsFromZoom * 0.9)), 0.0); }

private:
    /// The room of the words, right of a picture of one colour.
    static QImage words(double zoom)
    {
        BlockLook look;
        look.title = QStringLiteral("Input");
        look.size = {144, 96};
        Strip strip{QPixmap(120, 33), QStringLiteral("a “5”")};
        strip.picture.fill(Qt::transparent);
        QImage image(QSizeF(144 * zoom, 96 * zoom).toSize(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.scale(zoom, zoom);
        paintBlock(painter, look, {.zoom = zoom}, strip);
        painter.end();
        return image.copy(QRectF((kContentLeft + kStripHeight) * zoom, (kStripTop + 2) * zoom,
                                 70 * zoom, (kStripHeight - 4) * zoom)
                              .toRect());
    }
    /// The mean of the steepest changes along its rows.
    static double edges(const QImage &image)
    {
        double sum = 0;
        for (int y = 0; y < image.height(); ++y) {
            int steepest = 0;
            for (int x = 1; x < image.width(); ++x)
                steepest = std::max(
                    steepest, std::abs(qGray(image.pixel(x, y)) - qGray(image.pixel(x - 1, y))));
            sum += steepest;
        }
        return sum / image.height();
    }
};

QTEST_MAIN(BlockPaintingTest)
#include "block_painting_test.moc"
