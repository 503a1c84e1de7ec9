// On which other network a transfer attack is made, as the form of an attack offers it.
#pragma once

#include "attack/threat.hpp"

namespace ostrich::ui {

class AttackForm;
class FoolModel;

/// From now on `fool` is told what is chosen in `form`.
void offerSurrogates(AttackForm &form, FoolModel &fool);

/// Shows which there are; to be called before the form is given `options`.
void showSurrogates(AttackForm &form, const FoolModel &fool, const attack::AttackOptions &options);

} // namespace ostrich::ui
