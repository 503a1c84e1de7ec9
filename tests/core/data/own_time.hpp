// How long a test itself works, however busy the machine is with others.
#pragma once

#include <ctime>

namespace ostrich::test {

class OwnTime {
public:
    /// Milliseconds of the processor's time since it was made.
    double elapsed() const
    {
        return 1e3 * static_cast<double>(std::clock() - m_begin) / CLOCKS_PER_SEC;
    }

private:
    std::clock_t m_begin = std::clock();
};

} // namespace ostrich::test
