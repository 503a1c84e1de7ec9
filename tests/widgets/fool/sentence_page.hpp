// The page of one sentence over a network that tells good opinions from bad ones, and how it is
// asked.
#pragma once

#include "fool/sentence_model.hpp"
#include "fool/sentence_rows.hpp"
#include "fool/sentence_view.hpp"
#include "open_place.hpp"

#include <QLineEdit>
#include <QPushButton>

namespace fool {

/// The settings of a search that takes its time.
inline const graph::Parameters kLongSearch{
    {"most", std::int64_t{100}}, {"beam", std::int64_t{1000}}, {"nearest", std::int64_t{2}}};

class SentencePage : public OpenPlace {
public:
    SentenceModel &model() const { return *place().sentences(); }
    SentenceView *view() const { return place().findChild<SentenceView *>(); }
    SentenceRows *rows() const { return view()->findChild<SentenceRows *>(); }
    QLineEdit *line() const { return seen::named<QLineEdit>(view(), "The sentence to be fooled"); }

    /// On the table, not yet trained.
    bool chooseOpinions()
    {
        session().project.setProject(small::project("bag-of-words", "sentiment?count=1200", 6), {});
        return small::waitForData(session());
    }

    /// The first sentence, no target and the settings as they come.
    bool begin()
    {
        model().setTarget({});
        model().setParameters({});
        model().useSample(model().suggestions(1).front());
        return isRead();
    }

    /// Until the network has answered to the sentence as it is.
    bool isRead()
    {
        return QTest::qWaitFor([&] { return !model().before().empty(); }, small::kPatience);
    }

    /// The button in sight with these words; null: none.
    QPushButton *button(const char *text) const
    {
        for (QPushButton *button : view()->findChildren<QPushButton *>())
            if (button->isVisible() && button->text() == QString::fromUtf8(text)) return button;
        return nullptr;
    }

    /// Presses the button and waits for its answer.
    bool fooled()
    {
        QPushButton *press = button("Fool it");
        if (!press || !press->isEnabled()) return false;
        QTest::mouseClick(press, Qt::LeftButton);
        return QTest::qWaitFor([&] { return model().result().has_value(); }, small::kPatience);
    }
};

} // namespace fool
