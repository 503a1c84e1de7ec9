// What only pixels tell of the style sheet.
#include "theme/theme.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <QTest>

using namespace ostrich::ui;

class StyleSheetTest : public QObject {
    Q_OBJECT

private slots:
    void theArrowsOfFieldsAreAsStrongAsTheirColour_data()
    {
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }

    void theArrowsOfFieldsAreAsStrongAsTheirColour()
    {
        QFETCH(ThemeChoice, choice);
        Theme::instance().setChoice(choice, false);
        QSpinBox number;
        QComboBox word;
        for (QWidget *field : std::initializer_list<QWidget *>{&number, &word}) {
            field->resize(112, 30);
            const QImage image = field->grab().toImage();
            const QImage arrows = image.copy(88, 4, 20, 22);
            QVERIFY(nearest(arrows, Theme::instance().tokens().muted) < 30);
        }
    }

    void aTickedBoxIsSeenOnEveryTheme_data() { theArrowsOfFieldsAreAsStrongAsTheirColour_data(); }

    void aTickedBoxIsSeenOnEveryTheme()
    {
        QFETCH(ThemeChoice, choice);
        Theme::instance().setChoice(choice, false);
        const Tokens &tokens = Theme::instance().tokens();
        QCheckBox box;
        box.resize(20, 20);
        const QImage empty = box.grab().toImage();
        QVERIFY(nearest(empty, tokens.control) < 30);
        QVERIFY(nearest(empty, tokens.accentFill) > 60);
        box.setChecked(true);
        const QImage ticked = box.grab().toImage();
        QVERIFY(nearest(ticked, tokens.accentFill) < 30);
        QVERIFY(nearest(ticked, tokens.onAccent) < 60);
    }

private:
    /// The smallest distance, over all pixels, to `wanted`: the sum over the three channels.
    static int nearest(const QImage &image, const QColor &wanted)
    {
        int best = 3 * 255;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor c = image.pixelColor(x, y);
                best = std::min(best, std::abs(c.red() - wanted.red())
                                          + std::abs(c.green() - wanted.green())
                                          + std::abs(c.blue() - wanted.blue()));
            }
        return best;
    }
};

QTEST_MAIN(StyleSheetTest)
#include "style_sheet_test.moc"
