// What is refused before any work, in one line with its cure; and the words that name attacks.
#include "attack/objection.hpp"

#include "small_models.hpp"

#include <QtTest>

using namespace ostrich;
using attack::AttackOptions;
using attack::Norm;

namespace {

AttackOptions options(const char *name, Norm norm, double epsilon)
{
    AttackOptions options;
    options.attack = name;
    options.norm = norm;
    options.epsilon = epsilon;
    return options;
}

/// Empty: there is nothing to object to.
std::string refusal(const graph::DataFacts &facts, const AttackOptions &wish,
                    const std::vector<std::int64_t> &shape)
{
    const auto error = attack::objection(facts, wish, shape);
    return error ? sentence(*error, Language::English) : std::string();
}

} // namespace

class ObjectionTest : public QObject {
    Q_OBJECT

private:
    const graph::DataFacts m_pictures = small_models::facts(graph::Shape::maps(1, 4, 4), 3);
    const std::vector<std::int64_t> m_shape{1, 4, 4};

private slots:
    void levelsWithoutTheir255AreRefused()
    {
        QCOMPARE(refusal(m_pictures, options("pgd", Norm::Linf, 8.0), m_shape),
                 std::string("epsilon: An epsilon of 8 goes beyond what a pixel can change: from 0 "
                             "to 1. Did you mean 8/255?"));
        QVERIFY(refusal(m_pictures, options("pgd", Norm::Linf, 1000.0), m_shape).find("8/255")
                != std::string::npos);
        QCOMPARE(refusal(m_pictures, options("pgd", Norm::Linf, 1.0), m_shape), std::string());
    }

    void whatIsNoLevelMayBeLarger()
    {
        QCOMPARE(refusal(m_pictures, options("pgd", Norm::L2, 8.0), m_shape), std::string());
        QCOMPARE(refusal(m_pictures, options("patch", Norm::Linf, 8.0), m_shape), std::string());
        const auto points = small_models::facts(graph::Shape::vector(2), 3);
        QCOMPARE(refusal(points, options("pgd", Norm::Linf, 8.0), {2}), std::string());
    }

    void oneClassCannotBecomeAnother()
    {
        const auto one = small_models::facts(graph::Shape::maps(1, 4, 4), 1);
        const auto error = attack::objection(one, options("pgd", Norm::Linf, 0.1), m_shape);
        QVERIFY(error);
        QCOMPARE(error->what.id, std::string("attack.one_class"));
        const auto none = small_models::facts(graph::Shape::maps(1, 4, 4), 0);
        QCOMPARE(attack::objection(none, options("pgd", Norm::Linf, 0.1), m_shape)->what.id,
                 std::string("attack.no_classes"));
    }

    void sentencesCallAnAttackAsItCallsItself()
    {
        for (const attack::AttackDescription &known : attack::attacks())
            for (const Language language : {Language::English, Language::French})
                QCOMPARE(sentence(Message{"attack.label_" + known.name, {}}, language),
                         known.label.in(language));
    }
};

QTEST_GUILESS_MAIN(ObjectionTest)
#include "objection_test.moc"
