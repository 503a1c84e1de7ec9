// Reshape: the same values of a sample, in the same order, as another shape.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/size_text.hpp"
#include "blocks/specs.hpp"

namespace ostrich::blocks::reshape {

namespace {

using graph::Axis;
using graph::Shape;

constexpr std::int64_t kMaxSize = 16'777'216;

/// "784": F. "49x16": T×F. "4x7x7": C×H×W. × serves too; nothing where the text is no shape.
std::optional<Shape> parseShape(const std::string &text)
{
    const auto sizes = sizesFromText(text, kMaxSize);
    if (!sizes) return std::nullopt;
    if (sizes->size() == 1) return Shape::vector((*sizes)[0]);
    if (sizes->size() == 2) return Shape::sequence((*sizes)[0], (*sizes)[1]);
    return Shape::maps((*sizes)[0], (*sizes)[1], (*sizes)[2]);
}

std::vector<std::int64_t> sizesOf(const Shape &shape)
{
    std::vector<std::int64_t> sizes;
    for (std::size_t i = 1; i < shape.dimensions.size(); ++i)
        sizes.push_back(*shape.dimensions[i].size);
    return sizes;
}

class ReshapeModule final : public Module {
public:
    explicit ReshapeModule(const Shape &shape) : m_sizes(sizesOf(shape)) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        // Row by row whatever the memory format: flatten copies where it must.
        return {{inputs[0].tensor.flatten(1).unflatten(1, m_sizes), {}}};
    }

private:
    std::vector<std::int64_t> m_sizes;
};

class ReshapeKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Reshape",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Reshape", "Redimensionner"},
            .help = {"Gives the values of a sample another shape; none is moved: a picture's rows "
                     "become the steps of a sequence.",
                     "Donne une autre forme aux valeurs d'un exemple, sans en déplacer : les "
                     "lignes d'une image deviennent les pas d'une séquence."},
            .formula = "y = x as T×F, C×H×W …",
            .icon = "flat",
            .searchWords = {"view", "resize", "unflatten", "forme", "vue", "rows", "lignes"},
            .pill = true,
            .idStem = "reshape",
            .parameters = {textSpec(
                {"shape",
                 {"Shape", "Forme"},
                 {"Of one sample: 28x28 for T×F, 4x7x7 for C×H×W, 784 for a flat vector.",
                  "D'un exemple : 28x28 pour T×F, 4x7x7 pour C×H×W, 784 pour un vecteur plat."}},
                "28x28")},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        if (x.isTokens()) return expectsSequence("Reshape", x);
        const auto values = x.valuesPerSample();
        if (!values)
            return misfit({"blocks.steps_vary", {"Reshape"}},
                          {"blocks.steps_vary_pool", {"Reshape"}}, "N×F", "x",
                          graph::InsertBefore{"x", "TimePool", {}});
        const std::string &text = graph::text(parameters, "shape");
        const std::optional<Shape> shape = parseShape(text);
        if (!shape)
            return misfit({"blocks.reshape_no_shape", {"Reshape", text}},
                          {"blocks.reshape_no_shape_reason", {}}, "", "", {});
        if (shape->valuesPerSample() == values) return std::vector{*shape};
        graph::Repair repair; // a row of features may be made as long as needed
        if (x.isVector() && *shape->valuesPerSample() <= kMaxChannels)
            repair =
                graph::InsertBefore{"x", "Linear", {{"out_features", *shape->valuesPerSample()}}};
        return misfit(
            {"blocks.reshape_sizes",
             {"Reshape", graph::toString(*shape, false), std::to_string(*shape->valuesPerSample()),
              graph::toString(x, false), std::to_string(*values)}},
            {"blocks.reshape_sizes_reason", {}}, "", "x", std::move(repair));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return {same(graph::text(parameters, "shape"))};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<ReshapeModule>(request.outputs[0]);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.call = "{x0}.reshape(-1";
        for (const std::int64_t size : sizesOf(request.outputs[0]))
            text.call += ", " + std::to_string(size);
        text.call += ")";
        text.lengths = "None";
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<ReshapeKind>();
}

} // namespace ostrich::blocks::reshape
