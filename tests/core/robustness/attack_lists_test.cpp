// What studies say of the attacks that they can be asked about: lists to choose from.
#include "robustness/trial.hpp"

#include <QTest>

#include <algorithm>

using namespace ostrich;

namespace {

const graph::ParameterSpec &parameter(const char *study, const char *name)
{
    const auto &all = robustness::findStudy(study)->description().parameters;
    return *std::ranges::find(all, name, &graph::ParameterSpec::name);
}

} // namespace

class AttackListsTest : public QObject {
    Q_OBJECT

private slots:
    void everyListOffersItsDefault()
    {
        for (const char *study : {"curves", "defences", "norms"}) {
            const graph::ParameterSpec &list = parameter(study, "attacks");
            QCOMPARE(list.type, graph::ParameterType::Text);
            QCOMPARE(list.choices.size(), list.choiceLabels.size());
            const auto usual = robustness::attacksFrom(std::get<std::string>(list.defaultValue));
            QVERIFY(usual && !usual->empty());
            for (const std::string &name : *usual)
                QVERIFY2(std::ranges::find(list.choices, name) != list.choices.end(), name.c_str());
        }
    }

    void offeredAreThoseOfWhichItCanSaySomething()
    {
        for (const attack::AttackDescription &attack : attack::attacks()) {
            const auto isIn = [&](const char *study) {
                const auto &choices = parameter(study, "attacks").choices;
                return std::ranges::find(choices, attack.name) != choices.end();
            };
            QVERIFY2(isIn("norms") == attack.smallest, attack.name.c_str());
            QVERIFY2(isIn("curves") == !attack.norms.empty(), attack.name.c_str());
        }
    }

    void theSmallestIsToldByOneThatLooksForIt()
    {
        const auto &specs = robustness::findStudy("classes")->description().parameters;
        const auto objection = [&](const char *name) {
            return graph::checkParameters({{"nearest", std::string(name)}}, specs);
        };
        QVERIFY(!objection("deepfool") && !objection("fab-t"));
        QVERIFY2(!objection(""), "none at all");
        QVERIFY(objection("pgd") && objection("no-such-attack"));
    }
};

QTEST_APPLESS_MAIN(AttackListsTest)
#include "attack_lists_test.moc"
