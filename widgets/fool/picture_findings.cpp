// Values and words of one picture and of the curve.
#include "fool/picture_findings.hpp"

#include "findings/figure_text.hpp"
#include "fool/answer_text.hpp"
#include "fool/attack_options.hpp"
#include "fool/epsilon_text.hpp"
#include "fool/fool_model.hpp"
#include "robustness/trial.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

using robustness::Curve; // lupdate loses its way behind a qualified return type
using robustness::Findings;
using robustness::Plot;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Report)
};

Curve namedCurve(const std::string &key, const QString &label)
{
    Curve curve;
    curve.key = key;
    curve.label = said(label);
    return curve;
}

/// The first step at which the network is fooled; null: at none.
const LiveAttack::Seen *flipOf(const std::vector<LiveAttack::Seen> &seen)
{
    const auto found = std::ranges::find(seen, true, &LiveAttack::Seen::fooled);
    return found == seen.end() ? nullptr : &*found;
}

/// What was added to `picture`, around grey, as strong as it can be shown.
Array visibleNoise(const Array &picture, const Array &attacked)
{
    Array noise{picture.shape, {}};
    double largest = 1e-6;
    for (std::size_t i = 0; i < picture.values.size(); ++i)
        largest = std::max(largest,
                           std::abs(static_cast<double>(attacked.values[i] - picture.values[i])));
    for (std::size_t i = 0; i < picture.values.size(); ++i)
        noise.values.push_back(
            static_cast<float>(0.5 + (attacked.values[i] - picture.values[i]) / (2.0 * largest)));
    return noise;
}

} // namespace

Plot sweepPlot(const FoolModel &model)
{
    const attack::AttackOptions options = model.sweepOptions();
    Curve attacked = namedCurve("attack", attackTitle(options)),
          noise = namedCurve("noise", Texts::tr("random noise of the same size"));
    noise.isReference = true;
    for (const attack::SweepPoint &point : model.sweep()) {
        const auto right = [&](double share) { return std::lround(share * model.sweepPictures()); };
        addShare(attacked, point.epsilon, right(point.robust_accuracy), model.sweepPictures());
        addShare(noise, point.epsilon, right(point.noise_accuracy), model.sweepPictures());
    }
    Plot plot;
    plot.key = "accuracy";
    plot.title =
        said(Texts::tr("%1 test pictures, bands of 95 %").arg(count(model.sweepPictures())));
    plot.xLabel = said(QStringLiteral("ε (%1)").arg(normName(options.norm)));
    plot.yLabel = said(Texts::tr("accuracy"));
    plot.yIsShare = true;
    plot.xIsLevels = options.norm == attack::Norm::Linf;
    plot.curves = {attacked, noise};
    return plot;
}

Plot lossPlot(const LiveAttack &live)
{
    const auto &seen = live.seen();
    Curve loss = namedCurve("loss", Texts::tr("loss"));
    for (const LiveAttack::Seen &each : seen) {
        loss.x.push_back(static_cast<double>(each.step));
        loss.y.push_back(each.loss);
    }
    Plot plot;
    plot.key = "loss";
    plot.title = said(Texts::tr("Loss, step by step"));
    plot.xLabel = said(Texts::tr("step"));
    plot.yLabel = said(Texts::tr("loss"));
    plot.curves.push_back(std::move(loss));
    if (const auto *flip = flipOf(seen)) {
        Curve marked = namedCurve("flip", Texts::tr("flips at step %1").arg(flip->step));
        marked.x = {static_cast<double>(flip->step)};
        marked.y = {flip->loss};
        plot.curves.push_back(std::move(marked));
    }
    return plot;
}

Findings pictureFindings(const DataModel &data, const FoolModel &model)
{
    const attack::AttackResult &result = *model.result();
    const Array &picture = model.picture(), attacked{picture.shape, result.x_adv.values};
    const QString from = answerText(data, result.before.values),
                  to = answerText(data, result.after.values),
                  attack = attackTitle(model.resultOptions());
    Findings findings;
    findings.study = Texts::tr("One picture").toStdString();
    findings.sentences = {
        said(result.y_pred[0] == result.y_adv[0]
                 ? Texts::tr("%1 leaves the network at %2.").arg(attack, to)
                 : Texts::tr("%1 takes the network from %2 to %3.").arg(attack, from, to))};
    if (isHeld(model.resultOptions())) // else there is no size
        findings.sentences.push_back(said(Texts::tr("Random noise of the same size makes it %1.")
                                              .arg(answerText(data, result.noise.values))));
    findings.pictures = {
        {picture, said(from)},
        {visibleNoise(picture, attacked), said(Texts::tr("the noise, made visible"))},
        {attacked, said(to)}};
    return findings;
}

Findings sweepFindings(const FoolModel &model)
{
    Findings findings;
    findings.study = Texts::tr("Accuracy against ε").toStdString();
    findings.plots.push_back(sweepPlot(model));
    const Curve &attacked = findings.plots.back().curves.front();
    findings.sentences.push_back(
        said(Texts::tr("%1 leaves %2 of %3 test pictures right at ε = %4; untouched: %5.")
                 .arg(attackTitle(model.sweepOptions()), percent(attacked.y.back()),
                      count(model.sweepPictures()),
                      epsilonText(attacked.x.back(), model.sweepOptions().norm),
                      percent(attacked.y.front()))));
    findings.asked =
        said(Texts::tr("The bands are exact 95 % intervals (Clopper and Pearson 1934)."));
    return findings;
}

Findings lossFindings(const LiveAttack &live, const QString &attack)
{
    Findings findings;
    findings.study = Texts::tr("Loss, step by step").toStdString();
    const auto &seen = live.seen();
    const auto *flip = flipOf(seen);
    findings.sentences.push_back(
        said(flip ? Texts::tr("With %1 the answer flips at step %2 of %3.")
                        .arg(attack)
                        .arg(flip->step)
                        .arg(seen.back().step)
                  : Texts::tr("With %1 the answer flips at none of %2 steps.")
                        .arg(attack)
                        .arg(seen.back().step)));
    findings.plots.push_back(lossPlot(live));
    return findings;
}

} // namespace ostrich::ui
