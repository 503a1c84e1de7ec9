// Seeks by attacks of other epsilons.
#include "fool/flip_search.hpp"

#include "fool/attack_options.hpp"

#include <utility>

namespace ostrich::ui {

namespace {

constexpr double kSteps = 160.0; // to which part of the slider a flip is told

} // namespace

FlipSearch::FlipSearch(QObject *parent) : QObject(parent) {}

void FlipSearch::seek(LiveAttack::Request request, double largest)
{
    if (std::exchange(m_sought, true) || !isHeld(request.options)) return;
    m_background.run(
        [this, request = std::move(request), largest](std::stop_token stop) -> Background::Finish {
            const auto flip = attack::flipEpsilon(request.subject, request.picture, request.label,
                                                  request.options, largest, largest / kSteps, stop);
            if (stop.stop_requested() || !flip) return {};
            return [this, flip = *flip] {
                m_epsilon = flip;
                emit changed();
            };
        });
}

void FlipSearch::forget()
{
    m_background.cancel();
    m_sought = false;
    m_epsilon.reset();
    emit changed();
}

} // namespace ostrich::ui
