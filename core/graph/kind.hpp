// What the graph needs to know of a block kind: its words, ports, shape rule and cost. No LibTorch
// here.
#pragma once

#include "graph/network.hpp"
#include "graph/parameter.hpp"
#include "graph/shape.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ostrich::graph {

enum class Category {
    Data,
    Linear,
    Convolution,
    Pooling,
    Normalisation,
    Activation,
    Recurrent,
    Attention,
    Structure,
    Output
};

std::string_view name(Category category); // "convolution"
Words label(Category category);

/// What the data ask of the network for each sample.
enum class Task {
    Classify,   // one class: N×K
    LabelSteps, // a class for each step, or for those steps that have a label: N×T×K
    Regress,    // numbers, such as a forecast: N×V
    Translate   // another sequence of tokens, fed by field "target" one step behind: N×T×K
};

/// What one Input block is fed with.
struct FieldFacts {
    Shape shape = Shape::vector(1);
    std::int64_t longest = 0; // sequences: the most steps that a sample has

    bool operator==(const FieldFacts &) const = default;
};

/// What the data say to the network: the sizes behind "data" and "classes".
struct DataFacts {
    Shape input = Shape::vector(1);
    std::int64_t classes = 0; // Regress: 0; Translate: the target's tokens
    std::vector<std::string> classNames;
    std::string title; // for the Input card: a name, or the id of a message
    Task task = Task::Classify;
    std::int64_t longest = 0; // sequences: the most steps that a sample's input has
    std::int64_t values = 0;  // Regress: how many numbers are asked for (steps × series)
    FieldFacts target;        // Translate: what the decoder reads
    /// Forecasts whose windows are told from their last step: each feature's last value is taken
    /// off the window, that of feature targets[i] off the answers.
    bool relative = false;
    std::vector<std::int64_t> targets; // forecasts: which features are asked for

    bool operator==(const DataFacts &) const = default;

    /// "x" and "source": the input. "target": the target of a translation. Else nothing.
    std::optional<FieldFacts> field(std::string_view name) const;
    /// How many numbers the network puts out for an answer: what "classes" stands for. At least 1.
    std::int64_t answers() const;
};

/// What a block is in the flow. Nothing switches on a kind's name; this is asked instead.
/// GroupInput and GroupOutput are the ports of the group in which they stand.
enum class Role { Input, Hidden, Output, GroupInput, GroupOutput };

struct Description {
    std::string name; // as in the file: "Conv2d"
    Category category = Category::Structure;
    Role role = Role::Hidden;
    Words label;         // what the palette shows; the field's name in both languages
    Words help;          // one or two short lines: what it does
    std::string formula; // rich text with <sub>, <sup>, <i>: "y<sub>k</sub> = b<sub>k</sub> +
                         // Σ<sub>c</sub> w<sub>k,c</sub> ∗ x<sub>c</sub>"
    std::string icon;    // resources/icons/ICON.svg
    std::vector<std::string>
        searchWords;    // other names a student may type: "convolution", "global average pooling"
    bool pill = false;  // drawn as a small pill without thumbnails (ReLU, Flatten, Add)
    std::string idStem; // "conv": ids are conv_1, conv_2 ...
    std::vector<ParameterSpec> parameters;
};

/// A repair in words of the rule that failed; graph turns it into an Edit.
struct InsertBefore { // put a new block on the wire into `port`
    std::string port;
    std::string kind;
    Parameters parameters;
    bool operator==(const InsertBefore &) const = default;
};
struct ChangeParameter { // of the block itself
    std::string parameter;
    ParameterValue value;
    bool operator==(const ChangeParameter &) const = default;
};
/// Upstream of `port`, the nearest block that has parameter `parameter` gets `value` (a Linear's
/// out_features before Output).
struct ChangeUpstream {
    std::string port;
    std::string parameter;
    ParameterValue value;
    bool operator==(const ChangeUpstream &) const = default;
};
/// The block itself becomes one of another kind, at its place and with its wires (an Embedding to
/// which numbers come becomes a Linear). Ports keep their names.
struct ReplaceSelf {
    std::string kind;
    Parameters parameters;
    bool operator==(const ReplaceSelf &) const = default;
};
using Repair =
    std::variant<std::monostate, InsertBefore, ChangeParameter, ChangeUpstream, ReplaceSelf>;

/// Why shapes do not fit.
struct Misfit {
    Message message; // "{0} expects a flat vector, it gets {1}." ; the block's kind is an argument
    Message reason;  // longer, for the inspector: "Linear reads one row of F features per sample;
                     // here come 32 maps of 7×7. ..."
    std::string expected; // "N×F"
    std::string port;     // the input that does not fit; empty: none in particular
    Repair repair;

    bool operator==(const Misfit &) const = default;
};

struct Cost {
    std::int64_t parameters = 0;
    std::int64_t multiplyAdds = 0; // per sample, forward

    bool operator==(const Cost &) const = default;
};

/// One block kind as the graph sees it. Immutable; any thread.
class Kind {
public:
    virtual ~Kind() = default;

    virtual const Description &description() const = 0;
    virtual std::vector<std::string> inputs(const Parameters &) const { return {"x"}; }
    virtual std::vector<std::string> outputs(const Parameters &) const { return {"y"}; }

    /// Output shapes in the order of outputs(), from complete parameters and input shapes in the
    /// order of inputs().
    virtual std::variant<std::vector<Shape>, Misfit> infer(const std::vector<Shape> &inputs,
                                                           const Parameters &parameters,
                                                           const DataFacts &facts) const = 0;
    /// Parameters and multiply-adds of a block whose shapes fit.
    virtual Cost cost(const std::vector<Shape> &inputs, const std::vector<Shape> &outputs,
                      const Parameters &parameters) const;
    /// The same computation made of smaller blocks: a network whose GroupInputs and GroupOutputs
    /// have the ids of the kind's ports. Shapes fit. Empty: it is not made of smaller ones.
    virtual std::optional<Network> unfolded(const std::vector<Shape> &inputs,
                                            const Parameters &parameters) const;
    /// The sizes of its parameter "weight" where a block of another kind may use it too: (rows,
    /// columns) of a table or a matrix. Empty: blocks of its own kind alone share weights.
    virtual std::vector<std::int64_t> sharedWeight(const std::vector<Shape> &inputs,
                                                   const std::vector<Shape> &outputs,
                                                   const Parameters &parameters) const;
    /// One line for the card, most telling first: {"16 filters", "3×3", "same"}; the view joins
    /// them by " · " and leaves out from the end what does not fit.
    virtual std::vector<Words> summary(const Parameters &parameters, const DataFacts &facts) const;
};

/// All kinds, by name. The registry in blocks/ is one; tests make small ones.
class KindSet {
public:
    virtual ~KindSet() = default;
    virtual const Kind *find(std::string_view name) const = 0; // null: no such kind
    virtual std::vector<const Kind *> all() const = 0; // in palette order: category, then name
};

} // namespace ostrich::graph
