// Choosing what a step becomes: a menu of letters, or a field that completes words.
#pragma once

#include "inside/sample_at_hand.hpp"

#include <QRect>

#include <functional>

class QWidget;

namespace ostrich::ui {

/// Opens at `at` (in `parent`); `chosen` gets the place among steps.choices. Escape or a click
/// elsewhere leaves things as they are.
void openStepChoice(QWidget *parent, const QRect &at, const SampleSteps &steps, int step,
                    std::function<void(int)> chosen);

} // namespace ostrich::ui
