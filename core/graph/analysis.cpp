// One pass along the flow: shapes, costs, and a problem where something does not fit.
#include "graph/analysis.hpp"

#include "graph/flow.hpp"
#include "graph/nearest_name.hpp"

#include <algorithm>

namespace ostrich::graph {

namespace {

// A repair walks over all blocks to make room for a new one. The first misfits' are enough: with
// each one mended the next gets its own.
constexpr std::size_t kMostRepairs = 50;

std::int64_t plus(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

std::int64_t times(std::int64_t a, std::int64_t b)
{
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

/// What a symbol stands for in `parameter`; nothing where the data have no such size.
std::optional<std::int64_t> symbolValue(const std::string &symbol, const std::string &parameter,
                                        const DataFacts &facts)
{
    if (symbol == "classes") return facts.answers();
    if (symbol != "data") return {};
    static const std::map<std::string, Axis, std::less<>> axes{
        {"channels", Axis::C}, {"height", Axis::H},   {"width", Axis::W},
        {"length", Axis::T},   {"features", Axis::F},
    };
    const auto axis = axes.find(parameter);
    return axis == axes.end() ? facts.input.valuesPerSample() : facts.input.size(axis->second);
}

/// `complete` with every symbol replaced by the number that it stands for.
Parameters resolved(Parameters complete, const std::vector<ParameterSpec> &specs,
                    const DataFacts &facts)
{
    for (const ParameterSpec &spec : specs) {
        const bool isNumber =
            spec.type == ParameterType::Integer || spec.type == ParameterType::Real;
        if (!isNumber || spec.symbols.empty()) continue;
        ParameterValue &value = complete[spec.name];
        const auto *symbol = std::get_if<std::string>(&value);
        if (symbol == nullptr) continue;
        if (const auto number = symbolValue(*symbol, spec.name, facts)) value = *number;
    }
    return complete;
}

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

/// The walk's state. One object per call of analyse().
class Diagnosis {
public:
    Diagnosis(const Network &network, const KindSet &kinds, const DataFacts &facts)
        : m_network(network), m_kinds(kinds), m_facts(facts), m_flow(flowOf(network))
    {
        const std::size_t count = network.blocks.size();
        m_kindOf.reserve(count);
        std::map<std::string_view, const Kind *> known; // a set of kinds may search slowly
        for (const Block &block : network.blocks) {
            const auto [entry, isNew] = known.try_emplace(block.kind, nullptr);
            if (isNew) entry->second = kinds.find(block.kind);
            m_kindOf.push_back(entry->second);
        }
        m_blockFacts.resize(count);
        findBlocksThatFeedOutputs();
    }

    Analysis run() &&
    {
        if (!hasRole(Role::Input))
            m_analysis.problems.push_back(networkProblem("graph.no_input", "graph.no_input_hint"));
        for (const std::size_t index : m_flow.order) visit(index);
        if (!hasRole(Role::Output))
            m_analysis.problems.push_back(
                networkProblem("graph.no_output", "graph.no_output_hint"));
        for (std::size_t i = 0; i < m_blockFacts.size(); ++i)
            m_analysis.blocks.emplace(m_network.blocks[i].id, std::move(m_blockFacts[i]));
        return std::move(m_analysis);
    }

private:
    static Problem networkProblem(std::string id, std::string hint)
    {
        Problem problem;
        problem.message.id = std::move(id);
        problem.hint.id = std::move(hint);
        return problem;
    }

    bool isRole(std::size_t index, Role role) const
    {
        return m_kindOf[index] != nullptr && m_kindOf[index]->description().role == role;
    }

    bool hasRole(Role role) const
    {
        for (std::size_t i = 0; i < m_kindOf.size(); ++i) {
            if (isRole(i, role)) return true;
        }
        return false;
    }

    void findBlocksThatFeedOutputs()
    {
        m_feedsOutput.assign(m_kindOf.size(), false);
        for (auto index = m_flow.order.rbegin(); index != m_flow.order.rend(); ++index) {
            m_feedsOutput[*index] =
                isRole(*index, Role::Output)
                || std::ranges::any_of(m_flow.out[*index], [this](const Link &link) {
                       return m_feedsOutput[link.block];
                   });
        }
    }

    void visit(std::size_t index)
    {
        const Block &block = m_network.blocks[index];
        m_analysis.order.push_back(block.id);
        BlockFacts &facts = m_blockFacts[index];
        const Kind *kind = m_kindOf[index];
        if (kind == nullptr) {
            facts.parameters = block.parameters;
            add(index, unknownKind(block));
            return;
        }
        if (isRole(index, Role::Output)) m_analysis.outputs.push_back(block.id);
        const auto &specs = kind->description().parameters;
        const auto objection = checkParameters(block.parameters, specs);
        // Whoever reads the facts of a wrong block must still find the right types.
        facts.parameters = resolved(objection ? soundParameters(block.parameters, specs)
                                              : withDefaults(block.parameters, specs),
                                    specs, m_facts);
        const auto inputs = kind->inputs(facts.parameters);
        facts.inputs.resize(inputs.size());
        facts.outputs.resize(kind->outputs(facts.parameters).size());
        if (objection)
            add(index, badParameter(block, *objection, specs));
        else if (readInputs(index, *kind, inputs))
            infer(index, *kind, inputs);
    }

    /// Fills facts.inputs; true when all shapes are known. Tells wires without a port and inputs
    /// without a wire.
    bool readInputs(std::size_t index, const Kind &kind, const std::vector<std::string> &ports)
    {
        BlockFacts &facts = m_blockFacts[index];
        std::vector<bool> wired(ports.size(), false);
        bool behindProblem = false;
        bool allPortsExist = true;
        for (const Link &link : m_flow.in[index]) {
            const auto port = std::find(ports.begin(), ports.end(), link.wire->to.port);
            if (port == ports.end()) {
                add(index, wireWithoutPort(kind, *link.wire, link.wire->to));
                allPortsExist = false;
                continue;
            }
            const auto place = static_cast<std::size_t>(port - ports.begin());
            wired[place] = true;
            facts.inputs[place] = shapeFrom(index, link, behindProblem);
        }
        if (behindProblem || !allPortsExist) return false;
        bool complete = true;
        for (std::size_t i = 0; i < ports.size(); ++i) {
            if (wired[i]) continue;
            complete = false;
            if (m_feedsOutput[index])
                add(index, openInput(kind, isRole(index, Role::Output), ports[i]));
        }
        return complete;
    }

    std::optional<Shape> shapeFrom(std::size_t index, const Link &link, bool &behindProblem)
    {
        const BlockFacts &source = m_blockFacts[link.block];
        const Kind *kind = m_kindOf[link.block];
        std::optional<Shape> shape;
        if (kind != nullptr) {
            const auto ports = kind->outputs(source.parameters);
            const auto port = std::find(ports.begin(), ports.end(), link.wire->from.port);
            const auto place = static_cast<std::size_t>(port - ports.begin());
            if (port == ports.end())
                add(index, wireWithoutPort(*kind, *link.wire, link.wire->from));
            else if (place < source.outputs.size())
                shape = source.outputs[place];
        }
        behindProblem = behindProblem || !shape;
        return shape;
    }

    void infer(std::size_t index, const Kind &kind, const std::vector<std::string> &ports)
    {
        BlockFacts &facts = m_blockFacts[index];
        std::vector<Shape> inputs;
        inputs.reserve(facts.inputs.size());
        for (const auto &shape : facts.inputs) inputs.push_back(*shape);
        auto inferred = kind.infer(inputs, facts.parameters, m_facts);
        if (const auto *misfit = std::get_if<Misfit>(&inferred)) {
            add(index, misfitProblem(m_network.blocks[index], *misfit, ports));
            return;
        }
        const auto &outputs = std::get<0>(inferred);
        for (const Shape &shape : outputs) {
            const bool empty = std::ranges::any_of(shape.dimensions, [](const Dimension &each) {
                return each.size && *each.size <= 0;
            });
            if (empty) {
                add(index, nothingLeft(kind, shape));
                return;
            }
        }
        facts.cost = kind.cost(inputs, outputs, facts.parameters);
        m_analysis.parameters = plus(m_analysis.parameters, facts.cost.parameters);
        m_analysis.multiplyAdds = plus(m_analysis.multiplyAdds, facts.cost.multiplyAdds);
        for (std::size_t i = 0; i < facts.outputs.size() && i < outputs.size(); ++i) {
            facts.outputs[i] = outputs[i];
            m_analysis.activationsPerSample = plus(
                m_analysis.activationsPerSample, longest(outputs[i]).valuesPerSample().value_or(0));
        }
    }

    /// A variable T stands for the longest sample in what memory it takes.
    Shape longest(Shape shape) const
    {
        const std::int64_t steps =
            std::max({m_facts.longest, m_facts.target.longest, std::int64_t{1}});
        for (Dimension &dimension : shape.dimensions) {
            if (dimension.axis == Axis::T && !dimension.size) dimension.size = steps;
        }
        return shape;
    }

    void add(std::size_t index, Problem problem)
    {
        problem.block = m_network.blocks[index].id;
        m_analysis.problems.push_back(std::move(problem));
    }

    Problem unknownKind(const Block &block) const
    {
        Problem problem;
        problem.message = {"graph.unknown_kind", {block.kind}};
        problem.hint = {"graph.unknown_kind_hint", {}};
        std::vector<std::string> names;
        for (const Kind *kind : m_kinds.all()) names.push_back(kind->description().name);
        const auto nearest = nearestName(block.kind, names);
        if (!nearest) return problem;
        problem.hint = {"graph.did_you_mean", {*nearest}};
        problem.repair = withKind(m_network, block, *nearest, block.parameters);
        problem.repairName = problem.repair.name;
        return problem;
    }

    static Problem badParameter(const Block &block, const Message &objection,
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

    static Problem wireWithoutPort(const Kind &kind, const Wire &wire, const Endpoint &end)
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

    static Problem openInput(const Kind &kind, bool isOutput, const std::string &port)
    {
        Problem problem;
        problem.port = port;
        problem.message = {isOutput ? "graph.output_open" : "graph.input_open",
                           {labelOf(kind), port}};
        problem.hint = {isOutput ? "graph.output_open_hint" : "graph.input_open_hint", {}};
        return problem;
    }

    Problem nothingLeft(const Kind &kind, const Shape &shape) const
    {
        Problem problem;
        problem.message = {"graph.nothing_left", {labelOf(kind), toString(shape, false)}};
        problem.hint = {"graph.nothing_left_hint", {}};
        return problem;
    }

    Problem misfitProblem(const Block &block, const Misfit &misfit,
                          const std::vector<std::string> &ports)
    {
        Problem problem;
        problem.port = misfit.port;
        problem.message = misfit.message;
        problem.reason = misfit.reason;
        problem.expected = misfit.expected;
        if (m_misfits++ >= kMostRepairs) {
            const auto *insert = std::get_if<InsertBefore>(&misfit.repair);
            const Kind *kind = insert ? m_kinds.find(insert->kind) : nullptr;
            if (kind != nullptr) problem.hint = insertHint(labelOf(*kind));
            return problem;
        }
        problem.repair = repairEdit(m_network, block.id, withPort(misfit.repair, ports), m_kinds);
        problem.repairName = problem.repair.name;
        if (problem.repair.empty()) return problem;
        for (const Change &change : problem.repair.changes) {
            const auto *added = std::get_if<AddBlock>(&change);
            if (added && added->block.id == block.id)
                problem.hint = {"graph.hint_replace", {added->block.kind}};
            else if (added)
                problem.hint = insertHint(labelOf(*m_kinds.find(added->block.kind)));
            else if (const auto *set = std::get_if<SetParameter>(&change))
                problem.hint = {set->id == block.id ? "graph.hint_set" : "graph.hint_set_of",
                                {set->parameter, toString(*set->after), set->id}};
        }
        return problem;
    }

    /// A rule that names no port means the first.
    static Repair withPort(Repair repair, const std::vector<std::string> &ports)
    {
        const std::string first = ports.empty() ? "" : ports.front();
        if (auto *insert = std::get_if<InsertBefore>(&repair); insert && insert->port.empty())
            insert->port = first;
        if (auto *change = std::get_if<ChangeUpstream>(&repair); change && change->port.empty())
            change->port = first;
        return repair;
    }

    const Network &m_network;
    const KindSet &m_kinds;
    const DataFacts &m_facts;
    const Flow m_flow;
    std::vector<const Kind *> m_kindOf; // null: unknown
    std::vector<BlockFacts> m_blockFacts;
    std::vector<bool> m_feedsOutput;
    std::size_t m_misfits = 0;
    Analysis m_analysis;
};

} // namespace

const BlockFacts *Analysis::find(const std::string &id) const
{
    const auto found = blocks.find(id);
    return found == blocks.end() ? nullptr : &found->second;
}

std::optional<Shape> Analysis::shapeOf(const Endpoint &output, const Network &network,
                                       const KindSet &kinds) const
{
    const BlockFacts *facts = find(output.block);
    const Block *block = network.find(output.block);
    const Kind *kind = block == nullptr ? nullptr : kinds.find(block->kind);
    if (facts == nullptr || kind == nullptr) return {};
    const auto ports = kind->outputs(facts->parameters);
    const auto port = std::find(ports.begin(), ports.end(), output.port);
    const auto place = static_cast<std::size_t>(port - ports.begin());
    return place < facts->outputs.size() && port != ports.end() ? facts->outputs[place]
                                                                : std::nullopt;
}

Analysis analyse(const Network &network, const KindSet &kinds, const DataFacts &facts)
{
    return Diagnosis(network, kinds, facts).run();
}

std::int64_t boundedBatch(std::int64_t activationsPerSample, std::int64_t wanted, int copies)
{
    constexpr std::int64_t kValues = 256'000'000 / 4;
    const std::int64_t perSample = std::max<std::int64_t>(times(activationsPerSample, copies), 1);
    return std::clamp<std::int64_t>(kValues / perSample, 1, std::max<std::int64_t>(wanted, 1));
}

std::int64_t trainingBytes(const Analysis &analysis, std::int64_t batch)
{
    constexpr std::int64_t kFloat32 = 4;
    constexpr std::int64_t kTrained = 4; // themselves, gradients, two moments
    const std::int64_t weights = times(analysis.parameters, kTrained + kWeightCopies);
    const std::int64_t perSample = analysis.activationsPerSample;
    const std::int64_t training = times(times(perSample, 2), batch);
    const std::int64_t evaluation = times(perSample, boundedBatch(perSample, kEvaluationBatch, 1));
    return times(plus(weights, std::max(training, evaluation)), kFloat32);
}

} // namespace ostrich::graph
