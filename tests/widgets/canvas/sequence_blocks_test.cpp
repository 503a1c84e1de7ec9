// Cards and wires of sequences: signs read from the parameters, strips over time, words for T.
#include "canvas/block_strip.hpp"

#include "../model/own_home.hpp"
#include "../model/small_training.hpp"
#include "canvas/canvas_geometry.hpp"
#include "canvas/wire_look.hpp"

#include <QApplication>

using namespace ostrich;
using namespace ostrich::ui;

class SequenceBlocksTest : public QObject {
    Q_OBJECT

private slots:
    void signsAreReadFromTheParameters()
    {
        load("bilstm", "waveforms?count=100");
        QVERIFY(look("lstm_1").bothWays);
        QCOMPARE(look("lstm_1").layers, 1);
        QVERIFY(!look("linear_1").bothWays && !look("linear_1").causal);
        ProjectModel &project = m_session->project;
        project.apply(
            graph::setParameter(project.network(), "lstm_1", "num_layers", std::int64_t{3}));
        QCOMPARE(look("lstm_1").layers, 3);
        load("tcn", "seasonal?count=600");
        QVERIFY(look("conv_1").causal);
        load("seq2seq", "translation?count=150");
        QVERIFY(look("input_2").readsTarget && !look("input_1").readsTarget);
    }

    void signsArePainted()
    {
        BlockLook plain;
        plain.title = QStringLiteral("LSTM");
        plain.size = {168, 96};
        for (const auto &change : std::initializer_list<void (*)(BlockLook &)>{
                 [](BlockLook &l) { l.bothWays = true; }, [](BlockLook &l) { l.causal = true; },
                 [](BlockLook &l) { l.layers = 2; }}) {
            BlockLook signedLook = plain;
            change(signedLook);
            QVERIFY(painted(signedLook) != painted(plain));
        }
    }

    void aVariableNumberOfStepsIsSaid()
    {
        load("lstm", "recall?count=100");
        const WireLook wire =
            lookOf(graph::Wire{{"lstm_1", "y"}, {"time_pool_1", "x"}}, m_session->project);
        QCOMPARE(wire.label, QStringLiteral("N×T×32"));
        QVERIFY2(wire.spoken.contains(QStringLiteral("as many as each sample has")),
                 qPrintable(wire.spoken));
        load("lstm", "seasonal?count=600&window=24");
        m_session->project.fit();
        const WireLook fixed =
            lookOf(graph::Wire{{"input_1", "y"}, {"lstm_1", "x"}}, m_session->project);
        QVERIFY2(fixed.spoken.contains(QStringLiteral("24")), qPrintable(fixed.spoken));
    }

    void strips_data()
    {
        QTest::addColumn<QByteArray>("templateName");
        QTest::addColumn<QByteArray>("source");
        QTest::newRow("letters") << QByteArray("lstm") << QByteArray("recall?count=100");
        QTest::newRow("words") << QByteArray("transformer-encoder")
                               << QByteArray("sentiment?count=200");
        QTest::newRow("forecast") << QByteArray("tcn") << QByteArray("seasonal?count=600");
        QTest::newRow("translation")
            << QByteArray("seq2seq") << QByteArray("translation?count=150");
    }
    /// What stands for a sequence reaches over all of its card; an embedding tells its nearest
    /// words instead, attention its maps.
    void strips()
    {
        QFETCH(QByteArray, templateName);
        QFETCH(QByteArray, source);
        load(templateName.toStdString(), source.toStdString());
        QVERIFY(m_session->project.analysis().ok());
        QTRY_VERIFY(m_session->thumbnails.find("output_1"));
        for (const graph::Block &block : m_session->project.network().blocks) {
            const BlockLook card = look(block.id);
            if (card.pill) continue;
            const Strip strip = renderStrip(card, *m_session, 1.0);
            QVERIFY2(!strip.isNull(), block.id.c_str());
            const QImage image = strip.picture.toImage();
            QVERIFY2(inked(image, image.rect()), block.id.c_str());
            const auto *facts = m_session->project.analysis().find(block.id);
            const bool overTime =
                !facts->outputs.empty() && facts->outputs[0] && facts->outputs[0]->isSequence();
            const probe::Thumbnail *thumbnail = m_session->thumbnails.find(block.id);
            const bool ownWords =
                thumbnail && (thumbnail->attention || !thumbnail->nearest.empty());
            if (block.kind == "Embedding") QVERIFY2(ownWords, block.id.c_str());
            if (overTime && !ownWords)
                QVERIFY2(inked(image, QRect(image.width() - 6, 4, 4, 20)), block.id.c_str());
        }
    }

private:
    void load(const std::string &templateName, const std::string &source)
    {
        m_session = std::make_unique<Session>();
        m_session->project.setProject(small::project(templateName, source, 1), {});
        QVERIFY2(small::waitForData(*m_session), qPrintable(m_session->data.errorText()));
    }
    BlockLook look(const std::string &id) const
    {
        return lookOf(*m_session->project.network().find(id), m_session->project);
    }
    static QImage painted(const BlockLook &look)
    {
        QImage image(200, 130, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.translate(10, 20);
        paintBlock(painter, look, {}, {});
        return image;
    }
    static bool inked(const QImage &image, const QRect &part)
    {
        for (int y = part.top(); y <= part.bottom(); ++y)
            for (int x = part.left(); x <= part.right(); ++x)
                if (qAlpha(image.pixel(x, y)) > 0) return true;
        return false;
    }

    std::unique_ptr<Session> m_session;
};

int main(int argc, char **argv)
{
    const OwnHome home;
    QApplication app(argc, argv);
    SequenceBlocksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sequence_blocks_test.moc"
