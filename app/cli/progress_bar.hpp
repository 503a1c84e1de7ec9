// How far work has come: a bar on stderr for a person at a terminal.
#pragma once

#include "base/progress.hpp"
#include "cli/context.hpp"

#include <chrono>
#include <string>

namespace ostrich::cli {

/// Drawn while it lives, gone without a trace afterwards. Where stderr is no terminal, and under
/// --json, it draws nothing.
class ProgressBar {
public:
    /// `label` says what is going on: "pgd, 8/255".
    ProgressBar(const Context &context, std::string label);
    ~ProgressBar();
    ProgressBar(const ProgressBar &) = delete;
    ProgressBar &operator=(const ProgressBar &) = delete;

    bool isShown() const { return m_isShown; }
    /// Empty where nobody sees it. On one thread; not after the bar is gone.
    Progress progress();
    void show(double fraction);
    /// Of work whose end is not known: how many steps so far.
    void showStep(std::int64_t step);

private:
    bool isTooSoon();
    void draw(const std::string &line) const;

    using Clock = std::chrono::steady_clock;
    const Context &m_context;
    std::string m_label;
    bool m_isShown = false;
    Clock::time_point m_begin = Clock::now(), m_drawn = {};
};

} // namespace ostrich::cli
