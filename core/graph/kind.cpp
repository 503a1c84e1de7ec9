// What kinds have in common: the categories' names, and the defaults of a kind without weights.
#include "graph/kind.hpp"

#include <algorithm>

namespace ostrich::graph {

std::string_view name(Category category)
{
    switch (category) {
    case Category::Data:
        return "data";
    case Category::Linear:
        return "linear";
    case Category::Convolution:
        return "convolution";
    case Category::Pooling:
        return "pooling";
    case Category::Normalisation:
        return "normalisation";
    case Category::Activation:
        return "activation";
    case Category::Recurrent:
        return "recurrent";
    case Category::Attention:
        return "attention";
    case Category::Structure:
        return "structure";
    case Category::Output:
        return "output";
    }
    return "";
}

Words label(Category category)
{
    switch (category) {
    case Category::Data:
        return {"Data", "Données"};
    case Category::Linear:
        return {"Linear", "Linéaire"};
    case Category::Convolution:
        return {"Convolution", "Convolution"};
    case Category::Pooling:
        return {"Pooling", "Pooling"};
    case Category::Normalisation:
        return {"Normalise", "Normalisation"};
    case Category::Activation:
        return {"Activation", "Activation"};
    case Category::Recurrent:
        return {"Recurrent", "Récurrence"};
    case Category::Attention:
        return {"Attention", "Attention"};
    case Category::Structure:
        return {"Structure", "Structure"};
    case Category::Output:
        return {"Output", "Sortie"};
    }
    return {};
}

std::optional<FieldFacts> DataFacts::field(std::string_view name) const
{
    if (name == "x" || name == "source") return FieldFacts{input, longest};
    if (name == "target" && task == Task::Translate) return target;
    return {};
}

std::int64_t DataFacts::answers() const
{
    return classes > 0 ? classes : std::max<std::int64_t>(values, 1);
}

Cost Kind::cost(const std::vector<Shape> &, const std::vector<Shape> &, const Parameters &) const
{
    return {};
}

std::optional<Network> Kind::unfolded(const std::vector<Shape> &, const Parameters &) const
{
    return {};
}

std::vector<std::int64_t> Kind::sharedWeight(const std::vector<Shape> &, const std::vector<Shape> &,
                                             const Parameters &) const
{
    return {};
}

std::vector<Words> Kind::summary(const Parameters &, const DataFacts &) const
{
    return {};
}

} // namespace ostrich::graph
