// From a network to a model: unfolded, analysed, ordered, built block by block, moved to its
// device, and blocks that share weights given the same tensors.
#include "base/random.hpp"
#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"
#include "graph/group.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <ranges>
#include <set>

namespace ostrich::engine {

namespace {

/// Kernels in channels-last order make the whole chain of maps run so. A LeNet training step (batch
/// 64, 2 threads, float32) takes 17.6 ms so and 22.6 ms plain with AVX-512 (Zen 4), but 34.9
/// and 27.4 ms with AVX2 (Zen 3).
bool channelsLastIsFaster()
{
    static const bool hasAvx512 = at::get_cpu_capability().starts_with("AVX512");
    return hasAvx512;
}

/// The feed of an Input; "source" is a translation's own word for x.
std::string fieldOf(const graph::Parameters &parameters)
{
    const std::string &field = graph::text(parameters, "field");
    return field == "source" ? "x" : field;
}

std::vector<graph::Shape> plain(const std::vector<std::optional<graph::Shape>> &shapes)
{
    std::vector<graph::Shape> all;
    for (const auto &shape : shapes) all.push_back(*shape);
    return all;
}

/// Gives `user` the tensors of `owner`: of blocks of one kind all, else the weight. Their names;
/// none, and nothing changed, where they do not fit.
std::vector<std::string> share(const blocks::Module &owner, blocks::Module &user, bool sameKind)
{
    std::vector<std::pair<at::Tensor *, at::Tensor>> pairs;
    std::vector<std::string> names;
    for (auto &[name, tensor] : user.parameters) {
        if (!sameKind && name != "weight") continue;
        const auto theirs = std::ranges::find(owner.parameters, name, &blocks::NamedTensor::name);
        if (theirs == owner.parameters.end() || theirs->tensor.sizes() != tensor.sizes()) return {};
        pairs.emplace_back(&tensor, theirs->tensor);
        names.push_back(name);
    }
    for (auto &[mine, theirs] : pairs) *mine = theirs;
    return names;
}

} // namespace

/// One compilation. Steps are those blocks that feed an Output (all that work, when partial),
/// inputs first.
class Compiler {
public:
    Compiler(const graph::Network &network, const CompileOptions &options)
        : m_network(graph::expand(network, blocks::Registry::instance()).network),
          m_options(options),
          m_analysis(graph::analyse(network, blocks::Registry::instance(), options.facts))
    {
        for (const graph::Block &block : m_network.blocks) m_blocks[block.id] = &block;
        for (const graph::Wire &wire : m_network.wires) m_wireInto[wire.to] = &wire;
    }

    std::optional<Error> objection() const
    {
        if (m_options.partial || m_analysis.ok()) return std::nullopt;
        const graph::Problem &first = m_analysis.problems.front();
        return Error{first.block, first.message, first.hint};
    }

    /// Throws LibTorch's exceptions. Error: weights to be shared that do not fit each other.
    Result<ModelHandle> build(const std::string &device)
    {
        m_model = std::make_shared<Model>();
        m_model->m_facts = m_options.facts;
        m_model->m_device = at::Device(device);
        m_model->m_dtype = m_options.doublePrecision ? at::kDouble : at::kFloat;
        m_model->m_activationsPerSample = m_analysis.activationsPerSample;
        const std::set<std::string> wanted = wantedBlocks();
        for (const std::string &id : m_analysis.order)
            if (wanted.contains(id)) addStep(id);
        noteLastUses();
        letMonotoneStepsWait();
        if (auto refused = tieWeights()) return *std::move(refused);
        return std::move(m_model);
    }

private:
    /// Whether all is known of the block and fits. An Output has no output shape to tell by, so it
    /// is asked again.
    bool works(const std::string &id) const
    {
        const graph::BlockFacts &facts = *m_analysis.find(id);
        const blocks::BlockKind *kind = blocks::Registry::instance().find(m_blocks.at(id)->kind);
        const auto known = [](const std::optional<graph::Shape> &shape) {
            return shape.has_value();
        };
        if (kind == nullptr || !std::ranges::all_of(facts.inputs, known)
            || !std::ranges::all_of(facts.outputs, known))
            return false;
        return !facts.outputs.empty()
               || kind->infer(plain(facts.inputs), facts.parameters, m_options.facts).index() == 0;
    }

