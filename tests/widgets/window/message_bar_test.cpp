// The message bar: what it says, what its buttons do, that it gets out of the way.
#include "window/message_bar.hpp"

#include "../model/seen.hpp"

#include <QPushButton>
#include <QVBoxLayout>

using namespace ostrich::ui;

class MessageBarTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(800, 200);
        auto *layout = new QVBoxLayout(m_window.get());
        m_bar = new MessageBar;
        layout->addWidget(m_bar);
        layout->addStretch();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    void itTakesNoRoomUntilThereIsSomethingToSay()
    {
        QVERIFY(!m_bar->isVisible());
        m_bar->showMessage(QStringLiteral("The disk is full."), true);
        QVERIFY(m_bar->isVisible());
        QVERIFY(seen::says(m_bar, QStringLiteral("The disk is full.")));
        QTest::mouseClick(seen::button(m_bar, QStringLiteral("Close")), Qt::LeftButton);
        QVERIFY(!m_bar->isVisible());
    }

    void anActionRunsOnceAndTheBarIsGoneByThen()
    {
        int runs = 0;
        bool wasGone = false;
        m_bar->showMessage(QStringLiteral("Work was kept."), false,
                           {{QStringLiteral("Recover"), [&] {
                                 ++runs;
                                 wasGone = !m_bar->isVisible();
                             }}});
        QTest::mouseClick(seen::button(m_bar, QStringLiteral("Recover")), Qt::LeftButton);
        QCOMPARE(runs, 1);
        QVERIFY(wasGone);
        QVERIFY(!m_bar->isVisible());
    }

    void itsButtonsAreReachedByTheKeys()
    {
        int runs = 0;
        m_bar->showMessage(QStringLiteral("Work was kept."), false,
                           {{QStringLiteral("Recover"), [&] { ++runs; }}});
        QTest::keyClick(m_window.get(), Qt::Key_Tab);
        auto *button = qobject_cast<QPushButton *>(QApplication::focusWidget());
        QVERIFY(button);
        QCOMPARE(button->text(), QStringLiteral("Recover"));
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(runs, 1);
    }

    void anActionMaySaySomethingElse()
    {
        m_bar->showMessage(
            QStringLiteral("First"), false,
            {{QStringLiteral("Try"), [&] { m_bar->showMessage(QStringLiteral("Second"), true); }}});
        QTest::mouseClick(seen::button(m_bar, QStringLiteral("Try")), Qt::LeftButton);
        QVERIFY(m_bar->isVisible());
        QVERIFY(seen::says(m_bar, QStringLiteral("Second")));
        QTRY_VERIFY(!seen::button(m_bar, QStringLiteral("Try")));
    }

    void theNewestMessageHasTheBarToItself()
    {
        m_bar->showMessage(QStringLiteral("Old"), false, {{QStringLiteral("Old action"), [] {}}});
        m_bar->showMessage(QStringLiteral("New"), true);
        QVERIFY(!seen::says(m_bar, QStringLiteral("Old")));
        QTRY_VERIFY(!seen::button(m_bar, QStringLiteral("Old action")));
        QVERIFY(seen::button(m_bar, QStringLiteral("Close")));
    }

    void aLongMessageIsReadToItsEnd()
    {
        const QString text = QStringLiteral("The file cannot be read. ").repeated(20);
        m_bar->showMessage(QStringLiteral("Short."), true);
        QCoreApplication::processEvents();
        const int line = m_bar->height();
        m_bar->showMessage(text, true);
        QTRY_VERIFY(m_bar->height() > line);
    }

private:
    std::unique_ptr<QWidget> m_window;
    MessageBar *m_bar = nullptr;
};

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
