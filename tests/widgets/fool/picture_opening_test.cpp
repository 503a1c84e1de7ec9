// Pictures of one's own: dropped, pasted, opened by name; in the background, the newest one wins.
#include "picture_page.hpp"

#include <QBuffer>
#include <QClipboard>
#include <QTemporaryDir>

#include <cmath>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

void writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class PictureOpeningTest : public QObject, private fool::PicturePage {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(open());
        QVERIFY(small::trainDigits(session()));
    }
    void init() { QVERIFY(begin()); }
    void cleanupTestCase() { close(); }

    void aDroppedFileBecomesThePicture();
    void aDroppedImageBecomesThePicture();
    void aPastedImageBecomesThePicture();
    void anEmptyClipboardIsSaid();
    void aDamagedPictureIsSaidInOneLine_data();
    void aDamagedPictureIsSaidInOneLine();
    void aPictureIsOpenedByItsName();
    void onlyWhatCanBeReadIsOffered();
    void theNewestPictureWins();

private:
    QTemporaryDir m_folder;
};

void PictureOpeningTest::aDroppedFileBecomesThePicture()
{
    // Left half black, right half light: wider than high, so its sides are cut off evenly.
    QImage image(112, 56, QImage::Format_RGB32);
    for (int y = 0; y < 56; ++y)
        for (int x = 0; x < 112; ++x)
            image.setPixelColor(x, y, x < 56 ? QColor(Qt::black) : QColor(204, 204, 204));
    const QString file = m_folder.filePath(QStringLiteral("half and half é.png"));
    QVERIFY(image.save(file));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QVERIFY(drop(data));
    QVERIFY2(model().sample().has_value(), "the window waits for no file");
    QVERIFY2(said().contains(QStringLiteral("Opening half and half é.png…")), qPrintable(said()));
    QVERIFY(opened());
    QVERIFY(!said().contains(QLatin1String("Opening")));
    QVERIFY(!model().sample().has_value());
    QVERIFY(attacked());
    const Array &picture = model().picture();
    QCOMPARE(picture.shape, (std::vector<std::int64_t>{1, 28, 28}));
    for (std::size_t y = 0; y < 28; ++y)
        for (std::size_t x = 0; x < 28; ++x)
            QCOMPARE(std::lround(picture.values[y * 28 + x] * 255.0f), x < 14 ? 0L : 204L);
    QVERIFY(model().result()->x.values == picture.values);
}

void PictureOpeningTest::aDroppedImageBecomesThePicture()
{
    QImage image(31, 29, QImage::Format_RGB32); // lines of odd length
    image.fill(QColor(60, 60, 60));
    QMimeData data;
    data.setImageData(image);
    QVERIFY(drop(data));
    QVERIFY(opened());
    for (const float value : model().picture().values) QCOMPARE(std::lround(value * 255.0f), 60L);
    QMimeData text;
    text.setText(QStringLiteral("no picture"));
    QVERIFY2(!drop(text), "text is not taken at all");
}

void PictureOpeningTest::aPastedImageBecomesThePicture()
{
    QImage image(64, 64, QImage::Format_ARGB32);
    image.fill(QColor(120, 120, 120));
    QApplication::clipboard()->setImage(image);
    place().pastePicture();
    QVERIFY(opened());
    QVERIFY(!model().sample().has_value());
    for (const float value : model().picture().values) QCOMPARE(std::lround(value * 255.0f), 120L);
    QVERIFY(attacked());
}

void PictureOpeningTest::anEmptyClipboardIsSaid()
{
    const auto before = model().picture().values;
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    QApplication::clipboard()->setText(QStringLiteral("no picture"));
    place().pastePicture();
    QCOMPARE(told.count(), 1);
    QVERIFY(told.first().at(1).toBool());
    QVERIFY(told.first().at(0).toString().contains(QLatin1String("clipboard")));
    QVERIFY(model().picture().values == before);
}

