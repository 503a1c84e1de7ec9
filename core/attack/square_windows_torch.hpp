// The squares of the Square attack: how large, where, and of what relief.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace ostrich::attack {

/// In pixels; of points and series, which count as one row, in values.
struct Window {
    std::int64_t height = 1;
    std::int64_t width = 1;
};

/// The share of a picture's pixels that the square of query `query` (from 0) of `queries` covers:
/// `first`, halved at nine points of the search (Andriushchenko et al. 2020, section 4.1; their
/// table is for 10,000 queries, other numbers rescale it).
double squareShare(std::int64_t query, std::int64_t queries, double first);
/// A square of about that share of `rows` x `columns`; where it does not fit, the rectangle of that
/// area which does. Sides are odd, and at least 3 where the picture is, if `hasCentre`.
Window squareWindow(double share, std::int64_t rows, std::int64_t columns, bool hasCentre);

/// (N, 1, rows, columns) booleans: a window in each, its corner drawn by `draws` (N, 2) in [0, 1).
at::Tensor windowMask(Window window, std::int64_t rows, std::int64_t columns,
                      const at::Tensor &draws);
/// (N, 1, window's area): the same as indices into the flat picture.
at::Tensor windowPlaces(Window window, std::int64_t rows, std::int64_t columns,
                        const at::Tensor &draws);

/// (height, width) of length 1 in the L2 norm, like `like`: a hill beside a pit, each steepest in
/// its middle (their section 4.2); one above the other, or, where it `lies`, side by side.
at::Tensor hillAndPit(Window window, bool lies, const at::Tensor &like);

} // namespace ostrich::attack
