// One editor per kind of value, by keyboard and mouse: what it tells, what it shows, what it
// refuses.
#include "theme/parameter_editor.hpp"

#include "theme/controls.hpp"
#include "theme/theme.hpp"
#include "theme/ticked_list.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>

using namespace ostrich;
using namespace ostrich::ui;
using graph::ParameterSpec;
using graph::ParameterType;
using graph::ParameterValue;

namespace {

ParameterSpec spec(ParameterType type, ParameterValue value, double minimum = 0, double maximum = 0)
{
    ParameterSpec spec;
    spec.name = "some_term";
    spec.type = type;
    spec.defaultValue = std::move(value);
    spec.minimum = minimum;
    spec.maximum = maximum;
    spec.label = {"Label", "Étiquette"};
    spec.help = {"What it is for.", "À quoi il sert."};
    return spec;
}

} // namespace

class ParameterEditorTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup()
    {
        m_editor.reset();
        setLanguage(Language::English);
    }

    void anIntegerIsTypedAndSteppedWithinItsRange()
    {
        show(spec(ParameterType::Integer, std::int64_t{16}, 1, 64), std::int64_t{16});
        auto *box = field<QSpinBox>();
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(last(), ParameterValue(std::int64_t{17}));
        type(box, "32");
        QCOMPARE(last(), ParameterValue(std::int64_t{32}));
        QVERIFY(m_finished > 0);
        type(box, "9999");
        QVERIFY2(std::get<std::int64_t>(last()) <= 64, "more than the range");
        for (int i = 0; i < 100; ++i) QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(last(), ParameterValue(std::int64_t{1}));
    }

    void aSymbolStandsBelowTheNumbers()
    {
        auto outputs = spec(ParameterType::Integer, std::int64_t{128}, 1, 100);
        outputs.symbols = {"classes"};
        show(outputs, std::string("classes"));
        auto *box = field<QSpinBox>();
        QCOMPARE(box->text(), QStringLiteral("classes"));
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(last(), ParameterValue(std::int64_t{1}));
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(last(), ParameterValue(std::string("classes")));
        type(box, "12");
        QCOMPARE(last(), ParameterValue(std::int64_t{12}));
    }

    void aSmallRateIsSteppedByFactors()
    {
        show(spec(ParameterType::Real, 0.001, 0.0, 1.0), 0.001);
        auto *box = field<QDoubleSpinBox>();
        QCOMPARE(box->text(), QStringLiteral("0.001"));
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(last(), ParameterValue(0.002));
        QTest::keyClick(box, Qt::Key_Down);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(last(), ParameterValue(0.0005));
        type(box, "0.25");
        QCOMPARE(last(), ParameterValue(0.25));
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(std::get<double>(last()), 0.3);
    }

    void aRateIsTypedAsItIsWritten()
    {
        show(spec(ParameterType::Real, 0.001, 0.0, 1.0), 0.001);
        auto *box = field<QDoubleSpinBox>();
        type(box, "1e-4");
        QCOMPARE(last(), ParameterValue(0.0001));
        type(box, "3E-5");
        QCOMPARE(last(), ParameterValue(0.00003));
        const std::size_t told = m_told.size();
        QTest::keyClick(box, Qt::Key_Return); // what it shows is what it has
        QCOMPARE(m_told.size(), told);
        QCOMPARE(box->value(), 0.00003);
    }

    void nothingIsToldWhileANumberIsTyped_data()
    {
        QTest::addColumn<ParameterSpec>("described");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<ParameterValue>("given");
        QTest::newRow("a rate") << spec(ParameterType::Real, 0.001, 0.0, 1.0)
                                << QStringLiteral("1e-4") << ParameterValue(0.0001);
        QTest::newRow("a count") << spec(ParameterType::Integer, std::int64_t{16}, 1, 1000)
                                 << QStringLiteral("128") << ParameterValue(std::int64_t{128});
        QTest::newRow("a padding") << spec(ParameterType::Padding, std::string("same"))
                                   << QStringLiteral("12") << ParameterValue(std::int64_t{12});
    }

    void nothingIsToldWhileANumberIsTyped()
    {
        QFETCH(ParameterSpec, described);
        QFETCH(QString, typed);
        QFETCH(ParameterValue, given);
        for (const bool byEnter : {true, false}) {
            show(described, described.defaultValue);
            auto *box = field<QWidget>();
            QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(box, typed);
            QVERIFY2(m_told.empty(), "a number on the way to it");
            if (byEnter)
                QTest::keyClick(box, Qt::Key_Return);
            else
                box->clearFocus();
            QCOMPARE(m_told, std::vector{given});
        }
    }

    void aStepBeginsAtWhatIsTyped()
    {
        show(spec(ParameterType::Real, 0.001, 0.0, 1.0), 0.001);
        auto *box = field<QDoubleSpinBox>();
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QStringLiteral("0.004"));
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(last(), ParameterValue(0.008));
    }

    void aSwitchTurnsByTheSpaceBar()
    {
        show(spec(ParameterType::Boolean, true), true);
        auto *box = field<Switch>();
        QVERIFY(box->isChecked());
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(last(), ParameterValue(false));
        QTest::mouseClick(box, Qt::LeftButton);
        QCOMPARE(last(), ParameterValue(true));
        QCOMPARE(m_finished, 2);
    }

    void aChoiceSpeaksTheLanguageAndTellsTheTerm()
    {
        auto loss = spec(ParameterType::Choice, std::string("cross_entropy"));
        loss.choices = {"cross_entropy", "mse"};
        loss.choiceLabels = {{"cross-entropy", "entropie croisée"},
                             {"squared error", "erreur quadratique"}};
        setLanguage(Language::French);
        show(loss, std::string("cross_entropy"));
        auto *box = field<QComboBox>();
        QCOMPARE(box->currentText(), QStringLiteral("entropie croisée"));
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), QStringLiteral("erreur quadratique"));
        QCOMPARE(last(), ParameterValue(std::string("mse")));
    }

    void paddingIsAWordOrANumber()
    {
        show(spec(ParameterType::Padding, std::string("same")), std::string("same"));
        auto *box = field<QComboBox>();
        QCOMPARE(box->currentText(), QStringLiteral("same"));
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(last(), ParameterValue(std::string("valid")));
        type(box->lineEdit(), "12");
        QCOMPARE(last(), ParameterValue(std::int64_t{12}));
    }

    void paddingForgetsWhatIsNone_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"sideways", "-1", "1.5"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }

    void paddingForgetsWhatIsNone()
    {
        QFETCH(QString, typed);
        show(spec(ParameterType::Padding, std::string("same")), std::string("valid"));
        auto *box = field<QComboBox>();
        type(box->lineEdit(), typed.toLatin1());
        QVERIFY(m_told.empty());
        QCOMPARE(box->currentText(), QStringLiteral("valid"));
    }

    void aTextIsToldOnceItIsDone()
    {
        show(spec(ParameterType::Text, std::string("data")), std::string("data"));
        auto *box = field<QLineEdit>();
        QTest::keyClick(box, Qt::Key_Return);
        QVERIFY2(m_told.empty(), "nothing was changed");
        QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(box, QStringLiteral("1x28x28"));
        QVERIFY(m_told.empty());
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(m_told, std::vector{ParameterValue(std::string("1x28x28"))});
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(m_told.size(), std::size_t{1});
    }

    void aListIsTickedByTheKeys()
    {
        ParameterSpec list = spec(ParameterType::Text, std::string("b"));
        list.choices = {"a", "b", "c"};
        list.choiceLabels = {{"Apple", "Pomme"}, {"Bean", "Haricot"}, {"Corn", "Maïs"}};
        show(list, std::string("b"));
        auto *field = m_editor->findChild<TickedList *>();
        QVERIFY(field && field->hasFocus());
        QCOMPARE(field->placeholderText(), QStringLiteral("Bean"));
        QTest::keyClick(field, Qt::Key_Space);
        const auto boxes = field->findChildren<QCheckBox *>();
        QCOMPARE(boxes.size(), 3);
        QTRY_VERIFY(boxes[0]->isVisible() && boxes[0]->hasFocus());
        QVERIFY(boxes[1]->isChecked() && !boxes[0]->isChecked());
        QTest::keyClick(boxes[0], Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QVERIFY(boxes[2]->hasFocus());
        QTest::keyClick(boxes[2], Qt::Key_Space);
        QCOMPARE(last(), ParameterValue(std::string("b,c")));
        QTest::keyClick(boxes[2], Qt::Key_Up);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(last(), ParameterValue(std::string("c")));
        QVERIFY2(boxes[0]->isVisible(), "one may tick several");
        QCOMPARE(m_finished, 0);
        QTest::keyClick(boxes[1], Qt::Key_Escape);
        QVERIFY(!boxes[0]->isVisible() && m_finished == 1);
        QCOMPARE(field->placeholderText(), QStringLiteral("Corn"));
    }

    void whatAListDoesNotOfferIsKept()
    {
        ParameterSpec list = spec(ParameterType::Text, std::string());
        list.choices = {"a", "b"};
        show(list, std::string("a, older"));
        auto *field = m_editor->findChild<TickedList *>();
        QTest::mouseClick(field, Qt::LeftButton);
        const auto boxes = field->findChildren<QCheckBox *>();
        QTRY_VERIFY(boxes[1]->isVisible());
        boxes[1]->click();
        QCOMPARE(last(), ParameterValue(std::string("a,older,b")));
    }

    void aValueFromOutsideIsShownAndNotTold()
    {
        show(spec(ParameterType::Integer, std::int64_t{1}, 0, 9), std::int64_t{1});
        m_editor->setValue(std::int64_t{5});
        QCOMPARE(field<QSpinBox>()->value(), 5);
        show(spec(ParameterType::Real, 0.5, 0, 1), 0.5);
        m_editor->setValue(0.75);
        QCOMPARE(field<QDoubleSpinBox>()->value(), 0.75);
        show(spec(ParameterType::Boolean, false), false);
        m_editor->setValue(true);
        QVERIFY(field<Switch>()->isChecked());
        show(spec(ParameterType::Padding, std::string("same")), std::string("same"));
        m_editor->setValue(std::int64_t{3});
        QCOMPARE(field<QComboBox>()->currentText(), QStringLiteral("3"));
        QVERIFY(m_told.empty());
    }

    void itSaysWhatItIsInBothLanguages()
    {
        show(spec(ParameterType::Integer, std::int64_t{1}, 0, 9), std::int64_t{1});
        QVERIFY(m_editor->toolTip().contains(QLatin1String("some_term")));
        QVERIFY(m_editor->toolTip().contains(QLatin1String("What it is for.")));
        QCOMPARE(field<QSpinBox>()->accessibleName(), QStringLiteral("Label"));
        setLanguage(Language::French);
        show(spec(ParameterType::Integer, std::int64_t{1}, 0, 9), std::int64_t{1});
        QVERIFY(m_editor->toolTip().contains(QStringLiteral("À quoi il sert.")));
        QCOMPARE(field<QSpinBox>()->accessibleName(), QStringLiteral("Étiquette"));
    }

private:
    void show(const ParameterSpec &spec, const ParameterValue &value)
    {
        m_told.clear();
        m_finished = 0;
        m_editor = std::make_unique<ParameterEditor>(spec, value);
        connect(m_editor.get(), &ParameterEditor::valueChanged, this,
                [this](const ParameterValue &told) { m_told.push_back(told); });
        connect(m_editor.get(), &ParameterEditor::editingFinished, this, [this] { ++m_finished; });
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
        m_editor->setFocus(); // its proxy takes it
    }
    template <typename Widget>
    Widget *field()
    {
        return m_editor->findChild<Widget *>(QStringLiteral("field"));
    }
    static void type(QWidget *field, const char *text)
    {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, QString::fromLatin1(text));
        QTest::keyClick(field, Qt::Key_Return);
    }
    ParameterValue last() const { return m_told.empty() ? ParameterValue() : m_told.back(); }

    std::unique_ptr<ParameterEditor> m_editor;
    std::vector<ParameterValue> m_told;
    int m_finished = 0;
};

QTEST_MAIN(ParameterEditorTest)
#include "parameter_editor_test.moc"
