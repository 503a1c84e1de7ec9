// The window's shortcuts while a field has the focus.
#include "theme/parameter_editor.hpp"
#include "window/build_place.hpp"
#include "window_with_home.hpp"

#include <QApplication>
#include <QSpinBox>

using namespace ostrich;
using namespace ostrich::ui;

class FieldShortcutsTest : public QObject {
    Q_OBJECT

private slots:
    void aStepInAFieldIsUndoneFromTheField()
    {
        openWindow();
        auto *box = outputs();
        QVERIFY(box);
        box->setFocus();
        const int before = box->value();
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(features(), before + 1);
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(features(), before);
        QTRY_COMPARE(outputs()->value(), before);
        QVERIFY(outputs()->hasFocus());
        QTest::keyClick(outputs(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(features(), before + 1);
    }

    void whatIsBeingTypedIsUndoneFirst()
    {
        openWindow();
        auto *box = outputs();
        QVERIFY(box);
        box->setFocus();
        const int before = box->value();
        QTest::keyClick(box, Qt::Key_Up);
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QStringLiteral("7"));
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(box->text() != QStringLiteral("7"));
        QCOMPARE(features(), before + 1);
        // Once it is given it is the project's.
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QStringLiteral("7"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(features(), 7);
        QTest::keyClick(box, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(features() != 7);
    }

    void whatIsTypedIsGivenBeforeItIsSaved()
    {
        openWindow();
        auto *box = outputs();
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QStringLiteral("7"));
        QTest::keyClick(box, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(features(), 7);
        QVERIFY(!m_window->session().project.isModified());
    }

    void cleanup() { m_window.reset(); }

private:
    void openWindow()
    {
        m_window = window::on(small::spirals(10), m_folder.filePath(QStringLiteral("net.ostrich")));
        QVERIFY(m_window);
        m_window->session().selection.setBlocks({"linear_1"});
    }
    QSpinBox *outputs()
    {
        return m_window->buildPlace().findChild<ParameterEditor *>()->findChild<QSpinBox *>();
    }
    int features()
    {
        const graph::Block *block = m_window->session().project.network().find("linear_1");
        const auto &value = block->parameters.at("out_features");
        return static_cast<int>(std::get<std::int64_t>(value));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

int main(int argc, char **argv)
{
    const WindowHome home;
    QApplication app(argc, argv);
    FieldShortcutsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "field_shortcuts_test.moc"
