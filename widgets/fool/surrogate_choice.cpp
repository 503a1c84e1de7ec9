// Between the runs that the model knows and the names in the form.
#include "fool/surrogate_choice.hpp"

#include "fool/attack_fields.hpp"
#include "fool/attack_form.hpp"
#include "fool/fool_model.hpp"
#include "fool/more_popup.hpp"

namespace ostrich::ui {

void offerSurrogates(AttackForm &form, FoolModel &fool)
{
    QObject::connect(&form.popup(), &MorePopup::surrogateChosen, &fool, [&fool](int index) {
        fool.setSurrogate(fool.surrogates().at(static_cast<std::size_t>(index)));
    });
}

void showSurrogates(AttackForm &form, const FoolModel &fool, const attack::AttackOptions &options)
{
    form.method().setHasSurrogate(fool.hasSurrogate());
    QStringList names;
    int chosen = -1;
    const auto *described = attack::describedAttack(options.attack);
    if (described && described->usesSurrogate) {
        const auto folder = fool.surrogateFolder();
        for (const auto &each : fool.surrogates()) {
            if (each == folder) chosen = static_cast<int>(names.size());
            names << fool.runName(each);
        }
    }
    form.popup().setSurrogates(names, chosen);
}

} // namespace ostrich::ui
