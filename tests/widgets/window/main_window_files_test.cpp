// What the window does with files: its title, open, save, save as, recent files, and the question
// before work is lost.
#include "window/main_window.hpp"

#include "../model/dialog_answers.hpp"
#include "window_with_home.hpp"

#include <QApplication>
#include <QFile>

using namespace ostrich;
using namespace ostrich::ui;

class MainWindowFilesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = window::on(small::spirals(3), path("net.ostrich"));
        QVERIFY(m_window);
    }
    void cleanup()
    {
        m_window.reset();
        m_folder.reset();
    }

    void theTitleTellsTheFileAndUnsavedWork()
    {
        QVERIFY2(m_window->windowTitle().startsWith(QLatin1String("net")),
                 qPrintable(m_window->windowTitle()));
        QVERIFY(!m_window->isWindowModified() && !unsavedMark());
        window::edit(*m_window, 5);
        QVERIFY(m_window->isWindowModified() && unsavedMark());
        m_window->session().project.undoStack()->undo();
        QVERIFY(!m_window->isWindowModified() && !unsavedMark());
    }

    void saveWritesTheFileAndSaysSo()
    {
        window::edit(*m_window, 5);
        press(Qt::Key_S);
        QVERIFY(!m_window->isWindowModified());
        QVERIFY2(window::status(*m_window).contains(QLatin1String("net.ostrich")),
                 qPrintable(window::status(*m_window)));
        QVERIFY(onDisk("net.ostrich") == m_window->session().project.project());
    }

    void saveAsksAnUntitledProjectForItsName()
    {
        m_window->session().project.setProject(small::spirals(7), {});
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("Untitled")));
        const auto asked = answers::file(path("second")); // without the ending
        press(Qt::Key_S);
        QCOMPARE(*asked, 1);
        QCOMPARE(m_window->session().project.filePath(), path("second.ostrich"));
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("second")));
        QVERIFY(onDisk("second.ostrich") == small::spirals(7));
    }

    void saveAsLeavesTheOldFile()
    {
        window::edit(*m_window, 5);
        const auto asked = answers::file(path("copy.ostrich"));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(*asked, 1);
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("copy")));
        QVERIFY(onDisk("net.ostrich") == small::spirals(3));
        QVERIFY(onDisk("copy.ostrich") == m_window->session().project.project());
    }

    void saveAsAsksBeforeItOverwrites()
    {
        QVERIFY(QFile::copy(path("net.ostrich"), path("other.ostrich")));
        window::edit(*m_window, 5);
        bool asked = false;
        answers::next([&](QDialog *dialog) {
            auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
            field->setCompleter(nullptr);
            QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(field, path("other")); // the ending is added
            answers::next([&asked](QDialog *question) {
                asked = qobject_cast<QMessageBox *>(question) != nullptr;
                question->reject();
            });
            QTest::keyClick(dialog, Qt::Key_Return);
        });
        m_window->saveAs();
        QVERIFY(asked);
        QVERIFY(onDisk("other.ostrich") == small::spirals(3));
        QVERIFY(m_window->isWindowModified());
    }

    void aFailedSaveIsSaidAndKeepsTheMark()
    {
        window::edit(*m_window, 5);
        m_folder->remove(); // and with it the folder of the file
        press(Qt::Key_S);
        QVERIFY(seen::button(m_window.get(), QStringLiteral("Close")));
        QVERIFY(m_window->isWindowModified());
    }

    void openTakesAFile()
    {
        QVERIFY(bool(project::saveProject(small::spirals(9), path("nine.ostrich").toStdString())));
        const auto asked = answers::file(path("nine.ostrich"));
        press(Qt::Key_O);
        QCOMPARE(*asked, 1);
        QVERIFY(m_window->session().project.project() == small::spirals(9));
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("nine")));
    }

    void aBrokenFileIsSaidAndChangesNothing()
    {
        QFile broken(path("broken.ostrich"));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{\"format\":") > 0);
        broken.close();
        QVERIFY(!m_window->openFile(broken.fileName()));
        QVERIFY(seen::says(m_window.get(), QStringLiteral("broken.ostrich")));
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("net")));
        QTest::mouseClick(seen::button(m_window.get(), QStringLiteral("Close")), Qt::LeftButton);
        QVERIFY(!seen::says(m_window.get(), QStringLiteral("broken.ostrich")));
    }

    void recentFilesAreInTheMenuNewestFirst()
    {
        QVERIFY(bool(project::saveProject(small::spirals(9), path("nine.ostrich").toStdString())));
        QVERIFY(m_window->openFile(path("nine.ostrich")));
        QCOMPARE(recent(), (QStringList{"nine", "net"}));
        window::edit(*m_window, 5);
        const auto asked = answers::button(QStringLiteral("Discard"));
        recentMenu()->actions().at(1)->trigger();
        QCOMPARE(*asked, 1);
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("net")));
        QCOMPARE(recent(), (QStringList{"net", "nine"}));
        QFile::remove(path("nine.ostrich"));
        QCOMPARE(recent(), QStringList{"net"});
    }

    void newAsksWhenThereIsUnsavedWork()
    {
        window::edit(*m_window, 5);
        const project::Project mine = m_window->session().project.project();
        const auto cancelled = answers::button(QStringLiteral("Cancel"));
        m_window->newProject(QStringLiteral("logistic"));
        QCOMPARE(*cancelled, 1);
        QVERIFY(m_window->session().project.project() == mine);
        const auto saved = answers::button(QStringLiteral("Save"));
        m_window->newProject(QStringLiteral("logistic"));
        QCOMPARE(*saved, 1);
        QVERIFY(onDisk("net.ostrich") == mine);
        QVERIFY(m_window->session().project.filePath().isEmpty());
    }

    void closeAsksOnlyWhenThereIsUnsavedWork()
    {
        window::edit(*m_window, 5);
        const auto cancelled = answers::button(QStringLiteral("Cancel"));
        QVERIFY(!m_window->close());
        QCOMPARE(*cancelled, 1);
        QVERIFY(m_window->isVisible());
        const auto discarded = answers::button(QStringLiteral("Discard"));
        QVERIFY(m_window->close());
        QCOMPARE(*discarded, 1);
        QVERIFY(onDisk("net.ostrich") == small::spirals(3));

        m_window->show();
        m_window->session().project.undoStack()->undo();
        QVERIFY(m_window->close()); // would hang on a question
    }

    void closeSavesWhenToldTo()
    {
        window::edit(*m_window, 5);
        const auto saved = answers::button(QStringLiteral("Save"));
        QVERIFY(m_window->close());
        QCOMPARE(*saved, 1);
        QVERIFY(onDisk("net.ostrich") == m_window->session().project.project());
    }

    void closeStaysOpenWhenSavingFails()
    {
        window::edit(*m_window, 5);
        m_folder->remove();
        const auto saved = answers::button(QStringLiteral("Save"));
        QVERIFY(!m_window->close());
        QCOMPARE(*saved, 1);
        QVERIFY(m_window->isVisible() && m_window->isWindowModified());
    }

private:
    void press(Qt::Key key) { QTest::keyClick(m_window.get(), key, Qt::ControlModifier); }
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    project::Project onDisk(const char *name) const
    {
        const auto project = project::loadProject(path(name).toStdString());
        return project ? *project : project::Project();
    }
    bool unsavedMark() const
    {
        for (const QLabel *label : m_window->findChildren<QLabel *>())
            if (label->toolTip().contains(QLatin1String("not saved"))) return label->isVisible();
        return false;
    }
    QMenu *recentMenu()
    {
        QMenu *menu = window::action(*m_window, QStringLiteral("Open recent"))->menu();
        emit menu->aboutToShow();
        return menu;
    }
    QStringList recent()
    {
        QStringList names;
        for (const QAction *action : recentMenu()->actions()) names << action->text();
        return names;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

int main(int argc, char **argv)
{
    const WindowHome home;
    QApplication app(argc, argv);
    MainWindowFilesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "main_window_files_test.moc"
