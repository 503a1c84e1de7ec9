// What several kinds say when shapes do not fit, and the sizes beyond which a block is refused.
#include "blocks/misfits.hpp"

#include <fmt/format.h>

namespace ostrich::blocks {

using graph::Axis;

graph::Misfit misfit(Message message, Message reason, std::string expected, std::string port,
                     graph::Repair repair)
{
    graph::Misfit made;
    made.message = std::move(message);
    made.reason = std::move(reason);
    made.expected = std::move(expected);
    made.port = std::move(port);
    made.repair = std::move(repair);
    return made;
}

graph::Misfit expectsVector(const std::string &kind, const graph::Shape &got,
                            const std::string &port)
{
    const Message message{"blocks.vector_expected", {kind, graph::toString(got, false)}};
    if (got.isTokens()) return expectsSequence(kind, got, port);
    if (got.isSequence())
        return misfit(message, {"blocks.vector_reason_sequence", {kind}}, "N×F", port,
                      graph::InsertBefore{port, "TimePool", {}});
    if (!got.isMaps() || !got.valuesPerSample())
        return misfit(message, {"blocks.vector_reason", {kind}}, "N×F", port, {});

    const std::int64_t c = *got.size(Axis::C), h = *got.size(Axis::H), w = *got.size(Axis::W);
    const Message reason{"blocks.vector_reason_maps",
                         {kind, std::to_string(c), fmt::format("{}×{}", h, w),
                          fmt::format("{}·{}·{}", c, h, w),
                          std::to_string(*got.valuesPerSample())}};
    return misfit(message, reason, "N×F", port, graph::InsertBefore{port, "Flatten", {}});
}

graph::Misfit expectsSequence(const std::string &kind, const graph::Shape &got,
                              const std::string &port)
{
    const std::string shape = graph::toString(got, false);
    if (got.isTokens())
        return misfit({"blocks.tokens_unlooked", {kind}}, {"blocks.tokens_reason", {kind}}, "N×T×F",
                      port, graph::InsertBefore{port, "Embedding", {}});
    return misfit({"blocks.sequence_expected", {kind, shape}}, {"blocks.sequence_reason", {kind}},
                  "N×T×F", port, {});
}

graph::Misfit expectsMaps(const std::string &kind, const graph::Shape &got, const std::string &port)
{
    return misfit({"blocks.maps_expected", {kind, graph::toString(got, false)}},
                  {"blocks.maps_reason", {kind}}, "N×C×H×W", port, {});
}

std::optional<graph::Misfit> tooLarge(const std::string &kind, const Extent &extent)
{
    constexpr double kMaxValues = 1099511627776.0;          // 2^40
    constexpr double kMaxMultiplyAdds = 1125899906842624.0; // 2^50
    const auto refuse = [&](const char *id, double count) {
        return misfit({id, {kind, fmt::format("{:.1e}", count)}}, {}, "", "", {});
    };
    if (extent.weights > kMaxValues) return refuse("blocks.too_many_weights", extent.weights);
    if (extent.values > kMaxValues) return refuse("blocks.too_many_values", extent.values);
    if (extent.multiplyAdds > kMaxMultiplyAdds)
        return refuse("blocks.too_much_work", extent.multiplyAdds);
    return std::nullopt;
}

} // namespace ostrich::blocks
