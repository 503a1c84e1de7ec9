// What stands behind an animal: the choice, the two gradients and the texture.
#include "data/pictures/background.hpp"

#include "data/pictures/smooth_noise.hpp"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace ostrich::data {
namespace {

/// How different two colours look: weights near those of the eye's sensitivity.
double contrastOf(const Colour &a, const Colour &b)
{
    const Colour d = a - b;
    return std::hypot(0.9 * d[0], 1.3 * d[1], 0.6 * d[2]);
}

Colour meanColour(const Backdrop &backdrop)
{
    const auto sky = static_cast<float>(std::clamp(backdrop.horizon, 0.2, 0.8));
    return (backdrop.sky[0] + backdrop.sky[1]) * (0.5F * sky)
           + (backdrop.ground[0] + backdrop.ground[1]) * (0.5F * (1.0F - sky));
}

Backdrop drawBackdrop(const BackgroundArtwork &artwork, RandomStream &random)
{
    const auto kindIndex = static_cast<std::size_t>(pickWeighted(random, artwork.kinds));
    const BackgroundKind &kind = artwork.kinds[kindIndex];
    const auto index = static_cast<std::size_t>(pickWeighted(random, kind.palettes));
    const BackgroundPalette &palette = kind.palettes[index];
    const auto jitterPair = [&](const ColourPair &pair) {
        const Colour top = jittered(pair[0], artwork.jitter, random);
        const Colour bottom = jittered(pair[1], artwork.jitter, random);
        return ColourPair{top, bottom};
    };
    Backdrop backdrop{.kind = &kind, .sky = {}, .ground = {}};
    backdrop.sky = jitterPair(palette.sky);
    backdrop.ground = jitterPair(palette.ground);
    backdrop.horizon = kind.horizon.sample(random);
    return backdrop;
}

/// The gradient's colour at `place` (0 top, 1 bottom; beyond, the nearer end).
Colour gradient(const ColourPair &pair, double place)
{
    return pair[0] + (pair[1] - pair[0]) * static_cast<float>(std::clamp(place, 0.0, 1.0));
}

void paintSky(Canvas &scene, const Backdrop &backdrop)
{
    const int rows = scene.rows;
    for (int y = 0; y < rows; ++y) {
        const double height = static_cast<double>(y) / (rows - 1);
        const Colour colour = gradient(backdrop.sky, height / std::max(backdrop.horizon, 0.05));
        const cv::Vec4f pixel(colour[0], colour[1], colour[2], 1.0F);
        std::fill_n(scene[y], scene.cols, pixel);
    }
}

void paintGround(Canvas &scene, const Backdrop &backdrop, RandomStream &random)
{
    const int size = scene.rows;
    std::vector<float> edge(5);
    for (float &height : edge)
        height = static_cast<float>(
            (random.uniform(-1.0, 1.0) * backdrop.kind->unevenness + backdrop.horizon) * size);
    edge = enlarged(edge, size);
    const auto first = static_cast<int>(*std::min_element(edge.begin(), edge.end()));
    for (int y = std::max(first, 0); y < size; ++y) {
        const double height = static_cast<double>(y) / (size - 1);
        const Colour colour = gradient(
            backdrop.ground, (height - backdrop.horizon) / std::max(1.0 - backdrop.horizon, 0.05));
        const cv::Vec4f pixel(colour[0], colour[1], colour[2], 1.0F);
        cv::Vec4f *out = scene[y];
        for (int x = 0; x < size; ++x) {
            const float share =
                std::clamp(static_cast<float>(y) - edge[static_cast<std::size_t>(x)], 0.0F, 1.0F);
            for (int i = 0; i < 4; ++i) out[x].val[i] += (pixel.val[i] - out[x].val[i]) * share;
        }
    }
}

void paintFeatures(Canvas &scene, const Backdrop &backdrop, Zone zone, RandomStream &random)
{
    for (const Feature &feature : backdrop.kind->features)
        if (feature.on == zone && random.chance(feature.chance))
            paintFeature(scene, feature, backdrop, random);
}

void roughen(Canvas &scene, double amplitude, RandomStream &random)
{
    struct Octave {
        int cells;
        float weight;
    };
    constexpr std::array<Octave, 3> kOctaves{{{3, 0.5F}, {7, 0.3F}, {17, 0.25F}}};

    cv::Mat1f texture = cv::Mat1f::zeros(scene.size());
    for (const auto &[cells, weight] : kOctaves)
        texture += weight * enlarged(randomGrid(cells, cells, random), scene.size());
    illuminate(scene, {0, 0, scene.cols, scene.rows}, texture, amplitude);
}

} // namespace

std::optional<double> Backdrop::horizonLine(int canvasSize) const
{
    if (horizon >= 1.0) return std::nullopt;
    return horizon * canvasSize;
}

Backdrop chooseBackdrop(const BackgroundArtwork &artwork, const Colour &avoid, RandomStream &random)
{
    Backdrop best;
    double farthest = -1.0;
    for (int i = 0; i < artwork.tries && farthest <= artwork.minDistance; ++i) {
        const Backdrop backdrop = drawBackdrop(artwork, random);
        const double distance = contrastOf(meanColour(backdrop), avoid);
        if (distance <= farthest) continue;
        farthest = distance;
        best = backdrop;
    }
    return best;
}

void paintBackdrop(Canvas &scene, const BackgroundArtwork &artwork, const Backdrop &backdrop,
                   RandomStream &random)
{
    constexpr double kNoSkyBelow = 0.05; // a strip too thin for anything on it
    paintSky(scene, backdrop);
    if (backdrop.horizon > kNoSkyBelow) paintFeatures(scene, backdrop, Zone::Sky, random);
    if (backdrop.horizon < 1.0) {
        paintGround(scene, backdrop, random);
        paintFeatures(scene, backdrop, Zone::Ground, random);
    }
    roughen(scene, artwork.texture.sample(random), random);
}

} // namespace ostrich::data
