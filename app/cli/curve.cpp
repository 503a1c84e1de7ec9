// The curve of a training as text, for a terminal of 80 columns.
#include "cli/curve.hpp"

#include "cli/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ostrich::cli {

namespace {

constexpr int kColumns = 66; // and 9 for the numbers at the left
constexpr int kRows = 12;

/// Maps a value of [low, high] to 0 .. steps - 1.
int place(double value, double low, double high, int steps)
{
    const double share = high > low ? (value - low) / (high - low) : 0.5;
    return std::clamp(static_cast<int>(std::lround(share * (steps - 1))), 0, steps - 1);
}

} // namespace

std::string lossCurve(const std::vector<train::EpochMetrics> &epochs, std::int64_t bestEpoch,
                      const Context &context)
{
    if (epochs.size() < 2) return {};
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const train::EpochMetrics &epoch : epochs) {
        for (const double loss : {epoch.train_loss, epoch.val_loss}) {
            if (!std::isfinite(loss)) continue; // it has diverged
            low = std::min(low, loss);
            high = std::max(high, loss);
        }
    }
    if (low > high) return {};
    const auto first = static_cast<double>(epochs.front().epoch);
    const auto last = static_cast<double>(epochs.back().epoch);
    const int columns = std::min(kColumns, 6 * static_cast<int>(epochs.size()));
    std::vector<std::string> canvas(kRows, std::string(static_cast<std::size_t>(columns), ' '));
    std::string axis(static_cast<std::size_t>(columns), '-');
    for (const train::EpochMetrics &epoch : epochs) {
        const auto x =
            static_cast<std::size_t>(place(static_cast<double>(epoch.epoch), first, last, columns));
        const auto draw = [&](double loss, char mark) {
            if (!std::isfinite(loss)) return;
            char &cell =
                canvas[static_cast<std::size_t>(kRows - 1 - place(loss, low, high, kRows))][x];
            cell = cell == ' ' || cell == mark ? mark : '*';
        };
        draw(epoch.train_loss, 't');
        draw(epoch.val_loss, 'v');
        if (epoch.epoch == bestEpoch) axis[x] = '^';
    }
    std::string all = text(context, "cli.curve_title") + '\n';
    for (int row = 0; row < kRows; ++row) {
        const double value = high - (high - low) * row / (kRows - 1);
        const bool labelled = row % 3 == 0 || row == kRows - 1;
        all += labelled ? fmt::format("{:>8.3g} |", value) : std::string(9, ' ') + "|";
        std::string line = canvas[static_cast<std::size_t>(row)];
        line.erase(line.find_last_not_of(' ') + 1);
        all += line + '\n';
    }
    const std::string right = fmt::format("{}", epochs.back().epoch);
    const std::string left = fmt::format("{}", epochs.front().epoch);
    const int gap = std::max(1, columns - static_cast<int>(left.size() + right.size()));
    all += std::string(9, ' ') + "+" + axis + '\n';
    all += std::string(10, ' ') + left + std::string(static_cast<std::size_t>(gap), ' ') + right;
    return all;
}

} // namespace ostrich::cli
