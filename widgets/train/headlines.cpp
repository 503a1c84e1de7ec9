// Accuracies, or errors of forecasts; while a run goes on the last epoch speaks, then the best one,
// whose weights are kept.
#include "train/headlines.hpp"

#include "curves/run_figures.hpp"
#include "model/run_model.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

const QString kDash = QStringLiteral("–");

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::TrainPlace)
};

/// What is shown of a run.
struct Shown {
    const train::EpochMetrics *epoch = nullptr; // null: none yet
    const train::Summary *summary = nullptr;    // null: it has not ended
};

Shown shownOf(const RunModel &run)
{
    if (run.epochs().empty()) return {};
    Shown shown{&run.epochs().back(), nullptr};
    if (!run.summary()) return shown;
    const auto best =
        std::ranges::find(run.epochs(), run.summary()->best_epoch, &train::EpochMetrics::epoch);
    if (best != run.epochs().end()) shown = {&*best, &*run.summary()};
    return shown;
}

QString digits(double share)
{
    return QLocale().toString(share * 100.0, 'f', share >= 0.9995 ? 0 : 1);
}

Headlines accuracies(const Shown &shown, bool translates)
{
    Headlines lines;
    auto &[validation, gap, test] = lines.figures;
    validation.title =
        translates ? Texts::tr("Validation token accuracy") : Texts::tr("Validation accuracy");
    gap.title = Texts::tr("Gap");
    test.title = translates ? Texts::tr("Exact sentences") : Texts::tr("Test accuracy");
    for (Headline *line : {&validation, &gap, &test}) line->number = kDash;
    validation.note = Texts::tr("press Play");
    gap.note = Texts::tr("training minus validation");
    test.note = Texts::tr("measured once, at the end");
    if (!shown.epoch) return lines;
    const QString unit = QStringLiteral("%");
    validation.number = digits(shown.epoch->val_accuracy);
    validation.unit = unit;
    validation.note = Texts::tr("at epoch %1").arg(shown.epoch->epoch);
    const double difference = shown.epoch->train_accuracy - shown.epoch->val_accuracy;
    gap.number = QLocale().toString(difference * 100.0, 'f', 1);
    gap.unit = Texts::tr("points");
    gap.note = Texts::tr("training %1").arg(percent(shown.epoch->train_accuracy));
    if (!shown.summary) return lines;
    const auto exact = figureNamed(shown.summary->figures, "test_exact");
    test.number = digits(exact.value_or(shown.summary->test_accuracy));
    test.unit = unit;
    test.note =
        exact ? Texts::tr("tokens of the test split %1").arg(percent(shown.summary->test_accuracy))
              : Texts::tr("measured once");
    return lines;
}

Headlines errors(const Shown &shown)
{
    Headlines lines;
    lines.forecast = true;
    auto &[validation, naive, test] = lines.figures;
    const bool scaled = !shown.epoch || shown.epoch->figures.contains("val_mase");
    const QString name = scaled ? QStringLiteral("MASE") : QStringLiteral("MAE");
    validation.title = Texts::tr("Validation %1").arg(name);
    naive.title = Texts::tr("Naive forecast");
    test.title = Texts::tr("Test %1").arg(name);
    for (Headline *line : {&validation, &naive, &test}) line->number = kDash;
    validation.note = Texts::tr("press Play");
    naive.note = Texts::tr("the last value repeated");
    test.note = Texts::tr("measured once, at the end");
    if (!shown.epoch) return lines;
    const Figures &figures = shown.epoch->figures;
    const auto value = [](const Figures &from, const std::string &key) {
        return figure(figureNamed(from, key).value_or(std::nan("")));
    };
    validation.number = figure(forecastError(figures, "val_").value_or(shown.epoch->val_loss));
    validation.note = Texts::tr("at epoch %1").arg(shown.epoch->epoch);
    if (scaled) validation.note += QStringLiteral(" · MAE ") + value(figures, "val_mae");
    naive.number = value(figures, "naive_mase");
    naive.unit = naive.number == kDash ? QString() : QStringLiteral("MASE");
    if (figures.contains("seasonal_naive_mase"))
        naive.note = Texts::tr("one season back %1").arg(value(figures, "seasonal_naive_mase"));
    const bool beaten =
        shown.summary ? beatsNaive(shown.summary->figures, "test_") : beatsNaive(figures, "val_");
    if (!beaten) lines.remark = Texts::tr("No better than repeating the last value.");
    if (!shown.summary) return lines;
    const Figures &end = shown.summary->figures;
    test.number = figure(forecastError(end, "test_").value_or(shown.summary->test_loss));
    test.note = end.contains("naive_mase") ? Texts::tr("naive %1").arg(value(end, "naive_mase"))
                                           : Texts::tr("measured once");
    if (scaled) test.note += QStringLiteral(" · MAE ") + value(end, "test_mae");
    return lines;
}

} // namespace

Headlines headlinesOf(const RunModel &run, graph::Task task)
{
    const Shown shown = shownOf(run);
    const bool forecast = shown.epoch ? forecasts(*shown.epoch) : task == graph::Task::Regress;
    if (forecast) return errors(shown);
    const bool translates = shown.summary ? shown.summary->figures.contains("test_exact")
                                          : task == graph::Task::Translate;
    return accuracies(shown, translates);
}

} // namespace ostrich::ui