    std::set<std::string> wantedBlocks() const
    {
        std::set<std::string> wanted;
        if (m_options.partial) {
            std::ranges::copy_if(m_analysis.order, std::inserter(wanted, wanted.end()),
                                 [&](const std::string &id) { return works(id); });
            return wanted;
        }
        wanted.insert(m_analysis.outputs.begin(), m_analysis.outputs.end());
        for (auto id = m_analysis.order.rbegin(); id != m_analysis.order.rend(); ++id) {
            if (!wanted.contains(*id)) continue;
            for (const graph::Wire *wire : wiresInto(*id)) wanted.insert(wire->from.block);
        }
        return wanted;
    }

    const blocks::BlockKind &kindOf(const std::string &id) const
    {
        return *blocks::Registry::instance().find(m_blocks.at(id)->kind);
    }

    std::vector<const graph::Wire *> wiresInto(const std::string &id) const
    {
        std::vector<const graph::Wire *> wires;
        for (const std::string &port : kindOf(id).inputs(m_analysis.find(id)->parameters))
            if (const auto wire = m_wireInto.find({id, port}); wire != m_wireInto.end())
                wires.push_back(wire->second);
        return wires;
    }

    void addStep(const std::string &id)
    {
        const blocks::BlockKind &kind = kindOf(id);
        const graph::Role role = kind.description().role;
        Model::Step step{.block = id, .module = buildModule(id, kind)};
        if (role == graph::Role::Input) {
            step.field = fieldOf(m_analysis.find(id)->parameters);
            step.inputs.emplace_back(-1, 0);
        }
        for (const graph::Wire *wire : wiresInto(id)) {
            const std::string &source = wire->from.block;
            const auto ports = kindOf(source).outputs(m_analysis.find(source)->parameters);
            const auto port = std::ranges::find(ports, wire->from.port) - ports.begin();
            step.inputs.emplace_back(m_stepOf.at(source), static_cast<int>(port));
        }
        const int index = static_cast<int>(m_model->m_steps.size());
        if (role == graph::Role::Output) m_model->m_outputs.push_back(index);
        m_stepOf[id] = index;
        m_model->m_steps.push_back(std::move(step));
    }

    std::unique_ptr<blocks::Module> buildModule(const std::string &id,
                                                const blocks::BlockKind &kind)
    {
        const graph::BlockFacts &facts = *m_analysis.find(id);
        const std::vector<graph::Shape> inputs = plain(facts.inputs),
                                        outputs = plain(facts.outputs);
        const blocks::Normalisation normalisation{
            m_options.statistics.mean, m_options.statistics.deviation,
            m_options.statistics.answerMean, m_options.statistics.answerDeviation};
        auto module = kind.build({
            .parameters = facts.parameters,
            .inputs = inputs,
            .outputs = outputs,
            .facts = m_options.facts,
            .normalisation = normalisation,
            .generator = at::detail::createCPUGenerator(hashSeed(m_options.seed, id)),
            .dtype = m_model->m_dtype,
        });
        const at::NoGradGuard noGradient;
        for (auto &[name, tensor] : module->parameters)
            tensor = placed(tensor).requires_grad_(true);
        for (auto &[name, tensor] : module->buffers) tensor = placed(tensor);
        return module;
    }

    at::Tensor placed(const at::Tensor &tensor) const
    {
        at::Tensor moved = tensor.detach().to(m_model->m_device);
        if (moved.dim() == 4 && moved.is_cpu() && moved.scalar_type() == at::kFloat
            && channelsLastIsFaster())
            moved = moved.contiguous(at::MemoryFormat::ChannelsLast);
        return moved;
    }

