// The smallest epsilon at which one sample flips, sought in the background.
#pragma once

#include "fool/live_attack.hpp"
#include "model/background.hpp"

#include <QObject>

#include <optional>

namespace ostrich::ui {

class FlipSearch : public QObject {
    Q_OBJECT
public:
    explicit FlipSearch(QObject *parent = nullptr);

    /// Up to `largest`, the end of the slider, and as finely as it shows. Once: until forget(),
    /// further calls do nothing.
    void seek(LiveAttack::Request request, double largest);
    /// Sample, network or attack are others.
    void forget();
    /// Empty: not known, or nothing up to the largest flips it.
    std::optional<double> epsilon() const { return m_epsilon; }

signals:
    void changed();

private:
    std::optional<double> m_epsilon;
    bool m_sought = false;
    Background m_background; // last: joins first
};

} // namespace ostrich::ui
