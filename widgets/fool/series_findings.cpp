// Values and words of one series.
#include "fool/series_findings.hpp"

#include "findings/figure_text.hpp"
#include "fool/answer_text.hpp"
#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/picture_findings.hpp"
#include "fool/series_model.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ostrich::ui {

namespace {

using robustness::Curve; // lupdate loses its way behind a qualified return type
using robustness::Findings;
using robustness::Plot;

constexpr std::size_t kMostFeatures = 8; // plotted: a report is read

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Report)
};

/// Feature `feature` of `values` (T, `features`) over its steps.
Curve curveOf(const std::string &key, const QString &label, const std::vector<float> &values,
              std::size_t feature, std::size_t features)
{
    Curve curve;
    curve.key = key;
    curve.label = said(label);
    for (std::size_t i = feature; i < values.size(); i += features) {
        curve.x.push_back(static_cast<double>(i / features));
        curve.y.push_back(values[i]);
    }
    return curve;
}

/// "PGD-10, L∞, ε = 0.25 σ, seed 1"
QString askedWith(const attack::AttackOptions &options)
{
    QStringList parts{attackTitle(options)};
    if (isHeld(options)) {
        const QString size = QLocale().toString(options.epsilon, 'g', 3);
        parts << normName(options.norm)
              << (options.norm == attack::Norm::L0 ? Texts::tr("ε = %1 values").arg(size)
                                                   : QStringLiteral("ε = %1 σ").arg(size));
    }
    parts << Texts::tr("seed %1").arg(options.seed);
    return parts.join(QStringLiteral(", "));
}

} // namespace

Plot seriesPlot(const Array &series, const std::vector<float> &attacked, std::size_t feature)
{
    const auto features = static_cast<std::size_t>(series.dim(1));
    Plot plot;
    plot.key = features > 1 ? QStringLiteral("series-%1").arg(feature + 1).toStdString()
                            : std::string("series");
    plot.title =
        said(features > 1 ? Texts::tr("The series, feature %1").arg(static_cast<int>(feature) + 1)
                          : Texts::tr("The series"));
    plot.xLabel = said(Texts::tr("step"));
    plot.yLabel = said(Texts::tr("value"));
    if (attacked.size() == series.values.size())
        plot.curves.push_back(
            curveOf("attacked", Texts::tr("attacked"), attacked, feature, features));
    plot.curves.push_back(
        curveOf("series", Texts::tr("the series"), series.values, feature, features));
    plot.curves.back().isReference = true;
    return plot;
}

Findings seriesFindings(const DataModel &data, const SeriesModel &model)
{
    const attack::AttackResult &result = *model.result();
    const attack::AttackOptions &options = model.resultOptions();
    const QString from = answerText(data, result.before.values),
                  to = answerText(data, result.after.values), attack = attackTitle(options);
    Findings findings;
    findings.study = Texts::tr("One series").toStdString();
    findings.sentences = {
        said(result.y_pred[0] == result.y_adv[0]
                 ? Texts::tr("%1 leaves the network at %2.").arg(attack, to)
                 : Texts::tr("%1 takes the network from %2 to %3.").arg(attack, from, to)),
        said(Texts::tr("Random noise of the same size makes it %1.")
                 .arg(answerText(data, result.noise.values)))};
    findings.asked = said(askedWith(options));
    const auto features = static_cast<std::size_t>(model.series().dim(1));
    for (std::size_t i = 0; i < std::min(features, kMostFeatures); ++i)
        findings.plots.push_back(seriesPlot(model.series(), result.x_adv.values, i));
    if (!model.live().running() && !model.live().seen().empty()) // of this result
        findings.plots.push_back(lossPlot(model.live()));
    return findings;
}

} // namespace ostrich::ui
