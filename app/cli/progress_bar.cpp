// The bar that tells how far work has come.
#include "cli/progress_bar.hpp"

#include "cli/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace ostrich::cli {

namespace {

constexpr int kColumns = 24;
constexpr std::chrono::milliseconds kBetweenDrawings{80};
constexpr double kSecondsToJudgeBy = 1.0; // before that, what is left is a guess

} // namespace

ProgressBar::ProgressBar(const Context &context, std::string label)
    : m_context(context),
      m_label(std::move(label)),
      m_isShown(!context.json && isatty(STDERR_FILENO) != 0)
{
    show(0.0);
}

ProgressBar::~ProgressBar()
{
    if (!m_isShown) return;
    fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
}

Progress ProgressBar::progress()
{
    if (!m_isShown) return {};
    return [this](double fraction) { show(fraction); };
}

void ProgressBar::show(double fraction)
{
    if (!m_isShown || isTooSoon()) return;
    const double share = std::clamp(fraction, 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(share * kColumns);
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    std::string line = fmt::format("{} [{}{}] {:.0f} %", m_label, std::string(filled, '#'),
                                   std::string(kColumns - filled, '.'), share * 100.0);
    if (share > 0.0 && share < 1.0 && seconds > kSecondsToJudgeBy)
        line +=
            "  " + text(m_context, "cli.time_left", {duration(seconds * (1.0 - share) / share)});
    draw(line);
}

void ProgressBar::showStep(std::int64_t step)
{
    if (!m_isShown || isTooSoon()) return;
    draw(fmt::format("{}  {}", m_label, text(m_context, "cli.at_step", {grouped(step)})));
}

bool ProgressBar::isTooSoon()
{
    const Clock::time_point now = Clock::now();
    if (now - m_drawn < kBetweenDrawings) return true;
    m_drawn = now;
    return false;
}

void ProgressBar::draw(const std::string &line) const
{
    fmt::print(stderr, "\r{}\x1b[K", line);
    std::fflush(stderr);
}

} // namespace ostrich::cli
