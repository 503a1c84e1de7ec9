// The palette as it is used: searched, walked by keys, clicked, dragged from.
#include "palette/palette.hpp"

#include "blocks/block_kind.hpp"
#include "model/block_mime.hpp"
#include "theme/theme.hpp"

#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace ostrich;
using namespace ostrich::ui;

class PaletteTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_palette = std::make_unique<Palette>();
        m_palette->resize(200, 900);
        m_palette->show();
        QVERIFY(QTest::qWaitForWindowActive(m_palette.get()));
        m_activated = std::make_unique<QSignalSpy>(m_palette.get(), &Palette::blockActivated);
    }
    void cleanup()
    {
        m_activated.reset();
        m_palette.reset();
        setLanguage(Language::English);
    }

    void itListsEveryKindOnceUnderItsCategory()
    {
        QStringList listed, known;
        for (int i = 0; i < tree()->topLevelItemCount(); ++i)
            for (int k = 0; k < tree()->topLevelItem(i)->childCount(); ++k)
                listed << tree()->topLevelItem(i)->child(k)->text(0);
        for (const graph::Kind *kind : blocks::Registry::instance().all())
            known << QString::fromStdString(kind->description().name);
        QCOMPARE(listed, known);
        for (QTreeWidgetItem *item : {find("Conv2d"), find("Linear"), find("ReLU")}) {
            const auto *kind = blocks::Registry::instance().find(item->text(0).toStdString());
            QCOMPARE(item->parent()->text(0), words(graph::label(kind->description().category)));
        }
    }

    void everyKindHasAnIconThatShowsSomething()
    {
        for (const graph::Kind *kind : blocks::Registry::instance().all()) {
            const QString icon = QString::fromStdString(kind->description().icon);
            const QImage image = Theme::instance().pixmap(icon, Qt::red, 17).toImage();
            QImage nothing(image.size(), image.format());
            nothing.fill(Qt::transparent);
            QVERIFY2(image != nothing, kind->description().name.c_str());
        }
    }

    void searchFinds_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kind");
        QTest::newRow("its name") << QStringLiteral("conv2") << QStringLiteral("Conv2d");
        QTest::newRow("another word") << QStringLiteral("dense") << QStringLiteral("Linear");
        QTest::newRow("French") << QStringLiteral("noyau") << QStringLiteral("Conv2d");
        QTest::newRow("capitals") << QStringLiteral("DROP") << QStringLiteral("Dropout");
    }

    void searchFinds()
    {
        QFETCH(QString, typed);
        QFETCH(QString, kind);
        tree()->collapseAll();
        m_palette->focusSearch();
        QTest::keyClicks(search(), typed);
        QVERIFY2(shown().contains(kind), qPrintable(shown().join(' ')));
        QVERIFY2(find(kind)->parent()->isExpanded(), "what is found is seen");
        QVERIFY(shown().size() < static_cast<int>(blocks::Registry::instance().all().size()));
        for (int i = 0; i < tree()->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *category = tree()->topLevelItem(i);
            bool empty = true;
            for (int k = 0; k < category->childCount(); ++k)
                empty = empty && category->child(k)->isHidden();
            QCOMPARE(category->isHidden(), empty);
        }
    }

    void returnTakesTheFirstFound()
    {
        m_palette->focusSearch();
        QVERIFY(search()->hasFocus());
        QTest::keyClicks(search(), QStringLiteral("maxpool"));
        QTest::keyClick(search(), Qt::Key_Return);
        QCOMPARE(m_activated->count(), 1);
        QCOMPARE(m_activated->front().front().toString(), shown().front());
        QVERIFY(shown().front().startsWith(QLatin1String("MaxPool")));
    }

    void nothingFoundActivatesNothing()
    {
        const auto all = shown().size();
        m_palette->focusSearch();
        QTest::keyClicks(search(), QStringLiteral("no such block"));
        QVERIFY(shown().isEmpty());
        QTest::keyClick(search(), Qt::Key_Return);
        QCOMPARE(m_activated->count(), 0);
        m_palette->focusSearch(); // as Ctrl+F does: what stands there is selected
        QTest::keyClick(search(), Qt::Key_Backspace);
        QCOMPARE(shown().size(), all);
    }

    void theKeysWalkAndActivate()
    {
        m_palette->focusSearch();
        QTest::keyClicks(search(), QStringLiteral("dense"));
        QTest::keyClick(search(), Qt::Key_Tab);
        QVERIFY(tree()->hasFocus());
        QTest::keyClick(tree(), Qt::Key_Home);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(m_activated->count(), 0); // a category is no block
        QTest::keyClick(tree(), Qt::Key_Down);
        QTest::keyClick(tree(), Qt::Key_Return);
        QCOMPARE(m_activated->count(), 1);
        QCOMPARE(m_activated->front().front().toString(), QStringLiteral("Linear"));
    }

    void aDoubleClickActivatesAndAClickFolds()
    {
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at(find("Linear")));
        QCOMPARE(m_activated->count(), 0);
        QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {}, at(find("Linear")));
        QCOMPARE(m_activated->count(), 1);
        QCOMPARE(m_activated->front().front().toString(), QStringLiteral("Linear"));
        QTreeWidgetItem *category = find("Linear")->parent();
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at(category));
        QVERIFY(!category->isExpanded());
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at(category));
        QVERIFY(category->isExpanded());
        QCOMPARE(m_activated->count(), 1);
    }

    void aDraggedRowCarriesItsKind()
    {
        const auto dragged = [this](QTreeWidgetItem *item) {
            tree()->setCurrentItem(item);
            return std::unique_ptr<QMimeData>(
                tree()->model()->mimeData(tree()->selectionModel()->selectedIndexes()));
        };
        const auto data = dragged(find("Conv2d"));
        QVERIFY(data && data->hasFormat(QLatin1String(kBlockMimeType)));
        QCOMPARE(data->data(QLatin1String(kBlockMimeType)), QByteArray("Conv2d"));
        const auto category = dragged(find("Conv2d")->parent());
        QVERIFY(!category || !category->hasFormat(QLatin1String(kBlockMimeType)));
    }

    void itSpeaksFrench()
    {
        QVERIFY(find("Conv2d")->toolTip(0).contains(QLatin1String("small patterns")));
        setLanguage(Language::French);
        m_palette = std::make_unique<Palette>();
        QVERIFY(find("Conv2d")->toolTip(0).contains(QLatin1String("petits motifs")));
        QCOMPARE(find("Conv2d")->text(0), QStringLiteral("Conv2d")); // the field's term stays
    }

    void portsOfAGroupAreOfferedWithinOne()
    {
        const QStringList ports{QStringLiteral("GroupInput"), QStringLiteral("GroupOutput")};
        for (const QString &port : ports) QVERIFY(!shown().contains(port));
        m_palette->setInGroup(true);
        for (const QString &port : ports) QVERIFY(shown().contains(port));
        QTest::keyClicks(search(), QStringLiteral("groupin"));
        QVERIFY(shown().contains(ports.front()));
        m_palette->setInGroup(false);
        QVERIFY(!shown().contains(ports.front()));
    }

private:
    QTreeWidget *tree() { return m_palette->findChild<QTreeWidget *>(); }
    QLineEdit *search() { return m_palette->findChild<QLineEdit *>(); }
    QTreeWidgetItem *find(const QString &kind)
    {
        for (auto *item : tree()->findItems(kind, Qt::MatchExactly | Qt::MatchRecursive))
            if (item->parent()) return item; // a category may have the name of a kind
        return nullptr;
    }
    QPoint at(QTreeWidgetItem *item)
    {
        tree()->scrollToItem(item);
        return tree()->visualItemRect(item).center();
    }
    QStringList shown()
    {
        QStringList kinds;
        for (int i = 0; i < tree()->topLevelItemCount(); ++i)
            for (int k = 0; k < tree()->topLevelItem(i)->childCount(); ++k)
                if (const auto *item = tree()->topLevelItem(i)->child(k); !item->isHidden())
                    kinds << item->text(0);
        return kinds;
    }

    std::unique_ptr<Palette> m_palette;
    std::unique_ptr<QSignalSpy> m_activated;
};

QTEST_MAIN(PaletteTest)
#include "palette_test.moc"
