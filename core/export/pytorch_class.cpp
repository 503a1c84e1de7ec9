// Walks through a network and writes a line for each block; through the groups within, too.
#include "export/pytorch_class.hpp"

#include "export/pytorch_group.hpp"
#include "graph/flow.hpp"
#include "graph/group.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace ostrich::exporting {

namespace {

using graph::Axis;
using graph::Role;
using graph::Shape;

/// What the writers of all classes share.
struct Shared {
    Shared(const PytorchBlocks &all, const std::vector<engine::Tie> &tied)
        : blocks(all), ties(tied), taken{"self", "torch", "nn"}, classNames({})
    {
        for (const std::string &support : blocks.support)
            for (const std::string &name : definitions(support)) taken.insert(name);
        std::set<std::string> classes = taken;
        classes.insert({"Path", "Network", "load", "CLASSES"});
        classNames = PythonNames(classes);
    }

    /// The name of the class that reads as `made` does, which joins the others if it is the first.
    std::string nameOf(PythonClass made);

    const PytorchBlocks &blocks;
    const std::vector<engine::Tie> &ties;
    std::set<std::string> taken; // names that no member and no variable may have
    PythonNames classNames;
    PythonClasses classes;
    std::map<std::string, std::size_t> placeOf; // in classes.all, by their code
};

/// A comment stays where all who share the class say the same.
std::string Shared::nameOf(PythonClass made)
{
    std::string code = made.name;
    for (const auto *lines : {&made.constructor, &made.arguments})
        code += fmt::format("\n\n{}", fmt::join(*lines, "\n"));
    for (const PythonLine &line : made.forward) code += '\n' + line.code;
    const auto [entry, isNew] = placeOf.try_emplace(code, classes.all.size());
    if (isNew) {
        made.name = classNames.uniqueClass(made.name);
        classes.all.push_back(std::move(made));
        return classes.all.back().name;
    }
    PythonClass &known = classes.all[entry->second];
    for (std::size_t i = 0; i < known.forward.size(); ++i)
        if (known.forward[i].comment != made.forward[i].comment) known.forward[i].comment.clear();
    return known.name;
}

/// Writes one class: of the network, or of one repetition of a group.
class ClassWriter {
public:
    /// `prefix`: what the ids of its blocks begin with, `path`: their names in the state dict.
    ClassWriter(Shared &shared, const graph::Network &network, std::string prefix, std::string path,
                std::set<std::string> taken)
        : m_shared(shared),
          m_network(network),
          m_prefix(std::move(prefix)),
          m_path(std::move(path)),
          m_names(taken)
    {
        const graph::Flow flow = graph::flowOf(network);
        for (const std::size_t index : flow.order)
            if (isNeeded(network.blocks[index])) m_blocks.push_back(&network.blocks[index]);
        for (const graph::Block *block : m_blocks) {
            m_nameOf[block->id] = m_names.unique(block->id);
            if (!block->inside)
                m_shared.classes.names[m_prefix + block->id] = m_path + m_nameOf[block->id];
        }
        for (const graph::Block *block : m_blocks) nameSignals(*block);
    }

    PythonClass network(const NetworkCall &call);
    /// `arriving`: what comes to the group's inputs. Its class joins those shared.
    GroupCall repetition(const graph::Block &group, const std::vector<PythonSignal> &arriving);

private:
    bool isNeeded(const graph::Block &block) const;
    const PytorchBlock &textOf(const graph::Block &block) const
    {
        return m_shared.blocks.blocks.at(m_prefix + block.id);
    }
    bool isGroup() const { return !m_prefix.empty(); }
    void nameSignals(const graph::Block &block);
    PythonSignal signalInto(const std::string &block, const std::string &port) const;
    std::vector<PythonSignal> inputsOf(const graph::Block &block) const;
    std::string filled(std::string text, const graph::Block &block,
                       const std::vector<PythonSignal> &inputs) const;
    void writeBody();
    void writeBlock(const graph::Block &block);
    void writeLengths(const graph::Block &block, const std::vector<PythonSignal> &inputs);
    void writeGroup(const graph::Block &group);
    void takeInputs(const graph::Block &group, const std::vector<PythonSignal> &arriving);
    std::vector<GroupCall::Output> giveOutputs(const graph::Block &group);
    void chooseArguments(const graph::Block &group, GroupCall &call);
    void dropUnusedLengths();
    void tieWeights();
    std::string partOf(const std::string &tensor) const;

