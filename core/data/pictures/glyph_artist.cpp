// The artist of the built-in picture set `glyphs`: a hand, a pen and ink.
#include "data/pictures/glyph_artist.hpp"

#include "base/embedded.hpp"
#include "base/random.hpp"
#include "data/pictures/glyph_artwork.hpp"
#include "data/pictures/smooth_noise.hpp"
#include "data/pictures/stencil.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace ostrich::data {
namespace {

/// How one digit is written: its strokes' paths in canvas pixels around the origin, one unit of the
/// box in canvas pixels.
struct Writing {
    std::vector<Path> paths;
    double unit = 1.0;
};

/// The displacement of every whole point of the box, in both directions.
struct ElasticField {
    cv::Mat1f x;
    cv::Mat1f y;

    [[nodiscard]] Point at(Point place) const
    {
        const int column = static_cast<int>(std::clamp(place.x, 0.0, 100.0));
        const int row = static_cast<int>(std::clamp(place.y, 0.0, 100.0));
        return {x(row, column), y(row, column)};
    }
};

ElasticField drawElasticField(const Hand &hand, RandomStream &random)
{
    const auto field = [&] {
        const cv::Mat1f grid = randomGrid(hand.elasticCells, hand.elasticCells, random);
        return cv::Mat1f(enlarged(grid, {101, 101}) * hand.elasticAmount);
    };
    cv::Mat1f x = field();
    cv::Mat1f y = field();
    return {.x = x, .y = y};
}

/// Stretches, slants, turns and scales the box about its middle.
Affine drawHandMap(const Hand &hand, double unit, RandomStream &random)
{
    const double slant = std::tan(radians(hand.slant.sample(random)));
    const double rotation = hand.rotation.sample(random);
    const double aspect = hand.aspect.sample(random);
    return turnedAbout({}, rotation, unit, unit) * Affine{.xy = -slant} * Affine{.xx = aspect}
           * movedBy({-50.0, -50.0});
}

Writing write(const GlyphVariant &variant, const Hand &hand, int oversample, RandomStream &random)
{
    constexpr int kStepsPerSegment = 10;
    Writing writing{.paths = {}, .unit = hand.height.sample(random) * oversample / 100.0};
    const Affine toCanvas = drawHandMap(hand, writing.unit, random);
    const ElasticField field = drawElasticField(hand, random);
    for (std::vector<ControlPoint> points : variant.strokes) {
        for (ControlPoint &point : points) {
            point.at.x += random.normal(0.0, hand.pointJitter);
            point.at.y += random.normal(0.0, hand.pointJitter);
        }
        Path path = smoothOpen(points, kStepsPerSegment);
        for (Point &point : path) point = toCanvas(point + field.at(point));
        writing.paths.push_back(std::move(path));
    }
    return writing;
}

/// Moves the middle of the writing's bounding box to `place`.
void centreAt(Writing &writing, Point place)
{
    Point low = writing.paths.front().front();
    Point high = low;
    for (const Path &path : writing.paths) {
        for (const Point &point : path) {
            low = {std::min(low.x, point.x), std::min(low.y, point.y)};
            high = {std::max(high.x, point.x), std::max(high.y, point.y)};
        }
    }
    const Affine move = movedBy(place - (low + high) / 2.0);
    for (Path &path : writing.paths) path = move(path);
}

/// The pen's width along a path: thicker and thinner with the pressure, thinner at both ends.
std::vector<double> drawWidths(const Pen &pen, double thickness, std::size_t count,
                               RandomStream &random)
{
    constexpr double kTaperedShare = 0.15; // of the stroke, at either end
    std::vector<double> pressure(static_cast<std::size_t>(pen.pressureKnots));
    for (double &factor : pressure) factor = pen.pressure.sample(random);
    const double start = pen.endTaper.sample(random);
    const double end = pen.endTaper.sample(random);

    std::vector<double> widths;
    for (std::size_t i = 0; i < count; ++i) {
        const double place = static_cast<double>(i) / static_cast<double>(count - 1);
        const double fromStart = std::min(place / kTaperedShare, 1.0);
        const double fromEnd = std::min((1.0 - place) / kTaperedShare, 1.0);
        widths.push_back(thickness * alongKnots(pressure, place) * std::lerp(start, 1.0, fromStart)
                         * std::lerp(end, 1.0, fromEnd));
    }
    return widths;
}

/// Blurs the mask as ink does, makes it `size` pixels wide, sets gain and level, adds grain.
cv::Mat ink(const Stencil &stencil, const GlyphArtwork &artwork, RandomStream &random)
{
    const double blur = artwork.ink.blur.sample(random) * artwork.oversample;
    const double contrast = artwork.ink.contrast.sample(random);
    const double level = artwork.ink.level.sample(random);
    const double noise = artwork.ink.noise.sample(random);
    // Not cv::GaussianBlur, which spreads an 8-bit picture over OpenCV's threads.
    const cv::Mat kernel = cv::getGaussianKernel(2 * cvCeil(3.0 * blur) + 1, blur, CV_32F);
    cv::Mat1b wet;
    cv::sepFilter2D(stencil.mask(), wet, CV_8U, kernel, kernel, {-1, -1}, 0.0,
                    cv::BORDER_REFLECT_101);
    cv::Mat1b small;
    cv::resize(wet, small, {artwork.size, artwork.size}, 0.0, 0.0, cv::INTER_AREA);
    for (std::uint8_t &pixel : small) {
        const double dry = std::min(pixel / 255.0 * contrast, 1.0) * level;
        pixel = cv::saturate_cast<std::uint8_t>((dry + random.normal() * noise) * 255.0);
    }
    return small;
}

} // namespace

const GlyphArtist &GlyphArtist::instance()
{
    static const GlyphArtist artist(embeddedResource("pictures/glyphs.json").value());
    return artist;
}

GlyphArtist::GlyphArtist(std::string_view artworkJson)
    : m_artwork(std::make_unique<const GlyphArtwork>(parseGlyphs(artworkJson)))
{
}

GlyphArtist::~GlyphArtist() = default;

std::vector<std::string> GlyphArtist::classNames() const
{
    std::vector<std::string> names;
    for (const GlyphDigit &digit : m_artwork->digits) names.push_back(digit.name);
    return names;
}

cv::Mat GlyphArtist::draw(int digit, std::uint64_t seed) const
{
    const GlyphArtwork &artwork = *m_artwork;
    const GlyphDigit &subject = artwork.digits.at(static_cast<std::size_t>(digit));
    RandomStream random(seed, "glyphs." + subject.name);
    const auto variant = static_cast<std::size_t>(pickWeighted(random, subject.variants));
    Writing writing = write(subject.variants[variant], artwork.hand, artwork.oversample, random);

    const int canvasSize = artwork.size * artwork.oversample;
    const Point shift(random.uniform(-1.0, 1.0) * artwork.hand.shift.x,
                      random.uniform(-1.0, 1.0) * artwork.hand.shift.y);
    centreAt(writing, Point(0.5, 0.5) * canvasSize + shift * artwork.oversample);

    const double thickness = artwork.pen.thickness.sample(random) * writing.unit;
    Stencil stencil({0, 0, canvasSize, canvasSize});
    for (const Path &path : writing.paths)
        stencil.draw(
            {.path = path, .widths = drawWidths(artwork.pen, thickness, path.size(), random)});
    return ink(stencil, artwork, random);
}

} // namespace ostrich::data
