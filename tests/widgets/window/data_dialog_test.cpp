// The data dialog: what it says of a source, and what it makes of it.
#include "window/data_dialog.hpp"

#include "../model/own_home.hpp"
#include "theme/controls.hpp"

#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class DataDialogTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // Two classes, as a teacher would lay them out, in a folder with an awkward name.
        m_pictures = m_folder.filePath(QStringLiteral("my pictures? 100% & é"));
        for (const char *name : {"cats", "dogs"}) {
            QVERIFY(QDir().mkpath(m_pictures + QLatin1Char('/') + QLatin1String(name)));
            for (int i = 0; i < 12; ++i) {
                QImage image(16, 16, QImage::Format_RGB32);
                image.fill(QColor(20 * i, 100, 200));
                QVERIFY(image.save(
                    QStringLiteral("%1/%2/%3.png").arg(m_pictures, QLatin1String(name)).arg(i)));
            }
        }
    }

    void itShowsWhatTheProjectHas()
    {
        show("glyphs?train=300&validation=100");
        QCOMPARE(sources()->currentData().toString(), QStringLiteral("glyphs"));
        QVERIFY(accept()->isEnabled());
        QVERIFY2(saysSomewhere("10 classes"), "what a sample is");
        QVERIFY(!path()->isVisible());
        QVERIFY(hasField(300) && hasField(100));
        QCOMPARE(m_dialog->source(), std::string("glyphs?train=300&validation=100"));
    }

    void anotherSourceIsChosenByTheKeys()
    {
        show("glyphs?train=300");
        choose("spirals");
        QCOMPARE(m_dialog->source(), std::string("spirals")); // its options were not of this one
        QVERIFY(accept()->isEnabled());
        choose("glyphs");
        QCOMPARE(m_dialog->source(), std::string("glyphs"));
    }

    void anOptionGoesIntoTheSourceAndOutAgain()
    {
        show("glyphs");
        QSpinBox *training = field(10'000);
        QVERIFY(training);
        type(training, "250");
        QCOMPARE(m_dialog->source(), std::string("glyphs?train=250"));
        QVERIFY(accept()->isEnabled());
        type(training, "10000"); // the default needs no words
        QCOMPARE(m_dialog->source(), std::string("glyphs"));
    }

    void aFolderThatIsNotThereIsSaidInOneLine()
    {
        show("glyphs");
        choose("images");
        QVERIFY(path()->isVisible());
        QVERIFY2(!accept()->isEnabled(), "no folder is chosen yet");
        QVERIFY(!verdict().isEmpty());
        QTest::keyClicks(path(), QStringLiteral("/no/such/folder"));
        QVERIFY(!accept()->isEnabled());
        QVERIFY2(verdict().contains(QLatin1String("/no/such/folder")), qPrintable(verdict()));
        QVERIFY(!verdict().contains(QLatin1Char('\n')));
        QTest::keyClick(m_dialog.get(), Qt::Key_Return); // the sleeping button takes nothing
        QVERIFY(m_dialog->isVisible());
    }

    void aGoodFolderIsTaken()
    {
        show("glyphs");
        choose("images");
        path()->setText(m_pictures);
        QVERIFY2(accept()->isEnabled(), qPrintable(verdict()));
        QVERIFY2(verdict().contains(QLatin1String("2 classes")), qPrintable(verdict()));
        QTest::mouseClick(accept(), Qt::LeftButton);
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
        const auto data = data::load(m_dialog->source(), 1);
        QVERIFY(bool(data));
        QCOMPARE((*data)->facts.classNames, (std::vector<std::string>{"cats", "dogs"}));

        // Opened again, it shows the same folder.
        const std::string source = m_dialog->source();
        show(source);
        QCOMPARE(path()->text(), m_pictures);
        QCOMPARE(m_dialog->source(), source);
    }

    void aWrongFolderForIdxIsSaid()
    {
        show("glyphs");
        choose("idx");
        path()->setText(m_pictures);
        QVERIFY(!accept()->isEnabled());
        QVERIFY2(verdict().contains(QLatin1String("idx")), qPrintable(verdict()));
        QVERIFY(!verdict().contains(QLatin1Char('\n')));
    }

    void aSourceThatIsUnknownOrMalformedIsNoReasonToFall_data()
    {
        QTest::addColumn<QByteArray>("current");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("unknown") << QByteArray("nosuchdata");
        QTest::newRow("twice the same option") << QByteArray("glyphs?train=1&train=2");
        QTest::newRow("a number that is none") << QByteArray("glyphs?train=many");
        QTest::newRow("out of range") << QByteArray("glyphs?train=-5");
        QTest::newRow("unknown option") << QByteArray("glyphs?colour=red");
        QTest::newRow("choice that is none") << QByteArray("menagerie?size=33");
    }
    void aSourceThatIsUnknownOrMalformedIsNoReasonToFall()
    {
        QFETCH(QByteArray, current);
        show(current.toStdString());
        QVERIFY(!verdict().isEmpty());
        QVERIFY(!verdict().contains(QLatin1Char('\n')));
        choose("moons"); // and out of it by choosing
        QVERIFY(accept()->isEnabled());
        QCOMPARE(m_dialog->source(), std::string("moons"));
    }

    void aFileIsAskedForWhereItIsOne_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<QStringList>("buttons");
        QTest::newRow("series") << QByteArray("series") << QStringList{"File", "Browse…"};
        QTest::newRow("pairs") << QByteArray("pairs") << QStringList{"File", "Browse…"};
        QTest::newRow("text") << QByteArray("text")
                              << QStringList{"File or folder", "File…", "Folder…"};
        QTest::newRow("images") << QByteArray("images") << QStringList{"Folder", "Browse…"};
    }
    void aFileIsAskedForWhereItIsOne()
    {
        QFETCH(QByteArray, source);
        QFETCH(QStringList, buttons);
        show("glyphs");
        choose(source.constData());
        QStringList seen;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            if (label->isVisible() && label->text().startsWith(QLatin1String("F"))
                && label->text().size() < 16)
                seen << label->text();
        for (const QPushButton *button : m_dialog->findChildren<QPushButton *>())
            if (button->isVisible() && button->text().endsWith(QStringLiteral("…")))
                seen << button->text();
        QCOMPARE(seen, buttons);
    }

    void whatIsAskedIsSaid()
    {
        show("recall");
        QVERIFY2(verdict().contains(QLatin1String("step by step")), qPrintable(verdict()));
        choose("seasonal");
        QVERIFY2(verdict().contains(QLatin1String("12 ")), qPrintable(verdict()));
        choose("translation");
        QVERIFY2(verdict().contains(QLatin1String("translate")), qPrintable(verdict()));
    }

    void aSwitchOfTheSourceIsReadBack()
    {
        show("seasonal?relative=false");
        QCOMPARE(m_dialog->source(), std::string("seasonal?relative=false"));
        auto *relative = m_dialog->findChild<Switch *>();
        QVERIFY(relative && !relative->isChecked());
        relative->click();
        QCOMPARE(m_dialog->source(), std::string("seasonal"));
    }

    void escapeTakesNothing()
    {
        show("glyphs");
        choose("spirals");
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QVERIFY(!m_dialog->isVisible());
        QCOMPARE(m_dialog->result(), int(QDialog::Rejected));
    }

