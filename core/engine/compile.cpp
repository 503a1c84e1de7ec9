// From a network to a model: analysed, ordered, built block by block, moved to its device.
#include "base/random.hpp"
#include "blocks/block_kind.hpp"
#include "engine/machine.hpp"
#include "engine/model_torch.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <c10/util/Exception.h>

#include <algorithm>
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

} // namespace

/// One compilation. Steps are those blocks that feed an Output (all that work, when partial),
/// inputs first.
class Compiler {
public:
    Compiler(const graph::Network &network, const CompileOptions &options)
        : m_network(network),
          m_options(options),
          m_analysis(graph::analyse(network, blocks::Registry::instance(), options.facts))
    {
        for (const graph::Block &block : network.blocks) m_blocks[block.id] = &block;
        for (const graph::Wire &wire : network.wires) m_wireInto[wire.to] = &wire;
    }

    std::optional<Error> objection() const
    {
        if (m_options.partial || m_analysis.ok()) return std::nullopt;
        const graph::Problem &first = m_analysis.problems.front();
        return Error{first.block, first.message, first.hint};
    }

    /// Throws LibTorch's exceptions.
    ModelHandle build(const std::string &device)
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
        return std::move(m_model);
    }

private:
    /// Whether every port of the block has a known shape.
    bool complete(const graph::BlockFacts &facts) const
    {
        const auto known = [](const std::optional<graph::Shape> &shape) {
            return shape.has_value();
        };
        return std::ranges::all_of(facts.inputs, known)
               && std::ranges::all_of(facts.outputs, known);
    }

    /// An Output has no output shape to tell by, so its misfit is looked up.
    bool works(const std::string &id) const
    {
        const graph::BlockFacts *facts = m_analysis.find(id);
        return facts && complete(*facts)
               && blocks::Registry::instance().find(m_blocks.at(id)->kind) != nullptr
               && std::ranges::none_of(m_analysis.problems, [&](const graph::Problem &problem) {
                      return problem.block == id;
                  });
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
        Model::Step step{id, buildModule(id, kind), {}, {}, {}};
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
        const auto known = [](const std::vector<std::optional<graph::Shape>> &shapes) {
            std::vector<graph::Shape> all;
            for (const auto &shape : shapes) all.push_back(*shape);
            return all;
        };
        const std::vector<graph::Shape> inputs = known(facts.inputs),
                                        outputs = known(facts.outputs);
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

    const graph::Network &m_network;
    const CompileOptions &m_options;
    const graph::Analysis m_analysis;
    std::map<std::string, const graph::Block *> m_blocks;
    std::map<graph::Endpoint, const graph::Wire *> m_wireInto;
    std::map<std::string, int> m_stepOf;
    ModelHandle m_model;
};

Result<ModelHandle> compile(const graph::Network &network, const CompileOptions &options)
{
    const Result<std::string> device = resolveDevice(options.device);
    if (!device) return device.error();

    Compiler compiler(network, options);
    if (const auto objection = compiler.objection()) return *objection;
    ModelHandle model;
    const Result<void> done = guarded(*device, [&] { model = compiler.build(*device); });
    if (!done) return done.error();
    return model;
}

} // namespace ostrich::engine
