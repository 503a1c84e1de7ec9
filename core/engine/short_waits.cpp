// How long a worker thread of OpenMP waits awake for the next piece of work.
#include "engine/machine.hpp"

#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace ostrich::engine {

namespace {

// GNU's OpenMP spins some milliseconds by default. On a laptop where another program takes a core,
// a thread that spins keeps the one it waits for from running: a small network then trains 40 times
// slower (residual, 2 cores: 101 s instead of 2.6 s; with this count 4.4 s, and 2.5 s alone).
constexpr char kCount[] = "1000";
constexpr char kVariable[] = "GOMP_SPINCOUNT=";
constexpr char kSetting[] = "GOMP_SPINCOUNT=1000";
constexpr int kMostVariables = 4096;

bool begins(const char *text, const char *with)
{
    return std::strncmp(text, with, std::strlen(with)) == 0;
}

/// OpenMP reads the variable once, before main, when it is loaded: so the program starts anew with
/// it. This runs before any library has done anything, and costs some 10 ms.
void beginAgainWithShortWaits(int, char **argv, char **environment)
{
    static const char *changed[kMostVariables + 2];
    int count = 0;
    for (; environment[count] && count < kMostVariables; ++count) {
        changed[count] = environment[count];
        if (begins(environment[count], kVariable) || begins(environment[count], "OMP_WAIT_POLICY="))
            return; // chosen already
    }
    if (environment[count]) return;
    changed[count] = kSetting;
    execve("/proc/self/exe", argv, const_cast<char **>(changed));
    // Not allowed here: on with the long waits.
}

[[gnu::section(".preinit_array"), gnu::used]] const auto kBeforeAll = &beginAgainWithShortWaits;

} // namespace

bool shortWaits()
{
    const char *count = std::getenv("GOMP_SPINCOUNT");
    return count && std::strcmp(count, kCount) == 0;
}

} // namespace ostrich::engine
