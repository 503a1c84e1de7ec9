// Smoothing: each pixel becomes the middle one, or a mean, of its neighbours.
#include "attack/filter_torch.hpp"
#include "data/option.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/median.h>
#include <ATen/ops/replication_pad2d.h>

namespace ostrich::attack::smoothing {

namespace {

/// (size) weights of sum 1, as wide as OpenCV takes a Gaussian kernel of this size to be.
at::Tensor gaussian(std::int64_t size, const at::TensorOptions &options)
{
    const double deviation = 0.3 * (0.5 * static_cast<double>(size - 1) - 1.0) + 0.8;
    const at::Tensor place = at::arange(size, options) - 0.5 * static_cast<double>(size - 1);
    const at::Tensor height = (place.square() / (-2.0 * deviation * deviation)).exp();
    return height / height.sum();
}

class Smoothing : public Filter {
public:
    const FilterDescription &description() const override
    {
        static const FilterDescription description{
            .name = "smoothing",
            .label = {"Smoothing", "Lissage"},
            .help = {"Makes each pixel more like its neighbours, so that lonely ones vanish.",
                     "Rapproche chaque pixel de ses voisins, ce qui fait disparaître les isolés."},
            .source = "Xu, Evans and Qi 2018, Feature squeezing",
            .parameters = {data::choiceOption(
                               "kind", "median", {"median", "gaussian"},
                               {{"Median", "Médiane"}, {"Gaussian", "Gaussien"}}, {"Kind", "Sorte"},
                               {"The middle one of the neighbours, or their weighted mean.",
                                "La médiane des voisins, ou leur moyenne pondérée."}),
                           data::integerOption(
                               "radius", 1, 1, 10, {"Radius", "Rayon"},
                               {"How many pixels far neighbours count: 1 is a 3 x 3 window.",
                                "La distance des voisins qui comptent, en pixels : 1 fait "
                                "une fenêtre 3 x 3."})},
        };
        return description;
    }

    at::Tensor apply(const at::Tensor &x, const graph::Parameters &parameters) const override
    {
        const std::int64_t radius = graph::integer(parameters, "radius"), size = 2 * radius + 1;
        const at::Tensor padded = at::replication_pad2d(x, {radius, radius, radius, radius});
        if (graph::text(parameters, "kind") == "median")
            return std::get<0>(
                at::median(padded.unfold(2, size, 1).unfold(3, size, 1).flatten(4), 4));
        const std::int64_t channels = x.size(1);
        const at::Tensor weights = gaussian(size, x.options());
        const auto along = [&](const at::Tensor &of, at::IntArrayRef shape) {
            return at::conv2d(of, weights.view(shape).expand({channels, -1, -1, -1}), {},
                              at::IntArrayRef{1}, at::IntArrayRef{0}, at::IntArrayRef{1}, channels);
        };
        return along(along(padded, {1, 1, size, 1}), {1, 1, 1, size});
    }
};

} // namespace

std::unique_ptr<Filter> create()
{
    return std::make_unique<Smoothing>();
}

} // namespace ostrich::attack::smoothing