    /// Owners before those who use their weights, so that an owner passes on what it has itself
    /// from another.
    std::optional<Error> tieWeights()
    {
        std::set<std::string> seen;
        for (const Model::Step &step : m_model->m_steps) {
            std::vector<std::string> line; // the block, its owner, the owner's owner ...
            std::string id = step.block;
            for (; !id.empty() && seen.insert(id).second; id = ownerOf(id)) line.push_back(id);
            // In a circle nobody owns anything. Only a partial model may come to that.
            if (std::ranges::find(line, id) != line.end()) continue;
            for (const std::string &user : std::views::reverse(line)) {
                const std::string owner = ownerOf(user);
                const bool fits = owner.empty() || tie(user, owner);
                if (!fits && !m_options.partial)
                    return Error{user,
                                 {"engine.weights_misfit", {user, owner}},
                                 {"engine.weights_misfit_hint", {}}};
            }
        }
        return std::nullopt;
    }

    /// The block whose weights `id` uses; empty where it has its own, or the owner is not here.
    std::string ownerOf(const std::string &id) const
    {
        const std::string &owner = m_blocks.at(id)->weightsOf;
        return m_stepOf.contains(owner) ? owner : std::string();
    }

    bool tie(const std::string &user, const std::string &owner)
    {
        const bool sameKind = m_blocks.at(user)->kind == m_blocks.at(owner)->kind;
        const auto shared = share(moduleOf(owner), moduleOf(user), sameKind);
        for (const std::string &name : shared) {
            std::string source = owner + "." + name;
            if (const auto first = m_source.find(source); first != m_source.end())
                source = first->second;
            m_source[user + "." + name] = source;
            m_model->m_ties.push_back({user + "." + name, source});
        }
        return !shared.empty();
    }

    blocks::Module &moduleOf(const std::string &id)
    {
        return *m_model->m_steps[static_cast<std::size_t>(m_stepOf.at(id))].module;
    }

    void noteLastUses()
    {
        std::vector<Model::Step> &steps = m_model->m_steps;
        std::vector<int> last(steps.size(), -1);
        for (std::size_t i = 0; i < steps.size(); ++i)
            for (const auto &[source, port] : steps[i].inputs)
                if (source >= 0) last[static_cast<std::size_t>(source)] = static_cast<int>(i);
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (last[i] >= 0)
                steps[static_cast<std::size_t>(last[i])].lastUses.push_back(static_cast<int>(i));
    }

    /// What reads nothing but a function that never falls, and chooses the largest of its values,
    /// chooses the same without it: the function then has few values to work on. After a ReLU that
    /// feeds 2 x 2 pooling, a LeNet's forward pass takes 0.7 of the time, with the slope at the
    /// picture 0.65.
    void letMonotoneStepsWait()
    {
        std::vector<Model::Step> &steps = m_model->m_steps;
        std::vector<int> readers(steps.size(), 0);
        for (const Model::Step &step : steps)
            for (const auto &[source, port] : step.inputs)
                if (source >= 0) ++readers[static_cast<std::size_t>(source)];
        for (Model::Step &step : steps) {
            if (!step.module->choosesLargest()) continue;
            const int source = step.inputs.front().first;
            const auto index = static_cast<std::size_t>(source);
            if (source < 0 || readers[index] != 1 || !steps[index].module->isMonotone()) continue;
            steps[index].waits = true;
            step.waiting = source;
        }
    }

    const graph::Network m_network; // without groups
    const CompileOptions &m_options;
    const graph::Analysis m_analysis;
    std::map<std::string, const graph::Block *> m_blocks;
    std::map<graph::Endpoint, const graph::Wire *> m_wireInto;
    std::map<std::string, int> m_stepOf;
    std::map<std::string, std::string> m_source; // parameters that are another's
    ModelHandle m_model;
};

Result<ModelHandle> compile(const graph::Network &network, const CompileOptions &options)
{
    const Result<std::string> device = resolveDevice(options.device);
    if (!device) return device.error();

    Compiler compiler(network, options);
    if (const auto objection = compiler.objection()) return *objection;
    std::optional<Result<ModelHandle>> built;
    const Result<void> done = guarded(*device, [&] { built = compiler.build(*device); });
    if (!done) return done.error();
    return *std::move(built);
}

} // namespace ostrich::engine
