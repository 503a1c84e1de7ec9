// Which network Fool attacks: a run, chosen as in Train, or a TorchScript file; and on which other
// run a transfer attack is made.
#include "fool/network_choice.hpp"

#include "fool/flip_search.hpp"
#include "fool/honesty.hpp"
#include "fool/more_popup.hpp"
#include "picture_page.hpp"
#include "script_file.hpp"

#include <QComboBox>
#include <QLineEdit>
#include <QTemporaryDir>

#include <algorithm>
#include <array>

using namespace ostrich;
using namespace ostrich::ui;

namespace fs = std::filesystem;

class NetworkChoiceTest : public QObject, private fool::PicturePage {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(open());
        QVERIFY(!box()->isEnabled() || box()->currentIndex() < 0);
        QVERIFY(small::trainDigits(session()));
        for (const std::int64_t epochs : {2, 5}) { // other weights
            session().project.setRecipeValue("epochs", epochs);
            session().run.reset();
            session().run.play();
            QVERIFY(small::waitForModel(session()));
        }
        QCOMPARE(session().run.runs().size(), std::size_t{3});
        attack::AttackOptions options = model().options();
        options.attack = "fgsm";
        model().setOptions(options);
    }
    void cleanupTestCase() { close(); }

    void theRunsAreOfferedNewestFirst()
    {
        QStringList names;
        for (int i = 0; i < 3; ++i) names << box()->itemText(i);
        const auto &runs = session().run.runs();
        for (int i = 0; i < 3; ++i)
            QVERIFY2(names[i].endsWith(QString::fromStdString(
                         runs[static_cast<std::size_t>(2 - i)].folder.filename().string())),
                     qPrintable(names.join(QLatin1Char(','))));
        QCOMPARE(box()->currentIndex(), 0);
        QCOMPARE(box()->currentText(), model().networkName());
    }

    void aRunThatIsChosenIsShownEverywhere()
    {
        const fs::path oldest = session().run.runs().front().folder;
        choose(2);
        QTRY_VERIFY_WITH_TIMEOUT(session().run.model() && session().run.runFolder() == oldest,
                                 small::kPatience);
        QVERIFY(attacked());
        QCOMPARE(model().subject().model, session().run.model());
        QCOMPARE(box()->currentIndex(), 2);
        choose(0);
        QVERIFY(small::waitForModel(session()));
        QVERIFY(attacked());
        QCOMPARE(session().run.runFolder(), session().run.runs().back().folder);
    }

    void aTransferIsMadeOnTheNewestOtherOneUnlessAnotherIsChosen()
    {
        use("transfer");
        const auto &runs = session().run.runs();
        const fs::path newest = runs[1].folder, oldest = runs[0].folder;
        QCOMPARE(model().surrogateFolder(), std::optional(newest));
        QVERIFY(attacked());
        QVERIFY2(said().contains(model().runName(newest)), qPrintable(said()));
        QCOMPARE(model().result()->x_adv, madeOn(newest));

        auto *made = view()->findChild<AttackPanel *>()->findChild<MorePopup *>();
        auto *choices = made->findChild<QComboBox *>();
        QVERIFY(made->hasFields() && choices->isVisibleTo(made));
        QCOMPARE(choices->count(), 2);
        QCOMPARE(choices->currentText(), model().runName(newest));
        choices->setFocus();
        QTest::keyClick(choices, Qt::Key_Down);
        QCOMPARE(model().surrogateFolder(), std::optional(oldest));
        QVERIFY2(!model().result(), "it was made on the other one");
        QVERIFY(attacked());
        QVERIFY2(said().contains(model().runName(oldest)), qPrintable(said()));
        QCOMPARE(model().result()->x_adv, madeOn(oldest));

        use("fgsm");
        QVERIFY(!choices->isVisibleTo(made));
        QVERIFY(attacked());
        QVERIFY(!said().contains(QLatin1String("was made on")));
    }

    void aFileIsAskedAboutFirst()
    {
        const QString path = m_folder.filePath(QStringLiteral("parts.pt"));
        QVERIFY(script::write(path, script::kTenParts));
        bool isWarned = false;
        const int asked = openFile(path, [&](QDialog *dialog) {
            for (const QLabel *label : dialog->findChildren<QLabel *>())
                isWarned = isWarned || label->text().contains(QLatin1String("is a program"));
        });
        QCOMPARE(asked, 2);
        QVERIFY(isWarned);
        QVERIFY(!model().file().subject() && !model().file().isOpening());
        QCOMPARE(box()->currentIndex(), 0);
    }

    void aFileIsAttackedWithThePicturesOfTheProject()
    {
        const QString path = m_folder.filePath(QStringLiteral("parts.pt"));
        const Array &picture = model().picture();
        const int asked = openFile(path, [](QDialog *dialog) {
            for (QPushButton *button : dialog->findChildren<QPushButton *>())
                if (button->text() == QLatin1String("Open it")) button->click();
        });
        QCOMPARE(asked, 2);
        QVERIFY(model().file().isOpening());
        QTRY_VERIFY_WITH_TIMEOUT(model().file().subject().has_value(), small::kPatience);
        QVERIFY(!model().subject().model);
        QCOMPARE(box()->currentText(), QStringLiteral("parts"));
        QVERIFY(attacked());
        // It says which of ten parts is the brightest: that is easily told.
        const auto part = [](const std::vector<float> &values) {
            std::array<double, 10> light{};
            for (std::size_t y = 0; y < 28; ++y)
                for (std::size_t x = 0; x < 28; ++x)
                    for (std::size_t k = 0; k < 5; ++k) // parts of 28 / 5 pixels overlap
                        if (x >= 28 * k / 5 && x < (28 * (k + 1) + 4) / 5)
                            light[y / 14 * 5 + k] +=
                                values[y * 28 + x]
                                / static_cast<double>((28 * (k + 1) + 4) / 5 - 28 * k / 5);
            return std::ranges::max_element(light) - light.begin();
        };
        QCOMPARE(model().result()->y_pred[0], std::int64_t{part(picture.values)});
        QCOMPARE(model().result()->y_adv[0], std::int64_t{part(model().result()->x_adv.values)});
    }

    void theFilesCurveFlipAndChecksAreThere()
    {
        attack::AttackOptions options = model().options();
        options.epsilon = model().largestEpsilon();
        model().setOptions(options);
        QVERIFY(attacked());
        QTRY_VERIFY_WITH_TIMEOUT(model().flip().epsilon().has_value(), small::kPatience);
        QSignalSpy finished(&model(), &FoolModel::sweepFinished);
        model().startSweep(20);
        QVERIFY(finished.wait(small::kPatience));
        QCOMPARE(model().sweepPictures(), 20);
        const Honesty &honesty = *place().honesty();
        QTRY_VERIFY_WITH_TIMEOUT(honesty.findings() && !honesty.running(), small::kPatience);
    }

    void theFirstPictureIsOneThatTheFileReads()
    {
        const auto &test = session().data.dataset()->split(data::Split::Test);
        for (const SampleRef &sample : model().suggestions(3)) {
            model().useSample(sample);
            QVERIFY(attacked());
            QCOMPARE(model().result()->y_pred[0],
                     std::int64_t{test.labels[static_cast<std::size_t>(sample.index)]});
        }
    }

    void whatIsNoProgramIsSaidAndChangesNothing()
    {
        QFile file(m_folder.filePath(QStringLiteral("no.pt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") == 5);
        file.close();
        QSignalSpy told(&model(), &FoolModel::statusMessage);
        model().chooseFile({.file = file.fileName().toStdString()});
        QTRY_COMPARE_WITH_TIMEOUT(told.count(), 1, small::kPatience);
        QVERIFY(told.first().at(0).toString().contains(QLatin1String("no.pt")));
        QVERIFY(model().file().subject() && !model().file().isOpening());
        QCOMPARE(box()->currentText(), QStringLiteral("parts"));
    }

    void aRunTakesThePlaceOfTheFile()
    {
        choose(1); // the newest run, which is still at hand
        QVERIFY(!model().file().subject());
        QVERIFY(attacked());
        QCOMPARE(model().subject().model, session().run.model());
    }

    void withoutARunItSaysThatThereAreSome()
    {
        const fs::path folder = session().run.runFolder();
        session().run.reset();
        QVERIFY2(model().obstacle().contains(QLatin1String("Choose one of your runs")),
                 qPrintable(model().obstacle()));
        QCOMPARE(box()->currentIndex(), -1);
        choose(0);
        QVERIFY(small::waitForModel(session()));
        QCOMPARE(session().run.runFolder(), folder);
    }

    void otherDataForgetTheFile() // last
    {
        const QString path = m_folder.filePath(QStringLiteral("parts.pt"));
        model().chooseFile({.file = path.toStdString()});
        QTRY_VERIFY_WITH_TIMEOUT(model().file().subject().has_value(), small::kPatience);
        session().project.setData("glyphs?test=20&train=100&validation=20");
        QVERIFY(small::waitForData(session()));
        QVERIFY(!model().file().subject());
        QVERIFY(!model().obstacle().isEmpty());
    }

private:
    QComboBox *box() { return place().findChild<NetworkChoice *>()->findChild<QComboBox *>(); }
    void choose(int index)
    {
        box()->setCurrentIndex(index);
        emit box() -> activated(index);
    }
    void use(const char *attack)
    {
        attack::AttackOptions options = model().options();
        options.attack = attack;
        model().setOptions(options);
    }
    /// Chooses "TorchScript file…" and `path`; then `answer` gets the question. How many were
    /// asked: two.
    int openFile(const QString &path, const std::function<void(QDialog *)> &answer)
    {
        int asked = 0;
        const auto file = answers::next([&](QDialog *dialog) {
            ++asked;
            auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
            field->setCompleter(nullptr);
            field->setText(path);
            m_question = answers::next([&](QDialog *second) {
                ++asked;
                answer(second);
            });
            QTest::keyClick(dialog, Qt::Key_Return);
        });
        choose(box()->count() - 1);
        return asked;
    }
    /// The same attack, asked of core itself with the run in `folder` as the other network.
    Array madeOn(const fs::path &folder)
    {
        const auto run = train::openRun(folder);
        const auto other = train::loadModel(*run);
        attack::Subject subject(session().run.model());
        subject.surrogate = attack::Subject(*other).classifier;
        const auto made =
            attack::attackPicture(subject, model().picture(), model().label(), model().options());
        return made ? made->x_adv : Array();
    }

    QTemporaryDir m_folder;
    std::shared_ptr<int> m_question;
};

int main(int argc, char **argv)
{
    return fool::run<NetworkChoiceTest>(argc, argv);
}

#include "network_choice_test.moc"
