// The few shapes that a figure is made of, as SVG text.
#include "robustness/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace ostrich::robustness {

std::string escaped(std::string_view text)
{
    std::string safe;
    for (const char sign : text) {
        switch (sign) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        default:
            safe += sign;
        }
    }
    return safe;
}

std::string_view seriesColour(std::size_t index)
{
    constexpr std::array<std::string_view, 7> kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                       "#e69f00", "#56b4e9", "#5b5b5b"};
    return kColours[index % kColours.size()];
}

std::string heatColour(double share)
{
    const double strength = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0;
    const auto mixed = [&](double from, double to) {
        return static_cast<int>(std::lround(from + (to - from) * strength));
    };
    return fmt::format("#{:02x}{:02x}{:02x}", mixed(255, 12), mixed(255, 74), mixed(255, 126));
}

std::vector<double> ticks(double from, double to, int count)
{
    if (!(to > from) || count < 1) return {from};
    const double rough = (to - from) / count;
    const double exponent = std::floor(std::log10(rough));
    double leading = 1.0; // of the step
    for (const double digit : {1.0, 2.0, 5.0, 10.0}) {
        leading = digit;
        if (digit * std::pow(10.0, exponent) >= rough) break;
    }
    // Divided by a whole power of ten where that is one: 0.6 is 6 / 10, not 3 times 0.2.
    const double power = std::pow(10.0, std::abs(exponent));
    const auto place = [&](double k) {
        return exponent < 0.0 ? k * leading / power : k * leading * power;
    };
    const double step = place(1.0);
    std::vector<double> places;
    // From 0, not from -0.
    for (double k = std::ceil(from / step - 1e-9) + 0.0; place(k) <= to + 1e-9 * step; ++k)
        places.push_back(place(k));
    return places;
}

SvgCanvas::SvgCanvas(double width, double height) : m_width(width), m_height(height) {}

void SvgCanvas::line(double x1, double y1, double x2, double y2, std::string_view colour,
                     double width, bool dashed)
{
    m_shapes += fmt::format(
        R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"{}/>)",
        x1, y1, x2, y2, colour, width, dashed ? R"( stroke-dasharray="4 4")" : "");
    m_shapes += '\n';
}

namespace {

std::string listed(const std::vector<std::pair<double, double>> &points)
{
    std::string all;
    for (const auto &[x, y] : points) all += fmt::format("{:.1f},{:.1f} ", x, y);
    return all;
}

} // namespace

void SvgCanvas::polyline(const std::vector<std::pair<double, double>> &points,
                         std::string_view colour, bool dashed)
{
    m_shapes += fmt::format(
        R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-linejoin="round"{}/>)",
        listed(points), colour, dashed ? R"( stroke-dasharray="5 4")" : "");
    m_shapes += '\n';
}

void SvgCanvas::polygon(const std::vector<std::pair<double, double>> &points,
                        std::string_view colour, double opacity)
{
    m_shapes += fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="{}"/>)", listed(points),
                            colour, opacity);
    m_shapes += '\n';
}

void SvgCanvas::rectangle(double x, double y, double width, double height, std::string_view colour)
{
    m_shapes +=
        fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>)", x,
                    y, width, height, colour);
    m_shapes += '\n';
}

void SvgCanvas::dot(double x, double y, double radius, std::string_view colour)
{
    m_shapes +=
        fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}"/>)", x, y, radius, colour);
    m_shapes += '\n';
}

void SvgCanvas::text(double x, double y, std::string_view words, Anchor anchor,
                     std::string_view colour, bool upright)
{
    constexpr std::array<std::string_view, 3> kAnchors{"start", "middle", "end"};
    m_shapes +=
        fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" fill="{}"{}>{}</text>)", x, y,
                    kAnchors[static_cast<std::size_t>(anchor)], colour,
                    upright ? fmt::format(R"x( transform="rotate(-90 {:.1f} {:.1f})")x", x, y) : "",
                    escaped(words));
    m_shapes += '\n';
}

std::string SvgCanvas::finished() const
{
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}" font-family="Inter, sans-serif" font-size="12">)"
        "\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{2}</svg>\n",
        m_width, m_height, m_shapes);
}

} // namespace ostrich::robustness
