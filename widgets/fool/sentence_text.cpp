// Wording of one sentence and its search.
#include "fool/sentence_text.hpp"

#include "fool/answer_text.hpp"
#include "fool/sentence_model.hpp"

#include <QCoreApplication>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::SentenceView)
};

std::vector<float> floats(const std::vector<double> &values)
{
    return {values.begin(), values.end()};
}

QString costText(const attack::WordResult &result)
{
    return Texts::tr("%Ln question(s) to the network, %1.", nullptr,
                     static_cast<int>(result.queries))
        .arg(secondsText(result.seconds));
}

bool nearestAlone(const SentenceModel &model)
{
    return attack::wordOptions(model.parameters(), {}).nearest > 0;
}

/// Whether fewer words would do.
QString smallestText(const SentenceModel &model)
{
    const attack::WordResult &result = *model.result();
    if (result.changes.size() == 1) return Texts::tr("One word is the fewest there can be.");
    if (!result.provenSmallest)
        return Texts::tr("Perhaps a smaller set does it too: not all were tried.");
    return nearestAlone(model)
               ? Texts::tr("No smaller set does it with the nearest words: all were tried.")
               : Texts::tr("No smaller set does it: all were tried.");
}

/// What to allow it where nothing fooled the network.
QString adviceText(const SentenceModel &model)
{
    return nearestAlone(model) ? Texts::tr("Allow more words, or any word in their place.")
                               : Texts::tr("Allow more words.");
}

QString foundText(const SentenceModel &model)
{
    const auto &result = model.result();
    if (model.running())
        return Texts::tr("Trying exchanges of %n word(s)…", nullptr,
                         static_cast<int>(model.found().size()) + 1);
    if (model.stopped()) return Texts::tr("Stopped on its way.");
    if (!result && model.unknown() > 0)
        return Texts::tr("The network does not know %n of these words.", nullptr, model.unknown());
    if (!result)
        return Texts::tr("“Fool it” looks for the fewest words whose exchange changes this.");
    if (!result->fooled) return adviceText(model) + QLatin1Char(' ') + costText(*result);
    if (result->changes.empty()) return {};
    return smallestText(model) + QLatin1Char(' ') + costText(*result);
}

double shareOf(const std::vector<double> &probabilities, std::int64_t index)
{
    const auto at = static_cast<std::size_t>(index);
    return at < probabilities.size() ? probabilities[at] : 0.0;
}

QString exchangesOf(const attack::WordResult &result, const QStringList &words)
{
    QStringList all;
    for (const attack::WordChange &change : result.changes)
        all << QStringLiteral("%1 → %2").arg(words.value(change.step),
                                             QString::fromStdString(change.to));
    return all.join(QStringLiteral(",  "));
}

} // namespace

QString outcomeText(const DataModel &data, const SentenceModel &model)
{
    const QString from = answerText(data, model.before());
    const attack::WordResult *newest = model.newest();
    if (!newest)
        return from.isEmpty()
                   ? QString()
                   : Texts::tr("The network reads this as %1.").arg(emphasised(from, false));
    const int changed = static_cast<int>(newest->changes.size());
    const QString to = answerText(data, floats(newest->after));
    if (newest->fooled && changed == 0)
        return Texts::tr("No word has to change: the network reads this as %1 already.")
            .arg(emphasised(to, false));
    if (newest->fooled)
        return Texts::tr("<b>%n of %1</b> words changed, and the network went from %2 to %3.",
                         nullptr, changed)
            .arg(newest->words.size())
            .arg(emphasised(from, false), emphasised(to, newest->y_adv != newest->y_pred));
    return model.result()
               ? Texts::tr("<b>%n</b> changed words do not fool it: the network says %1.", nullptr,
                           changed)
                     .arg(emphasised(to, false))
               : Texts::tr("<b>%n</b> changed words leave the network at %1.", nullptr, changed)
                     .arg(emphasised(to, false));
}

QString noteText(const SentenceModel &model)
{
    const QString found = foundText(model);
    if (!model.isCut()) return found;
    const QString cut = Texts::tr("Only the first %n word(s) are read.", nullptr,
                                  static_cast<int>(model.ids().size()));
    return found.isEmpty() ? cut : cut + QLatin1Char(' ') + found;
}

std::vector<WordStep> wordSteps(const DataModel &data, const SentenceModel &model)
{
    std::vector<WordStep> steps;
    const std::int64_t watched = model.watchedClass();
    if (const auto &before = model.before(); !before.empty())
        steps.push_back({0, Texts::tr("as it is"), answerText(data, before),
                         shareOf({before.begin(), before.end()}, watched), false});
    for (const attack::WordResult &found : model.found())
        steps.push_back({static_cast<int>(found.changes.size()), exchangesOf(found, model.words()),
                         answerText(data, floats(found.after)), shareOf(found.after, watched),
                         found.fooled});
    return steps;
}

} // namespace ostrich::ui
