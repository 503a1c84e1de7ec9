// Heat maps, curves and points, drawn panel by panel with OpenCV.
#include "probe/heat_map.hpp"

#include "base/file.hpp"
#include "probe/lettering.hpp"

#include <fmt/format.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace ostrich::probe {

namespace {

constexpr int kWidth = 960; // pixels of all panels, margins included
constexpr int kMargin = 16;
constexpr int kInside = kWidth - 2 * kMargin;
const cv::Scalar kPaper(255, 255, 255);
const cv::Scalar kFrame(190, 185, 180);
using Colour = std::array<double, 3>; // blue, green, red
constexpr Colour kWhite{255, 255, 255}, kDarkBlue{107, 48, 8}, kBlue{178, 114, 0},
    kOrange{0, 120, 230};
/// Okabe and Ito's colours for classes.
constexpr std::array<Colour, 8> kClasses{{{178, 114, 0},
                                          {0, 94, 213},
                                          {115, 158, 0},
                                          {167, 121, 204},
                                          {0, 159, 230},
                                          {233, 180, 86},
                                          {66, 228, 240},
                                          {0, 0, 0}}};

cv::Vec3b mixed(const Colour &from, const Colour &to, double share)
{
    cv::Vec3b colour;
    for (std::size_t i = 0; i < 3; ++i)
        colour[static_cast<int>(i)] =
            static_cast<std::uint8_t>(std::lround(from[i] + (to[i] - from[i]) * share));
    return colour;
}

cv::Scalar asScalar(const Colour &colour)
{
    return {colour[0], colour[1], colour[2]};
}

/// What all values of one array are coloured by.
struct Scale {
    double most = 1.0;
    bool isSigned = false;

    explicit Scale(std::span<const float> values)
    {
        double least = 0.0, largest = 0.0;
        for (const float value : values) {
            if (!std::isfinite(value)) continue;
            least = std::min(least, static_cast<double>(value));
            largest = std::max(largest, static_cast<double>(value));
        }
        isSigned = least < 0.0;
        most = std::max(largest, -least);
        // Shares and gates keep their own scale as long as it shows anything.
        if (!isSigned && most <= 1.0 && most > 0.5) most = 1.0;
        if (most <= 0.0) most = 1.0;
    }

    cv::Vec3b colour(float value) const
    {
        const double share =
            std::isfinite(value) ? std::clamp(static_cast<double>(value) / most, -1.0, 1.0) : 0.0;
        if (!isSigned) return mixed(kWhite, kDarkBlue, share);
        return share < 0.0 ? mixed(kWhite, kOrange, -share) : mixed(kWhite, kBlue, share);
    }

    std::string text() const
    {
        return isSigned ? fmt::format("{:.3g} .. {:.3g}", -most, most)
                        : fmt::format("0 .. {:.3g}", most);
    }
};

/// One map: row r, column c is values[r * rowStep + c * columnStep].
struct Grid {
    std::span<const float> values;
    std::int64_t rows = 0, columns = 0;
    std::int64_t rowStep = 0, columnStep = 0;

