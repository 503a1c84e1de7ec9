// Sizes, places and relief of the Square attack's windows.
#include "attack/square_windows_torch.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace ostrich::attack {

namespace {

/// (N): the first row (or column) of each window, from draws (N) in [0, 1).
at::Tensor corner(const at::Tensor &draws, std::int64_t size, std::int64_t length)
{
    return (draws * static_cast<double>(size - length + 1)).floor().to(at::kLong);
}

at::Tensor count(std::int64_t length, const at::Tensor &like)
{
    return at::arange(length, like.options().dtype(at::kLong));
}

/// (rows · columns) of length 1: the value at distance d (in king's moves) of the centre is the sum
/// of 1 / (m + 1)^2 over all m >= d within reach, so that it falls off to the rim.
std::vector<double> hill(std::int64_t rows, std::int64_t columns)
{
    const auto reach = static_cast<std::size_t>(std::max(rows, columns) / 2 + 1);
    std::vector<double> height(reach + 1, 0.0);
    for (std::size_t m = reach; m-- > 0;)
        height[m] = height[m + 1] + 1.0 / static_cast<double>((m + 1) * (m + 1));
    std::vector<double> relief;
    double squares = 0.0;
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < columns; ++column) {
            const std::int64_t distance =
                std::max(std::abs(row - rows / 2), std::abs(column - columns / 2));
            relief.push_back(height[static_cast<std::size_t>(distance)]);
            squares += relief.back() * relief.back();
        }
    }
    for (double &value : relief) value /= std::sqrt(squares);
    return relief;
}

} // namespace

double squareShare(std::int64_t query, std::int64_t queries, double first)
{
    constexpr std::array<std::int64_t, 9> kHalvings{10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};
    const std::int64_t published = query * 10'000 / std::max<std::int64_t>(queries, 1);
    const auto passed =
        std::ranges::count_if(kHalvings, [&](std::int64_t at) { return published > at; });
    return std::ldexp(first, -static_cast<int>(passed));
}

Window squareWindow(double share, std::int64_t rows, std::int64_t columns, bool hasCentre)
{
    const double area = share * static_cast<double>(rows * columns);
    const auto side = [&](std::int64_t size, std::int64_t across) {
        std::int64_t length =
            std::lround(std::max(std::sqrt(area), area / static_cast<double>(across)));
        if (hasCentre) length = std::max<std::int64_t>(length, 3) | 1;
        return std::clamp<std::int64_t>(length, 1, size);
    };
    return {.height = side(rows, columns), .width = side(columns, rows)};
}

at::Tensor windowMask(Window window, std::int64_t rows, std::int64_t columns,
                      const at::Tensor &draws)
{
    const auto covered = [&](std::int64_t axis, std::int64_t size, std::int64_t length) {
        const at::Tensor offset =
            count(size, draws) - corner(draws.select(1, axis), size, length).unsqueeze(1);
        return (offset >= 0).logical_and(offset < length); // (N, size)
    };
    return covered(0, rows, window.height)
        .view({-1, 1, rows, 1})
        .logical_and(covered(1, columns, window.width).view({-1, 1, 1, columns}));
}

at::Tensor windowPlaces(Window window, std::int64_t rows, std::int64_t columns,
                        const at::Tensor &draws)
{
    const at::Tensor first = corner(draws.select(1, 0), rows, window.height) * columns
                             + corner(draws.select(1, 1), columns, window.width);
    const at::Tensor within =
        (count(window.height, draws).unsqueeze(1) * columns + count(window.width, draws)).flatten();
    return (first.unsqueeze(1) + within).unsqueeze(1);
}

at::Tensor hillAndPit(Window window, bool lies, const at::Tensor &like)
{
    const bool sideBySide = window.height == 1 || (lies && window.width > 1);
    const std::int64_t along = sideBySide ? window.width : window.height;
    const std::int64_t across = sideBySide ? window.height : window.width;
    std::vector<double> relief = hill(along / 2, across);
    const double sign = relief.empty() ? 1.0 : -1.0; // a single pixel has no room for both
    for (const double value : hill(along - along / 2, across)) relief.push_back(sign * value);
    double squares = 0.0;
    for (const double value : relief) squares += value * value;
    const at::Tensor both =
        (at::tensor(relief) / std::sqrt(squares)).view({along, across}).to(like.options());
    return sideBySide ? both.t().contiguous() : both;
}

} // namespace ostrich::attack
