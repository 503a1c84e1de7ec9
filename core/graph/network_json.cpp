// Networks as JSON: written sorted and stable, read with every broken structure named.
#include "graph/flow.hpp"
#include "graph/group.hpp"
#include "graph/network.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace ostrich::graph {

namespace {

using Json = nlohmann::json;

/// Beyond this no canvas finds a block again (pixels).
constexpr double kFarthest = 1e6;
constexpr std::size_t kLongestName = 100;
Result<Network> networkAt(const Json &json, const std::string &prefix, int depth);

Error bad(std::string where, std::string id, std::vector<std::string> arguments = {})
{
    return {std::move(where), {std::move(id), std::move(arguments)}, {"graph.json_hint", {}}};
}

bool isName(const std::string &text)
{
    return !text.empty() && text.size() <= kLongestName
           && std::all_of(text.begin(), text.end(), [](char c) {
                  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                         || c == '_';
              });
}

/// Foreign text in a message: short, so that the message stays one line.
std::string shortened(const std::string &text)
{
    return text.size() <= kLongestName ? text : text.substr(0, kLongestName) + "...";
}

const std::string *stringAt(const Json &object, const char *key)
{
    const auto found = object.find(key);
    return found == object.end() ? nullptr : found->get_ptr<const std::string *>();
}

std::optional<ParameterValue> parameterValue(const Json &json)
{
    if (json.is_boolean()) return json.get<bool>();
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) return {};
    if (json.is_number_integer()) return json.get<std::int64_t>();
    if (json.is_number_float() && std::isfinite(json.get<double>())) return json.get<double>();
    if (json.is_string()) return json.get<std::string>();
    return {};
}

Result<Parameters> parametersFromJson(const Json &json, const std::string &where)
{
    if (!json.is_object()) return bad(where, "graph.json_object");
    Parameters parameters;
    for (const auto &[key, entry] : json.items()) {
        auto value = parameterValue(entry);
        if (!value) return bad(where + "." + shortened(key), "graph.json_value");
        parameters.emplace(key, std::move(*value));
    }
    return parameters;
}

Result<double> coordinate(const Json &block, const char *key, const std::string &where)
{
    const auto found = block.find(key);
    if (found == block.end()) return 0.0;
    const double value = found->is_number() ? found->get<double>() : std::nan("");
    // The comparison is false for NaN too.
    if (!(std::abs(value) <= kFarthest)) return bad(where + "." + key, "graph.json_position");
    return value;
}

/// "embedding_1", or "layer_1.0.linear_2".
bool isPathOfNames(const std::string &text)
{
    std::size_t begin = 0;
    for (std::size_t dot = 0; dot != std::string::npos; begin = dot + 1) {
        dot = text.find('.', begin);
        if (!isName(text.substr(begin, dot == std::string::npos ? dot : dot - begin))) return false;
    }
    return true;
}

/// What makes a block more than its kind: a network within, weights of another.
Result<void> readGroup(const Json &json, const std::string &where, int depth, Block &block)
{
    if (const auto found = json.find("weights_of"); found != json.end()) {
        const auto *owner = found->get_ptr<const std::string *>();
        if (owner == nullptr || owner->size() > kDeepest * kLongestName || !isPathOfNames(*owner))
            return bad(where + ".weights_of", "graph.json_id");
        block.weightsOf = *owner;
    }
    const auto inside = json.find("network");
    if ((inside != json.end()) != (block.kind == kGroupKind))
        return bad(where + ".network", "graph.json_group");
    if (inside == json.end()) return {};
    if (depth >= kDeepest) return bad(where + ".network", "graph.json_deep");
    auto network = networkAt(*inside, where + ".network.", depth + 1);
    if (!network) return network.error();
    block.inside = std::make_shared<const Network>(*std::move(network));
    return {};
}

Result<Block> blockFromJson(const Json &json, const std::string &where, int depth)
{
    if (!json.is_object()) return bad(where, "graph.json_object");
    Block block;
    const std::string *id = stringAt(json, "id");
    if (id == nullptr || !isName(*id)) return bad(where + ".id", "graph.json_id");
    block.id = *id;
    const std::string *kind = stringAt(json, "kind");
    if (kind == nullptr || !isName(*kind)) return bad(where + ".kind", "graph.json_kind");
    block.kind = *kind;
    if (const auto found = json.find("parameters"); found != json.end()) {
        auto parameters = parametersFromJson(*found, where + ".parameters");
        if (!parameters) return parameters.error();
        block.parameters = *std::move(parameters);
    }
    const auto x = coordinate(json, "x", where);
    if (!x) return x.error();
    const auto y = coordinate(json, "y", where);
    if (!y) return y.error();
    block.position = {*x, *y};
    if (auto read = readGroup(json, where, depth, block); !read) return read.error();
    return block;
}

