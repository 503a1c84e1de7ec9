// The page of one picture, and how it is used.
#pragma once

#include "../model/dialog_answers.hpp"
#include "fool/attack_panel.hpp"
#include "fool/epsilon_slider.hpp"
#include "fool/fool_model.hpp"
#include "fool/picture_view.hpp"
#include "fool/triptych.hpp"
#include "open_place.hpp"
#include "trained_digits.hpp"

#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

namespace fool {

constexpr double kLevel = 1.0 / 255.0;

class PicturePage : public OpenPlace {
public:
    FoolModel &model() const { return *place().model(); }
    PictureView *view() const { return place().findChild<PictureView *>(); }
    EpsilonSlider *slider() const { return view()->findChild<EpsilonSlider *>(); }
    AttackPanel *panel() const { return view()->findChild<AttackPanel *>(); }
    /// In sight, with these words; null: none.
    QPushButton *button(const char *text) const
    {
        for (QPushButton *button : place().findChildren<QPushButton *>())
            if (button->isVisible() && button->text() == QString::fromUtf8(text)) return button;
        return nullptr;
    }

    /// All that stands in labels in sight.
    QString said() const
    {
        QStringList lines;
        for (const QLabel *label : place().findChildren<QLabel *>()) {
            QTextDocument document;
            document.setHtml(label->text());
            if (label->isVisible()) lines << document.toPlainText();
        }
        return lines.join(QLatin1Char('\n'));
    }

    /// The first picture under PGD at 40/255, untargeted.
    bool begin()
    {
        attack::AttackOptions options = model().options();
        options.norm = attack::Norm::Linf;
        model().setOptions(options);
        options.attack = "pgd";
        options.steps = 10;
        options.target.reset();
        options.seed = 1;
        options.epsilon = 40 * kLevel;
        model().setOptions(options);
        model().useSample(model().suggestions(1).front());
        return attacked();
    }

    /// Until there is a result of the settings as they stand: its change has the size they allow.
    bool attacked()
    {
        QSignalSpy results(&model(), &FoolModel::resultChanged);
        const attack::AttackOptions options = model().options();
        attack::AttackOptions again = options;
        again.seed += 1000; // asks once more, so that the last result is surely of these settings
        model().setOptions(again);
        model().setOptions(options);
        return QTest::qWaitFor([&] { return !results.isEmpty() && model().result().has_value(); },
                               small::kPatience);
    }

    /// Until the picture that was on its way is there, or told to be none.
    bool opened()
    {
        return QTest::qWaitFor([&] { return model().opening().isEmpty(); }, small::kPatience);
    }

    /// False: `data` were not taken.
    bool drop(QMimeData &data)
    {
        auto *triptych = view()->findChild<Triptych *>();
        const QPoint at = triptych->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(triptych, &enter);
        if (!enter.isAccepted()) return false;
        QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(triptych, &drop);
        return true;
    }
};

} // namespace fool
