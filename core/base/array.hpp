// Plain numbers with a shape: what crosses from the engine to whoever has no LibTorch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ostrich {

/// A dense C-order array. Empty shape and one value: a scalar; no values: nothing.
struct Array {
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const Array &) const = default;
    bool empty() const { return values.empty(); }
    std::int64_t dim(std::size_t axis) const { return shape[axis]; }
};

} // namespace ostrich