Result<Endpoint> endpointFromJson(const Json &wire, const char *key, const std::string &where)
{
    const std::string *text = stringAt(wire, key);
    const std::size_t dot = text == nullptr ? std::string::npos : text->find('.');
    if (dot == std::string::npos) return bad(where + "." + key, "graph.json_endpoint");
    Endpoint endpoint{text->substr(0, dot), text->substr(dot + 1)};
    if (!isName(endpoint.block) || !isName(endpoint.port))
        return bad(where + "." + key, "graph.json_endpoint");
    return endpoint;
}

Result<std::vector<Block>> blocksFromJson(const Json &json, const std::string &prefix, int depth)
{
    std::vector<Block> blocks;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string where = prefix + "blocks[" + std::to_string(i) + "]";
        auto block = blockFromJson(json[i], where, depth);
        if (!block) return block.error();
        if (!ids.insert(block->id).second)
            return bad(where + ".id", "graph.json_twice", {block->id});
        blocks.push_back(*std::move(block));
    }
    return blocks;
}

Result<std::vector<Wire>> wiresFromJson(const Json &json, const std::string &prefix,
                                        const std::vector<Block> &blocks)
{
    std::set<std::string_view> ids;
    for (const Block &block : blocks) ids.insert(block.id);
    std::vector<Wire> wires;
    std::set<Endpoint> taken;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string where = prefix + "wires[" + std::to_string(i) + "]";
        if (!json[i].is_object()) return bad(where, "graph.json_object");
        auto from = endpointFromJson(json[i], "from", where);
        if (!from) return from.error();
        auto to = endpointFromJson(json[i], "to", where);
        if (!to) return to.error();
        if (!ids.contains(from->block))
            return bad(where + ".from", "graph.json_no_block", {from->block});
        if (!ids.contains(to->block)) return bad(where + ".to", "graph.json_no_block", {to->block});
        if (!taken.insert(*to).second)
            return bad(where + ".to", "graph.json_two_wires", {to->block + "." + to->port});
        wires.push_back({*std::move(from), *std::move(to)});
    }
    std::sort(wires.begin(), wires.end());
    return wires;
}

Result<Network> networkAt(const Json &json, const std::string &prefix, int depth)
{
    if (!json.is_object()) return bad(prefix + "network", "graph.json_object");
    static const Json nothing = Json::array();
    const auto arrayAt = [&json](const char *key) -> const Json & {
        const auto found = json.find(key);
        return found == json.end() ? nothing : *found;
    };
    if (!json.contains("blocks") || !arrayAt("blocks").is_array())
        return bad(prefix + "blocks", "graph.json_array");
    if (!arrayAt("wires").is_array()) return bad(prefix + "wires", "graph.json_array");

    auto blocks = blocksFromJson(arrayAt("blocks"), prefix, depth);
    if (!blocks) return blocks.error();
    auto wires = wiresFromJson(arrayAt("wires"), prefix, *blocks);
    if (!wires) return wires.error();
    Network network{*std::move(blocks), *std::move(wires)};
    if (!flowOf(network).acyclic) return bad(prefix + "wires", "graph.json_cycle");
    return network;
}

} // namespace

Json toJson(const Network &network)
{
    Json blocks = Json::array();
    for (const Block &block : network.blocks) {
        Json parameters = Json::object();
        for (const auto &[name, value] : block.parameters)
            std::visit([&, &key = name](const auto &each) { parameters[key] = each; }, value);
        Json written{{"id", block.id},
                     {"kind", block.kind},
                     {"parameters", std::move(parameters)},
                     {"x", block.position.x},
                     {"y", block.position.y}};
        if (!block.weightsOf.empty()) written["weights_of"] = block.weightsOf;
        if (block.inside) written["network"] = toJson(*block.inside);
        blocks.push_back(std::move(written));
    }
    std::vector<Wire> sorted = network.wires;
    std::sort(sorted.begin(), sorted.end());
    Json wires = Json::array();
    for (const Wire &wire : sorted)
        wires.push_back({{"from", wire.from.block + "." + wire.from.port},
                         {"to", wire.to.block + "." + wire.to.port}});
    return {{"blocks", std::move(blocks)}, {"wires", std::move(wires)}};
}

Result<Network> networkFromJson(const Json &json)
{
    return networkAt(json, {}, 0);
}

} // namespace ostrich::graph