private:
    void show(const std::string &current)
    {
        m_dialog = std::make_unique<DataDialog>(current);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }
    QComboBox *sources() { return m_dialog->findChild<QComboBox *>(); }
    QLineEdit *path()
    {
        for (QLineEdit *field : m_dialog->findChildren<QLineEdit *>())
            if (!qobject_cast<QAbstractSpinBox *>(field->parent())
                && !qobject_cast<QComboBox *>(field->parent())
                && field->objectName() != QLatin1String("field"))
                return field;
        return nullptr;
    }
    QPushButton *accept()
    {
        for (QPushButton *button : m_dialog->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Use these data")) return button;
        return nullptr;
    }
    /// The last line above the buttons.
    QString verdict()
    {
        QLabel *lowest = nullptr;
        for (QLabel *label : m_dialog->findChildren<QLabel *>())
            if (label->parent() == m_dialog.get() && label->wordWrap()
                && (!lowest || label->y() > lowest->y()))
                lowest = label;
        return lowest ? lowest->text() : QString();
    }
    bool saysSomewhere(const char *text)
    {
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            if (label->text().contains(QLatin1String(text))) return true;
        return false;
    }
    QSpinBox *field(int value)
    {
        for (QSpinBox *box : m_dialog->findChildren<QSpinBox *>())
            if (box->value() == value) return box;
        return nullptr;
    }
    bool hasField(int value) { return field(value) != nullptr; }
    void choose(const char *name)
    {
        QComboBox *box = sources();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        while (box->currentData().toString() != QLatin1String(name)) {
            const int before = box->currentIndex();
            QTest::keyClick(box, Qt::Key_Down);
            if (box->currentIndex() == before) break;
        }
        QCOMPARE(box->currentData().toString(), QLatin1String(name));
        QTest::qWait(0); // the form is laid out anew
    }
    void type(QWidget *field, const char *text)
    {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, QString::fromLatin1(text));
        QTest::keyClick(field, Qt::Key_Tab); // a number counts when its field is left
    }

    QTemporaryDir m_folder;
    QString m_pictures;
    std::unique_ptr<DataDialog> m_dialog;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    DataDialogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "data_dialog_test.moc"
