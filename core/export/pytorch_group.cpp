// Repetitions that are called alike become a loop, others a line each.
#include "export/pytorch_group.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ostrich::exporting {

namespace {

std::string shapesOf(const GroupCall &call)
{
    std::vector<std::string> shapes;
    for (const GroupCall::Output &output : call.outputs)
        shapes.push_back(graph::toString(output.shape));
    return fmt::format("{}", fmt::join(shapes, ", "));
}

} // namespace

GroupChain::GroupChain(std::string member, std::vector<PythonSignal> inputs,
                       std::vector<PythonSignal> outputs)
    : m_member(std::move(member)), m_outputs(std::move(outputs)), m_arriving(std::move(inputs))
{
}

void GroupChain::add(GroupCall call)
{
    m_leaving.assign(m_outputs.size(), {});
    for (const GroupCall::Output &output : call.outputs) {
        PythonSignal &signal = m_leaving[output.port];
        signal.tensor = m_outputs[output.port].tensor;
        if (output.givesLengths) signal.lengths = m_outputs[output.port].freshLengths;
        if (output.lengthsOf) signal.lengths = m_arriving[*output.lengthsOf].lengths;
    }
    m_repetitions.push_back({std::move(call), m_arriving});
    std::copy_n(m_leaving.begin(), std::min(m_leaving.size(), m_arriving.size()),
                m_arriving.begin());
}

std::string GroupChain::construction() const
{
    std::vector<std::string> parts;
    for (auto first = m_repetitions.begin(); first != m_repetitions.end();) {
        const std::string &name = first->call.className;
        const auto last = std::find_if(first, m_repetitions.end(), [&](const Repetition &one) {
            return one.call.className != name;
        });
        const auto count = last - first;
        const bool isAll = count == std::ssize(m_repetitions);
        if (count == 1)
            parts.push_back(name + "()");
        else
            parts.push_back(fmt::format(
                fmt::runtime(isAll ? "{}() for _ in range({})" : "*({}() for _ in range({}))"),
                name, count));
        first = last;
    }
    return fmt::format("self.{} = nn.ModuleList([{}])", m_member, fmt::join(parts, ", "));
}

std::string GroupChain::code(const std::string &callee, const GroupCall &call,
                             const std::vector<PythonSignal> &arriving) const
{
    std::vector<std::string> targets, arguments;
    for (const GroupCall::Output &output : call.outputs)
        targets.push_back(m_outputs[output.port].tensor);
    for (const GroupCall::Output &output : call.outputs)
        if (output.givesLengths) targets.push_back(m_outputs[output.port].freshLengths);
    for (const std::size_t input : call.tensors) arguments.push_back(arriving[input].tensor);
    for (const std::size_t input : call.lengths) arguments.push_back(arriving[input].lengths);
    return fmt::format("{} = {}({})", fmt::join(targets, ", "), callee, fmt::join(arguments, ", "));
}

/// What comes to the first repetition when it already lies in the variables of the outputs.
std::vector<PythonSignal> GroupChain::firstOfLoop() const
{
    std::vector<PythonSignal> first = m_repetitions.front().arriving;
    for (const GroupCall::Output &output : m_repetitions.front().call.outputs) {
        if (output.port >= first.size()) continue;
        first[output.port].tensor = m_outputs[output.port].tensor;
        if (output.givesLengths) first[output.port].lengths = m_outputs[output.port].freshLengths;
    }
    return first;
}

bool GroupChain::isLoop() const
{
    if (m_repetitions.size() < 2) return false;
    const std::string first = code({}, m_repetitions.front().call, firstOfLoop());
    return std::all_of(m_repetitions.begin() + 1, m_repetitions.end(), [&](const Repetition &one) {
        return code({}, one.call, one.arriving) == first;
    });
}

PythonLine GroupChain::beforeLoop() const
{
    const Repetition &first = m_repetitions.front();
    const std::vector<PythonSignal> looped = firstOfLoop();
    std::vector<std::string> variables, values;
    const auto keep = [&](const std::string &variable, const std::string &value) {
        if (variable == value) return;
        variables.push_back(variable);
        values.push_back(value);
    };
    for (const std::size_t input : first.call.tensors)
        keep(looped[input].tensor, first.arriving[input].tensor);
    for (const std::size_t input : first.call.lengths)
        keep(looped[input].lengths, first.arriving[input].lengths);
    return {fmt::format("{} = {}", fmt::join(variables, ", "), fmt::join(values, ", "))};
}

std::vector<PythonLine> GroupChain::lines(const std::string &variable) const
{
    std::vector<PythonLine> lines;
    if (!isLoop()) {
        for (std::size_t i = 0; i < m_repetitions.size(); ++i) {
            const auto &[call, arriving] = m_repetitions[i];
            lines.push_back(
                {code(fmt::format("self.{}[{}]", m_member, i), call, arriving), shapesOf(call)});
        }
        return lines;
    }
    const GroupCall &call = m_repetitions.front().call;
    const bool sameShapes = std::ranges::all_of(
        m_repetitions, [&](const Repetition &one) { return shapesOf(one.call) == shapesOf(call); });
    lines.push_back(beforeLoop());
    lines.push_back({fmt::format("for {} in self.{}:", variable, m_member)});
    lines.push_back({"    " + code(variable, call, firstOfLoop()),
                     sameShapes ? shapesOf(call) : std::string()});
    return lines;
}

} // namespace ostrich::exporting
