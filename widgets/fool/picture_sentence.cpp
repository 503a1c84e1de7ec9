// Telling what an attack did, and when it had nothing to do.
#include "fool/picture_sentence.hpp"

#include "fool/answer_text.hpp"
#include "fool/fool_model.hpp"
#include "fool/shown_attack.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::PictureSentence)
};

std::int64_t winner(const std::vector<float> &probabilities)
{
    return std::ranges::max_element(probabilities) - probabilities.begin();
}

/// Empty: the attack has something to do.
QString nothingToFool(const DataModel &data, const FoolModel &model, const ShownAttack &shown,
                      bool isMisread)
{
    const auto &target = model.options().target;
    const std::int64_t said = winner(shown.before);
    const QString answer = emphasised(answerText(data, shown.before), false);
    if (target == said)
        return isMisread ? Texts::tr("The network was wrong already: without any noise it says %1.")
                               .arg(answer)
                         : Texts::tr("It is one already: without any noise the network says %1. "
                                     "Choose another target, or another picture.")
                               .arg(answer);
    if (target && target == model.label())
        return Texts::tr("It is one already, though the network says %1: this noise could only put "
                         "it right. Choose another target, or another picture.")
            .arg(answer);
    if (!isMisread || target) return {};
    return Texts::tr("The network was wrong already: without any noise it says %1, and the picture "
                     "shows %2.")
        .arg(answer, emphasised(data.className(*model.label()), false));
}

/// "the network went from dog 97 % to ostrich 99 %."
QString outcome(const DataModel &data, const ShownAttack &shown, bool isMisread)
{
    const QString from = emphasised(answerText(data, shown.before), false),
                  to = emphasised(answerText(data, shown.after), shown.isWrong);
    if (isMisread)
        return shown.isWrong
                   ? Texts::tr("the network, wrong already, went from %1 to %2.").arg(from, to)
                   : Texts::tr("the network, wrong already, still says %1.").arg(to);
    return shown.isWrong ? Texts::tr("the network went from %1 to %2.").arg(from, to)
                         : Texts::tr("the network still says %1.").arg(to);
}

} // namespace

QString PictureChange::levels() const
{
    return QLocale().toString(largest * 255.0, 'g', 3);
}

PictureChange changeOf(const FoolModel &model, const ShownAttack &shown)
{
    const Array &picture = model.picture();
    PictureChange change;
    const std::size_t plane = picture.values.size() / static_cast<std::size_t>(picture.dim(0));
    std::vector<bool> moved(plane, false);
    for (std::size_t i = 0; i < shown.attacked.size(); ++i) {
        const double by = std::abs(static_cast<double>(shown.attacked[i] - picture.values[i]));
        change.largest = std::max(change.largest, by);
        if (by > 0.0) moved[i % plane] = true;
    }
    change.pixels = static_cast<int>(std::ranges::count(moved, true));
    change.allPixels = static_cast<int>(plane);
    return change;
}

QString pictureSentence(const DataModel &data, const FoolModel &model, const ShownAttack &shown)
{
    const bool isMisread = model.label() && model.label() != winner(shown.before);
    if (const QString why = nothingToFool(data, model, shown, isMisread); !why.isEmpty())
        return why;
    const PictureChange change = changeOf(model, shown);
    const QString end = outcome(data, shown, isMisread);
    QString sentence =
        !model.isHeld() ? Texts::tr("Changed like this, the picture is read anew: %1").arg(end)
        : model.options().norm == attack::Norm::L0
            ? Texts::tr("Only %1 of %2 pixels changed, and %3")
                  .arg(QStringLiteral("<b>%1</b>").arg(count(change.pixels)),
                       count(change.allPixels), end)
            : Texts::tr("No pixel moved by more than <b>%1 of 255</b> levels, and %2")
                  .arg(change.levels(), end);
    const auto elsewhere = model.usesSurrogate() ? model.surrogateFolder() : std::nullopt;
    if (elsewhere)
        sentence +=
            QLatin1Char(' ')
            + Texts::tr("The noise was made on %1.").arg(model.runName(*elsewhere).toHtmlEscaped());
    return sentence;
}

} // namespace ostrich::ui
