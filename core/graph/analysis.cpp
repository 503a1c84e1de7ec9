// One pass along the flow: shapes, costs, and a problem where something does not fit.
#include "graph/analysis.hpp"

#include "graph/flow.hpp"
#include "graph/group.hpp"
#include "graph/group_facts.hpp"
#include "graph/problem_words.hpp"
#include "graph/saturating.hpp"

#include <algorithm>

namespace ostrich::graph {

namespace {

// A repair walks over all blocks to make room for a new one. The first misfits' are enough: with
// each one mended the next gets its own.
constexpr std::size_t kMostRepairs = 50;

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

/// The walk's state. One object per call of analyse().
class Diagnosis {
public:
    Diagnosis(const Network &network, const KindSet &kinds, const DataFacts &facts)
        : m_whole(network),
          m_expansion(expand(network, kinds)),
          m_network(m_expansion.network),
          m_kinds(kinds),
          m_facts(facts),
          m_flow(flowOf(m_network))
    {
        const std::size_t count = m_network.blocks.size();
        m_kindOf.reserve(count);
        std::map<std::string_view, const Kind *> known; // a set of kinds may search slowly
        for (const Block &block : m_network.blocks) {
            const auto [entry, isNew] = known.try_emplace(block.kind, nullptr);
            if (isNew) entry->second = kinds.find(block.kind);
            m_kindOf.push_back(entry->second);
        }
        m_blockFacts.resize(count);
        findBlocksThatFeedOutputs();
    }

    Analysis run() &&
    {
        if (m_expansion.tooLarge) {
            m_analysis.problems.push_back(
                networkProblem("graph.too_many_blocks", "graph.too_many_blocks_hint"));
            return std::move(m_analysis);
        }
        if (!hasRole(Role::Input))
            m_analysis.problems.push_back(networkProblem("graph.no_input", "graph.no_input_hint"));
        for (const std::size_t index : m_flow.order) visit(index);
        for (const std::size_t index : m_flow.order) shareWeights(index);
        if (!hasRole(Role::Output))
            m_analysis.problems.push_back(
                networkProblem("graph.no_output", "graph.no_output_hint"));
        for (std::size_t i = 0; i < m_blockFacts.size(); ++i)
            m_analysis.blocks.emplace(m_network.blocks[i].id, std::move(m_blockFacts[i]));
        for (GroupProblem &each : addGroupFacts(m_whole, m_kinds, m_analysis))
            addProblem(each.within, std::move(each.problem));
        return std::move(m_analysis);
    }

private:
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
            const Place &place = m_expansion.places[index];
            add(index, unknownKind(*place.network, *place.network->find(place.id), m_kinds));
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
            add(index,
                badParameter(*m_expansion.places[index].network->find(m_expansion.places[index].id),
                             *objection, specs));
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
                addWireWithoutPort(index, kind, link.wire->to.port, true);
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
            if (m_feedsOutput[index]) addOpenInput(index, kind, ports[i]);
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
                addWireWithoutPort(index, *kind, link.wire->to.port, false);
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
            add(index, misfitAt(index, *misfit, ports));
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

    /// Once for all repetitions of a group. The repair, an edit of the innermost network, becomes
    /// one of the whole.
    void add(std::size_t index, Problem problem)
    {
        const Place &place = m_expansion.places[index];
        const auto [told, isNew] =
            m_told.try_emplace(prefixOf(place.within) + place.id, m_network.blocks[index].id);
        if (!isNew && told->second != m_network.blocks[index].id) return;
        problem.block = m_network.blocks[index].id;
        addProblem(place.within, std::move(problem));
    }

    void addProblem(const std::vector<std::string> &within, Problem problem)
    {
        if (!problem.repair.empty()) {
            auto whole = inGroup(m_whole, within, problem.repair);
            problem.repair = whole ? *std::move(whole) : Edit();
            if (problem.repair.empty()) problem.repairName = {};
        }
        m_analysis.problems.push_back(std::move(problem));
    }

    /// Of the wire into `port`, as the network that holds it has it: one of its ends is not there.
    void addWireWithoutPort(std::size_t index, const Kind &kind, const std::string &port,
                            bool atInput)
    {
        const Place &place = m_expansion.places[index];
        std::vector<std::string> around = place.within;
        const Network *network = place.network;
        Endpoint to{place.id, port};
        if (!around.empty() && isRole(index, Role::GroupInput)) {
            to = {around.back(), place.id};
            around.pop_back();
            network = networkWithin(m_whole, around);
        }
        const Wire *wire = network->wireInto(to);
        if (wire == nullptr) return; // between two repetitions
        const std::string end = prefixOf(around) + to.block + '.' + to.port;
        if (!m_told.try_emplace(end, end).second) return;
        Problem problem = wireWithoutPort(kind, *wire, atInput ? wire->to : wire->from);
        problem.block = m_network.blocks[index].id;
        addProblem(around, std::move(problem));
    }

