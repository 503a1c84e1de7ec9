// Input: where the data come in, normalised by the mean and deviation of the training split.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/size_text.hpp"
#include "blocks/specs.hpp"

#include <ATen/ops/div.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <c10/util/Exception.h>
#include <fmt/format.h>

namespace ostrich::blocks::input {

namespace {

using graph::Axis;
using graph::Shape;

constexpr std::int64_t kMaxSide = 65536;

/// "1x28x28" or "2" (× serves too); nothing where the text is no shape.
std::optional<Shape> parseShape(const std::string &text)
{
    const auto sizes = sizesFromText(text, kMaxSide);
    if (!sizes) return std::nullopt;
    if (sizes->size() == 1) return Shape::vector((*sizes)[0]);
    if (sizes->size() == 3) return Shape::maps((*sizes)[0], (*sizes)[1], (*sizes)[2]);
    return std::nullopt;
}

class InputModule final : public Module {
public:
    explicit InputModule(const BuildRequest &request)
    {
        const Shape &shape = request.outputs[0];
        m_maps = shape.isMaps();
        if (shape.isTokens()) return; // ids are names, not amounts
        const std::int64_t count = *shape.size(m_maps ? Axis::C : Axis::F);
        const Normalisation &fitted = request.normalisation;
        const auto options = at::TensorOptions().dtype(request.dtype);
        if (fitted.mean.empty()) {
            buffers = {{"mean", at::zeros({count}, options)},
                       {"deviation", at::ones({count}, options)}};
            return;
        }
        TORCH_CHECK(std::ssize(fitted.mean) == count && std::ssize(fitted.deviation) == count,
                    "normalisation of ", fitted.mean.size(), " channels for ", count);
        buffers = {{"mean", at::tensor(fitted.mean, options)},
                   {"deviation", at::tensor(fitted.deviation, options)}};
    }

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        if (buffers.empty()) return {inputs[0]};
        return {
            {at::div(at::sub(inputs[0].tensor, perChannel(0)), perChannel(1)), inputs[0].lengths}};
    }

private:
    at::Tensor perChannel(std::size_t buffer) const
    {
        const at::Tensor &values = buffers[buffer].tensor;
        return m_maps ? values.view({1, -1, 1, 1}) : values;
    }

    bool m_maps = false;
};

/// A translation's second field means a network that only a translation fits: that is not mended
/// by feeding it something else.
graph::Misfit noSuchField(const std::string &field)
{
    graph::Repair repair;
    if (field != "target") repair = graph::ChangeParameter{"field", std::string("x")};
    return misfit({"blocks.input_no_field", {"Input", field}}, {"blocks.input_no_field_reason", {}},
                  "", "", std::move(repair));
}

class InputKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Input",
            .category = graph::Category::Data,
            .role = graph::Role::Input,
            .label = {"Input", "Entrée"},
            .help =
                {"Where the data come in. Each channel is shifted and scaled to mean 0 and "
                 "deviation 1.",
                 "L'arrivée des données. Chaque canal est décalé et mis à l'échelle : moyenne 0, "
                 "écart type 1."},
            .formula = "y<sub>c</sub> = (x<sub>c</sub> − μ<sub>c</sub>) / σ<sub>c</sub>",
            .icon = "data",
            .searchWords = {"data", "données", "image", "picture", "normalise", "x"},
            .pill = false,
            .idStem = "input",
            .parameters =
                {
                    textSpec({"shape",
                              {"Shape", "Forme"},
                              {"Size of one sample, such as 1x28x28 or 2; data: whatever the data "
                               "are.",
                               "Taille d'un exemple, comme 1x28x28 ou 2 ; data : celle des "
                               "données."}},
                             "data"),
                    textSpec({"field",
                              {"Field", "Champ"},
                              {"What feeds this block: x; in a translation source, or target: "
                               "the words written so far.",
                               "Ce qui alimente ce bloc : x ; dans une traduction, source, ou "
                               "target : les mots déjà écrits."}},
                             "x"),
                },
        };
        return description;
    }

    std::vector<std::string> inputs(const graph::Parameters &) const override { return {}; }

    std::variant<std::vector<Shape>, graph::Misfit> infer(
        const std::vector<Shape> &, const graph::Parameters &parameters,
        const graph::DataFacts &facts) const override
    {
        const std::string &wish = graph::text(parameters, "shape");
        const std::string &field = graph::text(parameters, "field");
        const auto fed = facts.field(field);
        if (!fed) return noSuchField(field);
        const Shape &arriving = fed->shape;
        const std::string given = graph::toString(arriving, false);
        if (wish != "data") {
            const std::optional<Shape> shape = parseShape(wish);
            const graph::ChangeParameter repair{"shape", std::string("data")};
            if (!shape)
                return misfit({"blocks.input_no_shape", {"Input", wish}},
                              {"blocks.input_no_shape_reason", {}}, given, "", repair);
            if (*shape != arriving)
                return misfit(
                    {"blocks.input_other_shape", {"Input", graph::toString(*shape, false), given}},
                    {"blocks.input_other_shape_reason", {}}, given, "", repair);
        }
        const bool known = arriving.isMaps() || arriving.isVector() || arriving.isSequence()
                           || arriving.isTokens();
        if (!known)
            return misfit({"blocks.input_no_shape", {"Input", given}},
                          {"blocks.input_no_shape_reason", {}}, "", "", {});
        return std::vector{arriving};
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &facts) const override
    {
        std::vector<Words> words;
        if (!facts.title.empty())
            words.push_back({sentence(Message{facts.title, {}}, Language::English),
                             sentence(Message{facts.title, {}}, Language::French)});
        const auto fed = facts.field(graph::text(parameters, "field"));
        const Shape shape = fed ? fed->shape : facts.input;
        if (shape.isTokens()) {
            words.push_back(counted(shape.vocabulary, {"token", "jeton"}, {"tokens", "jetons"}));
        } else if (shape.isMaps()) {
            words.push_back(same(fmt::format("{}×{}", *shape.size(Axis::H), *shape.size(Axis::W))));
            if (*shape.size(Axis::C) == 3) words.push_back({"colour", "couleur"});
        } else {
            words.push_back(counted(shape.size(Axis::F).value_or(0), {"value", "valeur"},
                                    {"values", "valeurs"}));
        }
        return words;
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<InputModule>(request);
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        const Shape &shape = request.outputs[0];
        if (shape.isTokens()) return {.call = "{x0}"};
        const bool maps = shape.isMaps();
        return {.module = fmt::format("Normalise({}, {})", *shape.size(maps ? Axis::C : Axis::F),
                                      maps ? "(1, -1, 1, 1)" : "(-1,)"),
                .call = "{m}({x0})",
                .support = R"(class Normalise(nn.Module):
    """Mean and deviation of the training data, channel by channel or feature by feature."""

    def __init__(self, count, shape):
        super().__init__()
        self.shape = shape
        self.register_buffer("mean", torch.zeros(count))
        self.register_buffer("deviation", torch.ones(count))

    def forward(self, x):
        return (x - self.mean.view(self.shape)) / self.deviation.view(self.shape)
)"};
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<InputKind>();
}

} // namespace ostrich::blocks::input
