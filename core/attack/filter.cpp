// The list of filters, a filter from its text, and a network behind one.
#include "attack/filter.hpp"

#include "attack/classifier_torch.hpp"
#include "attack/filter_torch.hpp"
#include "data/option.hpp"
#include "data/source.hpp"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <algorithm>

namespace ostrich::attack {

namespace {

const std::vector<std::unique_ptr<Filter>> &registry()
{
    static const std::vector<std::unique_ptr<Filter>> all = [] {
        auto made = createAllFilters();
        std::ranges::sort(made, {}, [](const auto &filter) { return filter->description().name; });
        return made;
    }();
    return all;
}

const Filter *findFilter(std::string_view name)
{
    const auto found = std::ranges::find_if(
        registry(), [&](const auto &filter) { return filter->description().name == name; });
    return found == registry().end() ? nullptr : found->get();
}

Error unknownFilter(const std::string &name)
{
    std::vector<std::string> names;
    for (const FilterDescription &filter : filters()) names.push_back(filter.name);
    return {"filter",
            {"attack.filter_unknown", {name}},
            {"attack.unknown_hint", {data::joined(names)}}};
}

class FilteredClassifier final : public Classifier {
public:
    FilteredClassifier(ClassifierHandle inner, const Filter &filter, graph::Parameters parameters,
                       bool adaptive)
        : m_inner(std::move(inner)),
          m_filter(filter),
          m_parameters(std::move(parameters)),
          m_adaptive(adaptive)
    {
    }

    at::Tensor logits(const at::Tensor &x) const override
    {
        return m_inner->logits(m_adaptive ? withSlopeOne(x) : withItsSlope(x));
    }
    at::Tensor probabilities(const at::Tensor &logits) const override
    {
        return m_inner->probabilities(logits);
    }
    at::Device device() const override { return m_inner->device(); }
    at::ScalarType dtype() const override { return m_inner->dtype(); }
    at::Tensor scale() const override { return m_inner->scale(); }
    std::int64_t largestBatch(std::int64_t wanted) const override
    {
        return m_inner->largestBatch(wanted);
    }

private:
    ClassifierHandle m_inner;
    const Filter &m_filter; // the registry's
    graph::Parameters m_parameters;
    bool m_adaptive;

    at::Tensor withSlopeOne(const at::Tensor &x) const
    {
        const at::Tensor clean = [&] {
            const at::NoGradGuard noGradient;
            return m_filter.apply(x.detach(), m_parameters);
        }();
        return clean + (x - x.detach()); // adds exactly 0, whose slope is 1
    }

    at::Tensor withItsSlope(const at::Tensor &x) const
    {
        const at::Tensor clean = m_filter.apply(x, m_parameters);
        // A filter that leaves LibTorch on its way has no slope at all: that of a constant.
        const bool isCut =
            at::GradMode::is_enabled() && x.requires_grad() && !clean.requires_grad();
        return isCut ? clean + 0.0 * x : clean;
    }
};

} // namespace

const std::vector<FilterDescription> &filters()
{
    static const std::vector<FilterDescription> descriptions = [] {
        std::vector<FilterDescription> all;
        for (const auto &filter : registry()) all.push_back(filter->description());
        return all;
    }();
    return descriptions;
}

graph::ParameterSpec adaptiveOption()
{
    return data::booleanOption("adaptive", true, {"Adaptive", "Adaptative"},
                               {"The attack knows of the filter.", "L'attaque connaît le filtre."});
}

Result<FilterChoice> filterFromText(const std::string &text)
{
    if (text.empty() || text.starts_with('?')) return unknownFilter(text);
    const auto parsed = data::parseSource(text);
    if (!parsed) return parsed.error();
    const Filter *filter = findFilter(parsed->name);
    if (filter == nullptr || !parsed->path.empty()) return unknownFilter(text);
    std::vector<graph::ParameterSpec> known = filter->description().parameters;
    known.push_back(adaptiveOption());
    FilterChoice choice{.filter = parsed->name};
    for (const auto &[key, written] : parsed->options) {
        const auto spec = std::ranges::find(known, key, &graph::ParameterSpec::name);
        if (spec == known.end()) {
            std::vector<std::string> names;
            for (const graph::ParameterSpec &one : known) names.push_back(one.name);
            return Error{text,
                         {"attack.filter_option", {parsed->name, key}},
                         {"data.option_known_hint", {data::joined(names)}}};
        }
        auto value = data::valueFromText(*spec, written, fmt::format("{}?{}", parsed->name, key));
        if (!value) return value.error();
        if (key == "adaptive")
            choice.adaptive = std::get<bool>(*value);
        else
            choice.parameters[key] = *std::move(value);
    }
    return choice;
}

Result<Subject> behindFilter(const Subject &subject, const FilterChoice &choice)
{
    const Filter *filter = findFilter(choice.filter);
    if (filter == nullptr) return unknownFilter(choice.filter);
    const FilterDescription &description = filter->description();
    if (auto wrong = graph::checkParameters(choice.parameters, description.parameters))
        return Error{choice.filter, *wrong, {}};
    if (!subject.facts.input.isMaps())
        return Error{choice.filter,
                     {"attack.filter_pictures", {choice.filter}},
                     {"attack.pictures_only_hint", {}}};
    Subject behind = subject;
    behind.name =
        subject.name.empty() ? choice.filter : fmt::format("{}, {}", subject.name, choice.filter);
    behind.classifier = std::make_shared<FilteredClassifier>(
        subject.classifier, *filter, graph::withDefaults(choice.parameters, description.parameters),
        choice.adaptive);
    behind.model = nullptr; // whoever asked it would go round the filter
    return behind;
}

} // namespace ostrich::attack
