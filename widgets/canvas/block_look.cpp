// Reads a block's card from the network, its kind and the analysis.
#include "canvas/block_look.hpp"

#include "blocks/block_kind.hpp"
#include "canvas/canvas_geometry.hpp"
#include "graph/group.hpp"
#include "graph/layout.hpp"
#include "model/project_model.hpp"
#include "theme/theme.hpp"

#include <QCoreApplication>

#include <algorithm>

namespace ostrich::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ostrich::ui::BlockLook)
};

void addPorts(BlockLook &look, const std::vector<std::string> &names, bool output)
{
    const double middle = look.size.height() / 2;
    const double x = output ? look.size.width() : 0.0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const double y =
            middle
            + (static_cast<double>(i) - static_cast<double>(names.size() - 1) / 2) * kPortPitch;
        look.ports.push_back({names[i], output, {x, y}, false});
    }
}

void markProblems(BlockLook &look, const graph::Analysis &analysis)
{
    for (const graph::Problem &problem : analysis.problems) {
        if (problem.block != look.id) continue;
        look.liveness = Liveness::Wrong;
        for (PortLook &port : look.ports)
            port.wrong = port.wrong || (!port.output && port.name == problem.port);
    }
    if (look.liveness == Liveness::Wrong) return;
    const graph::BlockFacts *facts = analysis.find(look.id);
    const bool known = facts
                       && std::all_of(facts->outputs.begin(), facts->outputs.end(),
                                      [](const auto &shape) { return shape.has_value(); })
                       && std::all_of(facts->inputs.begin(), facts->inputs.end(),
                                      [](const auto &shape) { return shape.has_value(); });
    look.liveness = known ? Liveness::Shows : Liveness::Waits;
}

/// A group's card lies on one more, on two where it is repeated; a tied block names the owner.
void readStructure(const graph::Block &block, BlockLook &look)
{
    look.group = block.inside != nullptr;
    if (look.group) look.layers = graph::repeatOf(block) > 1 ? 3 : 2;
    look.tied = !block.weightsOf.empty();
    if (look.tied)
        look.summary.prepend(
            Texts::tr("weights of %1").arg(QString::fromStdString(block.weightsOf)));
}

/// What the card has a sign for, by the parameters' names: any kind may have them.
void readSigns(const graph::Parameters &parameters, BlockLook &look)
{
    const auto valueOf = [&parameters](const char *name) {
        const auto entry = parameters.find(name);
        return entry == parameters.end() ? graph::ParameterValue() : entry->second;
    };
    const auto isTrue = [&valueOf](const char *name) {
        const graph::ParameterValue value = valueOf(name);
        const bool *flag = std::get_if<bool>(&value);
        return flag && *flag;
    };
    look.bothWays = isTrue("bidirectional");
    look.causal = isTrue("causal");
    const graph::ParameterValue layers = valueOf("num_layers"), field = valueOf("field");
    if (const auto *count = std::get_if<std::int64_t>(&layers))
        look.layers = static_cast<int>(std::clamp<std::int64_t>(*count, 1, 100));
    if (const auto *name = std::get_if<std::string>(&field)) look.readsTarget = *name == "target";
}

QString spokenName(const BlockLook &look, const graph::Analysis &analysis)
{
    const QString id = QString::fromStdString(look.id);
    QString text =
        look.summary.isEmpty()
            ? Texts::tr("%1, %2").arg(look.title, id)
            : Texts::tr("%1, %2: %3").arg(look.title, id, look.summary.join(QStringLiteral(", ")));
    for (const graph::Problem &problem : analysis.problems)
        if (problem.block == look.id) text += QLatin1Char('\n') + sentence(problem.message);
    return text;
}

} // namespace

const PortLook *BlockLook::port(const std::string &name, bool output) const
{
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const PortLook &port) {
        return port.output == output && port.name == name;
    });
    return found == ports.end() ? nullptr : &*found;
}

BlockLook lookOf(const graph::Block &block, const ProjectModel &project)
{
    const auto &kinds = blocks::Registry::instance();
    BlockLook look;
    look.id = block.id;
    look.title = QString::fromStdString(graph::titleOf(block));
    const graph::Size size = graph::blockSize(block, kinds);
    look.size = {size.width, size.height};
    if (const auto kind = graph::kindOf(block, kinds)) {
        const graph::Description &description = kind->description();
        look.icon = QString::fromStdString(description.icon);
        if (!block.inside) look.label = words(description.label);
        look.category = description.category;
        look.role = description.role;
        look.pill = description.pill;
        // A wrong parameter is told as a problem; ports and summary then come from the defaults.
        const bool sound = !graph::checkParameters(block.parameters, description.parameters);
        const graph::Parameters parameters = graph::withDefaults(
            sound ? block.parameters : graph::Parameters(), description.parameters);
        // The outer side of a group's port belongs to the network around it.
        if (look.role != graph::Role::GroupInput) addPorts(look, kind->inputs(parameters), false);
        if (look.role != graph::Role::GroupOutput) addPorts(look, kind->outputs(parameters), true);
        const graph::BlockFacts *facts = project.analysis().find(block.id);
        const bool resolved = facts && facts->parameters.size() >= parameters.size();
        readSigns(resolved ? facts->parameters : parameters, look);
        for (const Words &part :
             kind->summary(resolved ? facts->parameters : parameters, project.facts()))
            look.summary << words(part);
    }
    readStructure(block, look);
    // One of a group's several ways in or out is told by its name.
    if ((look.role == graph::Role::GroupInput || look.role == graph::Role::GroupOutput)
        && graph::portsOf(project.network(), look.role, kinds).size() > 1)
        look.title = QString::fromStdString(block.id);
    markProblems(look, project.analysis());
    look.spoken = spokenName(look, project.analysis());
    return look;
}

} // namespace ostrich::ui
