// The epsilon slider by mouse, keys and wheel.
#include "fool/epsilon_slider.hpp"

#include "../model/own_home.hpp"
#include "fool/epsilon_text.hpp"
#include "theme/theme.hpp"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace ostrich::ui;

namespace {

constexpr double kLevel = 1.0 / 255.0;
constexpr double kTolerance = 1e-9;

bool near(double a, double b)
{
    return std::abs(a - b) < kTolerance;
}

} // namespace

class EpsilonSliderTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_slider = std::make_unique<EpsilonSlider>();
        m_slider->setScale(16 * kLevel, kLevel, 4, kLevel / 4.0, [](double epsilon) {
            return QString::number(std::lround(epsilon * 255.0));
        });
        m_slider->resize(936, 64);
        m_slider->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_slider.get()));
        m_told = std::make_unique<QSignalSpy>(m_slider.get(), &EpsilonSlider::valueChanged);
    }

    void arrowsMoveByOneLevel()
    {
        m_slider->setValue(4 * kLevel);
        const std::pair<Qt::Key, double> keys[] = {
            {Qt::Key_Right, 5},  {Qt::Key_Up, 6},       {Qt::Key_Left, 5}, {Qt::Key_Down, 4},
            {Qt::Key_PageUp, 8}, {Qt::Key_PageDown, 4}, {Qt::Key_End, 16}, {Qt::Key_Home, 0}};
        for (const auto &[key, level] : keys) {
            QTest::keyClick(m_slider.get(), key);
            QVERIFY2(near(m_slider->value(), level * kLevel),
                     qPrintable(QString::number(m_slider->value() * 255.0)));
            QVERIFY(near(m_told->last().at(0).toDouble(), level * kLevel));
        }
        QCOMPARE(m_told->count(), 8);
    }

    void keysStopAtTheEnds()
    {
        m_slider->setValue(0.0);
        QTest::keyClick(m_slider.get(), Qt::Key_Left);
        QTest::keyClick(m_slider.get(), Qt::Key_PageDown);
        QCOMPARE(m_slider->value(), 0.0);
        m_slider->setValue(16 * kLevel);
        QTest::keyClick(m_slider.get(), Qt::Key_Right);
        QTest::keyClick(m_slider.get(), Qt::Key_PageUp);
        QVERIFY(near(m_slider->value(), 16 * kLevel));
        QCOMPARE(m_told->count(), 0); // nothing moved
    }

    void aClickMovesTheHandleThere()
    {
        // The handle is read off the picture: a ring in the accent, ten pixels around its value.
        for (const int x : {100, 468, 800}) {
            QTest::mouseClick(m_slider.get(), Qt::LeftButton, {}, QPoint(x, 28));
            QVERIFY2(std::abs(handleX() - x) <= 8, qPrintable(QString::number(handleX())));
        }
        QCOMPARE(m_told->count(), 3);
        QTest::mouseClick(m_slider.get(), Qt::LeftButton, {}, QPoint(468, 28)); // the middle
        QVERIFY(near(m_slider->value(), 8 * kLevel));
    }

    void bothEndsCanBeReachedByTheMouse()
    {
        QTest::mouseClick(m_slider.get(), Qt::LeftButton, {}, QPoint(935, 28));
        QVERIFY(near(m_slider->value(), 16 * kLevel));
        QTest::mouseClick(m_slider.get(), Qt::LeftButton, {}, QPoint(0, 28));
        QCOMPARE(m_slider->value(), 0.0);
    }

    void itAnswersWhileItIsDragged()
    {
        QTest::mousePress(m_slider.get(), Qt::LeftButton, {}, QPoint(100, 28));
        for (int x = 110; x <= 600; x += 5) move(x, Qt::LeftButton);
        QVERIFY2(m_told->count() > 20, qPrintable(QString::number(m_told->count())));
        double before = -1.0;
        for (const auto &call : *m_told) {
            const double value = call.at(0).toDouble();
            QVERIFY(value > before); // to the right is more, and nothing is told twice
            before = value;
            const double quarters = value * 255.0 * 4.0; // it rests on readable values
            QVERIFY(std::abs(quarters - std::round(quarters)) < 1e-6);
        }
        QTest::mouseRelease(m_slider.get(), Qt::LeftButton, {}, QPoint(600, 28));
        const qsizetype told = m_told->count();
        move(200, Qt::NoButton); // passing over it is no dragging
        QCOMPARE(m_told->count(), told);
        QVERIFY(near(m_slider->value(), before));
    }

    void draggingBeyondTheEndsStaysInside()
    {
        QTest::mousePress(m_slider.get(), Qt::LeftButton, {}, QPoint(468, 28));
        move(5000, Qt::LeftButton);
        QVERIFY(near(m_slider->value(), 16 * kLevel));
        move(-5000, Qt::LeftButton);
        QCOMPARE(m_slider->value(), 0.0);
        QTest::mouseRelease(m_slider.get(), Qt::LeftButton, {}, QPoint(0, 28));
    }

    void theWheelMovesByOneLevel()
    {
        m_slider->setValue(4 * kLevel);
        turn({0, 120});
        QVERIFY(near(m_slider->value(), 5 * kLevel));
        turn({0, -120});
        turn({0, -120});
        QVERIFY(near(m_slider->value(), 3 * kLevel));
    }

    void aWheelTurnedSidewaysIsNoStep()
    {
        m_slider->setValue(4 * kLevel);
        turn({120, 0});
        QVERIFY(near(m_slider->value(), 4 * kLevel));
    }

    void settingAValueIsSilentAndKeptInside()
    {
        m_slider->setValue(3 * kLevel);
        m_slider->setValue(1.0);
        QVERIFY(near(m_slider->value(), 16 * kLevel));
        m_slider->setValue(-1.0);
        QCOMPARE(m_slider->value(), 0.0);
        QCOMPARE(m_told->count(), 0);
    }

    void aDisabledSliderStays()
    {
        m_slider->setValue(3 * kLevel);
        m_slider->setEnabled(false);
        QTest::mouseClick(m_slider.get(), Qt::LeftButton, {}, QPoint(800, 28));
        QTest::keyClick(m_slider.get(), Qt::Key_Right);
        QVERIFY(near(m_slider->value(), 3 * kLevel));
        QCOMPARE(m_told->count(), 0);
    }

    void pixelsAreCountedWhole()
    {
        for (const double largest : {64.0, 256.0}) {
            const EpsilonScale scale = epsilonScale(largest, ostrich::attack::Norm::L0);
            m_slider->setScale(largest, scale.step, scale.labelEvery, scale.snap, {});
            QTest::mousePress(m_slider.get(), Qt::LeftButton, {}, QPoint(100, 28));
            for (int x = 101; x < 160; ++x) {
                move(x, Qt::LeftButton);
                QCOMPARE(m_slider->value(), std::round(m_slider->value()));
            }
            QTest::mouseRelease(m_slider.get(), Qt::LeftButton, {}, QPoint(160, 28));
        }
        const EpsilonScale levels = epsilonScale(16 * kLevel, ostrich::attack::Norm::Linf);
        QVERIFY2(near(levels.snap, kLevel / 4.0), "levels in quarters");
    }

    void theFlipIsMarkedWhereItIs()
    {
        m_slider->setValue(0.0);
        QCOMPARE(columns(Theme::instance().tokens().attack), std::pair(-1, -1));
        m_slider->setFlip(8 * kLevel, QString());
        const auto [first, last] = columns(Theme::instance().tokens().attack);
        QVERIFY2(std::abs((first + last) / 2 - 468) <= 1,
                 qPrintable(QString::number((first + last) / 2)));
        m_slider->setFlip({}, QString());
        QCOMPARE(columns(Theme::instance().tokens().attack), std::pair(-1, -1));
    }

