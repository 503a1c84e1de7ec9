// A row of pictures by keyboard and mouse.
#include "train/picture_row.hpp"

#include "../model/own_home.hpp"
#include "model/session.hpp"

#include <QApplication>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;

class PictureRowTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_row = std::make_unique<PictureRow>(m_session.get(), 2);
        m_row->resize(300, 160);
        m_row->QWidget::show();
        QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
    }
    void cleanup()
    {
        m_row.reset();
        m_session.reset();
    }

    void theArrowsGoThroughThePictures()
    {
        fill(7);
        m_row->setFocus();
        QVERIFY(m_row->hasFocus());
        key(Qt::Key_Right);
        QCOMPARE(m_row->current(), 1);
        QCOMPARE(m_row->accessibleDescription(), QStringLiteral("picture 1"));
        key(Qt::Key_Down);
        QCOMPARE(m_row->current(), 6);
        key(Qt::Key_Right); // there is none
        QCOMPARE(m_row->current(), 6);
        key(Qt::Key_Left);
        key(Qt::Key_Up);
        QCOMPARE(m_row->current(), 0);
        QVERIFY2(sample() == SampleRef(), "looking chooses nothing");
        key(Qt::Key_End);
        key(Qt::Key_Return);
        QCOMPARE(sample().index, 106);
        key(Qt::Key_Home);
        key(Qt::Key_Space);
        QCOMPARE(sample().index, 100);
    }

    void aClickChoosesAndTheKeysGoOnFromThere()
    {
        fill(5);
        QTest::mouseClick(m_row.get(), Qt::LeftButton, {}, QPoint(4 + 2 * 58 + 20, 20));
        QCOMPARE(sample().index, 102);
        key(Qt::Key_Right);
        key(Qt::Key_Enter);
        QCOMPARE(sample().index, 103);
    }

    void theFocusIsSeen()
    {
        fill(3);
        m_row->clearFocus();
        const QImage without = m_row->grab().toImage();
        m_row->setFocus();
        QVERIFY(m_row->grab().toImage() != without);
    }

    void anEmptyRowTakesNoFocus()
    {
        fill(0);
        QCOMPARE(m_row->focusPolicy(), Qt::NoFocus);
        fill(1);
        QCOMPARE(m_row->focusPolicy(), Qt::StrongFocus);
        QVERIFY(!m_row->accessibleName().isEmpty());
    }

private:
    void fill(int count)
    {
        std::vector<PictureRow::Item> items;
        for (int i = 0; i < count; ++i) {
            PictureRow::Item item;
            item.sample.index = 100 + i;
            item.caption = QStringLiteral("picture %1").arg(i);
            items.push_back(item);
        }
        m_row->show(std::move(items));
    }
    void key(Qt::Key key) { QTest::keyClick(m_row.get(), key); }
    SampleRef sample() const { return m_session->selection.sample(); }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<PictureRow> m_row;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    PictureRowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "picture_row_test.moc"
