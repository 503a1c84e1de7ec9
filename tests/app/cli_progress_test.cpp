// ostrich-cli attack tells a person at a terminal how far it is, and nobody else.
#include "cli_run.hpp"

#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace {

/// A terminal of which we hold the other end.
class Terminal {
public:
    Terminal() : m_ours(posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_ours < 0 || grantpt(m_ours) != 0 || unlockpt(m_ours) != 0) return;
        m_theirs = open(ptsname(m_ours), O_RDWR | O_NOCTTY);
        fcntl(m_ours, F_SETFL, O_NONBLOCK);
    }
    ~Terminal()
    {
        if (m_ours >= 0) close(m_ours);
        if (m_theirs >= 0) close(m_theirs);
    }
    int theirs() const { return m_theirs; }
    QByteArray read()
    {
        QByteArray all;
        char some[4096];
        for (ssize_t count = 0; (count = ::read(m_ours, some, sizeof some)) > 0;)
            all.append(some, static_cast<qsizetype>(count));
        return all;
    }

private:
    int m_ours = -1, m_theirs = -1;
};

} // namespace

class CliProgressTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;

    /// What is seen on a terminal at stderr, while stdout is a file.
    QByteArray seen(const QStringList &arguments)
    {
        Terminal terminal;
        if (terminal.theirs() < 0) qFatal("no terminal to be had");
        QProcess process;
        process.setWorkingDirectory(m_temporary.path());
        process.setChildProcessModifier([&] { dup2(terminal.theirs(), STDERR_FILENO); });
        process.start(QStringLiteral(OSTRICH_BIN_DIR "/ostrich-cli"), arguments);
        QByteArray all;
        while (!process.waitForFinished(20)) {
            if (process.state() == QProcess::NotRunning) break;
            all += terminal.read(); // before the terminal is full
        }
        return all + terminal.read();
    }

private slots:
    void initTestCase()
    {
        QCOMPARE(run({"new", "mlp", "-o", "digits.ostrich"}, m_temporary.path()).exitCode, 0);
        const Answer trained =
            run({"train", "digits.ostrich", "--data", "glyphs?train=600&validation=100&test=1000",
                 "--out", "digits", "--set", "recipe.epochs=2"},
                m_temporary.path());
        QVERIFY2(trained.exitCode == 0, trained.errors.constData());
    }

    void anAttackFillsABar_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("label");
        QTest::newRow("samples") << QStringList{"--eps", "0.1", "--samples", "1000"}
                                 << QByteArray("pgd, epsilon 0.1 [");
        QTest::newRow("study") << QStringList{"--study", "curves", "--set", "points=3"}
                               << QByteArray("Accuracy against epsilon [");
    }

    void anAttackFillsABar()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, label);
        const QByteArray bar = seen(QStringList{"attack", "digits"} + arguments);
        QVERIFY2(bar.contains(label), bar.constData());
        QVERIFY2(bar.contains("[........................] 0 %"), bar.constData());
        const auto drawn = bar.split('\r');
        QVERIFY2(drawn.size() > 4, bar.constData());
        QVERIFY(bar.contains("[#"));
        QVERIFY(bar.endsWith("\r\x1b[K")); // gone when the answer comes
    }

    void scriptsSeeNone()
    {
        QCOMPARE(seen({"attack", "digits", "--eps", "0.1", "--json"}), QByteArray());
        const Answer answer = run({"attack", "digits", "--eps", "0.1"}, m_temporary.path());
        QCOMPARE(answer.exitCode, 0);
        QCOMPARE(answer.errors, QByteArray());
    }
};

QTEST_GUILESS_MAIN(CliProgressTest)
#include "cli_progress_test.moc"
