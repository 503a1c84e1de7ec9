// A small set of kinds for the graph's tests: enough to wire, to misfit and to repair; nothing
// computes.
#pragma once

#include "graph/kind.hpp"

#include "graph/network.hpp"

#include <algorithm>
#include <functional>

namespace ostrich::graph::test {

using Outcome = std::variant<std::vector<Shape>, Misfit>;
using Rule =
    std::function<Outcome(const std::vector<Shape> &, const Parameters &, const DataFacts &)>;

class TestKind final : public Kind {
public:
    TestKind(Description description, std::vector<std::string> inputs, Rule rule)
        : m_description(std::move(description)),
          m_inputs(std::move(inputs)),
          m_rule(std::move(rule))
    {
    }

    const Description &description() const override { return m_description; }
    std::vector<std::string> inputs(const Parameters &) const override { return m_inputs; }
    Outcome infer(const std::vector<Shape> &inputs, const Parameters &parameters,
                  const DataFacts &facts) const override
    {
        return m_rule(inputs, parameters, facts);
    }
    Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &,
              const Parameters &parameters) const override
    {
        if (m_description.name != "Linear") return {};
        const std::int64_t in = *inputs[0].size(Axis::F);
        const std::int64_t out = integer(parameters, "out_features");
        return {in * out + out, in * out};
    }

private:
    Description m_description;
    std::vector<std::string> m_inputs;
    Rule m_rule;
};

inline ParameterSpec integerSpec(std::string name, std::int64_t value,
                                 std::vector<std::string> symbols = {})
{
    ParameterSpec spec;
    spec.name = std::move(name);
    spec.defaultValue = value;
    spec.minimum = 1;
    spec.maximum = 4096;
    spec.symbols = std::move(symbols);
    return spec;
}

inline Description describe(std::string name, std::string stem, bool pill = false,
                            Role role = Role::Hidden)
{
    Description description;
    description.name = name;
    description.label = {name, name};
    description.idStem = std::move(stem);
    description.pill = pill;
    description.role = role;
    return description;
}

/// Input, Conv2d (keeps H and W), Linear, Flatten, ReLU, Add (a, b), Concat (a, b: channels), Halve
/// (pools 2×2), GroupInput, GroupOutput, Output.
class TestKinds final : public KindSet {
public:
    TestKinds()
    {
        const auto same = [](const std::vector<Shape> &in, const Parameters &, const DataFacts &) {
            return Outcome{std::vector{in[0]}};
        };
        addKind(describe("Input", "input", false, Role::Input), {},
                [](const auto &, const auto &, const DataFacts &facts) {
                    return Outcome{std::vector{facts.input}};
                });
        Description conv = describe("Conv2d", "conv");
        conv.parameters = {integerSpec("out_channels", 16)};
        addKind(conv, {"x"},
                [](const auto &in, const Parameters &parameters, const auto &) -> Outcome {
                    if (!in[0].isMaps())
                        return Misfit{{"test.maps_expected", {}}, {}, "N×C×H×W", "x", {}};
                    return std::vector{Shape::maps(integer(parameters, "out_channels"),
                                                   *in[0].size(Axis::H), *in[0].size(Axis::W))};
                });
        Description linear = describe("Linear", "linear");
        linear.parameters = {integerSpec("out_features", 32, {"classes"})};
        addKind(linear, {"x"},
                [](const auto &in, const Parameters &parameters, const auto &) -> Outcome {
                    if (!in[0].isVector())
                        return Misfit{{"test.flat_expected", {"Linear", toString(in[0], false)}},
                                      {"test.flat_reason", {}},
                                      "N×F",
                                      "x",
                                      InsertBefore{"x", "Flatten", {}}};
                    return std::vector{Shape::vector(integer(parameters, "out_features"))};
                });
        addKind(describe("Flatten", "flatten", true), {"x"},
                [](const auto &in, const auto &, const auto &) {
                    return Outcome{std::vector{Shape::vector(*in[0].valuesPerSample())}};
                });
        addKind(describe("ReLU", "relu", true), {"x"}, same);
        addKind(describe("Halve", "halve"), {"x"}, [](const auto &in, const auto &, const auto &) {
            return Outcome{std::vector{Shape::maps(*in[0].size(Axis::C), *in[0].size(Axis::H) / 2,
                                                   *in[0].size(Axis::W) / 2)}};
        });
        addKind(describe("Add", "add", true), {"a", "b"},
                [](const auto &in, const auto &, const auto &) -> Outcome {
                    if (in[0] != in[1]) return Misfit{{"test.same_expected", {}}, {}, "", "b", {}};
                    return std::vector{in[0]};
                });
        addKind(describe("Concat", "concat", true), {"a", "b"},
                [](const auto &in, const auto &, const auto &) {
                    return Outcome{
                        std::vector{Shape::maps(*in[0].size(Axis::C) + *in[1].size(Axis::C),
                                                *in[0].size(Axis::H), *in[0].size(Axis::W))}};
                });
        addKind(describe("GroupInput", "x", true, Role::GroupInput), {"x"}, same);
        addKind(describe("GroupOutput", "y", true, Role::GroupOutput), {"x"}, same);
        addKind(describe("Output", "output", false, Role::Output), {"x"},
                [](const auto &in, const auto &, const DataFacts &facts) -> Outcome {
                    if (in[0] != Shape::vector(facts.classes))
                        return Misfit{{"test.classes_expected", {}},
                                      {},
                                      "",
                                      "x",
                                      ChangeUpstream{"x", "out_features", std::string("classes")}};
                    return std::vector{in[0]};
                });
    }

    const Kind *find(std::string_view name) const override
    {
        for (const TestKind &kind : m_kinds) {
            if (kind.description().name == name) return &kind;
        }
        return nullptr;
    }
    std::vector<const Kind *> all() const override
    {
        std::vector<const Kind *> kinds;
        for (const TestKind &kind : m_kinds) kinds.push_back(&kind);
        return kinds;
    }

private:
    void addKind(Description description, std::vector<std::string> inputs, Rule rule)
    {
        m_kinds.emplace_back(std::move(description), std::move(inputs), std::move(rule));
    }

    std::vector<TestKind> m_kinds;
};

inline DataFacts digits()
{
    DataFacts facts;
    facts.input = Shape::maps(1, 28, 28);
    facts.classes = 10;
    facts.title = "Digits";
    return facts;
}

/// Blocks of the given kinds in a chain from y to x, 250 px apart, with ids block_1, block_2 ...
inline Network chain(const std::vector<std::string> &kindNames)
{
    Network network;
    for (const std::string &kind : kindNames) {
        const double place = static_cast<double>(network.blocks.size());
        const std::string id = "block_" + std::to_string(network.blocks.size() + 1);
        if (!network.blocks.empty())
            network.wires.push_back({{network.blocks.back().id, "y"}, {id, "x"}});
        network.blocks.push_back({id, kind, {}, {24.0 + 250.0 * place, 30.0}});
    }
    std::ranges::sort(network.wires);
    return network;
}

} // namespace ostrich::graph::test
