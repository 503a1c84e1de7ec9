// The two themes: what a switch changes, what is remembered, and colours that can be read.
#include "theme/theme.hpp"

#include "../model/own_home.hpp"
#include "theme/tokens.hpp"

#include <QApplication>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

/// Relative luminance and contrast as WCAG 2 defines them.
double luminance(const QColor &colour)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

/// How many pixels of `pixmap` are inked, all of them in `colour`; -1: some are of another.
int ink(const QPixmap &pixmap, const QColor &colour)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (pixel.alpha() < 255) continue;
            if (pixel.rgb() != colour.rgb()) return -1;
            ++count;
        }
    return count;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void init() { theme().setChoice(ThemeChoice::Light); }

    void aSwitchRecoloursTheApplicationAndSaysSo()
    {
        QPushButton button;
        button.ensurePolished();
        QSignalSpy changed(&theme(), &Theme::changed);
        theme().setChoice(ThemeChoice::Dark);
        QCOMPARE(changed.count(), 1);
        QVERIFY(theme().isDark());
        QCOMPARE(qApp->palette().color(QPalette::Window), themeTokens(true).window);
        QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 60);
        QVERIFY(qApp->palette().color(QPalette::WindowText).lightness() > 200);
        QVERIFY(qApp->styleSheet().contains(themeTokens(true).accent.name()));
        theme().setChoice(ThemeChoice::Light);
        QCOMPARE(changed.count(), 2);
        QVERIFY(!theme().isDark());
        QVERIFY(qApp->palette().color(QPalette::Window).lightness() > 200);
    }

    void theStyleSheetLeavesNoNameUnfilled()
    {
        for (const bool dark : {false, true})
            QVERIFY(!styleSheet(themeTokens(dark)).contains(QLatin1Char('@')));
    }

    void theChoiceIsRememberedUnlessItShouldNotBe()
    {
        theme().setChoice(ThemeChoice::Dark);
        QCOMPARE(QSettings().value("theme").toString(), QStringLiteral("dark"));
        theme().setChoice(ThemeChoice::Light, false);
        QCOMPARE(QSettings().value("theme").toString(), QStringLiteral("dark"));
        QCOMPARE(theme().choice(), ThemeChoice::Light);
        theme().setChoice(ThemeChoice::System);
        QCOMPARE(QSettings().value("theme").toString(), QStringLiteral("system"));
        QVERIFY2(!theme().isDark(), "the system's, not the theme that was there before");
    }

    void iconsAreDrawnInTheAskedColourAndSize()
    {
        const QColor red(QStringLiteral("#B8321E"));
        const QPixmap play = theme().pixmap(QStringLiteral("play"), red, 20, 2.0);
        QCOMPARE(play.size(), QSize(40, 40));
        QVERIFY(ink(play, red) > 20);
        QCOMPARE(ink(theme().pixmap(QStringLiteral("nobody drew this"), red, 20), red), 0);
    }

    void anIconFollowsTheTheme()
    {
        const QIcon icon = theme().icon(QStringLiteral("play"));
        QVERIFY(ink(icon.pixmap(20, 20), themeTokens(false).text) > 5);
        QVERIFY(ink(icon.pixmap(20, 20, QIcon::Disabled), themeTokens(false).strong) > 5);
        theme().setChoice(ThemeChoice::Dark);
        QVERIFY(ink(icon.pixmap(20, 20), themeTokens(true).text) > 5);
    }

    void wordsCanBeReadOnEveryGround_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void wordsCanBeReadOnEveryGround()
    {
        QFETCH(bool, dark);
        const Tokens t = themeTokens(dark);
        const auto readable = [](const QColor &ink, const QColor &ground) {
            if (contrast(ink, ground) >= 4.5) return true;
            qInfo("%s on %s: %.2f", qPrintable(ink.name()), qPrintable(ground.name()),
                  contrast(ink, ground));
            return false;
        };
        for (const QColor &ground : {t.panel, t.window, t.canvas, t.field, t.hover, t.selection})
            QVERIFY(readable(t.text, ground));
        for (const QColor &ink : {t.muted, t.accent, t.error, t.warn, t.ok, t.trainingText,
                                  t.validationText, t.testText, t.attackText})
            QVERIFY(readable(ink, t.panel));
        QVERIFY(readable(t.error, t.errorBackground));
        QVERIFY(readable(t.text, t.errorBackground));
        QVERIFY(readable(t.onAccent, t.accentFill));
    }

    void colourMapsAreEvenAndHoldAtTheirEnds()
    {
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme().setChoice(choice);
            const double direction = theme().isDark() ? 1.0 : -1.0; // none: like the ground
            for (int i = 0; i < 100; ++i) {
                const double step = luminance(theme().unitColour(static_cast<float>(i + 1) / 100))
                                    - luminance(theme().unitColour(static_cast<float>(i) / 100));
                QVERIFY2(step * direction >= 0, "more is never paler");
            }
            QCOMPARE(theme().unitColour(7.0f), theme().unitColour(1.0f));
            QCOMPARE(theme().signedColour(-7.0f), theme().signedColour(-1.0f));
            QVERIFY(theme().signedColour(-1.0f) != theme().signedColour(1.0f));
            QCOMPARE(theme().signedColour(0.0f), signedStops(theme().isDark())[2] | 0xFF000000);
        }
    }

    void whatIsNoNumberHasAColourToo()
    {
        const float none = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(theme().unitColour(none), theme().unitColour(0.0f));
        QVERIFY(theme().signedColour(none) != 0);
    }

    void noTypeIsSmallerThanTenPoints()
    {
        for (int role = 0; role <= static_cast<int>(FontRole::Formula); ++role)
            QVERIFY(theme().font(static_cast<FontRole>(role)).pixelSize() >= 13);
    }

private:
    static Theme &theme() { return Theme::instance(); }
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QApplication app(argc, argv);
    ThemeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "theme_test.moc"