    Shared &m_shared;
    const graph::Network &m_network;
    const std::string m_prefix, m_path;
    PythonNames m_names;
    std::string m_loopVariable;
    std::vector<const graph::Block *> m_blocks; // in the order in which they run
    std::map<std::string, std::string> m_nameOf;
    std::map<graph::Endpoint, PythonSignal> m_signals;
    std::map<std::string, PythonSignal> m_feeds; // of Inputs
    PythonClass m_made;
};

bool ClassWriter::isNeeded(const graph::Block &block) const
{
    if (block.inside) return m_shared.blocks.groups.contains(m_prefix + block.id);
    const auto found = m_shared.blocks.blocks.find(m_prefix + block.id);
    return found != m_shared.blocks.blocks.end()
           && !(isGroup() && found->second.role() == Role::GroupOutput);
}

void ClassWriter::nameSignals(const graph::Block &block)
{
    const std::string &name = m_nameOf.at(block.id);
    const std::vector<std::string> ports =
        block.inside
            ? graph::portsOf(*block.inside, Role::GroupOutput, blocks::Registry::instance())
            : textOf(block).kind->outputs(textOf(block).parameters);
    for (const std::string &port : ports) {
        PythonSignal signal;
        signal.tensor = ports.size() == 1 ? name : m_names.unique(name + "_" + port);
        signal.freshLengths = m_names.unique(signal.tensor + "_lengths");
        m_signals[{block.id, port}] = signal;
    }
}

PythonSignal ClassWriter::signalInto(const std::string &block, const std::string &port) const
{
    const graph::Wire *wire = m_network.wireInto({block, port});
    const auto found = wire ? m_signals.find(wire->from) : m_signals.end();
    return found == m_signals.end() ? PythonSignal() : found->second;
}

std::vector<PythonSignal> ClassWriter::inputsOf(const graph::Block &block) const
{
    if (const auto fed = m_feeds.find(block.id); fed != m_feeds.end()) return {fed->second};
    std::vector<PythonSignal> inputs;
    for (const std::string &port : textOf(block).kind->inputs(textOf(block).parameters))
        inputs.push_back(signalInto(block.id, port));
    return inputs;
}

std::string ClassWriter::filled(std::string text, const graph::Block &block,
                                const std::vector<PythonSignal> &inputs) const
{
    replaceAll(text, "{m}", "self." + m_nameOf.at(block.id));
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        replaceAll(text, "{x" + std::to_string(i) + "}", inputs[i].tensor);
        replaceAll(text, "{l" + std::to_string(i) + "}", inputs[i].lengths);
    }
    return text;
}

void ClassWriter::writeBody()
{
    for (const graph::Block *block : m_blocks) {
        if (block->inside)
            writeGroup(*block);
        else if (!isGroup() || textOf(*block).role() != Role::GroupInput)
            writeBlock(*block);
    }
    tieWeights();
}

void ClassWriter::writeBlock(const graph::Block &block)
{
    const PytorchBlock &written = textOf(block);
    const std::string &name = m_nameOf.at(block.id);
    if (!written.text.module.empty())
        m_made.constructor.push_back(fmt::format("self.{} = {}", name, written.text.module));
    const std::vector<PythonSignal> inputs = inputsOf(block);
    const std::vector<std::string> ports = written.kind->outputs(written.parameters);
    std::vector<std::string> variables, shapes;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        variables.push_back(m_signals.at({block.id, ports[i]}).tensor);
        shapes.push_back(graph::toString(written.outputs[i]));
    }
    if (ports.empty()) { // an Output: what it hands on is the answer
        variables.push_back(name);
        shapes.push_back(graph::toString(written.inputs[0]));
    }
    m_made.forward.push_back({fmt::format("{} = {}", fmt::join(variables, ", "),
                                          filled(written.text.call, block, inputs)),
                              fmt::format("{}", fmt::join(shapes, ", "))});
    writeLengths(block, inputs);
}

