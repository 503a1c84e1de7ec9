// The few shapes that a figure is made of, as SVG text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ostrich::robustness {

/// &, <, > and quotes as entities, for HTML and SVG alike.
std::string escaped(std::string_view text);
/// Told apart by colour-blind readers too (Okabe and Ito 2008), in this order; they repeat.
std::string_view seriesColour(std::size_t index);
/// White to deep blue for 0 to 1.
std::string heatColour(double share);

/// Round numbers inside [from, to], about `count` of them.
std::vector<double> ticks(double from, double to, int count);

/// Collects shapes. Coordinates in pixels, y downwards.
class SvgCanvas {
public:
    SvgCanvas(double width, double height);

    enum class Anchor { Start, Middle, End };
    void line(double x1, double y1, double x2, double y2, std::string_view colour,
              double width = 1.0, bool dashed = false);
    void polyline(const std::vector<std::pair<double, double>> &points, std::string_view colour,
                  bool dashed);
    void polygon(const std::vector<std::pair<double, double>> &points, std::string_view colour,
                 double opacity);
    void rectangle(double x, double y, double width, double height, std::string_view colour);
    void dot(double x, double y, double radius, std::string_view colour);
    void text(double x, double y, std::string_view words, Anchor anchor = Anchor::Start,
              std::string_view colour = "#33363d", bool upright = false);
    std::string finished() const;

private:
    double m_width, m_height;
    std::string m_shapes;
};

} // namespace ostrich::robustness
