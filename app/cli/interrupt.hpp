// Ctrl-C: the first asks the work to stop cleanly, the second ends the program.
#pragma once

#include <stop_token>

namespace ostrich::cli {

/// Asked to stop once SIGINT or SIGTERM has come. The first call installs the handlers.
std::stop_token interruption();

} // namespace ostrich::cli