void ClassWriter::writeLengths(const graph::Block &block, const std::vector<PythonSignal> &inputs)
{
    const PytorchBlock &written = textOf(block);
    const std::string lengths = filled(written.text.lengths, block, inputs);
    const std::vector<std::string> ports = written.kind->outputs(written.parameters);
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const Shape &shape = written.outputs[i];
        const bool varies = (shape.isSequence() || shape.isTokens()) && !shape.size(Axis::T);
        if (!varies || lengths == kNone) continue;
        PythonSignal &signal = m_signals.at({block.id, ports[i]});
        const bool isVariable = isPythonName(lengths);
        signal.lengths = isVariable ? lengths : signal.freshLengths;
        if (!isVariable)
            m_made.forward.push_back(
                {signal.freshLengths + " = " + lengths, {}, signal.freshLengths});
    }
}

void ClassWriter::writeGroup(const graph::Block &group)
{
    const blocks::Registry &registry = blocks::Registry::instance();
    std::vector<PythonSignal> inputs, outputs;
    for (const std::string &port : graph::portsOf(*group.inside, Role::GroupInput, registry))
        inputs.push_back(signalInto(group.id, port));
    const auto ports = graph::portsOf(*group.inside, Role::GroupOutput, registry);
    for (const std::string &port : ports) outputs.push_back(m_signals.at({group.id, port}));

    const std::string &name = m_nameOf.at(group.id);
    GroupChain chain(name, std::move(inputs), std::move(outputs));
    for (std::int64_t i = 0; i < graph::repeatOf(group); ++i) {
        ClassWriter writer(m_shared, *group.inside, fmt::format("{}{}.{}.", m_prefix, group.id, i),
                           fmt::format("{}{}.{}.", m_path, name, i), m_shared.taken);
        chain.add(writer.repetition(group, chain.arriving()));
    }
    m_made.constructor.push_back(chain.construction());
    if (chain.isLoop() && m_loopVariable.empty()) m_loopVariable = m_names.unique("layer");
    std::ranges::move(chain.lines(m_loopVariable), std::back_inserter(m_made.forward));
    const std::vector<PythonSignal> leaving = chain.leaving();
    for (std::size_t i = 0; i < ports.size(); ++i) m_signals[{group.id, ports[i]}] = leaving[i];
}

void ClassWriter::dropUnusedLengths()
{
    std::vector<PythonLine> &lines = m_made.forward;
    for (std::size_t i = lines.size(); i-- > 0;) {
        const std::string &name = lines[i].lengths;
        if (name.empty()) continue;
        const auto next = lines.begin() + static_cast<std::ptrdiff_t>(i) + 1;
        const bool used = std::any_of(
            next, lines.end(), [&](const PythonLine &line) { return mentions(line.code, name); });
        if (!used) lines.erase(next - 1);
    }
}

/// The block, or the repetition of a group, of this network to which the tensor belongs; empty:
/// none.
std::string ClassWriter::partOf(const std::string &tensor) const
{
    if (!tensor.starts_with(m_prefix)) return {};
    for (const graph::Block *block : m_blocks) {
        const std::string head = m_prefix + block->id + '.';
        if (!tensor.starts_with(head)) continue;
        return block->inside ? tensor.substr(0, tensor.find('.', head.size())) : head;
    }
    return {};
}

/// Where two blocks of this network, or of groups in it, share: those within one repetition of a
/// group are that class's own.
void ClassWriter::tieWeights()
{
    const NameOfBlock &names = m_shared.classes.names;
    const auto member = [&](const std::string &tensor) {
        return asMember(nameInPython(tensor, names).substr(m_path.size()));
    };
    bool isFirst = true;
    for (const auto &[user, owner] : m_shared.ties) {
        const std::string place = partOf(user), other = partOf(owner);
        if (place.empty() || other.empty() || place == other) continue;
        if (std::exchange(isFirst, false))
            m_made.constructor.emplace_back(
                "# Blocks that share weights: one and the same parameter under both names.");
        m_made.constructor.push_back(fmt::format("self{} = self{}", member(user), member(owner)));
    }
}

PythonClass ClassWriter::network(const NetworkCall &call)
{
    m_feeds = call.feeds;
    writeBody();
    std::vector<std::string> answers;
    for (const std::string &id : call.outputs) answers.push_back(m_nameOf.at(id));
    m_made.forward.push_back({fmt::format("return {}", fmt::join(answers, ", "))});
    dropUnusedLengths();
    m_made.name = "Network";
    m_made.arguments = call.arguments;
    return std::move(m_made);
}

