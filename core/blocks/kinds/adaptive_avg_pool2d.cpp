// AdaptiveAvgPool2d: means over as many areas as asked for, whatever the maps' size; 1 is global
// average pooling.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/adaptive_avg_pool2d.h>
#include <fmt/format.h>

namespace ostrich::blocks::adaptive_avg_pool2d {

namespace {

using graph::Axis;
using graph::Shape;

class AdaptiveAvgPool2dModule final : public Module {
public:
    explicit AdaptiveAvgPool2dModule(std::int64_t side) : m_side(side) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{at::adaptive_avg_pool2d(inputs[0].tensor, {m_side, m_side}), {}}};
    }

private:
    std::int64_t m_side;
};

class AdaptiveAvgPool2dKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "AdaptiveAvgPool2d",
            .category = graph::Category::Pooling,
            .role = graph::Role::Hidden,
            .label = {"AdaptiveAvgPool2d", "AdaptiveAvgPool2d"},
            .help =
                {"Takes means so that maps of a fixed size come out. Size 1 leaves one number a "
                 "map.",
                 "Fait des moyennes pour que sortent des cartes de taille fixe. Taille 1 : un "
                 "nombre par carte."},
            .formula = "y<sub>c</sub> = 1/(H·W) Σ<sub>i,j</sub> x<sub>c,i,j</sub>",
            .icon = "pool",
            .searchWords = {"global average pooling", "GlobalAvgPool", "moyenne globale", "pool"},
            .pill = false,
            .idStem = "adaptive_pool",
            .parameters = {integerSpec(
                {"output_size",
                 {"Size", "Taille"},
                 {"Side of the maps that come out.", "Côté des cartes qui sortent."}},
                1, 1, 1024, "pixels")},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        if (!inputs[0].isMaps()) return expectsMaps("AdaptiveAvgPool2d", inputs[0]);
        const std::int64_t side = graph::integer(parameters, "output_size");
        const std::int64_t channels = *inputs[0].size(Axis::C);
        if (auto refused =
                tooLarge("AdaptiveAvgPool2d", {.values = static_cast<double>(channels)
                                                         * static_cast<double>(side * side)}))
            return *refused;
        return std::vector{Shape::maps(channels, side, side)};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return {same(square(graph::integer(parameters, "output_size")))};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<AdaptiveAvgPool2dModule>(*request.outputs[0].size(Axis::H));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        return {.module =
                    fmt::format("nn.AdaptiveAvgPool2d({})", *request.outputs[0].size(Axis::H)),
                .call = "{m}({x0})"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<AdaptiveAvgPool2dKind>();
}

} // namespace ostrich::blocks::adaptive_avg_pool2d
