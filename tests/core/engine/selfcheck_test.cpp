// The self-check looks at every kind, measures something, and says on what.
#include "engine/selfcheck.hpp"

#include "blocks/block_kind.hpp"

#include <QtTest>

#include <map>

using namespace ostrich;

class SelfcheckTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const engine::KindCheck &check : engine::selfcheck("cpu"))
            m_checks[check.kind] = check;
    }

    void everyRegisteredKindIsLookedAt()
    {
        std::size_t known = 0;
        for (const graph::Kind *kind : blocks::Registry::instance().all()) {
            const std::string &name = kind->description().name;
            QVERIFY2(m_checks.contains(name), name.c_str());
            QVERIFY2(m_checks[name].ok, name.c_str());
            ++known;
        }
        QCOMPARE(m_checks.size(), known);
    }

    void whatIsOkIsWithinTheTolerance()
    {
        for (const auto &[kind, check] : m_checks) {
            // Twice the same in double; central differences of step 1e-6 err by some 1e-9.
            QCOMPARE(check.max_output_difference, 0.0);
            QVERIFY2(check.max_gradient_difference <= 1e-6, kind.c_str());
        }
        // Curved functions never meet their differences exactly: something was measured.
        for (const char *kind : {"Sigmoid", "Tanh", "BatchNorm2d"})
            QVERIFY2(m_checks.at(kind).max_gradient_difference > 0.0, kind);
    }

    void theNoteTellsTheExample()
    {
        // Maps where they fit, else vectors; one shape for each input.
        QCOMPARE(m_checks.at("Conv2d").note, std::string("N×4×7×6"));
        QCOMPARE(m_checks.at("Linear").note, std::string("N×6"));
        QCOMPARE(m_checks.at("Add").note, std::string("N×4×7×6, N×4×7×6"));
        QCOMPARE(m_checks.at("Input").note, std::string("N×4×7×6"));
    }

    void notesSpeakTheReadersLanguage()
    {
        const auto english = engine::selfcheck("cuda:99");
        const auto french = engine::selfcheck("cuda:99", Language::French);
        QVERIFY(french.front().note != english.front().note);
        QVERIFY(french.front().note.find("Cette machine") != std::string::npos);
    }

    void anUnknownDeviceFailsEveryKindWithItsName()
    {
        const auto checks = engine::selfcheck("cuda:99");
        QCOMPARE(checks.size(), m_checks.size());
        for (const engine::KindCheck &check : checks) {
            QVERIFY(!check.ok);
            QVERIFY2(check.note.find("cuda:99") != std::string::npos, check.note.c_str());
        }
    }

private:
    std::map<std::string, engine::KindCheck> m_checks;
};

QTEST_APPLESS_MAIN(SelfcheckTest)
#include "selfcheck_test.moc"
