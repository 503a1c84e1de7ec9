// The window's program: arguments, theme, language, then the main window.
#include "theme/theme.hpp"
#include "window/main_window.hpp"
#include "window/shots.hpp"

#include <QApplication>
#include <QCommandLineParser>
#include <QLibraryInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QTranslator>

using namespace ostrich;
using namespace ostrich::ui;

namespace {

void chooseLanguage(const QString &wish)
{
    if (!wish.isEmpty())
        setLanguage(wish.startsWith(QLatin1String("fr")) ? Language::French : Language::English);
    const bool french = language() == Language::French;
    QLocale::setDefault(french ? QLocale(QLocale::French)
                               : QLocale(QLocale::English, QLocale::UnitedStates));
    // English has one too: for its plurals.
    static QTranslator translator;
    if (translator.load(french ? QStringLiteral(":/translations/ostrich_fr.qm")
                               : QStringLiteral(":/translations/ostrich_en.qm")))
        QCoreApplication::installTranslator(&translator);
    // Qt's own words (file dialogs, "Cancel", text fields' menus), where its translations are
    // installed.
    static QTranslator qt;
    if (french
        && qt.load(QStringLiteral("qtbase_fr"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qt);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Ostrich"));
    QApplication::setOrganizationName(QStringLiteral("ostrich"));
    QApplication::setApplicationVersion(QStringLiteral(OSTRICH_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("ostrich"));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Ostrich: a desktop learning lab for deep learning"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"),
                                 QStringLiteral("a project to open (NAME.ostrich)"),
                                 QStringLiteral("[project]"));
    const QCommandLineOption shots(
        QStringLiteral("shots"),
        QStringLiteral("write a picture of every place in both themes into DIR, then end"),
        QStringLiteral("DIR"));
    const QCommandLineOption lang(QStringLiteral("lang"),
                                  QStringLiteral("language of the window: en or fr"),
                                  QStringLiteral("LANG"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light, dark or system"),
                                   QStringLiteral("THEME"));
    parser.addOptions({shots, lang, theme});
    parser.process(app);

    chooseLanguage(parser.value(lang));
    const bool picturing = parser.isSet(shots);
    // Pictures must not depend on, nor change, what this user has set.
    const QTemporaryDir ownSettings;
    if (picturing) {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, ownSettings.path());
    }
    const QString wish = parser.value(theme);
    Theme::instance().setChoice(wish == QLatin1String("dark")    ? ThemeChoice::Dark
                                : wish == QLatin1String("light") ? ThemeChoice::Light
                                                                 : Theme::instance().choice(),
                                false);
    if (picturing) return makeShots(parser.value(shots));

    MainWindow window;
    window.restoreLayout();
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty() || !window.openFile(files.first())) window.openWelcome();
    window.show();
    QTimer::singleShot(0, &window, &MainWindow::offerRecovery);
    return QApplication::exec();
}
