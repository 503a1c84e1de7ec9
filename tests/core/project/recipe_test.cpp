// Recipes: JSON, settings from text, and refusals that name the field.
#include "project/recipe.hpp"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace ostrich;
using namespace ostrich::project;

class RecipeTest : public QObject {
    Q_OBJECT

private slots:
    void everyFieldIsDescribedAndHoldsItsDefault()
    {
        QCOMPARE(recipeFields().size(), std::size_t{24});
        QCOMPARE(recipeFields().front().name, std::string("optimizer"));
        QCOMPARE(recipeFields().back().name, std::string("defence_temperature"));
        for (const graph::ParameterSpec &field : recipeFields()) {
            QVERIFY2(!field.label.en.empty() && !field.label.fr.empty(), field.name.c_str());
            QVERIFY2(!field.help.en.empty() && !field.help.fr.empty()
                         && field.help.en != field.help.fr,
                     field.name.c_str());
            QCOMPARE(recipeValue(Recipe{}, field.name), field.defaultValue);
            Recipe recipe;
            QVERIFY(static_cast<bool>(setRecipeValue(recipe, field.name, field.defaultValue)));
            QCOMPARE(recipe, Recipe{});
        }
    }

    void jsonKeepsEveryField()
    {
        const Recipe other{.optimizer = "sgd",
                           .learning_rate = 0.1,
                           .momentum = 0.5,
                           .nesterov = true,
                           .weight_decay = 1e-4,
                           .schedule = "one-cycle",
                           .warmup_steps = 7,
                           .batch_size = 3,
                           .epochs = 9,
                           .max_steps = 11,
                           .max_seconds = 2.5,
                           .label_smoothing = 0.1,
                           .clip_norm = 1.5,
                           .early_stopping = false,
                           .patience = 2,
                           .precision = "bf16",
                           .seed = 9007199254740991,
                           .defence = "trades",
                           .defence_epsilon = 0.03,
                           .defence_norm = "l2",
                           .defence_steps = 10,
                           .defence_beta = 3.0,
                           .defence_sigma = 0.5,
                           .defence_temperature = 40.0};
        const nlohmann::json json = toJson(other);
        QCOMPARE(json.size(), recipeFields().size());
        QCOMPARE(*recipeFromJson(json), other);
        QCOMPARE(*recipeFromJson(nlohmann::json::parse(json.dump())), other);
        QCOMPARE(*recipeFromJson(nlohmann::json::object()),
                 Recipe{}); // what is missing has its default
    }

    void textSetsOrNamesTheField_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *field, const char *text, bool good) {
            QTest::newRow((std::string(field) + "=" + text).c_str())
                << QString(field) << QString(text) << good;
        };
        row("epochs", "3", true);
        row("epochs", "-1", false);
        row("epochs", "0", false);
        row("epochs", "3.5", false);
        row("epochs", "", false);
        row("learning_rate", "1e-2", true);
        row("learning_rate", "abc", false);
        row("learning_rate", "0", false);
        row("learning_rate", "nan", false);
        row("nosuch", "1", false);
        row("optimizer", "adamw", true);
        row("optimizer", "rmsprop", false);
        row("early_stopping", "false", true);
        row("early_stopping", "perhaps", false);
        row("seed", "0", true);
        row("seed", "18446744073709551615", false);
        row("precision", "fp32", true);
        row("defence", "trades", true);
        row("defence", "prayer", false);
        row("defence_norm", "l1", false);
        row("defence_steps", "0", false);
        row("defence_epsilon", "0.0314", true);
        row("defence_temperature", "0.5", false);
        row("batch_size", "99999999999999", false);
    }
    void textSetsOrNamesTheField()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(bool, good);
        Recipe recipe;
        const auto set = setRecipeText(recipe, field.toStdString(), text.toStdString());
        QCOMPARE(static_cast<bool>(set), good);
        if (good) {
            QCOMPARE(recipeValue(recipe, field.toStdString()).index(),
                     recipeValue(Recipe{}, field.toStdString()).index());
            return;
        }
        QCOMPARE(recipe, Recipe{});
        for (const Language language : {Language::English, Language::French}) {
            const std::string line = sentence(set.error(), language);
            QVERIFY2(line.find(field.toStdString()) != std::string::npos, line.c_str());
            QVERIFY2(line.find("project.") == std::string::npos
                         && line.find("data.") == std::string::npos,
                     line.c_str());
        }
    }

    void onlyWhatTheDefenceTakesApplies_data()
    {
        QTest::addColumn<QString>("defence");
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char *defence, const QStringList &fields) {
            QTest::newRow(defence) << QString(defence) << fields;
        };
        row("none", {});
        row("adversarial", {"epsilon", "norm", "steps"});
        row("fast", {"epsilon", "norm"});
        row("trades", {"epsilon", "norm", "steps", "beta"});
        row("gaussian", {"sigma"});
        row("masked", {"temperature"});
    }
    void onlyWhatTheDefenceTakesApplies()
    {
        QFETCH(QString, defence);
        QFETCH(QStringList, fields);
        Recipe recipe;
        recipe.defence = defence.toStdString();
        QStringList applying;
        for (const graph::ParameterSpec &field : recipeFields()) {
            if (field.name.starts_with("defence_") && applies(recipe, field.name))
                applying << QString::fromStdString(field.name).mid(8);
        }
        QCOMPARE(applying, fields);
        QVERIFY(applies(recipe, "defence") && applies(recipe, "epochs"));
        QVERIFY(!applies(recipe, "momentum") && applies(recipe, "patience"));
        recipe.optimizer = "sgd";
        recipe.early_stopping = false;
        QVERIFY(applies(recipe, "momentum") && !applies(recipe, "patience"));
    }

    void brokenJsonNamesTheField_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("culprit");
        QTest::newRow("list") << "[]" << "recipe";
        QTest::newRow("unknown") << R"({"nosuch":1})" << "recipe.nosuch";
        QTest::newRow("null") << R"({"epochs":null})" << "recipe.epochs";
        QTest::newRow("object") << R"({"epochs":{}})" << "recipe.epochs";
        QTest::newRow("text for a number") << R"({"epochs":"3"})" << "recipe.epochs";
        QTest::newRow("out of range") << R"({"momentum":1.5})" << "recipe.momentum";
        QTest::newRow("beyond 63 bits") << R"({"seed":18446744073709551615})" << "recipe.seed";
    }
    void brokenJsonNamesTheField()
    {
        QFETCH(QString, json);
        QFETCH(QString, culprit);
        const auto recipe = recipeFromJson(nlohmann::json::parse(json.toStdString()));
        QVERIFY(!recipe);
        QCOMPARE(QString::fromStdString(recipe.error().where), culprit);
    }
};

QTEST_APPLESS_MAIN(RecipeTest)
#include "recipe_test.moc"