    float at(std::int64_t row, std::int64_t column) const
    {
        return values[static_cast<std::size_t>(row * rowStep + column * columnStep)];
    }
};

cv::Mat painted(const Grid &grid, const Scale &scale, cv::Size size)
{
    cv::Mat cells(static_cast<int>(grid.rows), static_cast<int>(grid.columns), CV_8UC3);
    for (int row = 0; row < cells.rows; ++row)
        for (int column = 0; column < cells.cols; ++column)
            cells.at<cv::Vec3b>(row, column) = scale.colour(grid.at(row, column));
    cv::Mat picture;
    const bool shrinks = size.width < cells.cols || size.height < cells.rows;
    cv::resize(cells, picture, size, 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_NEAREST);
    return picture;
}

void frame(cv::Mat &canvas, const cv::Rect &place)
{
    cv::rectangle(canvas, place, kFrame, 1);
}

cv::Mat blank(int height)
{
    return {std::max(height, 1), kWidth, CV_8UC3, kPaper};
}

int widestOf(const std::vector<std::string> &words)
{
    int widest = 0;
    for (const std::string &word : words) widest = std::max(widest, widthOf(word));
    return widest;
}

std::vector<std::string> lettered(const std::vector<std::string> &words, std::size_t longest = 14)
{
    std::vector<std::string> plain;
    for (const std::string &word : words) plain.push_back(plainLetters(word, longest));
    return plain;
}

/// `words` below the cells of a row that is `width` wide, as many as have room.
void wordsBelow(cv::Mat &canvas, const std::vector<std::string> &words, cv::Point corner, int width)
{
    const double cell = static_cast<double>(width) / static_cast<double>(words.size());
    const auto every = static_cast<std::size_t>(std::max(std::ceil(kLineHeight / cell), 1.0));
    for (std::size_t i = 0; i < words.size(); i += every) {
        const int x = corner.x + static_cast<int>(cell * (static_cast<double>(i) + 0.5));
        writeUpright(canvas, words[i], {x - kLineHeight / 2, corner.y + 4 + widthOf(words[i])});
    }
}

/// A number for each step: bars, or a curve where there are many.
cv::Mat stepsPanel(const Array &array, const std::vector<std::string> &steps)
{
    constexpr int kHeight = 180;
    constexpr std::size_t kMostBars = 80;
    const std::vector<std::string> words =
        steps.size() == array.values.size() ? lettered(steps) : std::vector<std::string>();
    cv::Mat panel = blank(kHeight + 8 + widestOf(words));
    const Scale scale(array.values);
    const int zero = scale.isSigned ? kHeight / 2 : kHeight;
    const double unit = (scale.isSigned ? kHeight / 2 : kHeight) / scale.most;
    const double cell = static_cast<double>(kInside) / static_cast<double>(array.values.size());
    std::vector<cv::Point> curve;
    for (std::size_t i = 0; i < array.values.size(); ++i) {
        const float value = std::isfinite(array.values[i]) ? array.values[i] : 0.0F;
        const double left = kMargin + cell * static_cast<double>(i);
        const int y = zero - static_cast<int>(std::lround(static_cast<double>(value) * unit));
        curve.emplace_back(static_cast<int>(left + cell / 2.0), y);
        if (array.values.size() > kMostBars) continue;
        const Colour &colour = value < 0.0F ? kOrange : kBlue;
        cv::rectangle(panel, cv::Point(static_cast<int>(left + 0.1 * cell), zero),
                      cv::Point(static_cast<int>(left + 0.9 * cell), y), asScalar(colour),
                      cv::FILLED);
    }
    if (array.values.size() > kMostBars)
        cv::polylines(panel, curve, false, asScalar(kBlue), 2, cv::LINE_AA);
    cv::line(panel, {kMargin, zero}, {kMargin + kInside, zero}, kFrame, 1);
    if (!words.empty()) wordsBelow(panel, words, {kMargin, kHeight}, kInside);
    return panel;
}

/// (T, F): time to the right. A map (H, W) that is no sequence keeps its proportions.
cv::Mat mapPanel(const Array &array, const std::vector<std::string> &steps)
{
    const std::int64_t first = array.dim(0), second = array.dim(1);
    const bool overTime = std::ssize(steps) == first;
    const Grid grid = overTime ? Grid{array.values, second, first, 1, second}
                               : Grid{array.values, first, second, second, 1};
    const double cell = std::clamp(static_cast<double>(kInside) / static_cast<double>(grid.columns),
                                   0.1, overTime ? 40.0 : 400.0 / static_cast<double>(first));
    const int width = std::max(static_cast<int>(cell * static_cast<double>(grid.columns)), 1);
    const double tall = static_cast<double>(grid.rows) * cell;
    const int height = std::max(
        static_cast<int>(overTime ? std::clamp(tall, 24.0, 260.0) : std::min(tall, 1200.0)), 1);
    const std::vector<std::string> words = overTime ? lettered(steps) : std::vector<std::string>();
    cv::Mat panel = blank(height + 8 + widestOf(words));
    painted(grid, Scale(array.values), {width, height})
        .copyTo(panel(cv::Rect(kMargin, 0, width, height)));
    frame(panel, {kMargin, 0, width, height});
    if (!words.empty()) wordsBelow(panel, words, {kMargin, height}, width);
    return panel;
}

/// How small maps lie side by side.
struct Tiling {
    int columns = 1, rows = 1;
    int width = 1, height = 1; // of one map
    int left = 0;              // room for words
    static constexpr int kGap = 22;
};

Tiling tiling(std::int64_t maps, std::int64_t perRow, std::int64_t mapRows, std::int64_t mapColumns,
              int left)
{
    constexpr double kLargest = 320.0; // pixels of a map's longer side
    Tiling tiles;
    tiles.columns = static_cast<int>(perRow);
    tiles.rows = static_cast<int>((maps + perRow - 1) / perRow);
    tiles.left = left;
    const double room =
        static_cast<double>(kInside - left) / static_cast<double>(perRow) - Tiling::kGap;
    const double longer = static_cast<double>(std::max(mapRows, mapColumns));
    const double cell =
        std::max(std::min(room / static_cast<double>(mapColumns), kLargest / longer), 0.01);
    tiles.width = std::max(static_cast<int>(cell * static_cast<double>(mapColumns)), 1);
    tiles.height = std::max(static_cast<int>(cell * static_cast<double>(mapRows)), 1);
    return tiles;
}

/// Attention (layers, heads, T, S): a row of squares for each layer; words along T and along S.
cv::Mat attentionPanel(const Array &array, const std::vector<std::string> &along,
                       const std::vector<std::string> &across)
{
    constexpr int kSmallest = 11; // pixels of a cell beside which a word has room
    const std::int64_t layers = array.dim(0), heads = array.dim(1);
    const std::int64_t rows = array.dim(2), columns = array.dim(3);
    std::vector<std::string> steps = lettered(along), keys = lettered(across);
    Tiling tiles = tiling(layers * heads, heads, rows, columns, widestOf(steps) + 6);
    const bool roomForWords = tiles.height / std::max<std::int64_t>(rows, 1) >= kSmallest
                              && std::ssize(steps) == rows && std::ssize(keys) == columns;
    if (!roomForWords) tiles = tiling(layers * heads, heads, rows, columns, 0);
    const int below = roomForWords ? widestOf(keys) + 8 : 0;
    cv::Mat panel = blank(tiles.rows * (tiles.height + Tiling::kGap) + below);
    const Scale scale(array.values);
    for (std::int64_t map = 0; map < layers * heads; ++map) {
        const auto row = static_cast<int>(map / heads), column = static_cast<int>(map % heads);
        const cv::Rect place(kMargin + tiles.left + column * (tiles.width + Tiling::kGap),
                             kLineHeight + row * (tiles.height + Tiling::kGap), tiles.width,
                             tiles.height);
        const Grid grid{std::span(array.values)
                            .subspan(static_cast<std::size_t>(map * rows * columns),
                                     static_cast<std::size_t>(rows * columns)),
                        rows, columns, columns, 1};
        painted(grid, scale, place.size()).copyTo(panel(place));
        frame(panel, place);
        if (layers * heads > 1)
            write(panel, fmt::format("{}.{}", row + 1, column + 1), {place.x, place.y - 4});
        if (!roomForWords) continue;
        if (row + 1 == layers)
            wordsBelow(panel, keys, {place.x, place.y + place.height}, place.width);
        for (std::size_t i = 0; column == 0 && i < steps.size(); ++i)
            write(panel, steps[i],
                  {kMargin + tiles.left - 6 - widthOf(steps[i]),
                   place.y + 4
                       + static_cast<int>((static_cast<double>(i) + 0.5) * tiles.height
                                          / static_cast<double>(rows))});
    }
    return panel;
}

/// Maps (C, H, W), up to 64 of them.
cv::Mat channelsPanel(const Array &array)
{
    const std::int64_t maps = std::min<std::int64_t>(array.dim(0), 64);
    const std::int64_t rows = array.dim(1), columns = array.dim(2);
    const Tiling tiles = tiling(maps, std::min<std::int64_t>(maps, 8), rows, columns, 0);
    cv::Mat panel = blank(tiles.rows * (tiles.height + 6));
    const Scale scale(array.values);
    for (std::int64_t map = 0; map < maps; ++map) {
        const auto row = static_cast<int>(map / tiles.columns),
                   column = static_cast<int>(map % tiles.columns);
        const cv::Rect place(kMargin + column * (tiles.width + 6), row * (tiles.height + 6),
                             tiles.width, tiles.height);
        const Grid grid{std::span(array.values)
                            .subspan(static_cast<std::size_t>(map * rows * columns),
                                     static_cast<std::size_t>(rows * columns)),
                        rows, columns, columns, 1};
        painted(grid, scale, place.size()).copyTo(panel(place));
        frame(panel, place);
    }
    return panel;
}

/// Points (N, 2), coloured by `labels` where there is one for each, or with their words.
cv::Mat planePanel(const Array &points, const ProbeResult &result)
{
    constexpr int kSide = 460;
    constexpr std::size_t kMostWords = 150; // more would only hide each other
    cv::Mat panel = blank(kSide + 4);
    std::array<double, 2> least{1e300, 1e300}, most{-1e300, -1e300};
    for (std::size_t i = 0; i < points.values.size(); ++i) {
        least[i % 2] = std::min(least[i % 2], static_cast<double>(points.values[i]));
        most[i % 2] = std::max(most[i % 2], static_cast<double>(points.values[i]));
    }
    const auto place = [&](std::size_t point, std::size_t axis, int pixels) {
        const double range = std::max(most[axis] - least[axis], 1e-12);
        const double share =
            (static_cast<double>(points.values[2 * point + axis]) - least[axis]) / range;
        return 12 + static_cast<int>(share * (pixels - 24));
    };
    const auto labels = result.arrays.find("labels");
    const bool coloured =
        labels != result.arrays.end() && std::ssize(labels->second.values) == points.dim(0);
    const bool named = !coloured && std::ssize(result.words) == points.dim(0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(points.dim(0)); ++i) {
        const cv::Point at(kMargin + place(i, 0, kInside), kSide - place(i, 1, kSide));
        const auto label = coloured ? std::lround(std::abs(labels->second.values[i])) : 0;
        const Colour &colour = kClasses[static_cast<std::size_t>(label) % kClasses.size()];
        cv::circle(panel, at, named ? 2 : 4, asScalar(colour), cv::FILLED, cv::LINE_AA);
        if (named && i < kMostWords)
            write(panel, plainLetters(result.words[i], 14), at + cv::Point(4, 4));
    }
    frame(panel, {kMargin, 0, kInside, kSide});
    return panel;
}

cv::Mat panelOf(const std::string &name, const Array &array, const ProbeResult &result)
{
    const auto isPlane = std::ranges::find(result.planes, name) != result.planes.end();
    if (isPlane) return planePanel(array, result);
    if (array.shape.size() == 2 && name.ends_with("rollout")) // laid as the maps it is made of
        return attentionPanel({{1, 1, array.dim(0), array.dim(1)}, array.values}, result.steps,
                              result.steps);
    if (array.shape.size() == 1) return stepsPanel(array, result.steps);
    if (array.shape.size() == 2) return mapPanel(array, result.steps);
    if (array.shape.size() == 3) return channelsPanel(array);
    const bool atItself = name == "self_attention"; // whose words are those of T alone
    return attentionPanel(array, result.steps, atItself ? result.steps : result.keys);
}

/// "gate_i (66, 32)  0 .. 1", "half_memory 50".
std::string titleOf(const std::string &name, const Array &array)
{
    if (array.shape.empty()) return fmt::format("{}  {:.4g}", name, array.values.front());
    std::string sizes;
    for (const std::int64_t size : array.shape)
        sizes += (sizes.empty() ? "" : ", ") + std::to_string(size);
    return fmt::format("{} ({})   {}", name, sizes, Scale(array.values).text());
}

} // namespace

cv::Mat heatMap(const ProbeResult &result)
{
    cv::Mat picture = blank(kMargin);
    for (const auto &[name, array] : result.arrays) {
        const bool coloursOthers = name == "labels" && !result.planes.empty();
        if (array.empty() || coloursOthers) continue;
        cv::Mat title = blank(kLineHeight + 6);
        write(title, plainLetters(titleOf(name, array), 110), {kMargin, kLineHeight - 4});
        picture.push_back(title);
        if (!array.shape.empty()) picture.push_back(panelOf(name, array, result));
        picture.push_back(blank(kMargin));
    }
    return picture;
}

Result<void> saveHeatMap(const ProbeResult &result, const std::filesystem::path &file)
{
    std::vector<unsigned char> png;
    cv::imencode(".png", heatMap(result), png);
    return writeFile(file, {reinterpret_cast<const char *>(png.data()), png.size()});
}

} // namespace ostrich::probe
