// Fool's work in the background, in the row at the foot of the window.
#pragma once

namespace ostrich::ui {

class FoolPlace;
class StatusRow;

/// From now on `status` shows how far the curve, studies and attacks of `fool` are, and can cancel
/// them.
void showFoolWork(FoolPlace *fool, StatusRow *status);

} // namespace ostrich::ui