void PictureOpeningTest::aDamagedPictureIsSaidInOneLine_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QImage image(50, 50, QImage::Format_RGB32);
    for (int y = 0; y < 50; ++y)
        for (int x = 0; x < 50; ++x) image.setPixelColor(x, y, QColor(5 * x, 5 * y, 99));
    QByteArray png;
    QBuffer buffer(&png);
    QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
    QByteArray huge = png;
    for (const int at : {16, 20}) huge.replace(at, 4, QByteArray("\x7f\xff\xff\xff", 4));
    QTest::newRow("nothing in it") << "empty.png" << QByteArray();
    QTest::newRow("cut in its header") << "cut.png" << png.left(20);
    QTest::newRow("text") << "text.png" << QByteArray("This is no picture.\n");
    QTest::newRow("too many pixels") << "huge.png" << huge;
    QTest::newRow("zeros") << "zeros.jpg" << QByteArray(5000, '\0');
    QTest::newRow("not there") << "missing.png" << QByteArray();
    QTest::newRow("a folder") << "folder.png" << QByteArray();
}

void PictureOpeningTest::aDamagedPictureIsSaidInOneLine()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const QString path = m_folder.filePath(name);
    if (name == QLatin1String("folder.png"))
        QVERIFY(QDir().mkpath(path));
    else if (name != QLatin1String("missing.png"))
        writeBytes(path, bytes);
    const auto before = model().picture().values;
    const auto sample = model().sample();
    QSignalSpy told(&place(), &FoolPlace::statusMessage);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(drop(data));
    QVERIFY(opened());
    QCOMPARE(told.count(), 1);
    const QString line = told.first().at(0).toString();
    QVERIFY(told.first().at(1).toBool());
    QVERIFY2(line.contains(name) && !line.contains(QLatin1Char('\n')), qPrintable(line));
    QVERIFY(model().picture().values == before);
    QVERIFY(model().sample() == sample);
    QVERIFY(attacked()); // and goes on
}

void PictureOpeningTest::aPictureIsOpenedByItsName()
{
    QImage image(28, 28, QImage::Format_RGB32);
    image.fill(QColor(30, 30, 30));
    const QString path = m_folder.filePath(QStringLiteral("opened.png"));
    QVERIFY(image.save(path));
    const auto asked = answers::file(path);
    place().openPicture();
    QCOMPARE(*asked, 1);
    QVERIFY(opened());
    QVERIFY(!model().sample().has_value());
    QCOMPARE(std::lround(model().picture().values.front() * 255.0f), 30L);
}

void PictureOpeningTest::onlyWhatCanBeReadIsOffered()
{
    QString filter;
    const auto asked = answers::next([&](QDialog *dialog) {
        filter = qobject_cast<QFileDialog *>(dialog)->nameFilters().join(QLatin1Char(' '));
    });
    place().openPicture();
    QCOMPARE(*asked, 1);
    for (const char *ending : {"*.png", "*.jpg", "*.webp"})
        QVERIFY2(filter.contains(QLatin1String(ending)), qPrintable(filter));
    for (const char *ending :
         {"*.svg", "*.ico", "*.gif"}) // Qt shows them, the network's reader not
        QVERIFY2(!filter.contains(QLatin1String(ending)), qPrintable(filter));
}

void PictureOpeningTest::theNewestPictureWins()
{
    const auto fileOf = [this](int grey, int side) {
        QImage image(side, side, QImage::Format_RGB32);
        image.fill(QColor(grey, grey, grey));
        const QString path = m_folder.filePath(QStringLiteral("grey %1.bmp").arg(grey));
        return image.save(path) ? path : QString();
    };
    const auto shown = [this] { return std::lround(model().picture().values.front() * 255.0f); };
    const QString large = fileOf(50, 3000), tiny = fileOf(200, 28);
    model().useFile(large); // which takes longer
    model().useFile(tiny);
    QVERIFY(opened());
    QCOMPARE(shown(), 200L);
    QTest::qWait(300); // the large one would have come by now
    QCOMPARE(shown(), 200L);

    // A test picture that is chosen meanwhile is the newer choice.
    model().useFile(large);
    const SampleRef first = model().suggestions(1).front();
    model().useSample(first);
    QVERIFY(model().opening().isEmpty());
    QTest::qWait(300);
    QCOMPARE(model().sample(), std::optional(first));
}

int main(int argc, char **argv)
{
    return fool::run<PictureOpeningTest>(argc, argv);
}

#include "picture_opening_test.moc"
