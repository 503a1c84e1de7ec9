// A session with a small network that has learned drawn digits: what Fool needs.
#pragma once

#include "../model/small_training.hpp"
#include "fool/fool_model.hpp"

#include <cmath>

namespace small {

/// One linear layer learns in a blink and is easily fooled.
inline bool trainDigits(Session &session)
{
    return train(session, project("logistic", kDigits, 12));
}

/// Until the picture at hand has been attacked with the options at hand.
inline bool waitForAttack(FoolModel &model)
{
    return QTest::qWaitFor([&] { return model.result().has_value(); }, kPatience);
}

/// The length of a change in the norm that the attack was bound by, in [0, 1] pixel units; L0: of
/// pictures in grey.
inline double length(const std::vector<float> &a, const std::vector<float> &b, attack::Norm norm)
{
    double largest = 0.0, squares = 0.0, sum = 0.0, moved = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double change = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = std::max(largest, change);
        squares += change * change;
        sum += change;
        moved += change > 0.0 ? 1.0 : 0.0;
    }
    switch (norm) {
    case attack::Norm::Linf:
        return largest;
    case attack::Norm::L2:
        return std::sqrt(squares);
    case attack::Norm::L1:
        return sum;
    case attack::Norm::L0:
        return moved;
    }
    return largest;
}

} // namespace small
