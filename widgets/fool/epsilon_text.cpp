// Words for epsilon and attacks.
#include "fool/epsilon_text.hpp"

#include "theme/theme.hpp"

#include <QLocale>

#include <array>
#include <cmath>

namespace ostrich::ui {

double usualEpsilon(const attack::AttackOptions &options, const graph::DataFacts &facts)
{
    constexpr double kGrey = 40.0 / 255.0;
    const attack::AttackDescription unknown, *known = attack::describedAttack(options.attack);
    const double usual = attack::usualEpsilon(known ? *known : unknown, options.norm, facts);
    const bool isGrey = facts.input.isMaps() && facts.input.size(graph::Axis::C) == 1;
    if (!isGrey || (known && known->usualEpsilon)) return usual;
    return options.norm == attack::Norm::Linf ? kGrey : 2.0 * usual;
}

bool areLevels(attack::Norm norm, const graph::DataFacts &facts)
{
    return norm == attack::Norm::Linf && facts.input.isMaps();
}

QString epsilonNumber(double epsilon, attack::Norm norm)
{
    const double value = norm == attack::Norm::Linf ? epsilon * 255.0 : epsilon;
    return QLocale().toString(value, 'g', 3);
}

QString epsilonUnit(attack::Norm norm)
{
    constexpr std::array kUnits{" / 255", " L2", " L1", " px"};
    return QString::fromLatin1(kUnits[static_cast<std::size_t>(norm)]);
}

QString normName(attack::Norm norm)
{
    const QString names[] = {QStringLiteral("L∞"), QStringLiteral("L2"), QStringLiteral("L1"),
                             QStringLiteral("L0")};
    return names[static_cast<std::size_t>(norm)];
}

QString epsilonText(double epsilon, attack::Norm norm)
{
    if (epsilon <= 0.0) return QStringLiteral("0");
    const QString number = epsilonNumber(epsilon, norm);
    if (norm == attack::Norm::Linf) return number + QStringLiteral("/255");
    return norm == attack::Norm::L0 ? number + epsilonUnit(norm) : number;
}

EpsilonScale epsilonScale(double largest, attack::Norm norm)
{
    const auto inQuarters = [](double step, int labelEvery) {
        return EpsilonScale{step, labelEvery, step / 4.0};
    };
    switch (norm) {
    case attack::Norm::Linf:
        return inQuarters(1.0 / 255.0, largest > 20.0 / 255.0 ? 20 : 4);
    case attack::Norm::L2:
        return inQuarters(0.25, largest > 4.0 ? 8 : 4);
    case attack::Norm::L1:
    case attack::Norm::L0: {
        // Some fifty ticks, a label at each quarter.
        const double step = std::max(1.0, std::round(largest / 64.0));
        EpsilonScale scale = inQuarters(step, static_cast<int>(largest / 4.0 / step));
        if (norm == attack::Norm::L0) scale.snap = std::max(1.0, std::round(scale.snap)); // pixels
        return scale;
    }
    }
    return inQuarters(largest / 16.0, 4);
}

QString attackTitle(const attack::AttackOptions &options)
{
    const auto *found = attack::describedAttack(options.attack);
    if (!found) return QString::fromStdString(options.attack);
    const QString label = words(found->label);
    return found->defaultSteps > 0
               ? QStringLiteral("%1-%2").arg(label).arg(attack::stepsOf(options))
               : label;
}

} // namespace ostrich::ui
