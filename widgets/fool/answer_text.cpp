// Wording of answers.
#include "fool/answer_text.hpp"

#include "model/data_model.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::AnswerText)
};

} // namespace

QString answerText(const DataModel &data, std::span<const float> probabilities)
{
    if (probabilities.empty()) return {};
    const auto winner = std::ranges::max_element(probabilities);
    const QString name = data.className(winner - probabilities.begin());
    const QString share = probabilityText(*winner);
    const bool isUnclear =
        name.size() == 1
        || std::any_of(name.begin(), name.end(), [](QChar sign) { return sign.isDigit(); });
    return isUnclear ? Texts::tr("“%1” %2").arg(name, share)
                     : QStringLiteral("%1 %2").arg(name, share);
}

QString emphasised(const QString &answer, bool isWrong)
{
    const Tokens &t = Theme::instance().tokens();
    return QStringLiteral("<b style='color:%1'>%2</b>")
        .arg(isWrong ? t.attackText.name() : t.text.name(), answer.toHtmlEscaped());
}

QString secondsText(double seconds)
{
    return Texts::tr("%1 s").arg(QLocale().toString(seconds, 'f', seconds < 0.1 ? 2 : 1));
}

} // namespace ostrich::ui
