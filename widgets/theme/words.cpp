// The window's language, and numbers as the design writes them.
#include "base/result.hpp"
#include "theme/theme.hpp"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ostrich::ui {

namespace {

constexpr QChar kThinSpace(0x202F); // narrow, no break

std::optional<Language> chosen;

QLocale locale()
{
    return language() == Language::French ? QLocale(QLocale::French)
                                          : QLocale(QLocale::English, QLocale::UnitedStates);
}

/// Three significant digits.
QString three(double value)
{
    const int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    QString text = locale().toString(value, 'f', digits);
    if (digits > 0)
        while (text.endsWith(QLatin1Char('0'))) text.chop(1);
    while (text.endsWith(QLatin1Char('.')) || text.endsWith(QLatin1Char(','))) text.chop(1);
    return text;
}

} // namespace

Language language()
{
    if (!chosen)
        chosen = QLocale().language() == QLocale::French ? Language::French : Language::English;
    return *chosen;
}

void setLanguage(Language language)
{
    chosen = language;
}

QString words(const Words &words)
{
    return QString::fromStdString(words.in(language()));
}

QString sentence(const Message &message)
{
    return QString::fromStdString(ostrich::sentence(message, language()));
}

QString sentence(const Error &error)
{
    return QString::fromStdString(ostrich::sentence(error, language()));
}

QString count(std::int64_t value, bool compact)
{
    const double size = std::abs(static_cast<double>(value));
    if (!compact || size < 10'000) return locale().toString(static_cast<qlonglong>(value));
    const struct {
        double factor;
        const char *unit;
    } steps[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    for (const auto &[factor, unit] : steps)
        if (size >= factor * 0.9995)
            return three(static_cast<double>(value) / factor) + kThinSpace + QLatin1String(unit);
    return locale().toString(static_cast<qlonglong>(value));
}

QString figure(double value)
{
    if (!std::isfinite(value)) return QStringLiteral("–");
    const double size = std::abs(value);
    if (size >= 1e6 || (size > 0.0 && size < 1e-4)) return locale().toString(value, 'g', 3);
    const int before = size > 0.0 ? static_cast<int>(std::floor(std::log10(size))) : 0;
    return locale().toString(value, 'f', std::clamp(2 - before, 0, 6));
}

QString percent(double share)
{
    if (!std::isfinite(share)) return QStringLiteral("–");
    const double value = share * 100.0;
    if (value > 0 && value < 0.1)
        return QStringLiteral("< ") + locale().toString(0.1, 'f', 1) + kThinSpace
               + QLatin1Char('%');
    const QString digits =
        value >= 99.95 ? QStringLiteral("100") : locale().toString(value, 'f', 1);
    return digits + kThinSpace + QLatin1Char('%');
}

QString probabilityText(double probability)
{
    if (probability < 0.1 || probability >= 0.995) return percent(probability);
    return locale().toString(std::lround(probability * 100.0)) + kThinSpace + QLatin1Char('%');
}

} // namespace ostrich::ui
