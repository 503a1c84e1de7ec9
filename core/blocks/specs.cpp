// Short ways to describe a parameter of a block kind.
#include "blocks/specs.hpp"

#include <algorithm>

namespace ostrich::blocks {

namespace {

graph::ParameterSpec spec(Wording &&wording, graph::ParameterType type, graph::ParameterValue value)
{
    graph::ParameterSpec made;
    made.name = std::move(wording.name);
    made.type = type;
    made.defaultValue = std::move(value);
    made.label = std::move(wording.label);
    made.help = std::move(wording.help);
    return made;
}

} // namespace

graph::ParameterSpec integerSpec(Wording wording, std::int64_t value, std::int64_t minimum,
                                 std::int64_t maximum, std::string unit)
{
    graph::ParameterSpec made = spec(std::move(wording), graph::ParameterType::Integer, value);
    made.minimum = static_cast<double>(minimum);
    made.maximum = static_cast<double>(maximum);
    made.unit = std::move(unit);
    return made;
}

graph::ParameterSpec realSpec(Wording wording, double value, double minimum, double maximum)
{
    graph::ParameterSpec made = spec(std::move(wording), graph::ParameterType::Real, value);
    made.minimum = minimum;
    made.maximum = maximum;
    return made;
}

graph::ParameterSpec booleanSpec(Wording wording, bool value)
{
    return spec(std::move(wording), graph::ParameterType::Boolean, value);
}

graph::ParameterSpec choiceSpec(Wording wording,
                                const std::vector<std::pair<std::string, Words>> &choices)
{
    graph::ParameterSpec made =
        spec(std::move(wording), graph::ParameterType::Choice, choices.front().first);
    for (const auto &[name, label] : choices) {
        made.choices.push_back(name);
        made.choiceLabels.push_back(label);
    }
    return made;
}

graph::ParameterSpec textSpec(Wording wording, std::string value)
{
    return spec(std::move(wording), graph::ParameterType::Text, std::move(value));
}

graph::ParameterSpec paddingSpec(Wording wording, graph::ParameterValue value)
{
    graph::ParameterSpec made =
        spec(std::move(wording), graph::ParameterType::Padding, std::move(value));
    made.minimum = 0.0;
    made.maximum = static_cast<double>(kMaxKernel);
    made.unit = "pixels";
    return made;
}

Words counted(std::int64_t count, const Words &one, const Words &many)
{
    const std::string number = std::to_string(count);
    return {number + " " + (count == 1 ? one : many).en,
            number + " " + (count <= 1 ? one : many).fr};
}

std::string square(std::int64_t side)
{
    return std::to_string(side) + "×" + std::to_string(side);
}

Words same(const std::string &word)
{
    return {word, word};
}

std::int64_t sizeOrClasses(const graph::Parameters &parameters, const std::string &name,
                           const graph::DataFacts &facts)
{
    const auto found = parameters.find(name);
    if (found != parameters.end() && std::holds_alternative<std::string>(found->second))
        return facts.answers();
    return std::max<std::int64_t>(graph::integer(parameters, name), 1);
}

} // namespace ostrich::blocks
