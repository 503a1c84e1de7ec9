// Words for epsilon and attacks.
#include "fool/epsilon_text.hpp"

#include "theme/theme.hpp"

#include <QLocale>

#include <algorithm>

namespace ostrich::ui {

QString epsilonNumber(double epsilon, attack::Norm norm)
{
    const double value = norm == attack::Norm::L2 ? epsilon : epsilon * 255.0;
    return QLocale().toString(value, 'g', 3);
}

QString epsilonText(double epsilon, attack::Norm norm)
{
    if (epsilon <= 0.0) return QStringLiteral("0");
    const QString number = epsilonNumber(epsilon, norm);
    return norm == attack::Norm::L2 ? number : number + QStringLiteral("/255");
}

QString attackTitle(const attack::AttackOptions &options)
{
    const auto &all = attack::attacks();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto &d) { return d.name == options.attack; });
    if (found == all.end()) return QString::fromStdString(options.attack);
    const QString label = words(found->label);
    return found->usesSteps ? QStringLiteral("%1-%2").arg(label).arg(options.steps) : label;
}

} // namespace ostrich::ui
