// Painting on a canvas. The four channels of a pixel are worked on together so that the compiler
// makes one vector instruction of them.
#include "data/pictures/canvas.hpp"

#include <algorithm>
#include <cstdint>

namespace ostrich::data {

void paint(Canvas &canvas, const Stencil &stencil, const Colour &colour, double opacity,
           const cv::Mat1f &shade)
{
    const cv::Rect area = stencil.area();
    const auto scale = static_cast<float>(opacity / 255.0);
    for (int y = 0; y < area.height; ++y) {
        const std::uint8_t *mask = stencil.mask()[y];
        const float *light = shade.empty() ? nullptr : shade[y];
        cv::Vec4f *out = canvas[area.y + y] + area.x;
        for (int x = 0; x < area.width; ++x) {
            if (mask[x] == 0) continue;
            const float share = static_cast<float>(mask[x]) * scale;
            const float lit = light == nullptr ? share : share * light[x];
            const float add[4]{colour[0] * lit, colour[1] * lit, colour[2] * lit, share};
            const float keep = 1.0F - share;
            for (int i = 0; i < 4; ++i) out[x].val[i] = out[x].val[i] * keep + add[i];
        }
    }
}

void darken(Canvas &canvas, const Stencil &stencil, double strength)
{
    const cv::Rect area = stencil.area();
    const auto scale = static_cast<float>(strength / 255.0);
    for (int y = 0; y < area.height; ++y) {
        const std::uint8_t *mask = stencil.mask()[y];
        cv::Vec4f *out = canvas[area.y + y] + area.x;
        for (int x = 0; x < area.width; ++x) {
            if (mask[x] == 0) continue;
            const float factor = 1.0F - scale * static_cast<float>(mask[x]);
            const float factors[4]{factor, factor, factor, 1.0F};
            for (int i = 0; i < 4; ++i) out[x].val[i] *= factors[i];
        }
    }
}

void illuminate(Canvas &canvas, cv::Rect area, const cv::Mat1f &light, double strength)
{
    const auto scale = static_cast<float>(strength);
    for (int y = 0; y < area.height; ++y) {
        const float *row = light[y];
        cv::Vec4f *out = canvas[area.y + y] + area.x;
        for (int x = 0; x < area.width; ++x) {
            const float factor = 1.0F + scale * row[x];
            const float factors[4]{factor, factor, factor, 1.0F};
            for (int i = 0; i < 4; ++i) out[x].val[i] *= factors[i];
        }
    }
}

void compose(Canvas &scene, const Canvas &layer, cv::Rect area)
{
    for (int y = area.y; y < area.br().y; ++y) {
        const cv::Vec4f *in = layer[y];
        cv::Vec4f *out = scene[y];
        for (int x = area.x; x < area.br().x; ++x) {
            const float coverage = in[x][3];
            if (coverage == 0.0F) continue;
            const float keep = 1.0F - coverage;
            for (int i = 0; i < 4; ++i)
                out[x].val[i] = out[x].val[i] * keep + std::clamp(in[x].val[i], 0.0F, 1.0F);
        }
    }
}

} // namespace ostrich::data
