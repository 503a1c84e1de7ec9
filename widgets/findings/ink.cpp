// The series' colours are Okabe and Ito's, in the lightness of the theme.
#include "findings/ink.hpp"

#include "theme/tokens.hpp"

#include <vector>

namespace ostrich::ui {

namespace {

constexpr double kWidth = 2.5;

} // namespace

QColor Ink::unit(double value) const
{
    return QColor::fromRgb(mix(unitStops(isDark), static_cast<float>(value)));
}

QColor Ink::signedUnit(double value) const
{
    return QColor::fromRgb(mix(signedStops(isDark), static_cast<float>((value + 1.0) / 2.0)));
}

Ink screenInk()
{
    const Theme &theme = Theme::instance();
    return {theme.tokens(), theme.isDark()};
}

Ink paperInk()
{
    return {themeTokens(false), false};
}

QPen curvePen(const Ink &ink, int index, bool isReference)
{
    const Tokens &t = ink.tokens;
    if (isReference) {
        QPen pen(t.strong, 2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
        pen.setDashPattern({3, 3});
        return pen;
    }
    static const std::vector<QList<double>> dashes = {{}, {5, 3}, {1.5, 2.5}, {9, 3}};
    const QColor purple(ink.isDark ? 0xDB93BC : 0xB0568A);
    const QColor colours[] = {t.attack, t.training, t.test, purple, t.text, t.validation};
    const auto at = static_cast<std::size_t>(index);
    QPen pen(colours[at % std::size(colours)], kWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    // A second round of the colours meets other dashes.
    const auto &dash = dashes[(at + at / std::size(colours)) % dashes.size()];
    if (!dash.isEmpty()) pen.setDashPattern(dash);
    return pen;
}

QColor readableOn(const QColor &ground)
{
    const double light = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF();
    return light > 0.55 ? QColor(0x1A1D23) : QColor(0xFFFFFF);
}

} // namespace ostrich::ui
