// What a student reads where a network does not work yet.
#include "graph/problem_words.hpp"

#include "graph/nearest_name.hpp"

#include <algorithm>

namespace ostrich::graph {

std::string labelOf(const Kind &kind)
{
    return kind.description().label.en;
}

Message insertHint(const std::string &label)
{
    const bool vowel =
        !label.empty()
        && std::string_view("AEIOaeio").find(label.front()) != std::string_view::npos;
    return {vowel ? "graph.hint_insert_an" : "graph.hint_insert", {label}};
}

Problem networkProblem(std::string message, std::string hint)
{
    Problem problem;
    problem.message.id = std::move(message);
    problem.hint.id = std::move(hint);
    return problem;
}

Problem unknownKind(const Network &network, const Block &block, const KindSet &kinds)
{
    Problem problem;
    problem.message = {"graph.unknown_kind", {block.kind}};
    problem.hint = {"graph.unknown_kind_hint", {}};
    std::vector<std::string> names;
    for (const Kind *kind : kinds.all()) names.push_back(kind->description().name);
    const auto nearest = nearestName(block.kind, names);
    if (!nearest) return problem;
    problem.hint = {"graph.did_you_mean", {*nearest}};
    problem.repair = withKind(network, block, *nearest, block.parameters);
    problem.repairName = problem.repair.name;
    return problem;
}

Problem badParameter(const Block &block, const Message &objection,
                     const std::vector<ParameterSpec> &specs)
{
    const std::string &name = objection.arguments.front();
    Problem problem;
    problem.message = objection;
    problem.repairName = {"graph.edit_reset", {name}};
    problem.repair = {problem.repairName,
                      {SetParameter{block.id, name, block.parameters.at(name), {}}}};
    const auto spec = std::ranges::find(specs, name, &ParameterSpec::name);
    if (spec != specs.end()) {
        problem.hint = {"graph.hint_default", {toString(spec->defaultValue)}};
        return problem;
    }
    std::vector<std::string> names;
    for (const ParameterSpec &each : specs) names.push_back(each.name);
    const auto nearest = nearestName(name, names);
    problem.hint = nearest ? Message{"graph.did_you_mean", {*nearest}}
                           : Message{"graph.parameter_unknown_hint", {}};
    return problem;
}

Problem wireWithoutPort(const Kind &kind, const Wire &wire, const Endpoint &end)
{
    Problem problem;
    problem.port = end == wire.to ? end.port : "";
    problem.message = {end == wire.to ? "graph.no_input_port" : "graph.no_output_port",
                       {labelOf(kind), end.port}};
    problem.hint = {"graph.no_port_hint", {}};
    problem.repairName = {"graph.edit_remove_wire", {}};
    problem.repair = {problem.repairName, {RemoveWire{wire}}};
    return problem;
}

Problem openInput(const Kind &kind, const std::string &port)
{
    const bool isOutput = kind.description().role == Role::Output;
    Problem problem;
    problem.port = port;
    problem.message = {isOutput ? "graph.output_open" : "graph.input_open", {labelOf(kind), port}};
    problem.hint = {isOutput ? "graph.output_open_hint" : "graph.input_open_hint", {}};
    return problem;
}

Problem nothingLeft(const Kind &kind, const Shape &shape)
{
    Problem problem;
    problem.message = {"graph.nothing_left", {labelOf(kind), toString(shape, false)}};
    problem.hint = {"graph.nothing_left_hint", {}};
    return problem;
}

Problem misfitProblem(const Misfit &misfit)
{
    Problem problem;
    problem.port = misfit.port;
    problem.message = misfit.message;
    problem.reason = misfit.reason;
    problem.expected = misfit.expected;
    return problem;
}

Message repairHint(const Edit &repair, const std::string &id, const KindSet &kinds)
{
    Message hint;
    for (const Change &change : repair.changes) {
        const auto *added = std::get_if<AddBlock>(&change);
        if (added && added->block.id == id)
            hint = {"graph.hint_replace", {added->block.kind}};
        else if (added)
            hint = insertHint(labelOf(*kinds.find(added->block.kind)));
        else if (const auto *set = std::get_if<SetParameter>(&change))
            hint = {set->id == id ? "graph.hint_set" : "graph.hint_set_of",
                    {set->parameter, toString(*set->after), set->id}};
    }
    return hint;
}

} // namespace ostrich::graph
