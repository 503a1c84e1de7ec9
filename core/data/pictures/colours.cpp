// Colours of the artwork: parsing and jitter.
#include "data/pictures/colours.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <string>

namespace ostrich::data {
namespace {

struct Hsv {
    float hue; // in sixths of a turn, 0 <= hue < 6
    float saturation;
    float value;
};

Hsv toHsv(const Colour &c)
{
    const float value = std::max({c[0], c[1], c[2]});
    const float chroma = value - std::min({c[0], c[1], c[2]});
    if (chroma <= 0.0F) return {0.0F, 0.0F, value};
    float hue = 0.0F;
    if (value == c[0])
        hue = (c[1] - c[2]) / chroma;
    else if (value == c[1])
        hue = 2.0F + (c[2] - c[0]) / chroma;
    else
        hue = 4.0F + (c[0] - c[1]) / chroma;
    return {hue < 0.0F ? hue + 6.0F : hue, chroma / value, value};
}

Colour toRgb(const Hsv &hsv)
{
    const auto channel = [&](float offset) {
        const float k = std::fmod(offset + hsv.hue, 6.0F);
        return hsv.value * (1.0F - hsv.saturation * std::clamp(std::min(k, 4.0F - k), 0.0F, 1.0F));
    };
    return {channel(5.0F), channel(3.0F), channel(1.0F)};
}

} // namespace

Colour parseColour(std::string_view text)
{
    unsigned value = 0;
    const char *const end = text.data() + text.size();
    if (text.size() != 7 || text.front() != '#'
        || std::from_chars(text.data() + 1, end, value, 16).ptr != end)
        throw std::invalid_argument("not a colour: " + std::string(text));
    const auto channel = [&](unsigned shift) {
        return static_cast<float>((value >> shift) & 0xFFU) / 255.0F;
    };
    return {channel(16), channel(8), channel(0)};
}

Colour jittered(const Colour &colour, const ColourJitter &jitter, RandomStream &random)
{
    Hsv hsv = toHsv(colour);
    const auto wander = [&](double amount) {
        return static_cast<float>(random.uniform(-amount, amount));
    };
    hsv.hue = std::fmod(hsv.hue + wander(jitter.hue) / 60.0F + 6.0F, 6.0F);
    hsv.saturation = std::clamp(hsv.saturation * (1.0F + wander(jitter.saturation)), 0.0F, 1.0F);
    hsv.value = std::clamp(hsv.value * (1.0F + wander(jitter.value)), 0.0F, 1.0F);
    return toRgb(hsv);
}

Colour clamped(const Colour &colour)
{
    Colour limited;
    for (int i = 0; i < 3; ++i) limited[i] = std::clamp(colour[i], 0.0F, 1.0F);
    return limited;
}

} // namespace ostrich::data
