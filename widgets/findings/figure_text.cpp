// Numbers for people and for spreadsheets.
#include "findings/figure_text.hpp"

#include "theme/theme.hpp"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::Findings)
};

QString inUnit(double value, const robustness::Figure &figure)
{
    return figure.isLevels && std::isfinite(value) ? placeText(value, true)
                                                   : valueText(value, figure.isShare);
}

} // namespace

QString valueText(double value, bool isShare)
{
    if (!isShare) return figure(value);
    if (value < 0.0) return QStringLiteral("−") + percent(-value);
    return percent(value);
}

QString valueText(const robustness::Figure &figure)
{
    return inUnit(figure.value, figure);
}

QString intervalText(const robustness::Figure &figure)
{
    if (!figure.low || !figure.high) return {};
    return Texts::tr("%1 to %2").arg(inUnit(*figure.low, figure), inUnit(*figure.high, figure));
}

QString placeText(double x, bool isLevels)
{
    if (!isLevels) return figure(x);
    return x == 0.0 ? QStringLiteral("0")
                    : QLocale().toString(x * 255.0, 'g', 3) + QStringLiteral("/255");
}

Message said(const QString &words)
{
    return {words.toStdString(), {}};
}

QString csvLine(const QStringList &fields)
{
    QStringList quoted;
    for (const QString &field : fields) {
        const bool plain = !field.contains(QLatin1Char(',')) && !field.contains(QLatin1Char('"'))
                           && !field.contains(QLatin1Char('\n'));
        quoted << (plain ? field
                         : QLatin1Char('"')
                               + QString(field).replace(QLatin1Char('"'), QStringLiteral("\"\""))
                               + QLatin1Char('"'));
    }
    return quoted.join(QLatin1Char(',')) + QLatin1Char('\n');
}

QString csvNumber(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
}

} // namespace ostrich::ui
