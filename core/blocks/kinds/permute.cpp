// Permute: the axes of a sample in another order; a picture becomes a sequence of pixels or rows.
#include "blocks/block_kind.hpp"
#include "blocks/misfits.hpp"
#include "blocks/module_torch.hpp"
#include "blocks/specs.hpp"

namespace ostrich::blocks::permute {

namespace {

using graph::Axis;
using graph::Shape;

/// One order of the axes. `python` is the same in PyTorch.
struct Order {
    std::string name; // what the axes of the output are, of those that come in
    Words label;
    at::Tensor (*apply)(const at::Tensor &x);
    const char *python;
};

const std::vector<Order> &orders()
{
    static const std::vector<Order> all{
        {"HW,C",
         {"pixels as steps", "pixels comme pas"},
         [](const at::Tensor &x) { return x.flatten(2).transpose(1, 2); },
         "{x0}.flatten(2).transpose(1, 2)"},
        {"H,CW",
         {"rows as steps", "lignes comme pas"},
         [](const at::Tensor &x) { return x.transpose(1, 2).flatten(2); },
         "{x0}.transpose(1, 2).flatten(2)"},
        {"C,W,H",
         {"height and width swapped", "hauteur et largeur échangées"},
         [](const at::Tensor &x) { return x.transpose(2, 3); },
         "{x0}.transpose(2, 3)"},
        {"F,T",
         {"steps and features swapped", "pas et valeurs échangés"},
         [](const at::Tensor &x) { return x.transpose(1, 2); },
         "{x0}.transpose(1, 2)"},
    };
    return all;
}

const Order &orderOf(const graph::Parameters &parameters)
{
    const std::string &name = graph::text(parameters, "order");
    for (const Order &order : orders())
        if (order.name == name) return order;
    return orders().front();
}

Shape permuted(const Shape &x, const std::string &order)
{
    if (order == "F,T") return Shape::sequence(*x.size(Axis::F), *x.size(Axis::T));
    const std::int64_t c = *x.size(Axis::C), h = *x.size(Axis::H), w = *x.size(Axis::W);
    if (order == "HW,C") return Shape::sequence(h * w, c);
    if (order == "H,CW") return Shape::sequence(h, c * w);
    return Shape::maps(c, w, h);
}

class PermuteModule final : public Module {
public:
    explicit PermuteModule(const Order &order) : m_order(order) {}

    std::vector<Signal> forward(std::span<const Signal> inputs, const Pass &) override
    {
        return {{m_order.apply(inputs[0].tensor), {}}};
    }

private:
    const Order &m_order;
};

std::vector<std::pair<std::string, Words>> choices()
{
    std::vector<std::pair<std::string, Words>> all;
    for (const Order &order : orders()) all.emplace_back(order.name, order.label);
    return all;
}

class PermuteKind final : public BlockKind {
public:
    const graph::Description &description() const override
    {
        static const graph::Description description{
            .name = "Permute",
            .category = graph::Category::Structure,
            .role = graph::Role::Hidden,
            .label = {"Permute", "Permuter"},
            .help = {"Puts the axes in another order: the pixels or patches of a picture become "
                     "the steps of a sequence.",
                     "Change l'ordre des axes : les pixels ou les carreaux d'une image deviennent "
                     "les pas d'une séquence."},
            .formula = "y<sub>i·W+j,c</sub> = x<sub>c,i,j</sub>",
            .icon = "struct",
            .searchWords = {"transpose", "transposer", "axes", "swap", "échanger", "patches",
                            "carreaux", "vision transformer"},
            .pill = true,
            .idStem = "permute",
            .parameters = {choiceSpec(
                {"order",
                 {"Order", "Ordre"},
                 {"HW,C makes each pixel of C×H×W a step, H,CW each row; C,W,H turns a picture "
                  "over; F,T swaps the axes of a sequence.",
                  "HW,C fait de chaque pixel de C×H×W un pas, H,CW de chaque ligne ; C,W,H "
                  "transpose une image ; F,T échange les axes d'une séquence."}},
                choices())},
        };
        return description;
    }

    std::variant<std::vector<Shape>, graph::Misfit> infer(const std::vector<Shape> &inputs,
                                                          const graph::Parameters &parameters,
                                                          const graph::DataFacts &) const override
    {
        const Shape &x = inputs[0];
        const std::string &order = orderOf(parameters).name;
        const bool wantsSequence = order == "F,T";
        if (x.isTokens()) return expectsSequence("Permute", x);
        if (wantsSequence ? x.isSequence() : x.isMaps()) {
            if (x.valuesPerSample()) return std::vector{permuted(x, order)};
            return misfit({"blocks.steps_vary", {"Permute"}}, {"blocks.permute_vary", {}}, "", "x",
                          {});
        }
        graph::Repair repair;
        if (x.isMaps()) repair = graph::ChangeParameter{"order", std::string("HW,C")};
        if (x.isSequence()) repair = graph::ChangeParameter{"order", std::string("F,T")};
        return misfit({"blocks.permute_axes", {"Permute", order, graph::toString(x, false)}},
                      {"blocks.permute_axes_reason", {}}, wantsSequence ? "N×T×F" : "N×C×H×W", "x",
                      std::move(repair));
    }

    std::vector<Words> summary(const graph::Parameters &parameters,
                               const graph::DataFacts &) const override
    {
        return {same(orderOf(parameters).name)};
    }

    std::unique_ptr<Module> build(const BuildRequest &request) const override
    {
        return std::make_unique<PermuteModule>(orderOf(request.parameters));
    }

    PytorchText pytorch(const TextRequest &request) const override
    {
        PytorchText text;
        text.call = orderOf(request.parameters).python;
        text.lengths = "None";
        return text;
    }
};

} // namespace

std::unique_ptr<BlockKind> create()
{
    return std::make_unique<PermuteKind>();
}

} // namespace ostrich::blocks::permute
