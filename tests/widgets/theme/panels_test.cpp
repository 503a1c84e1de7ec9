// Panels are hidden, torn off, put back and remembered.
#include "theme/panels.hpp"

#include <QLabel>
#include <QMainWindow>
#include <QSettings>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

using namespace ostrich::ui;

namespace {

/// A window with a row of three: left, middle (no panel), right.
struct Place {
    QMainWindow window;
    QSplitter *row = new QSplitter;
    QLabel *left = new QLabel("left"), *middle = new QLabel("middle"), *right = new QLabel("right");
    Panels *panels = nullptr;

    Place()
    {
        for (QWidget *widget : {left, middle, right}) row->addWidget(widget);
        window.setCentralWidget(row);
        window.resize(900, 400);
        panels = new Panels("test", row);
        panels->addSplitter(row, {200, 500, 200});
        panels->addPanel("left", "Left", left);
        panels->addPanel("right", "Right", right);
        window.show();
    }
};

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QVERIFY(m_folder.isValid());
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QSettings().clear();
    }

    void hidingGivesItsRoomToTheOthers()
    {
        Place place;
        const int before = place.middle->width();
        place.panels->setShown("left", false);
        QCoreApplication::processEvents();
        QVERIFY(!place.left->isVisible() && !place.panels->isShown("left"));
        QVERIFY(place.middle->width() > before);
        place.panels->setShown("left", true);
        QVERIFY(place.left->isVisible());
    }

    void tornOffItStandsAloneAndComesBackWhereItWas()
    {
        Place place;
        place.panels->setTornOff("left", true);
        QVERIFY(place.panels->isTornOff("left"));
        QVERIFY(place.left->isVisible());
        QVERIFY(place.left->window() != &place.window);
        QCOMPARE(place.left->window()->windowTitle(), QString("Left"));
        place.left->window()->close(); // as its user would
        QVERIFY(!place.panels->isTornOff("left"));
        QCOMPARE(place.left->window(), &place.window);
        QCOMPARE(place.row->indexOf(place.left), 0);
        QCOMPARE(place.row->count(), 3);
        QVERIFY(place.left->isVisible() && place.left->width() > 0);
    }

    void aTornOffPanelThatIsHiddenComesBackIntoTheWindow()
    {
        Place place;
        place.panels->setTornOff("right", true);
        place.panels->setShown("right", false);
        QVERIFY(!place.right->isVisible() && !place.panels->isTornOff("right"));
        QCOMPARE(place.row->indexOf(place.right), 2);
    }

    void aRowWithNothingShownTakesNoRoom()
    {
        Place place;
        place.middle->hide();
        place.panels->setShown("left", false);
        place.panels->setShown("right", false);
        QVERIFY(!place.row->isVisible());
        place.panels->setShown("right", true);
        QVERIFY(place.row->isVisible());
    }

    void theLayoutIsRememberedAndReset()
    {
        QList<int> dragged;
        {
            Place place;
            place.row->setSizes({300, 400, 200});
            dragged = place.row->sizes();
            place.panels->setShown("right", false);
            place.panels->setTornOff("left", true);
        }
        Place again;
        again.panels->restore();
        QVERIFY(again.panels->isTornOff("left"));
        QVERIFY(!again.panels->isShown("right"));
        again.panels->reset();
        QVERIFY(!again.panels->isTornOff("left"));
        QVERIFY(again.left->isVisible() && again.right->isVisible());
        QVERIFY(qAbs(again.left->width() - 200) <= 2);
        QVERIFY(qAbs(dragged.front() - 300) <= 2); // it was not so before the reset
    }

    void draggedSizesComeBack()
    {
        {
            Place place;
            place.row->setSizes({300, 400, 200});
            place.panels->save();
        }
        Place again;
        again.panels->restore();
        QVERIFY2(qAbs(again.left->width() - 300) <= 2,
                 qPrintable(QString::number(again.left->width())));
    }

    void aPanelDraggedToNothingIsSeenAgain()
    {
        Place place;
        place.row->setSizes({0, 700, 200});
        QCoreApplication::processEvents();
        QCOMPARE(place.row->sizes().front(), 0);
        place.panels->setShown("left", false);
        place.panels->setShown("left", true);
        QVERIFY(place.row->sizes().front() > 0);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(PanelsTest)
#include "panels_test.moc"
