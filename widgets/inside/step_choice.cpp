// The two ways to choose.
#include "inside/step_choice.hpp"

#include <QActionGroup>
#include <QCompleter>
#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QWidgetAction>

#include <algorithm>

namespace ostrich::ui {

namespace {

constexpr std::size_t kMenu = 12; // more choices are typed

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::StepChoice)
};

void addLetters(QMenu *menu, const SampleSteps &steps, int now,
                const std::function<void(int)> &chosen)
{
    auto *group = new QActionGroup(menu);
    for (int i = 0; i < static_cast<int>(steps.choices.size()); ++i) {
        QAction *action = menu->addAction(steps.choices[static_cast<std::size_t>(i)], menu,
                                          [chosen, i] { chosen(i); });
        action->setCheckable(true);
        action->setChecked(i == now);
        group->addAction(action);
    }
}

void addField(QMenu *menu, const SampleSteps &steps, int now,
              const std::function<void(int)> &chosen)
{
    auto *field = new QLineEdit;
    field->setPlaceholderText(Texts::tr("Another word…"));
    if (now >= 0) field->setText(steps.choices[static_cast<std::size_t>(now)]);
    field->selectAll();
    QStringList words(steps.choices.begin(), steps.choices.end());
    auto *completer = new QCompleter(words, field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    field->setCompleter(completer);
    auto *holder = new QWidgetAction(menu);
    holder->setDefaultWidget(field);
    menu->addAction(holder);
    QObject::connect(field, &QLineEdit::returnPressed, menu, [menu, field, words, chosen] {
        const auto found = std::ranges::find_if(words, [field](const QString &word) {
            return word.compare(field->text().trimmed(), Qt::CaseInsensitive) == 0;
        });
        if (found == words.end()) return; // not in the vocabulary: the field stays
        menu->close();
        chosen(static_cast<int>(found - words.begin()));
    });
    QObject::connect(menu, &QMenu::aboutToShow, field, [field] { field->setFocus(); });
}

} // namespace

void openStepChoice(QWidget *parent, const QRect &at, const SampleSteps &steps, int step,
                    std::function<void(int)> chosen)
{
    if (step < 0 || step >= static_cast<int>(steps.steps.size()) || steps.choices.empty()) return;
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int now = steps.steps[static_cast<std::size_t>(step)].choice;
    steps.choices.size() <= kMenu ? addLetters(menu, steps, now, chosen)
                                  : addField(menu, steps, now, chosen);
    menu->popup(parent->mapToGlobal(at.bottomLeft()));
}

} // namespace ostrich::ui