/// The group's own inputs are arguments.
void ClassWriter::takeInputs(const graph::Block &group, const std::vector<PythonSignal> &arriving)
{
    const auto ports =
        graph::portsOf(*group.inside, Role::GroupInput, blocks::Registry::instance());
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto signal = m_signals.find({ports[i], "y"});
        if (signal != m_signals.end() && arriving[i].hasLengths())
            signal->second.lengths = signal->second.freshLengths;
    }
}

/// The line that returns; what it returns.
std::vector<GroupCall::Output> ClassWriter::giveOutputs(const graph::Block &group)
{
    const blocks::Registry &registry = blocks::Registry::instance();
    const auto inputs = graph::portsOf(*group.inside, Role::GroupInput, registry);
    const auto ports = graph::portsOf(*group.inside, Role::GroupOutput, registry);
    std::vector<GroupCall::Output> outputs;
    std::vector<std::string> tensors, lengths;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto needed = m_shared.blocks.blocks.find(m_prefix + ports[i]);
        if (needed == m_shared.blocks.blocks.end()) continue;
        const PythonSignal signal = signalInto(ports[i], "x");
        GroupCall::Output output{.port = i, .lengthsOf = {}, .shape = needed->second.outputs[0]};
        tensors.push_back(signal.tensor);
        for (std::size_t k = 0; k < inputs.size() && signal.hasLengths(); ++k) {
            const auto input = m_signals.find({inputs[k], "y"});
            if (input != m_signals.end() && input->second.lengths == signal.lengths)
                output.lengthsOf = k;
        }
        output.givesLengths = signal.hasLengths() && !output.lengthsOf;
        if (output.givesLengths) lengths.push_back(signal.lengths);
        outputs.push_back(std::move(output));
    }
    std::ranges::move(lengths, std::back_inserter(tensors));
    m_made.forward.push_back({fmt::format("return {}", fmt::join(tensors, ", "))});
    return outputs;
}

/// Tensors first, then those lengths that some line asks for.
void ClassWriter::chooseArguments(const graph::Block &group, GroupCall &call)
{
    const auto ports =
        graph::portsOf(*group.inside, Role::GroupInput, blocks::Registry::instance());
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto signal = m_signals.find({ports[i], "y"});
        if (signal == m_signals.end()) continue;
        call.tensors.push_back(i);
        m_made.arguments.push_back(signal->second.tensor);
        const std::string &lengths = signal->second.lengths;
        if (signal->second.hasLengths() && mentions(m_made.forward, lengths))
            call.lengths.push_back(i);
    }
    for (const std::size_t input : call.lengths)
        m_made.arguments.push_back(m_signals.at({ports[input], "y"}).lengths + "=None");
}

GroupCall ClassWriter::repetition(const graph::Block &group,
                                  const std::vector<PythonSignal> &arriving)
{
    takeInputs(group, arriving);
    writeBody();
    GroupCall call;
    call.outputs = giveOutputs(group);
    dropUnusedLengths();
    chooseArguments(group, call);
    m_made.name = graph::titleOf(group);
    if (m_made.name != group.id) m_made.title = harmless(m_made.name);
    call.className = m_shared.nameOf(std::move(m_made));
    return call;
}

} // namespace

std::string PythonClass::text() const
{
    std::string text = fmt::format("class {}(nn.Module):\n", name);
    if (!name.starts_with(title)) text += fmt::format("    \"\"\"{}.\"\"\"\n\n", title);
    text += "    def __init__(self):\n        super().__init__()\n";
    for (const std::string &line : constructor) text += "        " + line + "\n";
    text += "\n    def forward(self";
    for (const std::string &argument : arguments) text += ", " + argument;
    text += "):";
    for (const PythonLine &line : forward)
        text += "\n        " + line.code + (line.comment.empty() ? "" : "  # " + line.comment);
    return text;
}

PythonClasses pythonClasses(const PytorchBlocks &blocks, const NetworkCall &call,
                            const std::vector<engine::Tie> &ties)
{
    Shared shared(blocks, ties);
    std::set<std::string> taken = shared.taken;
    taken.insert({"Path", "Network", "load", "CLASSES", "x", "lengths", "source", "source_lengths",
                  "target", "target_lengths"});
    ClassWriter writer(shared, blocks.network, {}, {}, taken);
    PythonClass network = writer.network(call);
    shared.classes.all.push_back(std::move(network));
    return std::move(shared.classes);
}

} // namespace ostrich::exporting
