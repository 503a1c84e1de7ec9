// Fewer bits: each value becomes the nearest of a few levels.
#include "attack/filter_torch.hpp"
#include "data/option.hpp"

#include <ATen/TensorOperators.h>

namespace ostrich::attack::bit_depth {

namespace {

class BitDepth : public Filter {
public:
    const FilterDescription &description() const override
    {
        static const FilterDescription description{
            .name = "bit_depth",
            .label = {"Fewer bits", "Moins de bits"},
            .help = {"Rounds each value to one of a few levels, so that small noise is rounded "
                     "away.",
                     "Arrondit chaque valeur à quelques niveaux, ce qui efface un petit bruit."},
            .source = "Xu, Evans and Qi 2018, Feature squeezing",
            .parameters = {data::integerOption("bits", 3, 1, 8, {"Bits", "Bits"},
                                               {"Bits that each value keeps: 3 are 8 levels.",
                                                "Les bits que garde chaque valeur : 3 font 8 "
                                                "niveaux."})},
        };
        return description;
    }

    at::Tensor apply(const at::Tensor &x, const graph::Parameters &parameters) const override
    {
        const auto steps = static_cast<double>((1 << graph::integer(parameters, "bits")) - 1);
        return (x * steps).round() / steps;
    }
};

} // namespace

std::unique_ptr<Filter> create()
{
    return std::make_unique<BitDepth>();
}

} // namespace ostrich::attack::bit_depth