    /// A port of a group that nothing is wired to is told at the group.
    void addOpenInput(std::size_t index, const Kind &kind, const std::string &port)
    {
        const Place &place = m_expansion.places[index];
        if (place.within.empty() || !isRole(index, Role::GroupInput)) {
            add(index, openInput(kind, port));
            return;
        }
        std::vector<std::string> around = place.within;
        around.pop_back();
        const Block *group = networkWithin(m_whole, around)->find(place.within.back());
        Problem problem = openInput(*kindOf(*group, m_kinds), place.id);
        problem.block = prefixOf(around) + group->id;
        if (m_told.try_emplace(problem.block + '.' + place.id, problem.block).second)
            addProblem(around, std::move(problem));
    }

    /// Takes off what the block has from another.
    void shareWeights(std::size_t index)
    {
        const Block &block = m_network.blocks[index];
        if (block.weightsOf.empty() || m_kindOf[index] == nullptr) return;
        const auto owner = m_flow.index.find(block.weightsOf);
        BlockFacts &facts = m_blockFacts[index];
        std::optional<std::int64_t> shared;
        bool waits = false; // behind another problem
        if (owner != m_flow.index.end() && m_kindOf[owner->second] != nullptr) {
            const BlockFacts &theirs = m_blockFacts[owner->second];
            waits = !complete(facts) || !complete(theirs);
            const bool cyclic = ownsOwner(index);
            const bool lost = m_feedsOutput[index] && !m_feedsOutput[owner->second];
            if (!cyclic && !lost)
                shared =
                    sharedParameters(*m_kindOf[owner->second], theirs, *m_kindOf[index], facts);
        }
        if (shared) {
            facts.cost.parameters -= *shared;
            m_analysis.parameters -= *shared;
            return;
        }
        if (waits) return;
        const Place &place = m_expansion.places[index];
        Problem problem;
        problem.message = {"graph.weights_misfit", {block.id, block.weightsOf}};
        problem.hint = {"graph.weights_misfit_hint", {}};
        problem.repair = setWeightsOf(*place.network, place.id, {});
        problem.repairName = problem.repair.name;
        add(index, std::move(problem));
    }

    /// Whether the way from owner to owner comes back to the block itself.
    bool ownsOwner(std::size_t index) const
    {
        std::size_t at = index;
        for (std::size_t i = 0; i <= m_network.blocks.size(); ++i) {
            const std::string &owner = m_network.blocks[at].weightsOf;
            const auto next = owner.empty() ? m_flow.index.end() : m_flow.index.find(owner);
            if (next == m_flow.index.end()) return false;
            at = next->second;
        }
        return true;
    }

    static bool complete(const BlockFacts &facts)
    {
        const auto known = [](const auto &shape) { return shape.has_value(); };
        return std::ranges::all_of(facts.inputs, known)
               && std::ranges::all_of(facts.outputs, known);
    }

    Problem misfitAt(std::size_t index, const Misfit &misfit, const std::vector<std::string> &ports)
    {
        Problem problem = misfitProblem(misfit);
        if (m_misfits++ >= kMostRepairs) {
            const auto *insert = std::get_if<InsertBefore>(&misfit.repair);
            const Kind *kind = insert ? m_kinds.find(insert->kind) : nullptr;
            if (kind != nullptr) problem.hint = insertHint(labelOf(*kind));
            return problem;
        }
        const Place &place = m_expansion.places[index];
        problem.repair =
            repairEdit(*place.network, place.id, withPort(misfit.repair, ports), m_kinds);
        if (problem.repair.empty()) return problem;
        problem.repairName = problem.repair.name;
        problem.hint = repairHint(problem.repair, place.id, m_kinds);
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

    const Network &m_whole;
    const Expansion m_expansion;
    const Network &m_network; // unfolded
    const KindSet &m_kinds;
    const DataFacts &m_facts;
    const Flow m_flow;
    std::vector<const Kind *> m_kindOf; // null: unknown
    std::vector<BlockFacts> m_blockFacts;
    std::vector<bool> m_feedsOutput;
    std::map<std::string, std::string> m_told; // block within its groups: the repetition told of
    std::size_t m_misfits = 0;
    Analysis m_analysis;
};

} // namespace

Analysis analyse(const Network &network, const KindSet &kinds, const DataFacts &facts)
{
    return Diagnosis(network, kinds, facts).run();
}

} // namespace ostrich::graph
