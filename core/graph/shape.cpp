// Symbolic shapes: making them, asking them, writing them.
#include "graph/shape.hpp"

#include <algorithm>

namespace ostrich::graph {

namespace {

bool hasAxes(const Shape &shape, std::initializer_list<Axis> axes)
{
    return std::equal(shape.dimensions.begin(), shape.dimensions.end(), axes.begin(), axes.end(),
                      [](const Dimension &dimension, Axis axis) { return dimension.axis == axis; });
}

} // namespace

char letter(Axis axis)
{
    switch (axis) {
    case Axis::N:
        return 'N';
    case Axis::C:
        return 'C';
    case Axis::H:
        return 'H';
    case Axis::W:
        return 'W';
    case Axis::T:
        return 'T';
    case Axis::F:
        return 'F';
    }
    return '?';
}

Shape Shape::maps(std::int64_t channels, std::int64_t height, std::int64_t width)
{
    return {{{Axis::N, {}}, {Axis::C, channels}, {Axis::H, height}, {Axis::W, width}}, 0};
}

Shape Shape::vector(std::int64_t features)
{
    return {{{Axis::N, {}}, {Axis::F, features}}, 0};
}

Shape Shape::sequence(std::optional<std::int64_t> steps, std::int64_t features)
{
    return {{{Axis::N, {}}, {Axis::T, steps}, {Axis::F, features}}, 0};
}

Shape Shape::tokens(std::optional<std::int64_t> steps, std::int64_t vocabulary)
{
    return {{{Axis::N, {}}, {Axis::T, steps}}, vocabulary};
}

bool Shape::isMaps() const
{
    return hasAxes(*this, {Axis::N, Axis::C, Axis::H, Axis::W});
}

bool Shape::isVector() const
{
    return hasAxes(*this, {Axis::N, Axis::F});
}

bool Shape::isSequence() const
{
    return hasAxes(*this, {Axis::N, Axis::T, Axis::F});
}

bool Shape::isTokens() const
{
    return hasAxes(*this, {Axis::N, Axis::T});
}

std::optional<std::int64_t> Shape::size(Axis axis) const
{
    for (const Dimension &dimension : dimensions) {
        if (dimension.axis == axis) return dimension.size;
    }
    return {};
}

std::optional<std::int64_t> Shape::valuesPerSample() const
{
    std::int64_t product = 1;
    for (const Dimension &dimension : dimensions) {
        if (dimension.axis == Axis::N) continue;
        if (!dimension.size) return {};
        if (__builtin_mul_overflow(product, *dimension.size, &product))
            return INT64_MAX; // absurd sizes stay absurdly large instead of turning negative
    }
    return product;
}

std::string toString(const Shape &shape, bool withBatch)
{
    std::string text;
    for (const Dimension &dimension : shape.dimensions) {
        if (dimension.axis == Axis::N && !withBatch) continue;
        if (!text.empty()) text += "×";
        text += dimension.size ? std::to_string(*dimension.size)
                               : std::string(1, letter(dimension.axis));
    }
    return text;
}

} // namespace ostrich::graph
