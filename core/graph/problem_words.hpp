// The sentences of a diagnosis: what is wrong, and what to do.
#pragma once

#include "graph/analysis.hpp"

namespace ostrich::graph {

std::string labelOf(const Kind &kind);
/// "Put a Flatten before it."
Message insertHint(const std::string &label);

Problem networkProblem(std::string message, std::string hint);
/// `network` holds `block`; the repair, where a name is near, is an edit of it. So below.
Problem unknownKind(const Network &network, const Block &block, const KindSet &kinds);
Problem badParameter(const Block &block, const Message &objection,
                     const std::vector<ParameterSpec> &specs);
Problem wireWithoutPort(const Kind &kind, const Wire &wire, const Endpoint &end);
Problem openInput(const Kind &kind, const std::string &port);
Problem nothingLeft(const Kind &kind, const Shape &shape);
/// Its repair and hint are left to the caller.
Problem misfitProblem(const Misfit &misfit);
/// What `repair`, an edit that mends block `id`, comes to in words.
Message repairHint(const Edit &repair, const std::string &id, const KindSet &kinds);

} // namespace ostrich::graph
