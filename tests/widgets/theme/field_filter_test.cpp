// The wheel over fields in a panel that scrolls.
#include "theme/field_filter.hpp"

#include "theme/theme.hpp"

#include <QApplication>
#include <QComboBox>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace ostrich::ui;

class FieldFilterTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().setChoice(ThemeChoice::Light, false); }

    void theWheelOverAFieldScrollsThePanel()
    {
        QScrollArea area;
        auto *panel = new QWidget;
        auto *layout = new QVBoxLayout(panel);
        auto *number = new QSpinBox;
        auto *choice = new QComboBox;
        choice->addItems({QStringLiteral("first"), QStringLiteral("second")});
        auto *padding = new QComboBox;
        padding->setEditable(true);
        padding->addItems({QStringLiteral("same"), QStringLiteral("valid")});
        for (QWidget *field : std::initializer_list<QWidget *>{number, choice, padding})
            layout->addWidget(field);
        number->setValue(5);
        number->setRange(0, 9);
        panel->setMinimumHeight(2000);
        area.setWidget(panel);
        area.resize(300, 200);
        area.show();
        QVERIFY(QTest::qWaitForWindowActive(&area));
        area.setFocus();
        turn(number);
        turn(choice);
        turn(padding);
        QCOMPARE(number->value(), 5);
        QCOMPARE(choice->currentIndex(), 0);
        QCOMPARE(padding->currentText(), QStringLiteral("same"));
        QVERIFY(!number->hasFocus() && !choice->hasFocus() && !padding->hasFocus());
        QVERIFY(area.verticalScrollBar()->value() > 0);
        const int scrolled = area.verticalScrollBar()->value();
        number->setFocus();
        turn(number);
        QCOMPARE(number->value(), 4);
        choice->setFocus();
        turn(choice);
        QCOMPARE(choice->currentIndex(), 1);
        QCOMPARE(area.verticalScrollBar()->value(), scrolled);
    }

private:
    static void turn(QWidget *field)
    {
        const QPoint at = field->rect().center();
        QWheelEvent event(at, field->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // as from a hand: it may give the focus
        qApp->notify(field, &event);
    }
};

QTEST_MAIN(FieldFilterTest)
#include "field_filter_test.moc"
