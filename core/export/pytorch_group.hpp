// A group in the network around it: a list of modules, and the way through them.
#pragma once

#include "export/pytorch_text.hpp"
#include "graph/shape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ostrich::exporting {

/// One repetition of a group as it is called: an object of its class.
struct GroupCall {
    struct Output {
        std::size_t port = 0;                 // among the group's
        std::optional<std::size_t> lengthsOf; // the input whose lengths are its own
        bool givesLengths = false;            // they come behind the tensors
        graph::Shape shape = {};
    };
    std::string className;
    std::vector<std::size_t> tensors; // the inputs that it takes, then those whose lengths it takes
    std::vector<std::size_t> lengths;
    std::vector<Output> outputs;
};

/// The repetitions one behind the other, the k-th output into the k-th input.
class GroupChain {
public:
    /// `member`: of the network, without self. `inputs`: what is wired to the group, by port;
    /// `outputs`: the variables to keep what comes out in.
    GroupChain(std::string member, std::vector<PythonSignal> inputs,
               std::vector<PythonSignal> outputs);

    /// What comes to the next repetition, by port.
    const std::vector<PythonSignal> &arriving() const { return m_arriving; }
    void add(GroupCall call);

    /// "self.layer_1 = nn.ModuleList([Layer() for _ in range(6)])".
    std::string construction() const;
    /// Whether one call reads as all others do: then lines() are a loop.
    bool isLoop() const;
    /// `variable`: of the loop.
    std::vector<PythonLine> lines(const std::string &variable) const;
    /// What comes out of the last repetition, by port.
    std::vector<PythonSignal> leaving() const { return m_leaving; }

private:
    struct Repetition {
        GroupCall call;
        std::vector<PythonSignal> arriving;
    };
    std::string code(const std::string &callee, const GroupCall &call,
                     const std::vector<PythonSignal> &arriving) const;
    std::vector<PythonSignal> firstOfLoop() const;
    PythonLine beforeLoop() const;

    std::string m_member;
    std::vector<PythonSignal> m_outputs;
    std::vector<PythonSignal> m_arriving, m_leaving;
    std::vector<Repetition> m_repetitions;
};

} // namespace ostrich::exporting
