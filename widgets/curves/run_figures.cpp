// Reading what a run says of itself.
#include "curves/run_figures.hpp"

#include "theme/theme.hpp"

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

const std::string kScaled = "mase";
const std::string kAbsolute = "mae";
const std::string kNaive = "naive_mase";

} // namespace

std::optional<double> figureNamed(const Figures &figures, const std::string &name)
{
    const auto found = figures.find(name);
    return found == figures.end() ? std::nullopt : std::optional(found->second);
}

bool forecasts(const train::EpochMetrics &epoch)
{
    return !std::isfinite(epoch.val_accuracy);
}

std::optional<double> forecastError(const Figures &figures, const std::string &split)
{
    if (const auto scaled = figureNamed(figures, split + kScaled)) return scaled;
    return figureNamed(figures, split + kAbsolute);
}

QString errorName(const Figures &figures, const std::string &split)
{
    return figures.contains(split + kScaled) ? QStringLiteral("MASE") : QStringLiteral("MAE");
}

bool beatsNaive(const Figures &figures, const std::string &split)
{
    const auto own = figureNamed(figures, split + kScaled), naive = figureNamed(figures, kNaive);
    return !own || !naive || *own < *naive;
}

QString validationText(const train::EpochMetrics &epoch)
{
    if (!forecasts(epoch)) return percent(epoch.val_accuracy);
    const auto error = forecastError(epoch.figures, "val_");
    if (!error) return figure(epoch.val_loss);
    return QStringLiteral("%1 %2").arg(errorName(epoch.figures, "val_"), figure(*error));
}

QString validationText(const train::Run &run)
{
    const auto &done = run.manifest.summary;
    if (done && std::isfinite(done->val_accuracy)) return percent(done->val_accuracy);
    if (run.epochs.empty()) return {};
    if (!done) return validationText(run.epochs.back());
    const auto best = std::ranges::find(run.epochs, done->best_epoch, &train::EpochMetrics::epoch);
    return validationText(best == run.epochs.end() ? run.epochs.back() : *best);
}

} // namespace ostrich::ui
