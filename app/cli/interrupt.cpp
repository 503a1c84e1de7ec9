// Ctrl-C: the first asks the work to stop cleanly, the second ends the program.
#include "cli/interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include <unistd.h>

namespace ostrich::cli {

namespace {

constexpr int kInterrupted = 130; // what a shell expects of a program that Ctrl-C ended

int signalPipe[2];
std::atomic<bool> askedBefore = false;

/// Only what a signal handler may do: a stop source takes a lock, so a thread does that part.
void onSignal(int)
{
    if (askedBefore.exchange(true)) _exit(kInterrupted);
    const char wake = 1;
    [[maybe_unused]] const auto written = write(signalPipe[1], &wake, 1);
}

std::stop_source watch()
{
    std::stop_source source;
    if (pipe(signalPipe) != 0) return source;
    std::thread([source]() mutable {
        char wake = 0;
        if (read(signalPipe[0], &wake, 1) == 1) source.request_stop();
    }).detach();
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    return source;
}

} // namespace

std::stop_token interruption()
{
    static const std::stop_source source = watch();
    return source.get_token();
}

} // namespace ostrich::cli
