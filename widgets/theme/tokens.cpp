// The design's colours, light and dark, as data: tokens, block categories, colour maps.
#include "theme/tokens.hpp"

namespace ostrich::ui {

namespace {

Tokens lightTokens()
{
    Tokens t;
    t.window = "#F2F3F5", t.panel = "#FFFFFF", t.canvas = "#F8F9FA", t.grid = "#D9DCE2",
    t.field = "#FFFFFF";
    t.text = "#1A1D23", t.muted = "#59606C", t.border = "#D5D9E0", t.control = "#B3B9C3";
    t.strong = "#868D99", t.wire = "#868D99", t.track = "#E3E6EB", t.hover = "#ECEEF2",
    t.selection = "#ECEAFB";
    t.accent = "#5546C8", t.accentFill = "#5546C8", t.onAccent = "#FFFFFF";
    t.error = "#B8321E", t.errorBackground = "#FCEBE7", t.warn = "#8A5A00", t.ok = "#00734F";
    t.training = "#0072B2", t.validation = "#C98000", t.test = "#009E73", t.attack = "#D55E00";
    t.trainingText = "#00639B", t.validationText = "#8F5A00", t.testText = "#00734F",
    t.attackText = "#B34700";
    t.gapBand = QColor(230, 159, 0, 41);
    return t;
}

Tokens darkTokens()
{
    Tokens t;
    t.window = "#16181C", t.panel = "#1E2126", t.canvas = "#131519", t.grid = "#2B2F36",
    t.field = "#16181C";
    t.text = "#E8EAED", t.muted = "#A3AAB6", t.border = "#353A43", t.control = "#515863";
    t.strong = "#6E7683", t.wire = "#6E7683", t.track = "#353A43", t.hover = "#292D34",
    t.selection = "#302C55";
    t.accent = "#A79BFF", t.accentFill = "#6A5AE0", t.onAccent = "#FFFFFF";
    t.error = "#FF8A75", t.errorBackground = "#3A201C", t.warn = "#F0B849", t.ok = "#3CC79A";
    t.training = "#56B4E9", t.validation = "#E69F00", t.test = "#2CC295", t.attack = "#FF7A33";
    t.trainingText = "#7CC5EF", t.validationText = "#F0B341", t.testText = "#3CC79A",
    t.attackText = "#FF9A63";
    t.gapBand = QColor(230, 159, 0, 51);
    return t;
}

struct CategoryColours {
    graph::Category category;
    const char *light, *dark;
};

constexpr CategoryColours kCategories[] = {
    {graph::Category::Data, "#5B6675", "#9AA5B4"},
    {graph::Category::Linear, "#2F62C9", "#7FA6F5"},
    {graph::Category::Convolution, "#00777A", "#3DBEC0"},
    {graph::Category::Pooling, "#0E7FB8", "#5BB8EA"},
    {graph::Category::Normalisation, "#7A6A00", "#C9B23C"},
    {graph::Category::Activation, "#B35A00", "#F0A04B"},
    {graph::Category::Recurrent, "#7A4BB0", "#B893E8"},
    {graph::Category::Attention, "#B0317F", "#EC85BF"},
    {graph::Category::Structure, "#7A5C48", "#C2A08A"},
    {graph::Category::Output, "#2E7D32", "#74C278"},
};

constexpr ColourStops kUnitLight = {0xF4F7FA, 0xBFDCEE, 0x6FAFD8, 0x2474AE, 0x0B3A63};
constexpr ColourStops kUnitDark = {0x14181E, 0x173A57, 0x2672AD, 0x77B6E4, 0xE6F3FC};
constexpr ColourStops kSignedLight = {0x0B4F8A, 0x6FAFD8, 0xF7F7F8, 0xE8A27C, 0xA83A08};
constexpr ColourStops kSignedDark = {0x8CC8F2, 0x2A6FA5, 0x1B1E23, 0xB4532A, 0xFFB28A};

} // namespace

Tokens themeTokens(bool dark)
{
    return dark ? darkTokens() : lightTokens();
}

QColor categoryColour(graph::Category category, bool dark)
{
    for (const CategoryColours &entry : kCategories)
        if (entry.category == category) return QColor(dark ? entry.dark : entry.light);
    return QColor(kCategories[0].light);
}

const ColourStops &unitStops(bool dark)
{
    return dark ? kUnitDark : kUnitLight;
}

const ColourStops &signedStops(bool dark)
{
    return dark ? kSignedDark : kSignedLight;
}

QRgb mix(const ColourStops &stops, float position)
{
    // A run that diverges shows what is no number: it takes the first colour.
    const float scaled = position > 0.0f ? std::min(position, 1.0f) * 4.0f : 0.0f;
    const int index = std::min(3, static_cast<int>(scaled));
    const float share = scaled - static_cast<float>(index);
    const QRgb a = stops[static_cast<std::size_t>(index)],
               b = stops[static_cast<std::size_t>(index) + 1];
    const auto blend = [share](int low, int high) {
        return static_cast<int>(static_cast<float>(low) + share * static_cast<float>(high - low)
                                + 0.5f);
    };
    return qRgb(blend(qRed(a), qRed(b)), blend(qGreen(a), qGreen(b)), blend(qBlue(a), qBlue(b)));
}

} // namespace ostrich::ui