private:
    void move(int x, Qt::MouseButtons buttons)
    {
        const QPoint at(x, 28);
        QMouseEvent event(QEvent::MouseMove, at, m_slider->mapToGlobal(at), Qt::NoButton, buttons,
                          {});
        QCoreApplication::sendEvent(m_slider.get(), &event);
    }
    void turn(const QPoint &angle)
    {
        const QPointF at(468, 28);
        QWheelEvent event(at, m_slider->mapToGlobal(at), {}, angle, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_slider.get(), &event);
    }
    /// First and last column with a pixel of this colour; {-1, -1}: none.
    std::pair<int, int> columns(const QColor &colour)
    {
        const QImage image = m_slider->grab().toImage();
        std::pair<int, int> found{-1, -1};
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y)
                if (image.pixel(x, y) == colour.rgb()) {
                    if (found.first < 0) found.first = x;
                    found.second = x;
                }
        return found;
    }
    /// The handle is the only thing that reaches so far above the line.
    int handleX()
    {
        const QImage image = m_slider->grab().toImage();
        const QRgb accent = Theme::instance().tokens().accent.rgb();
        int sum = 0, seen = 0;
        for (int x = 0; x < image.width(); ++x)
            for (int y = 18; y < 24; ++y)
                if (image.pixel(x, y) == accent) {
                    sum += x;
                    ++seen;
                }
        return seen ? sum / seen : -1;
    }

    std::unique_ptr<EpsilonSlider> m_slider;
    std::unique_ptr<QSignalSpy> m_told;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    EpsilonSliderTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "epsilon_slider_test.moc"
