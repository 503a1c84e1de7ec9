// Smooth random fields.
#include "data/pictures/smooth_noise.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ostrich::data {
namespace {

/// Which four grid values make one enlarged value, and their weights.
struct Tap {
    std::array<int, 4> index;
    std::array<float, 4> weight;
};

float keysKernel(float distance)
{
    constexpr float a = -0.75F;
    const float d = std::abs(distance);
    if (d <= 1.0F) return ((a + 2.0F) * d - (a + 3.0F)) * d * d + 1.0F;
    if (d < 2.0F) return ((a * d - 5.0F * a) * d + 8.0F * a) * d - 4.0F * a;
    return 0.0F;
}

std::vector<Tap> taps(int cells, int count)
{
    std::vector<Tap> all(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const float place =
            (static_cast<float>(i) + 0.5F) * static_cast<float>(cells) / static_cast<float>(count)
            - 0.5F;
        const int first = static_cast<int>(std::floor(place)) - 1;
        for (int k = 0; k < 4; ++k) {
            const auto tap = static_cast<std::size_t>(k);
            all[static_cast<std::size_t>(i)].index[tap] = std::clamp(first + k, 0, cells - 1);
            all[static_cast<std::size_t>(i)].weight[tap] =
                keysKernel(place - static_cast<float>(first + k));
        }
    }
    return all;
}

} // namespace

cv::Mat1f randomGrid(int rows, int columns, RandomStream &random)
{
    cv::Mat1f grid(rows, columns);
    for (float &value : grid) value = static_cast<float>(random.uniform(-1.0, 1.0));
    return grid;
}

cv::Mat1f enlarged(const cv::Mat1f &grid, cv::Size size)
{
    cv::Mat1f wide(grid.rows, size.width);
    const std::vector<Tap> across = taps(grid.cols, size.width);
    for (int y = 0; y < grid.rows; ++y) {
        const float *in = grid[y];
        float *out = wide[y];
        for (const auto &[index, weight] : across)
            *out++ = in[index[0]] * weight[0] + in[index[1]] * weight[1] + in[index[2]] * weight[2]
                     + in[index[3]] * weight[3];
    }

    cv::Mat1f field(size);
    const std::vector<Tap> down = taps(grid.rows, size.height);
    for (int y = 0; y < size.height; ++y) {
        const auto &[index, weight] = down[static_cast<std::size_t>(y)];
        const float *a = wide[index[0]];
        const float *b = wide[index[1]];
        const float *c = wide[index[2]];
        const float *d = wide[index[3]];
        float *out = field[y];
        for (int x = 0; x < size.width; ++x)
            out[x] = a[x] * weight[0] + b[x] * weight[1] + c[x] * weight[2] + d[x] * weight[3];
    }
    return field;
}

std::vector<float> enlarged(const std::vector<float> &values, int count)
{
    const cv::Mat1f line(values, true);
    const cv::Mat1f field = enlarged(line.reshape(1, 1), {count, 1});
    return {field.begin(), field.end()};
}

} // namespace ostrich::data
